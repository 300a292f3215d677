package dev.holdfast.secrets.search;

import dev.holdfast.core.Severity;
import dev.holdfast.secrets.catalogue.Proof;
import dev.holdfast.secrets.key.PrivateKeys;
import dev.holdfast.secrets.place.Sort;
import dev.holdfast.secrets.sense.Innocence;
import dev.holdfast.secrets.sense.Samples;
import dev.holdfast.secrets.sense.ValueSense;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Values that are told by the structure they stand in: URLs, PEM, headers of HTTP, options of commands. */
final class StructuredValues {
    private static final int LONGEST_USER_INFO = 256;
    private static final int SHORTEST_URL_PASSWORD = 5;
    private static final int LONGEST_COMMAND = 1_500;

    private final Window window;

    StructuredValues(Window window) {
        this.window = window;
    }

    void url(int at) {
        int start = at + 4; // behind the last letter of the scheme and "://"
        int end = start;
        int colon = -1;
        while (end < window.high && end - start < LONGEST_USER_INFO && isOfUserInfo(window.bytes[end])) {
            colon = window.bytes[end] == ':' && colon < 0 ? end : colon;
            end++;
        }
        if (colon < 0 || end >= window.high || window.bytes[end] != '@' || end - colon <= SHORTEST_URL_PASSWORD) {
            return;
        }
        boolean hasHost = end + 1 < window.high
                && (Window.isWord(window.bytes[end + 1])
                        || window.bytes[end + 1] == '['
                        || window.bytes[end + 1] == '$');
        boolean isDocumented = window.origin.isVendored()
                || window.origin.isTest()
                || window.origin.sort() == Sort.DOCUMENT
                || window.origin.sort() == Sort.GENERATED;
        String user = window.text(start, colon);
        String value = window.text(colon + 1, end);
        boolean isStrong = ValueSense.isPassword(value);
        boolean isGood =
                isStrong || !isDocumented && window.origin.sort() != Sort.BINARY && ValueSense.isLoosePassword(value);
        if (hasHost
                && isGood
                && !isDocumented
                && !value.equals(user)
                && !Innocence.isPlaceholder(user)
                && !isExampleHost(end + 1)) {
            window.add(
                    Found.Rank.SHAPED,
                    "url-password",
                    "password in a URL",
                    Severity.HIGH,
                    colon + 1,
                    end,
                    value,
                    "it stands between user and host",
                    false);
        }
    }

    private boolean isExampleHost(int at) {
        String host = window.text(at, Math.min(window.high, at + 64));
        return host.startsWith("example.") || host.startsWith("www.example.");
    }

    private static boolean isOfUserInfo(byte b) {
        return b > ' ' && b != '@' && b != '/' && b != '"' && b != '\'' && b != '<' && b != '>' && b != '`' && b != '?'
                && b != '#' && b != '\\' && b != '(' && b != ')' && b != ',' && b != 0x7f;
    }

    void pem(int at) {
        Optional<PrivateKeys.Found> key = PrivateKeys.inText(window.bytes, at, window.high);
        if (key.isEmpty() || isPublished()) {
            return;
        }
        boolean isOfServiceAccount = holds(
                "service_account",
                Math.max(window.low, at - 2_000),
                Math.min(window.high, key.get().end() + 2_000));
        addKey(
                key.get(),
                at,
                key.get().end(),
                isOfServiceAccount
                        ? "gcp-service-account-key"
                        : key.get().sort().kind());
    }

    /** Whether everybody who has the package has what stands here: in its tests, its documentation, and compiled into its programs. */
    private boolean isPublished() {
        return window.origin.isVendored()
                && (window.origin.isInPackage() && window.path.indexOf('▸') >= 0
                        || window.origin.isTest()
                        || window.origin.sort() == Sort.DOCUMENT
                        || window.origin.sort() == Sort.BINARY);
    }

    private void addKey(PrivateKeys.Found key, int from, int to, String kind) {
        String der = new String(key.der(), StandardCharsets.ISO_8859_1);
        String published = Samples.where(der);
        Severity severity = key.sort() == PrivateKeys.Sort.ENCRYPTED ? Severity.MEDIUM : Severity.CRITICAL;
        String title = key.sort() == PrivateKeys.Sort.ENCRYPTED
                ? "private key under a passphrase"
                : kind.startsWith("gcp") ? "key of a Google Cloud service account" : "private key";
        window.add(
                Found.Rank.STRUCTURE,
                kind,
                title,
                severity,
                from,
                to,
                der,
                published.isEmpty() ? "its content is that of a private key" : published,
                !published.isEmpty());
    }

    private boolean holds(String wanted, int from, int to) {
        return window.text(from, to).contains(wanted);
    }

    /** {@code LS0tL} is the base64 of {@code ----}: PEM put into a field of Kubernetes and the like. */
    void pemInBase64(int at) {
        Optional<byte[]> decoded = Proof.bytes(window.text(at, end(at)));
        if (decoded.isPresent() && !isPublished()) {
            byte[] inner = decoded.get();
            PrivateKeys.inText(inner, 0, inner.length)
                    .ifPresent(key -> addKey(key, at, end(at), key.sort().kind()));
        }
    }

    private int end(int at) {
        int end = at;
        while (end < window.high && PrivateKeys.isBase64(window.bytes[end])) {
            end++;
        }
        return end;
    }

    /** {@code Authorization: Basic …}. */
    void basic(int at) {
        int start = at + 6;
        int end = start < window.high && window.bytes[start - 1] == ' ' ? end(start) : start;
        if (end - start < 8) {
            return;
        }
        while (end < window.high && window.bytes[end] == '=') {
            end++;
        }
        String value = window.text(start, end);
        if (!window.origin.isVendored()
                && window.origin.sort() != Sort.DOCUMENT
                && Proof.USER_AND_PASSWORD.holds(value)) {
            window.add(
                    Found.Rank.SHAPED,
                    "basic-credentials",
                    "user and password in base64",
                    Severity.HIGH,
                    start,
                    end,
                    value,
                    Proof.USER_AND_PASSWORD.clause(),
                    false);
        }
    }

    /** {@code curl -u user:password}, {@code sshpass -p password}, {@code docker login … -p password}. */
    void option(int at) {
        boolean isOfCommands = window.origin.sort() == Sort.LINES || window.origin.sort() == Sort.UNKNOWN;
        if (!isOfCommands || window.origin.isVendored()) {
            return;
        }
        int lineAt = at;
        while (lineAt > window.low && at - lineAt < LONGEST_COMMAND && window.bytes[lineAt - 1] != '\n') {
            lineAt--;
        }
        String command = window.text(lineAt, at);
        int start = at + 4;
        start += window.bytes[start] == '"' || window.bytes[start] == '\'' ? 1 : 0;
        int end = start;
        while (end < window.high && window.bytes[end] > ' ' && window.bytes[end] != '"' && window.bytes[end] != '\'') {
            end++;
        }
        boolean isUser = window.bytes[at + 2] == 'u';
        if (isUser) {
            int colon = window.text(start, end).indexOf(':');
            start = colon < 0 ? end : start + colon + 1;
        }
        boolean isCommand = isUser
                ? command.contains("curl") || command.contains("wget")
                : command.contains("sshpass") || command.contains("login");
        if (isCommand && ValueSense.isLoosePassword(window.text(start, end))) {
            window.add(
                    Found.Rank.SHAPED,
                    "password",
                    "password given to a command",
                    Severity.HIGH,
                    start,
                    end,
                    window.text(start, end),
                    "it stands where the command takes a password",
                    false);
        }
    }
}
