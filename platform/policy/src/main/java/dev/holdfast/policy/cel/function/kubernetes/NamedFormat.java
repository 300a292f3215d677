package dev.holdfast.policy.cel.function.kubernetes;

import dev.holdfast.policy.cel.function.Library;
import dev.holdfast.policy.cel.function.Overload.Cost;
import dev.holdfast.policy.cel.value.Bytes;
import dev.holdfast.policy.cel.value.Fault;
import dev.holdfast.policy.cel.value.Maybe;
import dev.holdfast.policy.cel.value.Named;
import dev.holdfast.policy.cel.value.Values;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** A named format of the server ({@code format.dns1123Label()}) which tells what is wrong with a text, in the words of apimachinery. */
public enum NamedFormat implements Named {
    DNS1123_LABEL("dns1123Label"),
    DNS1123_SUBDOMAIN("dns1123Subdomain"),
    DNS1035_LABEL("dns1035Label"),
    QUALIFIED_NAME("qualifiedName"),
    DNS1123_LABEL_PREFIX("dns1123LabelPrefix"),
    DNS1123_SUBDOMAIN_PREFIX("dns1123SubdomainPrefix"),
    DNS1035_LABEL_PREFIX("dns1035LabelPrefix"),
    LABEL_VALUE("labelValue"),
    URI("uri"),
    UUID("uuid"),
    BYTE("byte"),
    DATE("date"),
    DATETIME("datetime");

    static final String TYPE = "kubernetes.NamedFormat";

    private static final int LABEL = 63;
    private static final int SUBDOMAIN = 253;
    private static final String LABEL_PATTERN = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
    private static final String SUBDOMAIN_PATTERN = LABEL_PATTERN + "(\\." + LABEL_PATTERN + ")*";
    private static final String OLD_LABEL_PATTERN = "[a-z]([-a-z0-9]*[a-z0-9])?";
    private static final String NAME_PATTERN = "([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]";
    private static final String VALUE_PATTERN = "(" + NAME_PATTERN + ")?";
    private static final String NAME_MESSAGE =
            "must consist of alphanumeric characters, '-', '_' or '.', and must start"
                    + " and end with an alphanumeric character";

    /** What may stand behind a generated prefix does not matter here; the patterns are Java's, without nested repetition of one class. */
    private static final Pattern UUIDS =
            Pattern.compile("(?i)[0-9A-F]{8}-?[0-9A-F]{4}-?[0-9A-F]{4}-?[0-9A-F]{4}-?[0-9A-F]{12}");

    private static final Pattern DATES = Pattern.compile("\\d{4}-\\d\\d-\\d\\d");
    private static final Pattern DATETIMES = Pattern.compile(
            "(\\d{4}-\\d\\d-\\d\\d)T([01]\\d|2[0-3]):[0-5]\\d:([0-5]\\d|60)(\\.\\d+)?(Z|[+-]\\d\\d:\\d\\d)",
            Pattern.CASE_INSENSITIVE);

    private final String word;

    NamedFormat(String word) {
        this.word = word;
    }

    static void addTo(Library library) {
        for (NamedFormat format : values()) {
            library.global("format." + format.word, "", TYPE, Cost.ONE, a -> format);
        }
        library.global("format.named", "string", "optional_type(" + TYPE + ")", Cost.ONE, a -> named((String) a[0]))
                .member(
                        "validate",
                        TYPE + ",string",
                        "optional_type(list(string))",
                        a -> 1 + Values.walking(Values.size(a[1])) * 10,
                        a -> {
                            List<Object> wrong = ((NamedFormat) a[0]).complaints((String) a[1]);
                            return wrong.isEmpty() ? Maybe.NONE : Maybe.of(wrong);
                        });
    }

    private static Maybe named(String name) {
        for (NamedFormat format : values()) {
            if (format.word.equals(name)) {
                return Maybe.of(format);
            }
        }
        return Maybe.NONE;
    }

    /** What is wrong with a text; nothing when it is fine. */
    public List<Object> complaints(String text) {
        return switch (this) {
            case DNS1123_LABEL -> label(text);
            case DNS1123_LABEL_PREFIX -> label(masked(text));
            case DNS1123_SUBDOMAIN -> subdomain(text);
            case DNS1123_SUBDOMAIN_PREFIX -> subdomain(masked(text));
            case DNS1035_LABEL -> oldLabel(text);
            case DNS1035_LABEL_PREFIX -> oldLabel(masked(text));
            case QUALIFIED_NAME -> qualifiedName(text);
            case LABEL_VALUE -> labelValue(text);
            case URI -> uri(text);
            case UUID -> unless(UUIDS.matcher(text).matches(), "does not match the UUID format");
            case BYTE -> unless(isBase64(text), "invalid base64");
            case DATE -> unless(isDate(text), "invalid date");
            case DATETIME -> unless(isDateTime(text), "invalid datetime");
        };
    }

    private static List<Object> unless(boolean isFine, String complaint) {
        return isFine ? List.of() : List.of(complaint);
    }

    /** A prefix may end in a dash, for something will follow. */
    private static String masked(String text) {
        return text.length() > 1 && text.endsWith("-") ? text.substring(0, text.length() - 2) + "a" : text;
    }

