package dev.holdfast.server;

import dev.holdfast.core.InputException;
import dev.holdfast.core.net.CertificateFile;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Makes the certificate of a webhook, and the authority that the API server is told to trust for it. The authority's key is used once and
 * never written: it can vouch for nothing else, and replacing the certificate means replacing both.
 *
 * <p>Three files (X.509 v3, RFC 5280; keys on the curve P-256, ECDSA with SHA-256):
 *
 * <pre>
 *   ca.crt    the authority, for the caBundle; behind it the former ones of this file that are still valid, so that the API server can be
 *             told of the new one before the server shows it
 *   tls.crt   the server's own certificate: usage server authentication, the names as its subject alternative names
 *   tls.key   its key, PKCS #8, readable by its owner only
 * </pre>
 */
public final class OwnAuthority {
    private static final String ECDSA_SHA256 = "1.2.840.10045.4.3.2";
    private static final String COMMON_NAME = "2.5.4.3";
    private static final String KEY_USAGE = "2.5.29.15";
    private static final String ALTERNATIVE_NAMES = "2.5.29.17";
    private static final String CONSTRAINTS = "2.5.29.19";
    private static final String EXTENDED_USAGE = "2.5.29.37";
    private static final String SERVER_AUTHENTICATION = "1.3.6.1.5.5.7.3.1";
    private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");
    /** Clocks differ. */
    private static final Duration BEFORE = Duration.ofHours(1);

    private static final int SERIAL_BITS = 126;
    private static final int MOST_AUTHORITIES = 4;

    private OwnAuthority() {}

    /**
     * Writes the three files, each at once.
     *
     * @param names host names and addresses by which the server is called, at least one
     * @param now from when on they are valid
     * @throws InputException when a name looks like an address and is none
     * @throws IOException when they cannot be written
     */
    public static void write(Path folder, List<String> names, Instant now, Duration validity)
            throws InputException, IOException {
        try {
            SecureRandom random = new SecureRandom();
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"), random);
            KeyPair authority = generator.generateKeyPair();
            KeyPair server = generator.generateKeyPair();
            BigInteger serial = new BigInteger(SERIAL_BITS, random).setBit(SERIAL_BITS);
            Instant end = now.plus(validity);
            String issuer = "holdfast webhook authority " + serial.toString(16).substring(0, 8);
            byte[] root = certificate(
                    serial,
                    issuer,
                    issuer,
                    now,
                    end,
                    authority.getPublic(),
                    extensionsOfAuthority(),
                    authority.getPrivate());
            byte[] leaf = certificate(
                    serial.add(BigInteger.ONE),
                    issuer,
                    names.getFirst(),
                    now,
                    end,
                    server.getPublic(),
                    extensionsOfServer(names),
                    authority.getPrivate());
            Files.createDirectories(folder);
            StringBuilder trusted = new StringBuilder(pem("CERTIFICATE", root));
            for (X509Certificate former : former(folder.resolve("ca.crt"), now)) {
                trusted.append(pem("CERTIFICATE", former.getEncoded()));
            }
            put(folder.resolve("ca.crt"), trusted.toString());
            put(folder.resolve("tls.crt"), pem("CERTIFICATE", leaf));
            put(
                    folder.resolve("tls.key"),
                    pem("PRIVATE KEY", server.getPrivate().getEncoded()));
        } catch (GeneralSecurityException unable) {
            throw new IOException("this Java cannot make certificates: " + unable.getMessage(), unable);
        }
    }

    private static List<X509Certificate> former(Path file, Instant now) throws IOException {
        if (!Files.exists(file)) {
            return List.of();
        }
        List<X509Certificate> valid = new ArrayList<>();
        for (X509Certificate each : CertificateFile.read(file)) {
            if (each.getNotAfter().toInstant().isAfter(now) && valid.size() < MOST_AUTHORITIES - 1) {
                valid.add(each);
            }
        }
        return valid;
    }

    private static byte[] certificate(
            BigInteger serial,
            String issuer,
            String subject,
            Instant now,
            Instant end,
            PublicKey key,
            byte[] extensions,
            PrivateKey signer)
            throws GeneralSecurityException {
        byte[] algorithm = Der.sequence(Der.oid(ECDSA_SHA256));
        byte[] unsigned = Der.sequence(
                Der.tagged(0xa0, Der.integer(BigInteger.TWO)), // version 3
                Der.integer(serial),
                algorithm,
                name(issuer),
                Der.sequence(Der.time(now.minus(BEFORE)), Der.time(end)),
                name(subject),
                key.getEncoded(),
                Der.tagged(0xa3, extensions));
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(signer);
        signature.update(unsigned);
        return Der.sequence(unsigned, algorithm, Der.bits(0, signature.sign()));
    }

    private static byte[] name(String commonName) {
        return Der.sequence(Der.setOf(Der.sequence(Der.oid(COMMON_NAME), Der.text(commonName))));
    }

    private static byte[] extensionsOfAuthority() {
        return Der.sequence(
                critical(CONSTRAINTS, Der.sequence(Der.yes())),
                critical(KEY_USAGE, Der.bits(2, new byte[] {0b100}))); // keyCertSign
    }

    private static byte[] extensionsOfServer(List<String> names) throws InputException {
        List<byte[]> alternatives = new ArrayList<>();
        for (String name : names) {
            alternatives.add(
                    ADDRESS.matcher(name).matches()
                            ? Der.tagged(0x87, address(name))
                            : Der.tagged(0x82, name.getBytes(StandardCharsets.US_ASCII)));
        }
        return Der.sequence(
                critical(KEY_USAGE, Der.bits(7, new byte[] {(byte) 0x80})), // digitalSignature
                Der.sequence(Der.oid(EXTENDED_USAGE), Der.octets(Der.sequence(Der.oid(SERVER_AUTHENTICATION)))),
                Der.sequence(
                        Der.oid(ALTERNATIVE_NAMES), Der.octets(Der.sequence(alternatives.toArray(new byte[0][])))));
    }

    private static byte[] address(String literal) throws InputException {
        try {
            return InetAddress.ofLiteral(literal).getAddress();
        } catch (IllegalArgumentException wrong) {
            throw new InputException(
                    InputException.Code.USAGE, "the name \"" + literal + "\" looks like an address and is none", wrong);
        }
    }

    private static byte[] critical(String oid, byte[] value) {
        return Der.sequence(Der.oid(oid), Der.yes(), Der.octets(value));
    }

    private static String pem(String kind, byte[] der) {
        return "-----BEGIN " + kind + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der) + "\n-----END " + kind + "-----\n";
    }

    /** Under a name of its own first: who reads meanwhile sees the old file or the new one, never half. */
    private static void put(Path file, String text) throws IOException {
        Path draft = Files.createTempFile(file.toAbsolutePath().getParent(), file.getFileName() + ".", ".new");
        try {
            Files.writeString(draft, text);
            if (!file.endsWith("tls.key") && Files.getFileStore(draft).supportsFileAttributeView("posix")) {
                Files.setPosixFilePermissions(
                        draft,
                        Set.of(
                                PosixFilePermission.OWNER_READ,
                                PosixFilePermission.OWNER_WRITE,
                                PosixFilePermission.GROUP_READ,
                                PosixFilePermission.OTHERS_READ));
            }
            try {
                Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
            } catch (AtomicMoveNotSupportedException unsupported) {
                Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING);
            }
        } finally {
            Files.deleteIfExists(draft);
        }
    }
}
