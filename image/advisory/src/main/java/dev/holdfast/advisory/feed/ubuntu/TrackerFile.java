package dev.holdfast.advisory.feed.ubuntu;

import dev.holdfast.advisory.fact.Rating;
import dev.holdfast.advisory.feed.Feed.FeedFile;
import dev.holdfast.advisory.feed.FeedText;
import dev.holdfast.advisory.feed.TextLines;
import dev.holdfast.core.InputException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One file of Ubuntu's CVE tracker:
 *
 * <pre>
 * file   = { field | state | "#" comment LF | LF }
 * field  = name ":" [ blanks value ] LF { " " continuation LF }
 * name   = "Candidate" | "PublicDate" | "Priority" | "Priority_" package [ "_" release ] | "CVSS" | "Description" | …
 * state  = release "_" package ":" [ blank ] word [ blanks "(" text ")" ] LF
 * release = "upstream" | "devel" | codename | codename "/esm" | pocket "/" codename
 * CVSS continuation = " " source ":" blank vector [ " [" score " " word "]" ] LF
 * </pre>
 *
 * <p>Neither codenames nor pockets hold an underscore, package names neither: the first underscore ends the release. Fields with an
 * underscore ({@code Patches_}, {@code Tags_}, {@code Assigned-to_}) begin with a capital, releases never do. Some files end within a
 * line, some lack the blank after the colon, and in some the order of the fields differs.
 */
final class TrackerFile {
    private final String path;
    private final Map<String, Map<String, TrackerState>> packages = new LinkedHashMap<>();
    private final Map<String, String> priorities = new LinkedHashMap<>();
    private final List<Rating> scores = new ArrayList<>();
    private String candidate = "";
    private String publicDate = "";
    private boolean rejected;

    private TrackerFile(String path) {
        this.path = path;
    }

    static TrackerFile read(FeedFile file) throws InputException, IOException {
        TrackerFile tracker = new TrackerFile(file.path());
        TextLines lines = new TextLines(file.bytes(), file.limits());
        String field = "";
        while (lines.advance()) {
            String line = lines.text();
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            if (line.startsWith(" ") || line.startsWith("\t")) {
                tracker.takeContinuation(field, line.strip());
                continue;
            }
            int colon = line.indexOf(':');
            if (colon > 0) {
                field = line.substring(0, colon);
                tracker.takeField(field, line.substring(colon + 1).strip());
            }
        }
        if (!FeedText.isName(tracker.candidate)) {
            throw new InputException(
                    InputException.Code.MALFORMED,
                    tracker.path + ": no Candidate field; not a file of Ubuntu's tracker");
        }
        return tracker;
    }

    private void takeField(String name, String value) {
        if (name.equals("Candidate")) {
            candidate = value;
        } else if (name.equals("PublicDate")) {
            publicDate = FeedText.day(value);
        } else if (name.equals("Priority") || name.startsWith("Priority_")) {
            priorities.put(name, priority(value));
        } else if (name.indexOf('_') > 0 && !Character.isUpperCase(name.charAt(0)) && name.indexOf(' ') < 0) {
            int end = name.indexOf('_');
            packages.computeIfAbsent(name.substring(end + 1), any -> new LinkedHashMap<>())
                    .put(name.substring(0, end), TrackerState.parse(value));
        }
    }

    private void takeContinuation(String field, String line) {
        if (field.equals("CVSS")) {
            int colon = line.indexOf(": CVSS:");
            if (colon > 0) {
                String vector = line.substring(colon + 2).split("\\s", 2)[0];
                scores.add(new Rating(FeedText.word(line.substring(0, colon)), vector, ""));
            }
        } else if (field.equals("Description")) {
            rejected |= line.startsWith("** REJECT **") || line.startsWith("Rejected reason:");
        }
    }

    /** {@code medium}; later files put a reason behind it. {@code untriaged} is no priority. */
    private static String priority(String value) {
        String word = FeedText.word(value.split("\\s", 2)[0]);
        return word.equals("untriaged") ? "" : word;
    }

    /** {@code CVE-2023-0286}. */
    String candidate() {
        return candidate;
    }

    /** Day, empty when unknown. */
    String publicDate() {
        return publicDate;
    }

    /** Whether the identifier was withdrawn by who assigns it. */
    boolean isRejected() {
        return rejected;
    }

    /** CVSS vectors, with who gave them. */
    List<Rating> scores() {
        return scores;
    }

    /** The priority of the whole CVE, empty when there is none. */
    String priority() {
        return priorities.getOrDefault("Priority", "");
    }

    /** The priority of a package in a release, which may differ. */
    String priority(String packageName, String codename) {
        String ofPackage = priorities.getOrDefault("Priority_" + packageName, priority());
        return priorities.getOrDefault("Priority_" + packageName + "_" + codename, ofPackage);
    }

    /** States by package and release, as the file writes them. */
    Map<String, Map<String, TrackerState>> packages() {
        return packages;
    }
}
