package dev.holdfast.inventory.rpm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.core.InputException;
import dev.holdfast.inventory.Cataloged;
import dev.holdfast.inventory.Corpus;
import dev.holdfast.inventory.PackageRecord.Detail;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RpmDatabaseTest {
    private static final byte[] BASH = HeaderBlob.of("bash", "5.1", "9").bytes();
    private static final byte[] LONG = HeaderBlob.of("glibc", "2.34", "60")
            .string(RpmHeader.LICENCE, "LGPLv2+ and more".repeat(100))
            .bytes();

    @ParameterizedTest
    @ValueSource(strings = {"BIG_ENDIAN", "LITTLE_ENDIAN"})
    void readsBerkeleyDatabaseOfEitherByteOrder(String order) throws Exception {
        byte[] file = new BerkeleyFile(order.startsWith("BIG") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN)
                .inPlace(new byte[] {0, 0, 0, 2}) // the last package number
                .offPage(LONG)
                .offPage(BASH)
                .bytes();

        assertThat(of(file).namesAndVersions()).containsExactly("glibc 2.34-60", "bash 5.1-9");
    }

    @Test
    void readsBerkeleyHeaderThatFitsIntoItsBucket() throws Exception {
        assertThat(of(new BerkeleyFile(ByteOrder.LITTLE_ENDIAN).inPlace(BASH).bytes())
                        .namesAndVersions())
                .containsExactly("bash 5.1-9");
    }

    @Test
    void refusesBerkeleyChainThatLeadsInACircle() {
        BerkeleyFile file = new BerkeleyFile(ByteOrder.LITTLE_ENDIAN).offPage(LONG);
        file.pageAt(3).putInt(16, 2);

        assertRefused(file.bytes(), "not what a package header continues on");
    }

    @Test
    void refusesBerkeleyEntriesThatShareOneChainWithoutEnd() {
        BerkeleyFile file = new BerkeleyFile(ByteOrder.LITTLE_ENDIAN).offPage(LONG);
        for (int i = 0; i < 12; i++) {
            ByteBuffer reference = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN);
            file.reference(reference
                    .put(0, (byte) 3)
                    .putInt(4, 2)
                    .putInt(8, LONG.length)
                    .array());
        }

        assertRefused(file.bytes(), "a package header that ends after");
    }

    @Test
    void refusesBerkeleyHeaderLargerThanItsFile() {
        BerkeleyFile file = new BerkeleyFile(ByteOrder.LITTLE_ENDIAN).offPage(LONG);
        int item = file.pageAt(1).getShort(26 + 2);
        file.pageAt(1).putInt(item + 8, 0x7fffffff);

        assertRefused(file.bytes(), "2147483647 bytes in a file of");
    }

    @Test
    void refusesBerkeleyFileCutOff() {
        byte[] file = new BerkeleyFile(ByteOrder.LITTLE_ENDIAN).offPage(LONG).bytes();

        assertRefused(Arrays.copyOf(file, file.length - 1), "6 pages, of which 5 are there");
    }

    @Test
    void refusesBerkeleyPageSizeThatIsNone() {
        BerkeleyFile file = new BerkeleyFile(ByteOrder.LITTLE_ENDIAN);
        file.pageAt(0).putInt(20, 0);

        assertRefused(file.bytes(), "pages of 0 bytes");
    }

    @Test
    void readsNdbAndSkipsFreeSlots() throws Exception {
        byte[] file = new NdbFile().add(BASH).slot(0, 7, 7).add(LONG).bytes();

        assertThat(of(file).namesAndVersions()).containsExactly("bash 5.1-9", "glibc 2.34-60");
    }

    @Test
    void refusesNdbSlotsThatShareOneBlobWithoutEnd() {
        NdbFile file = new NdbFile().add(LONG);
        for (int i = 0; i < 200; i++) {
            file.slot(1, NdbFile.SLOT_PAGE / 16, (LONG.length + 43) / 16);
        }

        assertRefused(file.bytes(), "an NDB with package 1 in");
    }

    @Test
    void refusesNdbSlotThatPointsBehindTheEnd() {
        assertRefused(new NdbFile().slot(3, 0x7fffffff, 10).bytes(), "ends within the part at byte 34359738352");
        assertRefused(new NdbFile().slot(3, 1, -1).bytes(), "package 3 in 68719476720 bytes");
        assertRefused(new NdbFile().slot(3, 1, 1).bytes(), "package 3 in 16 bytes");
    }

    @ParameterizedTest
    @CsvSource({
        "4096, 1, marks are wrong",
        "4100, 9, marks are wrong",
        "4108, 2147483647, marks are wrong",
        "4108, 1, marks are wrong",
        "32, 0, a slot without its mark",
        "4, 1, version 1",
        "12, 0, 0 slot pages",
        "12, 2147483647, 2147483647 slot pages"
    })
    void refusesNdbWhoseNumbersLie(int at, int value, String message) {
        NdbFile file = new NdbFile().add(BASH);
        file.raw().putInt(at, value);

        assertRefused(file.bytes(), message);
    }

    @Test
    void readsSqliteWithOverflowAndInnerPages() throws Exception {
        assertThat(of(new SqliteFile(BASH, LONG, BASH).bytes()).namesAndVersions())
                .containsExactly("bash 5.1-9", "glibc 2.34-60", "bash 5.1-9");
    }

    @ParameterizedTest
    @ValueSource(strings = {"BIG_ENDIAN", "LITTLE_ENDIAN"})
    void readsWhatSqliteCommittedOnlyToItsLog(String order) throws Exception {
        SqliteFile before = new SqliteFile(BASH);
        SqliteFile after = new SqliteFile(HeaderBlob.of("bash", "5.2", "1").bytes());
        ByteOrder words = order.startsWith("BIG") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        byte[] log = SqliteFile.log(3, after.page(3).array(), 3, words);

        assertThat(of(before.bytes(), log).namesAndVersions()).containsExactly("bash 5.2-1");
    }

    @Test
    void passesOverSqliteLogThatWasNotCommittedOrIsTorn() throws Exception {
        byte[] page = new SqliteFile(HeaderBlob.of("bash", "5.2", "1").bytes())
                .page(3)
                .array();
        byte[] uncommitted = SqliteFile.log(3, page, 0, ByteOrder.BIG_ENDIAN);
        byte[] torn = SqliteFile.log(3, page, 3, ByteOrder.BIG_ENDIAN);
        torn[200] ^= 1;

        assertThat(of(new SqliteFile(BASH).bytes(), uncommitted).namesAndVersions())
                .containsExactly("bash 5.1-9");
        assertThat(of(new SqliteFile(BASH).bytes(), torn).namesAndVersions()).containsExactly("bash 5.1-9");
        assertThat(of(new SqliteFile(BASH).bytes(), new byte[7]).namesAndVersions())
                .containsExactly("bash 5.1-9");
        assertThat(of(new SqliteFile(BASH).bytes(), new byte[0]).namesAndVersions())
                .containsExactly("bash 5.1-9");
    }

    @Test
    void refusesSqliteTableThatContainsItself() {
        SqliteFile file = new SqliteFile(BASH, BASH);
        file.page(2).putInt(8, 2);

        assertRefused(file.bytes(), "in circles or nowhere");
    }

    @Test
    void endsSqliteOverflowCircleWithTheRow() throws Exception {
        byte[] blob = HeaderBlob.of("a", "1", "1")
                .string(RpmHeader.LICENCE, "x".repeat(5_000))
                .bytes();
        SqliteFile file = new SqliteFile(blob);
        file.page(5).putInt(0, 4);

        assertThat(of(file.bytes()).namesAndVersions()).containsExactly("a 1-1");
    }

    @Test
    void refusesSqliteRowsThatShareOneOverflowWithoutEnd() {
        byte[] blob = HeaderBlob.of("a", "1", "1")
                .string(RpmHeader.LICENCE, "x".repeat(5_000))
                .bytes();
        SqliteFile file = new SqliteFile(blob, blob, blob);
        int cell = file.page(3).getShort(8);
        file.page(3).putShort(3, (short) 40);
        for (int i = 0; i < 40; i++) {
            file.page(3).putShort(8 + 2 * i, (short) cell);
        }

        assertRefused(file.bytes(), "in circles or nowhere");
    }

    @Test
    void refusesSqliteRowLargerThanItsFile() {
        SqliteFile file = new SqliteFile(BASH);
        int cell = file.page(3).getShort(8);
        file.page(3).put(cell, new byte[] {-1, -1, -1, 127});

        assertRefused(file.bytes(), "a row of 268435455 bytes in a file of");
    }

    @Test
    void refusesSqliteFileWithoutPackagesTable() {
        SqliteFile file = new SqliteFile(BASH);
        file.page(1).putShort(103, (short) 0);

        assertRefused(file.bytes(), "no table Packages");
    }

    @ParameterizedTest
    @CsvSource({
        "0, -1, entries",
        "0, 100000, entries",
        "4, 2147483647, that tells",
        "4, -1, entries",
        "32, 100000, points to byte 100000",
        "32, -1, points to byte 4294967295",
        "28, 4, is no string",
        "36, 0, is no string"
    })
    void refusesHeaderWhoseNumbersLie(int at, int value, String message) {
        byte[] blob = BASH.clone();
        ByteBuffer.wrap(blob).putInt(at, value);

        assertRefused(new BerkeleyFile(ByteOrder.LITTLE_ENDIAN).offPage(blob).bytes(), message);
    }

    @Test
    void refusesHeaderWhoseLastStringDoesNotEnd() {
        byte[] blob = new HeaderBlob().string(RpmHeader.NAME, "bash").bytes();
        Arrays.fill(blob, 8 + 2 * 16, blob.length, (byte) 'x');

        assertRefused(new BerkeleyFile(ByteOrder.LITTLE_ENDIAN).offPage(blob).bytes(), "does not end");
    }

    @Test
    void readsModuleAndEpoch() throws Exception {
        byte[] blob = HeaderBlob.of("nodejs", "12.21.0", "1.module_el8")
                .numbers(RpmHeader.EPOCH, 1)
                .string(RpmHeader.MODULARITY_LABEL, "nodejs:12:8030020210304194546:30b713e6")
                .bytes();
        Cataloged cataloged =
                of(new BerkeleyFile(ByteOrder.LITTLE_ENDIAN).offPage(blob).bytes());

        assertThat(cataloged.namesAndVersions()).containsExactly("nodejs 1:12.21.0-1.module_el8");
        assertThat(cataloged.packages().getFirst().detail(Detail.MODULE)).contains("nodejs:12");
        assertThat(cataloged.packages().getFirst().source().orElseThrow().version())
                .isEqualTo("12.21.0-1.module_el8");
    }

    @ParameterizedTest
    @CsvSource({
        "dive__Packages, 400",
        "epoch__Packages, 400",
        "libuuid__Packages, 200",
        "rpmtests__rpmdb.sqlite, 200",
        "sle15-bci__Packages.db, 20",
        "amazonlinux2023-plain__rpmdb.sqlite, 10"
    })
    void fallsOverNoDamage(String name, int rounds) throws Exception {
        byte[] sound = Corpus.bytes("rpmdb/" + name);
        long seed = Long.getLong("holdfast.seed", 1);
        Random random = new Random(seed);
        for (int round = 0; round < rounds; round++) {
            byte[] damaged =
                    random.nextInt(4) == 0 ? Arrays.copyOf(sound, random.nextInt(sound.length)) : sound.clone();
            for (int i = random.nextInt(40); i >= 0 && damaged.length > 0; i--) {
                // Most of the numbers that lead elsewhere lie near the beginning of a page.
                int page = damaged.length < 4_096 ? 0 : 4_096 * random.nextInt(damaged.length / 4_096);
                damaged[Math.min(damaged.length - 1, page + random.nextInt(random.nextBoolean() ? 64 : 4_096))] =
                        (byte) random.nextInt(256);
            }
            assertThatCode(() -> readAnyway(damaged)).as("seed " + seed).doesNotThrowAnyException();
        }
    }

    private static void readAnyway(byte[] bytes) throws IOException {
        try {
            of(bytes);
        } catch (InputException refused) {
            assertThat(refused).hasMessageNotContaining("null");
        }
    }

    private static void assertRefused(byte[] file, String message) {
        assertThatThrownBy(() -> of(file)).isInstanceOf(InputException.class).hasMessageContaining(message);
    }

    private static Cataloged of(byte[] file) throws InputException, IOException {
        return Cataloged.of(new RpmCataloger(), "/var/lib/rpm/Packages", file);
    }

    private static Cataloged of(byte[] file, byte[] log) throws InputException, IOException {
        return Cataloged.of(
                new RpmCataloger(), "/var/lib/rpm/rpmdb.sqlite", file, Map.of("/var/lib/rpm/rpmdb.sqlite-wal", log));
    }
}
