package dev.holdfast.core.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrivateKeyFileTest {
    @TempDir
    Path folder;

    private Path write(String kind, byte[] der) throws IOException {
        String body = Base64.getMimeEncoder(64, "\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII))
                .encodeToString(der);
        return Files.writeString(
                folder.resolve("client.key"),
                "-----BEGIN " + kind + "-----\n" + body + "\n-----END " + kind + "-----\n");
    }

    @Test
    void rsaKeyIsReadInBothForms() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        PrivateKey key = generator.generateKeyPair().getPrivate();
        byte[] whole = key.getEncoded();
        byte[] older = Arrays.copyOfRange(whole, 26, whole.length); // behind version, algorithm and the octets' head

        PrivateKey read = PrivateKeyFile.read(write("RSA PRIVATE KEY", older));

        assertThat(((RSAPrivateCrtKey) read).getModulus()).isEqualTo(((RSAPrivateCrtKey) key).getModulus());
        assertThat(PrivateKeyFile.read(write("PRIVATE KEY", whole)).getEncoded())
                .isEqualTo(whole);
    }

    @ParameterizedTest
    @CsvSource({"secp256r1, 06082a8648ce3d030107, 32", "secp384r1, 06052b81040022, 48"})
    void ecKeyIsReadInBothForms(String curve, String identifier, int length) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec(curve));
        ECPrivateKey key = (ECPrivateKey) generator.generateKeyPair().getPrivate();
        byte[] number = key.getS().toByteArray();
        byte[] fixed = new byte[length];
        int taken = Math.min(length, number.length);
        System.arraycopy(number, number.length - taken, fixed, length - taken, taken);
        String parameters = identifier;
        String body = "020101" + "04" + HexFormat.of().toHexDigits((byte) length)
                + HexFormat.of().formatHex(fixed) + "a0" + HexFormat.of().toHexDigits((byte) (parameters.length() / 2))
                + parameters;
        byte[] older = HexFormat.of().parseHex("30" + HexFormat.of().toHexDigits((byte) (body.length() / 2)) + body);

        assertThat(((ECPrivateKey) PrivateKeyFile.read(write("EC PRIVATE KEY", older))).getS())
                .isEqualTo(key.getS());
        assertThat(((ECPrivateKey) PrivateKeyFile.read(write("PRIVATE KEY", key.getEncoded()))).getS())
                .isEqualTo(key.getS());
    }

    @Test
    void whatIsNoKeySaysSo() throws Exception {
        assertThatThrownBy(() -> PrivateKeyFile.read(write("PRIVATE KEY", new byte[20])))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("client.key: no private key");
        assertThatThrownBy(() -> PrivateKeyFile.read(write("EC PRIVATE KEY", new byte[] {48, 1, 0})))
                .hasMessageContaining("curve");
        assertThatThrownBy(() -> PrivateKeyFile.read(write("ENCRYPTED PRIVATE KEY", new byte[20])))
                .hasMessageContaining("password");
        assertThatThrownBy(() -> PrivateKeyFile.read(Files.writeString(folder.resolve("k.key"), "hello")))
                .hasMessageContaining("k.key");
    }
}
