package dev.holdfast.inventory.rust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.core.InputException;
import dev.holdfast.inventory.Cataloged;
import dev.holdfast.inventory.Corpus;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RustCatalogersTest {
    private final CargoLockCataloger locks = new CargoLockCataloger();
    private final AuditableCataloger programs = new AuditableCataloger();

    @ParameterizedTest
    @CsvSource({"trivy-repo-trivy-ci-test-Cargo.lock, 74", "syft-rust-Cargo.lock, 14"})
    void readsEveryLockFileOfTheCorpus(String file, int entries) throws Exception {
        Cataloged found = Cataloged.of(locks, "/src/Cargo.lock", Corpus.bytes("lockfiles/" + file));
        assertThat(found.packages())
                .hasSize(entries)
                .allMatch(each -> !each.version().isEmpty() && each.line() > 0);
    }

    @Test
    void crateOfTheOldestFormIsInItsOwnTable() throws Exception {
        Cataloged found = Cataloged.of(locks, "/src/Cargo.lock", """
                [root]
                name = "app"
                version = "0.1.0"

                [[package]]
                name = "a"
                version = "1.0.0"

                [metadata]
                "checksum a 1.0.0 (registry+https://example.com)" = "ab"
                """);
        assertThat(found.namesAndVersions()).containsExactly("app 0.1.0", "a 1.0.0");
        assertThat(found.named("a").line()).isEqualTo(5);
    }

    @ParameterizedTest
    @CsvSource({"rust-test.elf, 2", "rust-test.exe, 2", "rust-uses_serde_json, 11"})
    void cratesOfAuditableProgramsAreRead(String file, int crates) throws Exception {
        Cataloged found = Cataloged.of(programs, "/usr/bin/app", Corpus.bytes("binaries/" + file));
        assertThat(found.packages())
                .hasSize(crates)
                .allMatch(each -> !each.version().isEmpty());
        assertThat(found.gaps()).isEmpty();
    }

    @Test
    void crateThatOnlyBuiltTheProgramIsNotInIt() throws Exception {
        byte[] program = elf(
                zlib(
                        "{\"packages\":[{\"name\":\"a\",\"version\":\"1.0.0\",\"source\":\"crates.io\",\"dependencies\":[1]},"
                                + "{\"name\":\"cc\",\"version\":\"1.1.0\",\"kind\":\"build\"},{\"name\":\"app\",\"version\":\"0.1.0\",\"root\":true}]}"));
        assertThat(Cataloged.of(programs, "/app", program).namesAndVersions()).containsExactly("a 1.0.0", "app 0.1.0");
    }

    @Test
    void zlibBombIsALimit() throws Exception {
        byte[] bomb = zlib("[" + " ".repeat(8 << 20));
        assertThatThrownBy(() -> Cataloged.of(programs, "/app", elf(bomb))).isInstanceOf(InputException.class);
    }

    @Test
    void sectionThatIsCutOffOrNoStreamOrNoListSaysSo() throws Exception {
        byte[] whole = zlib("{\"packages\":[{\"name\":\"a\",\"version\":\"1.0.0\"}]}");
        for (byte[] section : new byte[][] {
            java.util.Arrays.copyOf(whole, whole.length / 2),
            "no zlib at all".getBytes(StandardCharsets.UTF_8),
            zlib("[]")
        }) {
            assertThatThrownBy(() -> Cataloged.of(programs, "/app", elf(section)))
                    .isInstanceOf(InputException.class);
        }
    }

    @Test
    void otherProgramsNameNothing() throws Exception {
        assertThat(Cataloged.of(programs, "/app", Corpus.bytes("binaries/go-test.elf"))
                        .packages())
                .isEmpty();
    }

    private static byte[] zlib(String text) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflater = new DeflaterOutputStream(out)) {
            deflater.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return out.toByteArray();
    }

    /** A 64-bit program with a table of names and the section, and nothing else. */
    private static byte[] elf(byte[] section) {
        byte[] names = "\0.shstrtab\0.dep-v0\0".getBytes(StandardCharsets.US_ASCII);
        int namesAt = 64;
        int sectionAt = namesAt + names.length;
        int table = sectionAt + section.length;
        ByteBuffer out = ByteBuffer.allocate(table + 3 * 64).order(ByteOrder.LITTLE_ENDIAN);
        out.put(new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1});
        out.putLong(40, table);
        out.putShort(58, (short) 64).putShort(60, (short) 3).putShort(62, (short) 1);
        out.put(namesAt, names).put(sectionAt, section);
        out.putInt(table + 64, 1)
                .putInt(table + 68, 3)
                .putLong(table + 88, namesAt)
                .putLong(table + 96, names.length);
        out.putInt(table + 128, 11)
                .putInt(table + 132, 1)
                .putLong(table + 152, sectionAt)
                .putLong(table + 160, section.length);
        return out.array();
    }
}
