package dev.holdfast.check.exception;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The words of an exception in one line:
 *
 * <pre>
 * words  = text { field }                text: in a comment the rules, in an annotation the reason
 * field  = ( "reason=" | "owner=" | "until=" ) value      up to the next field; quotes around it are dropped
 * </pre>
 *
 * @param text what stands before the first field
 * @param problem why the exception does not hold; empty when it does
 */
record Words(String text, String reason, String owner, Optional<LocalDate> until, String problem) {
    private static final Pattern FIELD = Pattern.compile("(?:^|\\s)(reason|owner|until)=");

    static Words of(String line) {
        Matcher matcher = FIELD.matcher(line);
        List<String> names = new ArrayList<>();
        List<Integer> starts = new ArrayList<>();
        List<Integer> ends = new ArrayList<>();
        while (matcher.find()) {
            names.add(matcher.group(1));
            starts.add(matcher.start());
            ends.add(matcher.end());
        }
        String reason = "";
        String owner = "";
        String until = "";
        for (int i = 0; i < names.size(); i++) {
            int end = i + 1 < starts.size() ? starts.get(i + 1) : line.length();
            String value = unquoted(line.substring(ends.get(i), end).strip());
            switch (names.get(i)) {
                case "reason" -> reason = value;
                case "owner" -> owner = value;
                default -> until = value;
            }
        }
        String text = (starts.isEmpty() ? line : line.substring(0, starts.getFirst())).strip();
        try {
            Optional<LocalDate> day = until.isEmpty() ? Optional.empty() : Optional.of(LocalDate.parse(until));
            return new Words(text, reason, owner, day, "");
        } catch (DateTimeException wrong) {
            return new Words(text, reason, owner, Optional.empty(), "until=" + until + " is no day such as 2027-01-31");
        }
    }

    private static String unquoted(String value) {
        boolean isQuoted = value.length() > 1
                && (value.startsWith("\"") && value.endsWith("\"") || value.startsWith("'") && value.endsWith("'"));
        return isQuoted ? value.substring(1, value.length() - 1) : value;
    }
}
