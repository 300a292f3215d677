package dev.holdfast.secrets.search;

import dev.holdfast.core.Severity;
import dev.holdfast.secrets.catalogue.Catalogue;
import dev.holdfast.secrets.catalogue.Kind;
import dev.holdfast.secrets.catalogue.Proof;
import dev.holdfast.secrets.place.Sort;
import dev.holdfast.secrets.place.Trusted;
import dev.holdfast.secrets.sense.Entropy;
import dev.holdfast.secrets.sense.Innocence;
import dev.holdfast.secrets.sense.NameSense;
import dev.holdfast.secrets.sense.Samples;
import dev.holdfast.secrets.sense.ValueSense;
import java.nio.charset.StandardCharsets;

/** Values that are told by the names they are given: {@code password = …}. */
final class NamedValues {
    /** A line this long was written by a program, and names in it mean nothing. */
    private static final int LONGEST_WRITTEN_LINE = 1_500;

    private final Window window;
    private final Catalogue catalogue;
    private final Assignment assignment = new Assignment();

    /** Where the name ends that was read last: a name is read once, however many of its parts are looked for. */
    private int lastName = -1;

    NamedValues(Window window, Catalogue catalogue) {
        this.window = window;
        this.catalogue = catalogue;
    }

    /** Another window is looked at. */
    void begin() {
        lastName = -1;
    }

    /** Looks whether a name with a value stands around this place. */
    void look(int at) {
        boolean takesNames = switch (window.origin.sort()) {
            case LINES, SETTINGS, SOURCE, CONSTANTS, UNKNOWN -> !(window.origin.isVendored() && window.origin.isTest());
            case DOCUMENT -> !window.origin.isVendored();
            case GENERATED, BINARY -> false;
        };
        int inside = Window.isWord(window.bytes[at]) ? at : at + 1;
        if (!takesNames || inside < lastName) {
            return;
        }
        boolean isOfLines = window.origin.sort() == Sort.LINES || window.origin.sort() == Sort.UNKNOWN;
        boolean isRead = assignment.read(window.bytes, window.low, window.high, inside, isOfLines);
        lastName = assignment.nameTo;
        if (isRead) {
            String name = window.text(assignment.nameFrom, assignment.nameTo);
            NameSense.Promise promise = NameSense.of(name);
            if (promise != NameSense.Promise.NOTHING) {
                value(name, promise, assigned());
            }
        }
    }

    private String assigned() {
        String joined = assignment.isQuoted ? Literals.joined(window.bytes, assignment.from, window.high) : "";
        return joined.isEmpty() ? window.text(assignment.from, assignment.to) : joined;
    }

    private void value(String name, NameSense.Promise promise, String value) {
        if (Innocence.isPlaceholder(value)) {
            String published = Samples.where(value);
            if (!published.isEmpty()) {
                window.add(
                        Found.Rank.NAMED,
                        "generic-token",
                        "token, secret or key given a name",
                        Severity.HIGH,
                        assignment.from,
                        assignment.to,
                        value,
                        published,
                        true);
            }
            return;
        }
        String plain = NameSense.plain(name);
        byte[] content = value.getBytes(StandardCharsets.ISO_8859_1);
        for (Kind kind : catalogue.named()) {
            if (isNamed(kind, plain)
                    && kind.shape().fits(content, 0, content.length)
                    && Entropy.of(value) >= kind.entropy()
                    && kind.proof().holds(value)
                    && (!kind.proof().isWeak() || takesWeakKinds())) {
                window.add(Found.Rank.NAMED, kind, assignment.from, assignment.to, value, Samples.where(value));
                return;
            }
        }
        generic(promise, value);
    }

    private static boolean isNamed(Kind kind, String plain) {
        for (int i = 0; i < kind.names().size(); i++) {
            if (plain.contains(kind.names().get(i))) {
                return true;
            }
        }
        return false;
    }

    private void generic(NameSense.Promise promise, String value) {
        if (!takesWeakKinds()) {
            return;
        }
        boolean isCode = window.origin.sort() == Sort.SOURCE;
        String published = Samples.where(value);
        switch (promise) {
            case NOTHING, KEY -> {}
            case PASSWORD -> {
                boolean isGood = ValueSense.isPassword(value)
                        || Trusted.isCredentialFile(window.path) && ValueSense.isLoosePassword(value);
                if (isGood && !(isCode && window.origin.isTest())) {
                    window.add(
                            Found.Rank.GENERIC,
                            "password",
                            "password given a name",
                            Severity.HIGH,
                            assignment.from,
                            assignment.to,
                            value,
                            "its name says so and its value is no placeholder",
                            !published.isEmpty());
                }
            }
            case TOKEN -> {
                if (Proof.USER_AND_PASSWORD.holds(value) && value.length() >= 8) {
                    window.add(
                            Found.Rank.NAMED,
                            "basic-credentials",
                            "user and password in base64",
                            Severity.HIGH,
                            assignment.from,
                            assignment.to,
                            value,
                            Proof.USER_AND_PASSWORD.clause(),
                            false);
                } else if (ValueSense.isToken(value) && !(isCode && window.origin.isTest())) {
                    window.add(
                            Found.Rank.GENERIC,
                            "generic-token",
                            "token, secret or key given a name",
                            Severity.HIGH,
                            assignment.from,
                            assignment.to,
                            value,
                            published.isEmpty() ? "its name says so and its value looks random" : published,
                            !published.isEmpty());
                }
            }
        }
    }

    /** Whether a name and a value alone mean something here. */
    private boolean takesWeakKinds() {
        boolean isCode = window.origin.sort() == Sort.SOURCE;
        return window.origin.takesWeakKinds() && (!isCode || assignment.isQuoted) && !isGeneratedLine();
    }

    private boolean isGeneratedLine() {
        if (window.origin.sort() != Sort.SOURCE && window.origin.sort() != Sort.UNKNOWN) {
            return false;
        }
        int first = Math.max(window.low, assignment.nameFrom - LONGEST_WRITTEN_LINE);
        int from = assignment.nameFrom;
        while (from > first && window.bytes[from - 1] != '\n') {
            from--;
        }
        int last = Math.min(window.high, assignment.to + LONGEST_WRITTEN_LINE);
        int to = assignment.to;
        while (to < last && window.bytes[to] != '\n') {
            to++;
        }
        return to - from > LONGEST_WRITTEN_LINE;
    }
}
