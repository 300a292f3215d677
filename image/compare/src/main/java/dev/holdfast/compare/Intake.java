package dev.holdfast.compare;

import dev.holdfast.core.InputException;
import dev.holdfast.core.Severity;
import dev.holdfast.core.json.JsonCursor;
import dev.holdfast.core.json.JsonValue;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Takes what a reader finds in one report, within bounds. */
final class Intake {
    /** Reports of whole registries have some hundred thousand. */
    private static final int MOST_CLAIMS = 1_000_000;

    private static final int MOST_PACKAGES = 1_000_000;

    private final List<Claim> claims = new ArrayList<>();
    private final List<NamedPackage> packages = new ArrayList<>();
    private final List<String> layers = new ArrayList<>();
    private boolean listsPackages;
    private String tool;
    private String version = "";
    private String subject = "";

    Intake(String tool) {
        this.tool = tool;
    }

    /** Reads one element of a list. */
    @FunctionalInterface
    interface Element {
        void read(JsonValue value, int line) throws InputException;
    }

    /** Walks a list element by element; {@code null} is an empty one, and anything else is malformed. */
    static void each(JsonCursor cursor, String what, Element element) throws InputException, IOException {
        if (!enterList(cursor, what)) {
            return;
        }
        while (cursor.nextElement()) {
            int line = cursor.line();
            element.read(cursor.value(), line);
        }
    }

    /** Steps into a list; false for {@code null}, which is passed over. */
    static boolean enterList(JsonCursor cursor, String what) throws InputException, IOException {
        int line = cursor.line();
        if (cursor.isArray()) {
            return cursor.enterArray();
        }
        if (!cursor.value().isAbsent()) {
            throw wrong(line, what + " is no list");
        }
        return false;
    }

    static InputException wrong(int line, String what) {
        return new InputException(InputException.Code.MALFORMED, "line " + line + ": " + what);
    }

    /** The text of a member that must be there. */
    static String required(JsonValue value, String name, String what, int line) throws InputException {
        Optional<String> text = value.get(name).text().map(String::strip).filter(found -> !found.isEmpty());
        if (text.isEmpty()) {
            throw wrong(line, what + " without \"" + name + "\"");
        }
        return text.get();
    }

    static String text(JsonValue value, String... path) {
        return value.at(path).text().map(String::strip).orElse("");
    }

    static Optional<Severity> severity(String word) {
        return Severity.ofWord(word.toLowerCase(Locale.ROOT));
    }

    /** The day of a time; empty for what begins like none. */
    static String day(String time) {
        boolean isDay = time.length() >= 10 && time.charAt(4) == '-' && time.charAt(7) == '-';
        return isDay ? time.substring(0, 10) : "";
    }

    void add(Claim claim) throws InputException {
        if (claims.size() == MOST_CLAIMS) {
            throw new InputException(
                    InputException.Code.LIMIT, "line " + claim.line() + ": more than " + MOST_CLAIMS + " findings");
        }
        claims.add(claim);
    }

    void sees(NamedPackage named) throws InputException {
        listsPackages = true;
        if (packages.size() == MOST_PACKAGES) {
            throw new InputException(InputException.Code.LIMIT, "more than " + MOST_PACKAGES + " packages");
        }
        packages.add(named);
    }

    void tool(String name, String ofVersion) {
        tool = name.isEmpty() ? tool : name;
        version = ofVersion.isEmpty() ? version : ofVersion;
    }

    void subject(String name) {
        subject = name.isEmpty() ? subject : name;
    }

    void layer(String digest) {
        if (!digest.isEmpty()) {
            layers.add(digest);
        }
    }

    TheirReport report(String file) {
        return new TheirReport(
                file,
                version.isEmpty() ? tool : tool + " " + version,
                subject,
                layers,
                listsPackages ? Optional.of(packages) : Optional.empty(),
                claims);
    }
}
