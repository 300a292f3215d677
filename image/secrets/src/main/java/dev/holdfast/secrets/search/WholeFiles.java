package dev.holdfast.secrets.search;

import dev.holdfast.core.Severity;
import dev.holdfast.secrets.key.KeyStores;
import dev.holdfast.secrets.key.PrivateKeys;
import dev.holdfast.secrets.sense.Innocence;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Reads files whose form as a whole tells what is a credential in them: keystores and keys in binary, and line files of fixed columns.
 *
 * <ul>
 *   <li>{@code .netrc}: words, of which the one after {@code password} is one;
 *   <li>{@code .pgpass}: {@code host:port:database:user:password}, a backslash makes the next character plain;
 *   <li>{@code shadow}, {@code .htpasswd}: {@code user:hash}, the hash in the form {@code $id$…};
 *   <li>{@code chap-secrets}, {@code pap-secrets}: {@code client server secret addresses};
 *   <li>Maven's {@code settings-security.xml};
 *   <li>Redis: {@code user NAME on >password}; PgBouncer's {@code userlist.txt}: {@code "user" "password"}.
 * </ul>
 */
final class WholeFiles {
    private WholeFiles() {}

    static void look(String path, byte[] bytes, int length, Sweep sweep) {
        if (sweep.origin().isVendored() && sweep.origin().isTest() || length < 8) {
            return;
        }
        lookAtKeys(bytes, length, sweep);
        String name = path.substring(path.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
        switch (name) {
            case ".netrc", "_netrc", "netrc" -> netrc(text(bytes, length), sweep);
            case ".pgpass", "pgpass.conf" -> pgpass(text(bytes, length), sweep);
            case "shadow", "shadow-", ".htpasswd", "htpasswd" -> hashes(text(bytes, length), sweep);
            case "chap-secrets", "pap-secrets" -> column(text(bytes, length), 2, sweep);
            case "userlist.txt" -> column(text(bytes, length), 1, sweep);
            case "settings-security.xml" -> mavenMaster(text(bytes, length), sweep);
            case "redis.conf", "users.acl" -> redis(text(bytes, length), sweep);
            default -> {}
        }
    }

    private static String text(byte[] bytes, int length) {
        return new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
    }

    private static void lookAtKeys(byte[] bytes, int length, Sweep sweep) {
        int first = bytes[0] & 0xff;
        boolean isPublished = sweep.origin().isInPackage(); // whoever has the package has the key
        if (!isPublished && (first == 0x30 || first == 0xfe || first == 0xce)) {
            KeyStores.clause(bytes, length)
                    .ifPresent(clause -> sweep.addWhole(
                            "keystore",
                            "keystore with a private key",
                            Severity.HIGH,
                            digestible(bytes, length),
                            clause));
            if (first == 0x30) {
                PrivateKeys.ofContent(java.util.Arrays.copyOf(bytes, length))
                        .ifPresent(sort -> sweep.addWhole(
                                sort.kind(),
                                "private key",
                                sort == PrivateKeys.Sort.ENCRYPTED ? Severity.MEDIUM : Severity.CRITICAL,
                                digestible(bytes, length),
                                "its content is that of a private key"));
            }
        } else if (first == 'P' && KeyStores.isPutty(bytes, length)) {
            sweep.addWhole(
                    "putty-private-key",
                    "private key of PuTTY",
                    Severity.CRITICAL,
                    digestible(bytes, length),
                    "it holds the private half");
        }
    }

    private static String digestible(byte[] bytes, int length) {
        return text(bytes, length);
    }

    private static void netrc(String text, Sweep sweep) {
        int at = 0;
        while ((at = text.indexOf("password", at)) >= 0) {
            at += 8;
            int from = at;
            while (from < text.length() && text.charAt(from) <= ' ') {
                from++;
            }
            int to = from;
            while (to < text.length() && text.charAt(to) > ' ') {
                to++;
            }
            if (from > at && to - from >= 4 && !Innocence.isPlaceholder(text.substring(from, to))) {
                sweep.addPart(
                        "netrc-password",
                        "password of a .netrc file",
                        from,
                        to,
                        "it stands where the file has passwords");
            }
        }
    }

    private static void pgpass(String text, Sweep sweep) {
        int at = 0;
        while (at < text.length()) {
            int end = endOfLine(text, at);
            int colons = 0;
            int from = at;
            for (int i = at; i < end && colons < 4; i++) {
                if (text.charAt(i) == '\\') {
                    i++;
                } else if (text.charAt(i) == ':') {
                    colons++;
                    from = i + 1;
                }
            }
            if (colons == 4
                    && text.charAt(at) != '#'
                    && end > from
                    && !Innocence.isPlaceholder(text.substring(from, end))) {
                sweep.addPart(
                        "pgpass-password",
                        "password of PostgreSQL's password file",
                        from,
                        end,
                        "it stands where the file has passwords");
            }
            at = end + 1;
        }
    }

    private static int endOfLine(String text, int at) {
        int end = text.indexOf('\n', at);
        end = end < 0 ? text.length() : end;
        return end > at && text.charAt(end - 1) == '\r' ? end - 1 : end;
    }

    private static void hashes(String text, Sweep sweep) {
        int at = 0;
        while (at < text.length()) {
            int end = endOfLine(text, at);
            int from = text.indexOf(':', at) + 1;
            int to = from > 0 && from < end ? text.indexOf(':', from) : -1;
            to = to < 0 || to > end ? end : to;
            boolean isHash =
                    from > at && to - from > 12 && (text.charAt(from) == '$' || text.startsWith("{SHA}", from));
            if (isHash) {
                sweep.addPart("password-hash", "hash of a password", from, to, "it can be tried offline");
            }
            at = end + 1;
        }
    }

    /** The column of this number, counted from 0; columns are parted by blanks and may stand in quotes. */
    private static void column(String text, int number, Sweep sweep) {
        int at = 0;
        while (at < text.length()) {
            int end = endOfLine(text, at);
            int from = at;
            for (int i = 0; i < number && from >= 0; i++) {
                int blank = blank(text, from, end);
                from = blank < 0 ? -1 : behindBlanks(text, blank, end);
            }
            if (from > at && text.charAt(at) != '#') {
                int to = blank(text, from, end);
                to = to < 0 ? end : to;
                boolean isQuoted = to - from > 2 && text.charAt(from) == '"' && text.charAt(to - 1) == '"';
                from += isQuoted ? 1 : 0;
                to -= isQuoted ? 1 : 0;
                if (to - from >= 4
                        && !Innocence.isPlaceholder(text.substring(from, to))
                        && !text.startsWith("SCRAM", from)) {
                    sweep.addPart(
                            "password",
                            "password of a list of users",
                            from,
                            to,
                            "it stands where the file has passwords");
                }
            }
            at = end + 1;
        }
    }

    private static int blank(String text, int from, int end) {
        for (int i = from; i < end; i++) {
            if (text.charAt(i) == ' ' || text.charAt(i) == '\t') {
                return i;
            }
        }
        return -1;
    }

    private static int behindBlanks(String text, int from, int end) {
        int at = from;
        while (at < end && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
            at++;
        }
        return at < end ? at : -1;
    }

    /** Maven's master password is encrypted under a key that everybody knows: {@code <master>{base64}</master>}. */
    private static void mavenMaster(String text, Sweep sweep) {
        int from = text.indexOf("<master>{") + 9;
        int to = from < 9 ? -1 : text.indexOf('}', from);
        if (to - from >= 20 && !Innocence.isPlaceholder(text.substring(from, to))) {
            sweep.addPart(
                    "maven-master-password", "master password of Maven", from, to, "its encryption key is public");
        }
    }

    private static void redis(String text, Sweep sweep) {
        int at = 0;
        while ((at = text.indexOf("user ", at)) >= 0) {
            int end = endOfLine(text, at);
            boolean isLine = at == 0 || text.charAt(at - 1) == '\n';
            int from = isLine ? text.indexOf(" >", at) + 2 : 1;
            if (from > 1 && from < end) {
                int to = blank(text, from, end);
                to = to < 0 ? end : to;
                if (to - from >= 4 && !Innocence.isPlaceholder(text.substring(from, to))) {
                    sweep.addPart(
                            "redis-password",
                            "password of a Redis user",
                            from,
                            to,
                            "it stands where the file has passwords");
                }
            }
            at = Math.max(end, at + 1);
        }
    }
}
