package dev.holdfast.advisory.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.advisory.CorruptBaseException;
import dev.holdfast.advisory.KnownStatement;
import dev.holdfast.core.Digest;
import dev.holdfast.core.InputException;
import dev.holdfast.core.InputException.Code;
import dev.holdfast.version.VersionKey;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostileBaseTest {
    private static final VersionKey KEY = VersionKey.ofBytes(new byte[] {3, 4, 5});

    @TempDir
    Path folder;

    private byte[] good;

    @BeforeEach
    void compile() throws IOException {
        good = Facts.small().bytes();
    }

    @Test
    void refusesAnotherFile() throws Exception {
        assertRefused(
                "not a base at all".getBytes(java.nio.charset.StandardCharsets.UTF_8), Code.MALFORMED, "HOLDFAST");
        assertRefused(new byte[0], Code.MALFORMED, "HOLDFAST");
        assertRefused(new byte[4_000], Code.MALFORMED, "HOLDFAST");
    }

    @Test
    void refusesAnotherVersionOfTheFormat() throws Exception {
        byte[] later = good.clone();
        later[8] = 2;

        assertRefused(later, Code.UNSUPPORTED, "format 2");
    }

    @Test
    void refusesAFileCutAnywhere() throws Exception {
        for (int length = 8; length < good.length; length += 37) {
            assertRefused(Arrays.copyOf(good, length), Code.TRUNCATED, "not a whole advisory base");
        }
    }

    @Test
    void refusesAFileWithBytesBehindIt() throws Exception {
        assertRefused(Arrays.copyOf(good, good.length + 1), Code.TRUNCATED, "of " + good.length + " bytes");
    }

    @Test
    void refusesAHeaderThatWasChanged() throws Exception {
        for (int at = 32; at < Layout.frontBytes(); at++) {
            byte[] changed = good.clone();
            changed[at] ^= 0x40;
            assertRefused(changed, Code.MALFORMED, "check sum");
        }
    }

    @Test
    void refusesSectionsThatLeaveTheFileOrOverlap() throws Exception {
        for (Layout.Part part : Layout.Part.values()) {
            for (long value : new long[] {-1, Long.MAX_VALUE, good.length, 0}) {
                assertRefused(withTable(part, 8, value), Code.MALFORMED, "outside the file");
            }
            for (long value : new long[] {-1, Long.MAX_VALUE, good.length}) {
                assertRefused(withTable(part, 16, value), Code.MALFORMED, "outside the file");
            }
        }
    }

    @Test
    void verificationFindsAChangedByte() throws Exception {
        Random random = new Random(7);
        for (int round = 0; round < 50; round++) {
            byte[] changed = good.clone();
            int at = Layout.frontBytes() + random.nextInt(good.length - Layout.frontBytes() - Layout.FOOTER_BYTES);
            changed[at] ^= (byte) (1 << random.nextInt(8));
            Path file = Files.write(folder.resolve("changed"), changed);

            assertThatThrownBy(() -> BaseVerifier.verify(file))
                    .isInstanceOfSatisfying(
                            InputException.class, e -> assertThat(e.code()).isEqualTo(Code.DIGEST_MISMATCH));
        }
    }

    /** Whoever makes the digest right too meets checked references: an answer, or the exception for damage, and nothing else. */
    @Test
    void answersOrSaysThatItIsDamagedWhateverByteIsChanged() throws Exception {
        long seed = Long.getLong("holdfast.seed", 1);
        Random random = new Random(seed);
        for (int at = Layout.frontBytes(); at < good.length - Layout.FOOTER_BYTES; at += 1 + random.nextInt(20)) {
            byte[] changed = good.clone();
            changed[at] = (byte) (random.nextInt(4) == 0 ? 0xff : random.nextInt(256));
            Path file = Files.write(folder.resolve("resealed"), resealed(changed));
            try (CompiledBase base = CompiledBase.open(file)) {
                askAll(base);
                BaseVerifier.verify(file);
            } catch (InputException | CorruptBaseException refused) {
                assertThat(refused).hasMessageContaining("damaged");
            } catch (RuntimeException | Error escaped) {
                throw new AssertionError("byte " + at + ", seed " + seed, escaped);
            }
        }
    }

    private static void askAll(CompiledBase base) {
        for (String id : new String[] {"CVE-2024-0001", "CVE-2024-0004", "GHSA-aaaa-bbbb-cccc", "ALSA-2024:0010"}) {
            base.advisory(id);
            base.exploited(id);
            base.score(id);
            base.under(id).forEach(HostileBaseTest::askAll);
        }
        for (String name : new String[] {"openssl", "nodejs", "org.example:lib", "example.org/lib"}) {
            for (String namespace : new String[] {"debian:12", "almalinux:8", "maven", "golang"}) {
                base.about(namespace, name).forEach(HostileBaseTest::askAll);
            }
            base.exonerations("golang", name);
        }
        base.lifecycles("debian");
    }

    private static void askAll(KnownStatement statement) {
        statement.covers(KEY);
        statement.status();
        statement.ranges();
        statement.versions();
        statement.fixedIn();
        statement.qualifiers();
        statement.rating();
        statement.source();
        statement.advisory();
    }

    private byte[] withTable(Layout.Part part, int field, long value) {
        byte[] changed = good.clone();
        ByteBuffer.wrap(changed)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(Layout.HEADER_BYTES + part.number() * Layout.TABLE_ENTRY_BYTES + field, value);
        return resealed(changed);
    }

    private static byte[] resealed(byte[] bytes) {
        ByteBuffer file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        file.putInt(Layout.CHECK_OFFSET, 0);
        CRC32C check = new CRC32C();
        check.update(bytes, 0, Layout.frontBytes());
        file.putInt(Layout.CHECK_OFFSET, (int) check.getValue());
        java.security.MessageDigest sum = Digest.newSha256();
        sum.update(bytes, 0, bytes.length - Layout.FOOTER_BYTES);
        file.put(bytes.length - Layout.FOOTER_BYTES, sum.digest());
        return bytes;
    }

    private void assertRefused(byte[] content, Code code, String message) throws IOException {
        Path file = Files.write(folder.resolve("refused"), content);
        assertThatThrownBy(() -> CompiledBase.open(file).close())
                .isInstanceOfSatisfying(
                        InputException.class, e -> assertThat(e.code()).isEqualTo(code))
                .hasMessageContaining(message);
    }
}
