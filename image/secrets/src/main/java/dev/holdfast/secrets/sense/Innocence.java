package dev.holdfast.secrets.sense;

import java.util.List;
import java.util.Locale;

/** Tells what only looks like a credential: placeholders, templates, and references to where the credential is kept. */
public final class Innocence {
    /** Words that people put where a value should be. None of them is shorter than four letters: random text would hold it by chance. */
    private static final List<String> WORDS = List.of(
            "example",
            "sample",
            "dummy",
            "placeholder",
            "changeme",
            "change_me",
            "change-me",
            "changeit",
            "your_",
            "your-",
            "yourp",
            "yourk",
            "yours",
            "yourt",
            "youra",
            "xxxx",
            "****",
            "....",
            "redacted",
            "insert",
            "replace",
            "notreal",
            "not-real",
            "not_a_real",
            "-fake-",
            "_fake_",
            "fake_",
            "fake-",
            "todo",
            "fixme",
            "here>",
            "censored",
            "masked",
            "deadbeef",
            "0000000000",
            "1234567890",
            "abcdefghij",
            "foobar",
            "lorem",
            "test_key",
            "testtest",
            "mypassword",
            "somepassword",
            "supersecret",
            "topsecret");

    /** How what is filled in later begins or is marked. */
    private static final List<String> TEMPLATES =
            List.of("${", "{{", "}}", "$(", "#{", "%(", "<%", "@@", "%{", "$[", "<<", "{%", "__(");

    /** How references to managers of secrets, and values that are encrypted, begin. */
    private static final List<String> REFERENCES = List.of(
            "vault:",
            "arn:aws:",
            "op://",
            "ssm:",
            "ssm-secure:",
            "secretsmanager:",
            "projects/",
            "sm://",
            "gcp-sm:",
            "gcpsm:",
            "awssm:",
            "azurekv:",
            "akv:",
            "@microsoft.keyvault",
            "keyvault:",
            "ref+",
            "enc(",
            "enc[",
            "{cipher}",
            "$ansible_vault",
            "!vault",
            "keyring:",
            "doppler:",
            "bws:",
            "env:",
            "env.",
            "env[",
            "file:",
            "fn:",
            "resolve:",
            "{{resolve:",
            "secret:",
            "secret://",
            "secrets.",
            "k8s:",
            "conjur:",
            "process.env",
            "os.environ",
            "os.getenv",
            "system.getenv",
            "getenv",
            "/run/secrets",
            "-----begin");

    /** Shorter text may be sorted by chance. */
    private static final int LONG = 32;

    private Innocence() {}

    /** Whether the value is none: filled in later, kept elsewhere, or plainly made up. */
    public static boolean isPlaceholder(String value) {
        String lower = value.toLowerCase(Locale.ROOT);
        return isMarked(value) || isReference(lower) || holds(lower, WORDS) || isMonotonous(lower);
    }

    private static boolean isMarked(String value) {
        if (value.isEmpty() || holds(value, TEMPLATES)) {
            return true;
        }
        char first = value.charAt(0);
        char last = value.charAt(value.length() - 1);
        return first == '<' && last == '>'
                || first == '{' && last == '}'
                || first == '[' && last == ']'
                || first == '(' && last == ')'
                || first == '%' && last == '%'
                || first == '_' && value.startsWith("__") && value.endsWith("__")
                || first == '$' && value.length() > 1 && isName(value, 1)
                || first == '@' && last == '@';
    }

    private static boolean isName(String text, int from) {
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '_' && (c < 'A' || c > 'Z') && (c < 'a' || c > 'z') && (i == from || c < '0' || c > '9')) {
                return false;
            }
        }
        return true;
    }

    private static boolean isReference(String lower) {
        for (int i = 0; i < REFERENCES.size(); i++) {
            if (lower.startsWith(REFERENCES.get(i))) {
                return true;
            }
        }
        return false;
    }

    private static boolean holds(String text, List<String> words) {
        for (int i = 0; i < words.size(); i++) {
            if (text.contains(words.get(i))) {
                return true;
            }
        }
        return false;
    }

    /** One character over and over, a short piece over and over, one sequence of the alphabet, or a sorted table of a program. */
    static boolean isMonotonous(String text) {
        return distinct(text) <= Math.min(3, text.length() / 3)
                || isPeriodic(text)
                || isSequence(text)
                || isSorted(text);
    }

    /** Whether nearly no character is less than the one before it: half of all steps of random text lead down. */
    private static boolean isSorted(String text) {
        int down = 0;
        for (int i = 1; i < text.length(); i++) {
            down += text.charAt(i) < text.charAt(i - 1) ? 1 : 0;
        }
        return text.length() >= LONG && down * 10 < text.length();
    }

    private static int distinct(String text) {
        long low = 0;
        long high = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            low |= c < 64 ? 1L << c : 0;
            high |= c < 64 ? 0 : 1L << (c & 63);
        }
        return Long.bitCount(low) + Long.bitCount(high);
    }

    private static boolean isPeriodic(String text) {
        for (int period = 1; period <= text.length() / 2 && period <= 16; period++) {
            if (text.length() >= 8 && text.regionMatches(period, text, 0, text.length() - period)) {
                return true;
            }
        }
        return false;
    }

    /** Whether more than half of all steps lead to the next letter or digit, up or down. */
    private static boolean isSequence(String text) {
        int steps = 0;
        for (int i = 1; i < text.length(); i++) {
            int step = text.charAt(i) - text.charAt(i - 1);
            boolean isWrapped = text.charAt(i - 1) == '9' && (text.charAt(i) == 'a' || text.charAt(i) == '0');
            steps += step == 1 || step == -1 || isWrapped ? 1 : 0;
        }
        return text.length() >= 4 && steps * 2 > text.length();
    }
}