    private static List<Object> measured(String text, int longest, boolean matches, String complaint) {
        List<Object> complaints = new ArrayList<>();
        if (Values.size(Bytes.utf8(text)) > longest) {
            complaints.add("must be no more than " + longest + " characters");
        }
        if (!matches) {
            complaints.add(complaint);
        }
        return complaints;
    }

    private static String expecting(String message, String pattern, String... examples) {
        StringBuilder text = new StringBuilder(message).append(" (e.g. ");
        for (int i = 0; i < examples.length; i++) {
            text.append(i > 0 ? " or " : "").append('\'').append(examples[i]).append("', ");
        }
        return text.append("regex used for validation is '")
                .append(pattern)
                .append("')")
                .toString();
    }

    private static boolean isLabel(String text, boolean mayBeginWithDigit) {
        if (text.isEmpty()) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean isLetter = c >= 'a' && c <= 'z';
            boolean isDigit = c >= '0' && c <= '9' && (i > 0 || mayBeginWithDigit);
            boolean isDash = c == '-' && i > 0 && i < text.length() - 1;
            if (!isLetter && !isDigit && !isDash) {
                return false;
            }
        }
        return true;
    }

    private static List<Object> label(String text) {
        return measured(
                text,
                LABEL,
                isLabel(text, true),
                expecting(
                        "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must"
                                + " start and end with an alphanumeric character",
                        LABEL_PATTERN,
                        "my-name",
                        "123-abc"));
    }

    private static List<Object> subdomain(String text) {
        boolean matches = true;
        for (String label : text.split("\\.", -1)) {
            matches &= isLabel(label, true);
        }
        return measured(
                text,
                SUBDOMAIN,
                matches,
                expecting(
                        "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.',"
                                + " and must start and end with an alphanumeric character",
                        SUBDOMAIN_PATTERN,
                        "example.com"));
    }

    private static List<Object> oldLabel(String text) {
        return measured(
                text,
                LABEL,
                isLabel(text, false),
                expecting(
                        "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an"
                                + " alphabetic character, and end with an alphanumeric character",
                        OLD_LABEL_PATTERN,
                        "my-name",
                        "abc-123"));
    }

    private static boolean isName(String text) {
        if (text.isEmpty()) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean isEnd = i == 0 || i == text.length() - 1;
            boolean isOrdinary = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
            if (!isOrdinary && (isEnd || "-_.".indexOf(c) < 0)) {
                return false;
            }
        }
        return true;
    }

    /** What is wrong with the name of a label, {@code [prefix/]name}. */
    static List<Object> qualifiedName(String text) {
        String rule = expecting(NAME_MESSAGE, NAME_PATTERN, "MyName", "my.name", "123-abc");
        String[] parts = text.split("/", -1);
        if (parts.length > 2) {
            return List.of("a valid label key " + rule + " with an optional DNS subdomain prefix and '/' (e.g."
                    + " 'example.com/MyName')");
        }
        List<Object> complaints = new ArrayList<>();
        if (parts.length == 2) {
            if (parts[0].isEmpty()) {
                complaints.add("prefix part must be non-empty");
            } else {
                subdomain(parts[0]).forEach(complaint -> complaints.add("prefix part " + complaint));
            }
        }
        String name = parts[parts.length - 1];
        if (name.isEmpty()) {
            complaints.add("name part must be non-empty");
        } else if (name.length() > LABEL) {
            complaints.add("name part must be no more than " + LABEL + " characters");
        }
        if (!isName(name)) {
            complaints.add("name part " + rule);
        }
        return complaints;
    }

    private static List<Object> labelValue(String text) {
        return measured(
                text,
                LABEL,
                text.isEmpty() || isName(text),
                expecting(
                        "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.',"
                                + " and must start and end with an alphanumeric character",
                        VALUE_PATTERN,
                        "MyValue",
                        "my_value",
                        "12345"));
    }

    private static List<Object> uri(String text) {
        try {
            WebAddress.parse(text);
            return List.of();
        } catch (Fault wrong) {
            return List.of(wrong.getMessage());
        }
    }

    private static boolean isBase64(String text) {
        int padding = text.endsWith("==") ? 2 : text.endsWith("=") ? 1 : 0;
        return text.length() % 4 == 0
                && text.substring(0, text.length() - padding)
                        .chars()
                        .allMatch(c -> c >= 'a' && c <= 'z'
                                || c >= 'A' && c <= 'Z'
                                || c >= '0' && c <= '9'
                                || c == '+'
                                || c == '/');
    }

    private static boolean isDate(String text) {
        if (!DATES.matcher(text).matches()) {
            return false;
        }
        try {
            return LocalDate.parse(text).toString().equals(text);
        } catch (DateTimeException wrong) {
            return false;
        }
    }

    private static boolean isDateTime(String text) {
        return DATETIMES.matcher(text).matches()
                && isDate(text.toUpperCase(Locale.ROOT).substring(0, "2026-11-26".length()));
    }

    @Override
    public String typeName() {
        return TYPE;
    }
}
