package dev.holdfast.secrets.key;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Recognises keystores that hold keys; one that holds only certificates is a truststore and no secret.
 *
 * <p>JKS and JCEKS (the JDK's own; no published specification): magic {@code FEEDFEED} or {@code CECECECE}, version 1 or 2, number of
 * entries, and for each entry its tag (1 private key, 2 trusted certificate, 3 secret key), alias, date and content; all numbers are four
 * bytes, big-endian, a date is eight, an alias has two bytes of length. The first entry that is a key settles the matter, and keys may
 * follow certificates, so certificates are stepped over.
 *
 * <p>PKCS #12 (RFC 7292): {@code PFX ::= SEQUENCE { version 3, authSafe, macData }}. Keys stand in bags of the types {@code keyBag} and
 * {@code pkcs8ShroudedKeyBag}. Common writers leave the bags of keys in the open, each shrouded by itself, and encrypt only those of
 * certificates, so the type is read without a password.
 */
public final class KeyStores {
    private static final int JKS = 0xfeedfeed;
    private static final int JCEKS = 0xcececece;
    private static final int PRIVATE_KEY = 1;
    private static final int CERTIFICATE = 2;
    private static final int SECRET_KEY = 3;
    private static final int MOST_ENTRIES = 100_000;

    /** 1.2.840.113549.1.12.10.1.1 and .2 */
    private static final byte[] KEY_BAG = {0x2a, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xf7, 0x0d, 1, 12, 10, 1, 1};

    private static final byte[] SHROUDED_KEY_BAG = {
        0x2a, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xf7, 0x0d, 1, 12, 10, 1, 2
    };
    private static final int DEEPEST = 12;

    private KeyStores() {}

    /** What the keystore is called and what it holds, in a clause; empty when it is none or holds no key. */
    public static Optional<String> clause(byte[] bytes, int length) {
        if (length < 16) {
            return Optional.empty();
        }
        int magic = number(bytes, 0);
        if (magic == JKS || magic == JCEKS) {
            return holdsKey(bytes, length)
                    ? Optional.of((magic == JKS ? "JKS" : "JCEKS") + " keystore with the entry of a key")
                    : Optional.empty();
        }
        return isPkcs12WithKey(bytes, length)
                ? Optional.of("PKCS #12 keystore with the entry of a key")
                : Optional.empty();
    }

    private static boolean holdsKey(byte[] bytes, int length) {
        int version = number(bytes, 4);
        int entries = number(bytes, 8);
        if (version < 1 || version > 2 || entries < 0 || entries > MOST_ENTRIES) {
            return false;
        }
        long at = 12;
        for (int i = 0; i < entries && at >= 0 && length - at >= 6; i++) {
            int tag = number(bytes, (int) at);
            if (tag == PRIVATE_KEY || tag == SECRET_KEY) {
                return true;
            }
            at = tag == CERTIFICATE ? behindCertificate(bytes, length, (int) at + 4, version) : -1;
        }
        return false;
    }

    private static long behindCertificate(byte[] bytes, int length, int from, int version) {
        long at = behindText(bytes, length, from) + 8;
        if (version == 2) {
            at = at > length ? at : behindText(bytes, length, (int) at);
        }
        return length - at < 4 ? -1 : at + 4 + (number(bytes, (int) at) & 0xffffffffL);
    }

    private static long behindText(byte[] bytes, int length, int at) {
        return length - at < 2 ? length : at + 2L + ((bytes[at] & 0xff) << 8 | bytes[at + 1] & 0xff);
    }

    private static int number(byte[] bytes, int at) {
        return (bytes[at] & 0xff) << 24
                | (bytes[at + 1] & 0xff) << 16
                | (bytes[at + 2] & 0xff) << 8
                | bytes[at + 3] & 0xff;
    }

    private static boolean isPkcs12WithKey(byte[] bytes, int length) {
        Der outer = new Der(bytes, 0, length);
        if (!outer.next(Der.SEQUENCE)) {
            return false;
        }
        Der inside = outer.inside();
        return inside.next(Der.INTEGER)
                && inside.number() == 3
                && inside.next(Der.SEQUENCE)
                && holdsKeyBag(bytes, inside.inside(), 0);
    }

    /** Looks for the type of a key's bag in all that is not encrypted; octets hold DER again. */
    private static boolean holdsKeyBag(byte[] bytes, Der elements, int depth) {
        while (elements.next()) {
            boolean holds = switch (elements.tag()) {
                case Der.OBJECT -> elements.is(KEY_BAG) || elements.is(SHROUDED_KEY_BAG);
                case Der.SEQUENCE, Der.OCTETS, Der.CONTEXT_0 ->
                    depth < DEEPEST && holdsKeyBag(bytes, elements.inside(), depth + 1);
                default -> false;
            };
            if (holds) {
                return true;
            }
        }
        return false;
    }

    /** Whether the text is that of a PuTTY key with its private half. */
    public static boolean isPutty(byte[] bytes, int length) {
        String text = new String(bytes, 0, Math.min(length, 8_192), StandardCharsets.ISO_8859_1);
        return text.startsWith("PuTTY-User-Key-File-") && text.contains("\nPrivate-Lines: ");
    }
}
