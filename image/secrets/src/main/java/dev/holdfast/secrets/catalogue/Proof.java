package dev.holdfast.secrets.catalogue;

import dev.holdfast.secrets.sense.Innocence;
import dev.holdfast.secrets.sense.ValueSense;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.CRC32;

/** What some formats carry that random text does not. */
public enum Proof {
    /** The shape is all there is. */
    NONE,

    /**
     * The last six characters are the CRC-32 of the thirty before them, in base 62 ({@code 0-9A-Za-z}) with leading zeros. GitHub ("Behind
     * GitHub's new authentication token formats", 2021) and npm.
     */
    CRC32_BASE62,

    /** A JSON object in base64url, then another one. RFC 7519. */
    JWT,

    /** Bech32 of the whole text. BIP 173, with upper-case letters. */
    BECH32,

    /** A macaroon whose location is the package index: base64url that begins with its version and {@code pypi.org}. */
    MACAROON,

    /** The part before the first point is a decimal number in base64: the bot's own id. */
    DISCORD,

    /** Base64 of {@code user:password}. RFC 7617. */
    USER_AND_PASSWORD,

    /** A signature of 32 bytes in base64 ends in an equals sign, in a URL as {@code %3D}. */
    SIGNATURE_IN_URL,

    /** What a person would choose, and no word of a program. */
    PASSWORD,

    /** What a machine would make, and no words. */
    RANDOM;

    private static final String BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final String BECH32_ALPHABET = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
    private static final int[] BECH32_GENERATOR = {0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3};
    private static final int CHECKSUM = 6;

    public boolean holds(String value) {
        return switch (this) {
            case NONE -> true;
            case CRC32_BASE62 -> value.endsWith(crc(randomPart(value)));
            case JWT -> isJwt(value);
            case BECH32 -> isBech32(value.toLowerCase(Locale.ROOT));
            case MACAROON -> decoded(value.substring(value.indexOf('-') + 1)).contains("pypi.org");
            case DISCORD -> isNumber(decoded(value.substring(0, value.indexOf('.'))));
            case SIGNATURE_IN_URL -> value.endsWith("%3D") || value.endsWith("%3d");
            case PASSWORD -> ValueSense.isPassword(value);
            case RANDOM -> ValueSense.isToken(value);
            case USER_AND_PASSWORD -> isUserAndPassword(decoded(value.substring(value.indexOf(' ') + 1)));
        };
    }

    /** What a report says of a value for which it holds. */
    public String clause() {
        return switch (this) {
            case NONE -> "its form is that of the vendor";
            case CRC32_BASE62, BECH32 -> "its checksum is right";
            case JWT -> "its header and claims decode";
            case MACAROON -> "it decodes to a macaroon of the package index";
            case DISCORD -> "it begins with the number of a bot";
            case SIGNATURE_IN_URL -> "it ends as a signature does";
            case PASSWORD -> "its name says so and its value is no placeholder";
            case RANDOM -> "its name says so and its value looks random";
            case USER_AND_PASSWORD -> "it decodes to a user and a password";
        };
    }

    private static String randomPart(String value) {
        int end = value.length() - CHECKSUM;
        return value.substring(value.lastIndexOf('_') + 1, end);
    }

    /** Whether it only says what anybody's value could be: then the place must speak for it too. */
    public boolean isWeak() {
        return this == PASSWORD || this == RANDOM;
    }

    /** The checksum of a token's random part. */
    static String crc(String random) {
        CRC32 crc = new CRC32();
        crc.update(random.getBytes(StandardCharsets.ISO_8859_1));
        char[] text = new char[CHECKSUM];
        long rest = crc.getValue();
        for (int i = CHECKSUM - 1; i >= 0; i--) {
            text[i] = BASE62.charAt((int) (rest % BASE62.length()));
            rest /= BASE62.length();
        }
        return new String(text);
    }

    private static boolean isJwt(String value) {
        int first = value.indexOf('.');
        int second = value.indexOf('.', first + 1);
        String header = decoded(value.substring(0, first));
        String claims = second < 0 ? "" : decoded(value.substring(first + 1, second));
        return header.startsWith("{") && header.contains("\"alg\"") && claims.startsWith("{") && claims.endsWith("}");
    }

    private static boolean isBech32(String value) {
        return value.lastIndexOf('1') > 0 && remainder(value) == 1;
    }

    private static int step(int sum, int value) {
        int top = sum >>> 25;
        int next = (sum & 0x1ffffff) << 5 ^ value;
        for (int i = 0; i < BECH32_GENERATOR.length; i++) {
            next ^= (top >>> i & 1) == 0 ? 0 : BECH32_GENERATOR[i];
        }
        return next;
    }

    /** The checksum that makes {@code prefix}, a one and {@code values} a Bech32 text; all in small letters. */
    static String bech32(String prefix, String values) {
        int rest = remainder(
                        prefix + "1" + values + BECH32_ALPHABET.substring(0, 1).repeat(CHECKSUM))
                ^ 1;
        StringBuilder text = new StringBuilder();
        for (int i = CHECKSUM - 1; i >= 0; i--) {
            text.append(BECH32_ALPHABET.charAt(rest >>> 5 * i & 31));
        }
        return text.toString();
    }

    private static int remainder(String value) {
        int separator = value.lastIndexOf('1');
        String prefix = value.substring(0, separator);
        int sum = 1;
        for (int i = 0; i < prefix.length(); i++) {
            sum = step(sum, prefix.charAt(i) >> 5);
        }
        sum = step(sum, 0);
        for (int i = 0; i < prefix.length(); i++) {
            sum = step(sum, prefix.charAt(i) & 31);
        }
        for (int i = separator + 1; i < value.length(); i++) {
            sum = step(sum, BECH32_ALPHABET.indexOf(value.charAt(i)));
        }
        return sum;
    }

    private static boolean isNumber(String text) {
        return text.length() >= 15 && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private static boolean isUserAndPassword(String text) {
        int colon = text.indexOf(':');
        return colon > 0
                && text.length() - colon > 3
                && text.chars().allMatch(c -> c > ' ' && c < 0x7f)
                && !Innocence.isPlaceholder(text.substring(colon + 1));
    }

    /** What base64, of either alphabet and with or without padding, stands for; empty when it is none. */
    static String decoded(String base64) {
        return bytes(base64)
                .map(found -> new String(found, StandardCharsets.ISO_8859_1))
                .orElse("");
    }

    public static Optional<byte[]> bytes(String base64) {
        String plain = base64.replace('-', '+').replace('_', '/');
        int end = plain.length();
        while (end > 0 && plain.charAt(end - 1) == '=') {
            end--;
        }
        try {
            return Optional.of(Base64.getDecoder().decode(plain.substring(0, end)));
        } catch (IllegalArgumentException none) {
            return Optional.empty();
        }
    }
}
