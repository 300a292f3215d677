package dev.holdfast.inventory.rpm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.core.InputException;
import dev.holdfast.inventory.Cataloged;
import dev.holdfast.inventory.Corpus;
import dev.holdfast.inventory.PackageRecord;
import dev.holdfast.inventory.PackageRecord.Detail;
import dev.holdfast.inventory.PackageRecord.Source;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RpmCatalogerTest {
    @ParameterizedTest
    @CsvSource({
        "amazonlinux2023-plain__rpmdb.sqlite, amazonlinux2023-plain__packages.csv, 102",
        "sle15-bci__Packages.db, sle15-bci__packages.csv, 36"
    })
    void listsWhatRpmItselfLists(String database, String golden, int count) throws Exception {
        Cataloged cataloged = of(database);

        assertThat(cataloged.packages()).hasSize(count);
        assertThat(cataloged.packages().stream().map(RpmCatalogerTest::asGolden))
                .containsExactlyInAnyOrderElementsOf(golden(golden));
        assertThat(cataloged.gaps()).isEmpty();
    }

    @Test
    void readsBerkeleyDatabaseWhoseHeaderSpansPages() throws Exception {
        PackageRecord libuuid = of("libuuid__Packages").packages().getFirst();

        assertThat(libuuid.name()).isEqualTo("libuuid");
        assertThat(libuuid.version()).isEqualTo("2.32.1-42.el8_8");
        assertThat(libuuid.architecture()).contains("x86_64");
        assertThat(libuuid.source()).contains(new Source("util-linux", "2.32.1-42.el8_8"));
        assertThat(libuuid.detail(Detail.VENDOR)).contains("Red Hat, Inc.");
    }

    @Test
    void writesEpochOnlyWhereThereIsOne() throws Exception {
        assertThat(of("epoch__Packages").namesAndVersions()).containsExactly("hello 1:0.0.1-rls");
        assertThat(of("dive__Packages").namesAndVersions()).containsExactly("dive 0.9.2-1");
    }

    @Test
    void takesKeysForNoPackages() throws Exception {
        assertThat(of("rpmtests__rpmdb.sqlite").namesAndVersions())
                .containsExactlyInAnyOrder("foo 1.0-1", "hlinktest 1.0-1");
    }

    @Test
    void namesSourceWithoutEpoch() {
        assertThat(RpmCataloger.sourceOf("bash-4.4-19.6.1.src.rpm")).contains(new Source("bash", "4.4-19.6.1"));
        assertThat(RpmCataloger.sourceOf("java-1.8.0-openjdk-1.8.0.352.b08-2.el8.nosrc.rpm"))
                .contains(new Source("java-1.8.0-openjdk", "1.8.0.352.b08-2.el8"));
        assertThat(Stream.of("", "(none)", "bash.src.rpm", "4.4-1.src.rpm", "-1-1.src.rpm")
                        .map(RpmCataloger::sourceOf))
                .containsOnly(Optional.empty());
    }

    @Test
    void keepsOnlyNameAndStreamOfModule() {
        assertThat(RpmCataloger.moduleOf("nodejs:12:8030020210304194546:30b713e6"))
                .isEqualTo("nodejs:12");
        assertThat(RpmCataloger.moduleOf("nodejs:12")).isEqualTo("nodejs:12");
        assertThat(RpmCataloger.moduleOf("")).isEmpty();
    }

    @Test
    void refusesWhatIsNoDatabase() {
        assertThatThrownBy(() -> Cataloged.of(new RpmCataloger(), "/var/lib/rpm/Packages", "not a database, sorry"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("neither Berkeley DB hash nor NDB nor SQLite");
        assertThatThrownBy(() -> Cataloged.of(new RpmCataloger(), "/var/lib/rpm/Packages", ""))
                .hasMessageContaining("empty");
    }

    private static Cataloged of(String name) throws InputException, IOException {
        return Cataloged.of(
                new RpmCataloger(),
                "/var/lib/rpm/" + name.substring(name.indexOf("__") + 2),
                Corpus.bytes("rpmdb/" + name));
    }

    private static List<String> golden(String name) throws IOException {
        return Corpus.lines("rpmdb/" + name).stream()
                .map(line -> line.split("¶", -1))
                .filter(fields -> !fields[1].equals("gpg-pubkey"))
                .map(fields -> String.join(
                        "|",
                        epoch(fields[0]) + fields[2] + "-" + fields[3],
                        fields[1],
                        fields[4],
                        fields[5],
                        fields[8],
                        fields[7]))
                .toList();
    }

    /** The goldens leave no epoch empty, or write {@code 1:}. */
    private static String epoch(String field) {
        String digits = field.replace(":", "").replace("(none)", "");
        return digits.isEmpty() || digits.equals("0") ? "" : digits + ":";
    }

    private static String asGolden(PackageRecord record) {
        Source source = record.source().orElseThrow();
        return String.join(
                "|",
                record.version(),
                record.name(),
                record.architecture().orElseThrow(),
                source.name() + "-" + source.version() + ".src.rpm",
                record.detail(Detail.VENDOR).orElse(""),
                record.detail(Detail.LICENCE).orElse(""));
    }
}
