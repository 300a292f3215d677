package dev.holdfast.secrets.sense;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Judges values whose form says nothing: whether this is what a person or a machine would use to keep others out. */
public final class ValueSense {
    static final int SHORTEST_PASSWORD = 8;
    static final int SHORTEST_LOOSE = 5;
    static final int SHORTEST_TOKEN = 16;
    private static final int LONGEST = 256;
    private static final int SHORTEST_WORD = 5;
    private static final double PASSWORD_ENTROPY = 2.5;
    private static final double TOKEN_ENTROPY = 3.0;

    /** Ends of names of files, which are not values but where the value is kept. */
    private static final List<String> FILES = List.of(
            ".pem",
            ".key",
            ".crt",
            ".cer",
            ".jks",
            ".p12",
            ".pfx",
            ".json",
            ".yml",
            ".yaml",
            ".xml",
            ".txt",
            ".properties",
            ".conf",
            ".env",
            ".html",
            ".js",
            ".py",
            ".java",
            ".php",
            ".com",
            ".org",
            ".net",
            ".io",
            ".sh",
            ".md",
            ".gpg",
            ".svg",
            ".png");

    /** How hashes and references to content begin. */
    private static final List<String> HASHES = List.of(
            "sha256:",
            "sha512:",
            "sha1:",
            "sha1-",
            "sha256-",
            "sha384-",
            "sha512-",
            "$2a$",
            "$2b$",
            "$2y$",
            "$1$",
            "$5$",
            "$6$",
            "$y$",
            "$argon2",
            "$pbkdf2",
            "pbkdf2",
            "scram-sha",
            "{ssha",
            "{sha",
            "{md5",
            "{crypt",
            "md5:",
            "bcrypt",
            "data:",
            "urn:",
            "did:",
            "{bcrypt}",
            "{noop}$");

    /** What remains of these is looked at: they make a weak password of any remainder. */
    private static final List<String> COMMON = List.of(
            "password",
            "passwd",
            "secret",
            "admin",
            "root",
            "user",
            "default",
            "test",
            "pass",
            "qwerty",
            "letmein",
            "welcome",
            "postgres",
            "mysql",
            "guest",
            "demo",
            "login",
            "pwd",
            "repo",
            "proxy",
            "private",
            "master",
            "database",
            "oracle",
            "sample",
            "none",
            "null",
            "undefined",
            "string",
            "token",
            "value",
            "field",
            "prompt",
            "label",
            "enter");

    private static final Set<String> LITERALS =
            Set.of("true", "false", "null", "none", "undefined", "optional", "required", "disabled", "enabled");

    private ValueSense() {}

    /** Whether a value that a name calls a password is one. */
    public static boolean isPassword(String value) {
        if (value.length() < SHORTEST_PASSWORD || value.length() > LONGEST || isSomethingElse(value)) {
            return false;
        }
        String lower = value.toLowerCase(Locale.ROOT);
        for (String common : COMMON) {
            lower = lower.replace(common, "");
        }
        int letters = count(lower, 'a', 'z');
        int digits = count(lower, '0', '9');
        boolean isMixed = letters > 0 && (digits > 0 || letters + digits < lower.length() && letters >= 4);
        return lower.length() >= 6 && isMixed && !isName(value) && Entropy.of(lower) >= PASSWORD_ENTROPY;
    }

    /** Whether a value that stands where nothing but a password can stand is one, and not one that everybody tries first. */
    public static boolean isLoosePassword(String value) {
        if (value.length() < SHORTEST_LOOSE || value.length() > LONGEST || isSomethingElse(value)) {
            return false;
        }
        String lower = value.toLowerCase(Locale.ROOT);
        for (String common : COMMON) {
            lower = lower.replace(common, "");
        }
        return lower.length() >= 3 && !Innocence.isMonotonous(lower) && count(lower, '0', '9') < value.length();
    }

    /** Whether a value that a name calls a token, secret or key is one. */
    public static boolean isToken(String value) {
        if (value.length() < SHORTEST_TOKEN || value.length() > 2 * LONGEST || isSomethingElse(value)) {
            return false;
        }
        int digits = count(value, '0', '9');
        boolean isRandom = digits >= 2 && (digits < value.length() || value.length() >= 32) && !isWordy(value);
        boolean isHex = count(value, 'g', 'z') + count(value, 'G', 'Z') == 0;
        return isRandom && Entropy.of(value) >= (isHex ? TOKEN_ENTROPY - 0.2 : TOKEN_ENTROPY + 0.2);
    }

