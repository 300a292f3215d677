package dev.holdfast.policy.cel.parse;

import dev.holdfast.policy.cel.value.Bytes;
import dev.holdfast.policy.cel.value.Unsigned;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The values of literals. Escapes: {@code \a \b \f \n \r \t \v \\ \' \" \` \?}, {@code \xHH}, {@code \OOO} (to 377), and in texts only
 * {@code \\uHHHH} and {@code \UHHHHHHHH}, no surrogates.
 */
final class Literals {
    private Literals() {}

    /** The integer of these digits, with a sign perhaps; empty when it has more than 64 bits. */
    static Optional<Object> integer(String written) {
        try {
            boolean isNegative = written.startsWith("-");
            String digits = isNegative ? written.substring(1) : written;
            String sign = isNegative ? "-" : "";
            return Optional.of(
                    digits.startsWith("0x") ? Long.valueOf(sign + digits.substring(2), 16) : Long.valueOf(written));
        } catch (NumberFormatException tooLarge) {
            return Optional.empty();
        }
    }

    static Optional<Object> unsigned(String written) {
        String digits = written.substring(0, written.length() - 1);
        try {
            return Optional.of(
                    digits.startsWith("0x") ? Unsigned.parse(digits.substring(2), 16) : Unsigned.parse(digits, 10));
        } catch (NumberFormatException tooLarge) {
            return Optional.empty();
        }
    }

    static Optional<Object> decimal(String written) {
        double value = Double.parseDouble(written);
        return Double.isInfinite(value) ? Optional.empty() : Optional.of(value);
    }

    /** The text of a quoted word; empty when an escape is wrong. */
    static Optional<Object> text(String written) {
        return unquoted(written, false).map(bytes -> new String(bytes, StandardCharsets.UTF_8));
    }

    static Optional<Object> bytes(String written) {
        return unquoted(written.substring(1), true).map(Bytes::of);
    }

    private static Optional<byte[]> unquoted(String written, boolean isBytes) {
        boolean isRaw = written.charAt(0) == 'r' || written.charAt(0) == 'R';
        String quoted = isRaw ? written.substring(1) : written;
        char quote = quoted.charAt(0);
        boolean isTriple =
                quoted.length() >= 6 && quoted.startsWith(String.valueOf(quote).repeat(3));
        int frame = isTriple ? 3 : 1;
        String body = quoted.substring(frame, quoted.length() - frame)
                .replace("\r\n", "\n")
                .replace('\r', '\n');
        return isRaw ? Optional.of(body.getBytes(StandardCharsets.UTF_8)) : unescaped(body, isBytes);
    }

    private static Optional<byte[]> unescaped(String body, boolean isBytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(body.length());
        int i = 0;
        while (i < body.length()) {
            int c = body.codePointAt(i);
            if (c != '\\') {
                out.writeBytes(Character.toString(c).getBytes(StandardCharsets.UTF_8));
                i += Character.charCount(c);
                continue;
            }
            if (i + 1 >= body.length()) {
                return Optional.empty();
            }
            char kind = body.charAt(i + 1);
            int simple = "abfnrtv\\'\"`?".indexOf(kind);
            if (simple >= 0) {
                out.write("\u0007\b\f\n\r\t\u000b\\'\"`?".charAt(simple));
                i += 2;
                continue;
            }
            int radix = kind >= '0' && kind <= '3' ? 8 : 16;
            int length = switch (kind) {
                case 'x', 'X' -> 2;
                case 'u' -> 4;
                case 'U' -> 8;
                case '0', '1', '2', '3' -> 3;
                default -> 0;
            };
            int start = radix == 8 ? i + 1 : i + 2;
            int value = length == 0 ? -1 : number(body, start, length, radix);
            boolean isCodePoint = kind == 'u' || kind == 'U';
            if (value < 0 || isCodePoint && (isBytes || !isScalar(value))) {
                return Optional.empty();
            }
            if (isBytes) {
                out.write(value);
            } else {
                out.writeBytes(Character.toString(value).getBytes(StandardCharsets.UTF_8));
            }
            i = start + length;
        }
        return Optional.of(out.toByteArray());
    }

    private static boolean isScalar(int point) {
        return Character.isValidCodePoint(point) && !(point >= 0xD800 && point <= 0xDFFF);
    }

    private static int number(String body, int start, int length, int radix) {
        if (start + length > body.length()) {
            return -1;
        }
        long value = 0;
        for (int i = start; i < start + length; i++) {
            int digit = Character.digit(body.charAt(i), radix);
            if (digit < 0 || body.charAt(i) >= 0x80) {
                return -1;
            }
            value = value * radix + digit;
        }
        return value > Character.MAX_CODE_POINT ? -1 : (int) value;
    }
}
