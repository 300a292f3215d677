package dev.holdfast.server;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * Writes DER (ITU-T X.690), as much of it as certificates need.
 *
 * <pre>
 *   value  = tag length content
 *   length = one byte below 128; else 0x80 + n, and n bytes of the number, the greatest first
 * </pre>
 */
final class Der {
    private static final int LONG_FORM = 0x80;
    /** Years from here on are written as GeneralizedTime (RFC 5280 4.1.2.5). */
    private static final int LATE = 2050;

    private Der() {}

    static byte[] tagged(int tag, byte[]... parts) {
        byte[] content = joined(parts);
        byte[] head;
        if (content.length < LONG_FORM) {
            head = new byte[] {(byte) tag, (byte) content.length};
        } else if (content.length < 1 << 8) {
            head = new byte[] {(byte) tag, (byte) (LONG_FORM + 1), (byte) content.length};
        } else {
            head = new byte[] {(byte) tag, (byte) (LONG_FORM + 2), (byte) (content.length >> 8), (byte) content.length};
        }
        return joined(head, content);
    }

    static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    static byte[] sequence(byte[]... parts) {
        return tagged(0x30, parts);
    }

    static byte[] setOf(byte[] part) {
        return tagged(0x31, part);
    }

    static byte[] integer(BigInteger value) {
        return tagged(0x02, value.toByteArray());
    }

    static byte[] yes() {
        return tagged(0x01, new byte[] {(byte) 0xff});
    }

    static byte[] octets(byte[] content) {
        return tagged(0x04, content);
    }

    /** @param unused bits of the last byte that do not count */
    static byte[] bits(int unused, byte[] content) {
        return tagged(0x03, new byte[] {(byte) unused}, content);
    }

    static byte[] text(String text) {
        return tagged(0x0c, text.getBytes(StandardCharsets.UTF_8));
    }

    /** An object identifier: {@code 2.5.29.17}. */
    static byte[] oid(String dotted) {
        String[] numbers = dotted.split("\\.", -1);
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        content.write(40 * Integer.parseInt(numbers[0]) + Integer.parseInt(numbers[1]));
        for (int i = 2; i < numbers.length; i++) {
            base128(Integer.parseInt(numbers[i]), content);
        }
        return tagged(0x06, content.toByteArray());
    }

    private static void base128(int number, ByteArrayOutputStream out) {
        for (int shift = 28; shift > 0; shift -= 7) {
            if (number >> shift != 0) {
                out.write(number >> shift & 0x7f | 0x80);
            }
        }
        out.write(number & 0x7f);
    }

    static byte[] time(Instant instant) {
        boolean isLate = instant.atZone(ZoneOffset.UTC).getYear() >= LATE;
        DateTimeFormatter form = DateTimeFormatter.ofPattern(
                        isLate ? "yyyyMMddHHmmss'Z'" : "yyMMddHHmmss'Z'", Locale.ROOT)
                .withZone(ZoneOffset.UTC);
        return tagged(isLate ? 0x18 : 0x17, form.format(instant).getBytes(StandardCharsets.US_ASCII));
    }
}
