package dev.holdfast.secrets.key;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * Recognises private keys by what they hold, not by what stands around them. Read are PEM (RFC 7468, with the headers of RFC 1421) in
 * plain text, in string literals and behind escapes; in it PKCS #8 plain and encrypted (RFC 5958), PKCS #1 (RFC 8017), SEC 1 (RFC 5915),
 * DSA, OpenSSH ({@code openssh-key-v1}) and OpenPGP (RFC 9580).
 */
public final class PrivateKeys {
    /** Text of a key of 16,384 bits in PEM has 13,000 characters. */
    private static final int LONGEST_TEXT = 16_000;

    private static final int LONGEST_LABEL = 40;
    private static final int SHORTEST_MODULUS = 63;
    private static final String BEGIN = "-----BEGIN ";
    private static final String OPENVPN_LABEL = "OpenVPN Static key";
    private static final String DASHES = "-----";
    private static final byte[] OPENSSH = "openssh-key-v1\0".getBytes(StandardCharsets.ISO_8859_1);
    private static final int PGP_SECRET_KEY = 5;
    private static final int PGP_SECRET_SUBKEY = 7;

    /** What was recognised. */
    public enum Sort {
        PLAIN("private-key"),
        ENCRYPTED("encrypted-private-key"),
        SSH("ssh-private-key"),
        PGP("pgp-private-key"),
        OPENVPN("openvpn-static-key");

        private final String kind;

        Sort(String kind) {
            this.kind = kind;
        }

        /** Identifier of the kind of credential. */
        public String kind() {
            return kind;
        }
    }

    /**
     * A key in a text.
     *
     * @param end behind its last dash
     * @param der what its body decodes to
     */
    public record Found(Sort sort, int end, byte[] der) {}

    private PrivateKeys() {}

    /** The key whose first dash stands at {@code at}. */
    public static Optional<Found> inText(byte[] bytes, int at, int to) {
        int labelAt = at + BEGIN.length();
        if (!isAt(BEGIN, bytes, at, to)) {
            return Optional.empty();
        }
        int labelEnd = find(DASHES, bytes, labelAt, Math.min(to, labelAt + LONGEST_LABEL));
        if (labelEnd < 0) {
            return Optional.empty();
        }
        String label = new String(bytes, labelAt, labelEnd - labelAt, StandardCharsets.ISO_8859_1);
        if (!label.contains("PRIVATE KEY") && !label.startsWith(OPENVPN_LABEL)) {
            return Optional.empty();
        }
        int bodyAt = labelEnd + DASHES.length();
        int bodyEnd = find(DASHES + "END", bytes, bodyAt, Math.min(to, bodyAt + LONGEST_TEXT));
        if (bodyEnd < 0) {
            return Optional.empty();
        }
        int end = find(DASHES, bytes, bodyEnd + DASHES.length(), Math.min(to, bodyEnd + 2 * LONGEST_LABEL));
        byte[] der = body(bytes, bodyAt, bodyEnd);
        boolean isSealed = find("ENCRYPTED", bytes, bodyAt, Math.min(bodyEnd, bodyAt + 100)) > 0;
        Optional<Sort> sort = isSealed && der.length >= 64 ? Optional.of(Sort.ENCRYPTED) : sort(label, der);
        return sort.map(found -> new Found(found, end < 0 ? bodyEnd : end + DASHES.length(), der));
    }

    private static Optional<Sort> sort(String label, byte[] der) {
        if (label.startsWith(OPENVPN_LABEL)) {
            return der.length >= 256 ? Optional.of(Sort.OPENVPN) : Optional.empty(); // 2,048 bits in hexadecimal
        }
        if (label.startsWith("PGP")) {
            return isPgp(der) ? Optional.of(Sort.PGP) : Optional.empty();
        }
        return ofContent(der);
    }

    /** What the bytes are, if they are a private key. */
    public static Optional<Sort> ofContent(byte[] der) {
        if (startsWith(der, OPENSSH)) {
            return isOpenSsh(der);
        }
        Der outer = new Der(der, 0, der.length);
        if (!outer.next(Der.SEQUENCE)) {
            return Optional.empty();
        }
        Der inside = outer.inside();
        if (!inside.next()) {
            return Optional.empty();
        }
        if (inside.tag() == Der.SEQUENCE) {
            return isEncrypted(inside) ? Optional.of(Sort.ENCRYPTED) : Optional.empty();
        }
        boolean isKey = inside.tag() == Der.INTEGER && inside.number() >= 0 && inside.number() <= 1 && isPlain(inside);
        return isKey ? Optional.of(Sort.PLAIN) : Optional.empty();
    }

