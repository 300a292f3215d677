package dev.holdfast.secrets;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Names values without telling them: the first 64 bits of HMAC-SHA-256 (RFC 2104) under the scanner's key. Written out on
 * {@link MessageDigest}, which a scan has loaded already; the JDK's {@code Mac} costs a scan 40 ms of start-up.
 */
public final class Fingerprint {
    private static final int BLOCK = 64;
    private static final int SHOWN_BYTES = 8;

    private final byte[] inner = new byte[BLOCK];
    private final byte[] outer = new byte[BLOCK];

    public Fingerprint(byte[] key) {
        byte[] fitting = key.length > BLOCK ? sha256().digest(key) : key;
        Arrays.fill(inner, (byte) 0x36);
        Arrays.fill(outer, (byte) 0x5c);
        for (int i = 0; i < fitting.length; i++) {
            inner[i] ^= fitting[i];
            outer[i] ^= fitting[i];
        }
    }

    public String of(String value) {
        MessageDigest digest = sha256();
        digest.update(inner);
        byte[] first = digest.digest(value.getBytes(StandardCharsets.UTF_8));
        digest.update(outer);
        return HexFormat.of().formatHex(digest.digest(first), 0, SHOWN_BYTES);
    }

    /** The same finding, its fingerprint being that of its fingerprint: whoever wants to compare must know both keys. */
    public Secret over(Secret secret) {
        return new Secret(
                secret.kind(),
                secret.title(),
                secret.severity(),
                secret.path(),
                secret.line(),
                secret.length(),
                of(secret.fingerprint()),
                secret.proof(),
                secret.isSample());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible); // every JDK has it
        }
    }
}
