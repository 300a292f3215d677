package dev.holdfast.core.net;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a private key without a password out of a PEM file: PKCS #8 ({@code PRIVATE KEY}, RFC 5958), PKCS #1 ({@code RSA PRIVATE KEY}, RFC
 * 8017) or SEC 1 ({@code EC PRIVATE KEY}, RFC 5915). The older two are wrapped into the first, which the JDK reads:
 *
 * <pre>
 *   PrivateKeyInfo = SEQUENCE { INTEGER 0, SEQUENCE { OID of the algorithm, parameters }, OCTET STRING { the older form } }
 * </pre>
 */
public final class PrivateKeyFile {
    private static final long MOST_BYTES = 1 << 16;
    private static final Pattern PEM = Pattern.compile(
            "-----BEGIN ((?:RSA |EC |ENCRYPTED )?PRIVATE KEY)-----([A-Za-z0-9+/=\\s]*)-----END \\1-----");

    private static final byte[] VERSION = HexFormat.of().parseHex("020100");
    private static final byte[] RSA = HexFormat.of().parseHex("06092a864886f70d0101010500");
    private static final byte[] EC = HexFormat.of().parseHex("06072a8648ce3d0201");
    /** The curves that certificates use: P-256, P-384, P-521, as object identifiers. */
    private static final List<String> CURVES = List.of("06082a8648ce3d030107", "06052b81040022", "06052b81040023");

    private static final int SEQUENCE = 0x30;
    private static final int OCTETS = 0x04;

    private PrivateKeyFile() {}

    /** @throws IOException when it cannot be read, or holds no such key */
    public static PrivateKey read(Path file) throws IOException {
        if (Files.size(file) > MOST_BYTES) {
            throw new IOException(file + ": no private key: larger than 64 KiB");
        }
        return of(Files.readString(file, StandardCharsets.ISO_8859_1), file.toString());
    }

    /**
     * The key in this text.
     *
     * @param name what messages call it
     */
    public static PrivateKey of(String text, String name) throws IOException {
        Matcher pem = PEM.matcher(text);
        if (!pem.find()) {
            throw new IOException(name + ": no private key in PEM without a password");
        }
        try {
            byte[] der = Base64.getMimeDecoder().decode(pem.group(2));
            return switch (pem.group(1)) {
                case "RSA PRIVATE KEY" -> key(wrapped(RSA, der));
                case "EC PRIVATE KEY" -> key(wrapped(ecAlgorithm(der), der));
                case "PRIVATE KEY" -> key(der);
                default -> throw new InvalidKeySpecException("it has a password, which cannot be asked for");
            };
        } catch (GeneralSecurityException | IllegalArgumentException unusable) {
            throw new IOException(name + ": no private key: " + unusable.getMessage(), unusable);
        }
    }

    private static PrivateKey key(byte[] der) throws GeneralSecurityException {
        Optional<GeneralSecurityException> first = Optional.empty();
        for (String algorithm : List.of("RSA", "EC", "Ed25519")) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der));
            } catch (InvalidKeySpecException other) {
                first = first.isPresent() ? first : Optional.of(other);
            }
        }
        throw new InvalidKeySpecException("neither RSA nor EC nor Ed25519", first.orElse(null));
    }

    /** The older form names its curve somewhere inside. */
    private static byte[] ecAlgorithm(byte[] der) throws InvalidKeySpecException {
        String hex = HexFormat.of().formatHex(der);
        for (String curve : CURVES) {
            if (hex.contains("a0" + HexFormat.of().toHexDigits((byte) (curve.length() / 2)) + curve)) {
                return concat(EC, HexFormat.of().parseHex(curve));
            }
        }
        throw new InvalidKeySpecException("its curve is none of P-256, P-384, P-521");
    }

    private static byte[] wrapped(byte[] algorithm, byte[] key) {
        return element(SEQUENCE, concat(VERSION, element(SEQUENCE, algorithm), element(OCTETS, key)));
    }

    private static byte[] element(int tag, byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        if (content.length < 0x80) {
            out.write(content.length);
        } else {
            out.write(0x82); // two bytes of length; keys are shorter than 64 KiB
            out.write(content.length >>> 8);
            out.write(content.length);
        }
        out.writeBytes(content);
        return out.toByteArray();
    }

    private static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }
}