    private static boolean isSomethingElse(String value) {
        String lower = value.toLowerCase(Locale.ROOT);
        return Innocence.isPlaceholder(value)
                || LITERALS.contains(lower)
                || startsWithAny(lower, HASHES)
                || endsWithAny(lower, FILES)
                || value.startsWith("#") // a selector, or a remark
                || isPlace(value)
                || isCode(value)
                || isUuid(value)
                || holdsBlank(value);
    }

    private static boolean holdsBlank(String value) {
        for (int i = 0; i < value.length(); i++) {
            if (value.charAt(i) <= ' ' || value.charAt(i) > 0x7e) {
                return true;
            }
        }
        return false;
    }

    /** A path or an address. */
    private static boolean isPlace(String value) {
        return value.contains("://")
                || value.startsWith("./")
                || value.startsWith("../")
                || value.startsWith("~/")
                || value.startsWith("/") && value.indexOf('/', 1) > 0 && value.indexOf('+') < 0
                || value.startsWith("//")
                || value.contains("\\\\")
                || value.startsWith("C:\\");
    }

    /** A piece of program text: a call, an access, a pattern, a string with escapes. */
    private static boolean isCode(String value) {
        return value.contains("()")
                || value.contains("(\"")
                || value.contains("('")
                || value.contains("->")
                || value.contains("=>")
                || value.contains("::")
                || value.contains("\\n")
                || value.contains("\\u")
                || value.contains("\\s")
                || value.contains("[^")
                || value.contains("[[:")
                || value.contains("\\[")
                || value.contains("\\d")
                || value.contains(".*")
                || value.contains(".+")
                || value.startsWith("[")
                || value.contains("?:")
                || value.contains("&&")
                || value.contains("||")
                || value.startsWith("this.")
                || value.startsWith("self.")
                || value.startsWith("&")
                || value.endsWith("(")
                || value.endsWith(":")
                || value.indexOf('(') > 0 && value.endsWith(")");
    }

    static boolean isUuid(String value) {
        if (value.length() != 36) {
            return false;
        }
        for (int i = 0; i < 36; i++) {
            char c = value.charAt(i);
            boolean isDash = i == 8 || i == 13 || i == 18 || i == 23;
            if (isDash ? c != '-' : Character.digit(c, 16) < 0) {
                return false;
            }
        }
        return true;
    }

    /** Words parted by signs, with no digit but at the end: the name of something. */
    private static boolean isName(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            boolean isOfName = c >= 'a' && c <= 'z'
                    || c >= 'A' && c <= 'Z'
                    || c == '_'
                    || c == '-'
                    || c == '.'
                    || c == '/'
                    || c == ':';
            if (!isOfName) {
                return i >= value.length() - 1 && c >= '0' && c <= '9' && i > 12;
            }
        }
        return true;
    }

    /** Whether much of it is runs of letters in one case, as words have them and random text has not. */
    public static boolean isWordy(String value) {
        int inWords = 0;
        int run = 0;
        for (int i = 0; i <= value.length(); i++) {
            boolean isLetter = i < value.length() && isLetter(value.charAt(i));
            boolean goesOn =
                    isLetter && (run == 0 || isSmall(value.charAt(i)) == isSmall(value.charAt(i - 1)) || run == 1);
            if (goesOn) {
                run++;
            } else {
                inWords += run >= SHORTEST_WORD ? run : 0;
                run = isLetter ? 1 : 0;
            }
        }
        return inWords * 5 > value.length() * 2;
    }

    private static boolean isLetter(char c) {
        return isSmall(c) || c >= 'A' && c <= 'Z';
    }

    private static boolean isSmall(char c) {
        return c >= 'a' && c <= 'z';
    }

    private static int count(String text, char from, char to) {
        int count = 0;
        for (int i = 0; i < text.length(); i++) {
            count += text.charAt(i) >= from && text.charAt(i) <= to ? 1 : 0;
        }
        return count;
    }

    private static boolean startsWithAny(String text, List<String> beginnings) {
        for (String beginning : beginnings) {
            if (text.startsWith(beginning)) {
                return true;
            }
        }
        return false;
    }

    private static boolean endsWithAny(String text, List<String> endings) {
        for (String ending : endings) {
            if (text.endsWith(ending)) {
                return true;
            }
        }
        return false;
    }
}
