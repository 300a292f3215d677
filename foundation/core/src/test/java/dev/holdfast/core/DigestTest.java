package dev.holdfast.core;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DigestTest {
    /** SHA-256 of nothing, as everybody knows it. */
    private static final String OF_NOTHING = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    @Test
    void isThatOfTheBytes() {
        assertThat(Digest.sha256(new byte[0])).hasToString("sha256:" + OF_NOTHING);
        assertThat(Digest.sha256("abc".getBytes(UTF_8)).hex()).startsWith("ba7816bf8f01cfea");
    }

    @Test
    void readsWhatItWrites() {
        Digest digest = Digest.sha256("abc".getBytes(UTF_8));

        assertThat(Digest.parse(digest.toString())).contains(digest);
        assertThat(Digest.parse("sha512:" + "0f".repeat(64))).isPresent();
        assertThat(digest.brief()).isEqualTo("sha256:ba7816bf8f01");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "sha256",
                "sha256:",
                ":" + OF_NOTHING,
                "sha256:" + OF_NOTHING + "0",
                "sha256:E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855",
                "sha256:../../../../etc/passwd",
                "sha512:" + OF_NOTHING,
                "md5:d41d8cd98f00b204e9800998ecf8427e"
            })
    void refusesWhatCannotBeVerified(String text) {
        assertThat(Digest.parse(text)).isEmpty();
    }

    @Test
    void verifiesWithItsOwnAlgorithm() {
        Digest short256 = Digest.sha256("abc".getBytes(UTF_8));
        Digest long512 = Digest.parse("sha512:"
                        + "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
                        + "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f")
                .orElseThrow();

        assertThat(short256.matches(short256.newMessageDigest().digest("abc".getBytes(UTF_8))))
                .isTrue();
        assertThat(long512.matches(long512.newMessageDigest().digest("abc".getBytes(UTF_8))))
                .isTrue();
        assertThat(long512.matches(long512.newMessageDigest().digest("abd".getBytes(UTF_8))))
                .isFalse();
    }

    @Test
    void sortsByAlgorithmThenDigits() {
        Digest low = new Digest("sha256", "0".repeat(64));
        Digest high = new Digest("sha256", "f".repeat(64));

        assertThat(low).isLessThan(high);
        assertThat(high).isLessThan(new Digest("sha512", "0".repeat(128)));
    }

    @Test
    void cannotBeMadeOfOtherText() {
        assertThatThrownBy(() -> new Digest("sha1", "0".repeat(40)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("unknown digest algorithm: sha1");
    }
}