    /** PKCS #8 EncryptedPrivateKeyInfo: the algorithm, then octets. A certificate has something else in the second place. */
    private static boolean isEncrypted(Der inside) {
        Der algorithm = inside.inside();
        return algorithm.next(Der.OBJECT) && inside.next(Der.OCTETS) && inside.length() >= 40 && !inside.next();
    }

    private static boolean isPlain(Der inside) {
        int version = inside.number();
        if (!inside.next()) {
            return false;
        }
        return switch (inside.tag()) {
            // PKCS #8: version, algorithm, octets
            case Der.SEQUENCE -> inside.inside().next(Der.OBJECT) && inside.next(Der.OCTETS) && inside.length() >= 32;
            // SEC 1: version 1, octets
            case Der.OCTETS -> version == 1 && inside.length() >= 20;
            // PKCS #1 and DSA: version 0, large integers
            case Der.INTEGER -> version == 0 && inside.length() >= SHORTEST_MODULUS && integersFollow(inside);
            default -> false;
        };
    }

    private static boolean integersFollow(Der inside) {
        int count = 0;
        while (inside.next(Der.INTEGER)) {
            count++;
        }
        return count >= 4;
    }

    private static Optional<Sort> isOpenSsh(byte[] der) {
        int at = OPENSSH.length;
        if (der.length - at < 64) {
            return Optional.empty();
        }
        boolean isOpen = der[at + 3] == 4
                && der[at + 4] == 'n'
                && der[at + 5] == 'o'
                && der[at + 6] == 'n'
                && der[at + 7] == 'e';
        return Optional.of(isOpen ? Sort.SSH : Sort.ENCRYPTED);
    }

    private static boolean isPgp(byte[] packets) {
        if (packets.length < 64 || packets[0] >= 0) {
            return false;
        }
        int tag = (packets[0] & 0x40) != 0 ? packets[0] & 0x3f : packets[0] >> 2 & 0xf;
        return tag == PGP_SECRET_KEY || tag == PGP_SECRET_SUBKEY;
    }

    /**
     * Decodes the body: base64 with line ends, written-out line ends ({@code \n}), indentation and the quotes of string literals in
     * between. Header lines hold a colon; a checksum line of OpenPGP begins with an equals sign and ends the body.
     */
    static byte[] body(byte[] bytes, int from, int to) {
        byte[] plain = new byte[to - from];
        int length = 0;
        for (int at = behindHeaders(bytes, from, to); at < to; at++) {
            byte b = bytes[at];
            if (b == '\\') {
                at++;
            } else if (b == '"' || b == '\'') {
                int next = nextOf(b, bytes, at + 1, to);
                at = next < 0 ? at : next;
            } else if (b == '=' && length % 4 == 0) {
                break;
            } else if (isBase64(b)) {
                plain[length++] = b;
            }
        }
        try {
            return Base64.getDecoder()
                    .decode(java.util.Arrays.copyOf(plain, length - length % 4 % 2 * (length % 4 == 1 ? 1 : 0)));
        } catch (IllegalArgumentException none) {
            return new byte[0];
        }
    }

    private static int behindHeaders(byte[] bytes, int from, int to) {
        int last = from;
        for (int at = from; at < Math.min(to, from + 400); at++) {
            if (bytes[at] == ':') {
                int end = at;
                while (end < to && bytes[end] != '\n' && bytes[end] != '\\') {
                    end++;
                }
                last = end;
            }
        }
        return last;
    }

    private static int nextOf(byte wanted, byte[] bytes, int from, int to) {
        for (int at = from; at < to; at++) {
            if (bytes[at] == wanted) {
                return at;
            }
        }
        return -1;
    }

    public static boolean isBase64(byte b) {
        return b >= 'A' && b <= 'Z' || b >= 'a' && b <= 'z' || b >= '0' && b <= '9' || b == '+' || b == '/';
    }

    private static boolean startsWith(byte[] bytes, byte[] beginning) {
        return bytes.length >= beginning.length
                && java.util.Arrays.equals(bytes, 0, beginning.length, beginning, 0, beginning.length);
    }

    private static boolean isAt(String text, byte[] bytes, int at, int to) {
        if (at < 0 || to - at < text.length()) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (bytes[at + i] != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private static int find(String text, byte[] bytes, int from, int to) {
        for (int at = from; at <= to - text.length(); at++) {
            if (isAt(text, bytes, at, to)) {
                return at;
            }
        }
        return -1;
    }
}
