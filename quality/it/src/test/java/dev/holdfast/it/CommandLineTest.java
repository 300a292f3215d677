package dev.holdfast.it;

import static dev.holdfast.it.Content.deb;
import static dev.holdfast.oci.testing.LayerBuilder.layer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.cli.ProgramRun;
import dev.holdfast.oci.testing.ArchiveBuilder;
import dev.holdfast.oci.testing.ImageBuilder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Words, exit codes and files of the program, whatever is scanned. */
final class CommandLineTest {
    @TempDir
    Path folder;

    private byte[] archive = new byte[0];
    private String image = "";
    private String base = "";

    @BeforeEach
    void make() throws Exception {
        archive =
                ArchiveBuilder.dockerArchive(ImageBuilder.image().tag("shop:1").layer(Shop.debian()));
        image = Files.write(folder.resolve("image.tar"), archive).toString();
        base = Facts.small().write(folder.resolve("facts.hfdb")).toString();
    }

    private ProgramRun scan(String... words) {
        String[] all = Arrays.copyOf(new String[] {"scan", "--db", base}, words.length + 3);
        System.arraycopy(words, 0, all, 3, words.length);
        return ProgramRun.of(all);
    }

    // --- exit codes ---

    @ParameterizedTest
    @CsvSource({"critical, 0", "high, 1", "medium, 1", "low, 1"})
    void gateFailsAtItsLevel(String level, int exit) {
        assertThat(scan(image, "--fail-on", level).exit()).isEqualTo(exit);
    }

    @Test
    void withoutAGateFindingsDoNotFail() {
        assertThat(scan(image).exit()).isZero();
    }

    @Test
    void couldNotTellIsTwo() throws Exception {
        Path unknown = Files.write(
                folder.resolve("unknown.tar"),
                ArchiveBuilder.dockerArchive(ImageBuilder.image()
                        .layer(layer().file("var/lib/dpkg/status", deb("glibc", "2.36-9+deb12u1")))));
        assertThat(scan(unknown.toString()).exit()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"sbom", "coverage", "check", "db build", "rules check", "respond freeze --alert", "base add"})
    void aNameThatNoFileCanHaveIsWrongInputAndNoBug(String command) {
        ProgramRun run = ProgramRun.of((command + " not\0a-file").split(" "));
        assertThat(run.exit()).isEqualTo(3);
        assertThat(run.err()).contains("a-file").doesNotContain("a bug", "\tat ");
    }

    @Test
    void whatAnOptionListsTwiceCountsOnce() throws Exception {
        Path feeds = Files.createDirectory(folder.resolve("feeds"));
        String built = folder.resolve("built.hfdb").toString();
        ProgramRun run = ProgramRun.of("db", "build", feeds.toString(), "--output", built, "--without", "nvd,nvd");
        assertThat(run.exit()).isLessThan(4);
        assertThat(run.err()).doesNotContain("a bug");
    }

    @Test
    void wrongInputIsThreeWithOneLine() throws Exception {
        Path nothing = Files.writeString(folder.resolve("text"), "no image");
        for (String target :
                new String[] {nothing.toString(), folder.resolve("absent.tar").toString()}) {
            ProgramRun run = scan(target);
            assertThat(run.exit()).isEqualTo(3);
            assertThat(run.err().lines()).hasSize(1);
            assertThat(run.err()).startsWith("holdfast: ").contains(target);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 10, 30, 60, 90, 99})
    void truncatedArchiveIsThreeWithOneLine(int percent) throws Exception {
        Path cut = Files.write(folder.resolve("cut.tar"), Arrays.copyOf(archive, archive.length * percent / 100));
        ProgramRun run = scan(cut.toString());
        // The last percent of a tar may be only its end mark.
        assertThat(run.exit()).isIn(percent == 99 ? new Integer[] {0, 3} : new Integer[] {3});
        assertThat(run.err().lines().count()).isLessThan(2);
    }

    @Test
    void aBadTargetHidesNoOther() throws Exception {
        ProgramRun run = scan("--format", "json", folder.resolve("absent.tar").toString(), image);
        assertThat(run.exit()).isEqualTo(3);
        assertThat(run.json().get("targets").elements()).hasSize(1);
        assertThat(run.json().get("failures").elements()).hasSize(1);
        assertThat(Scanned.text(run.json().get("failures").elements().getFirst(), "code"))
                .isEqualTo("not-found");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "frobnicate",
                "scan",
                "scan --colour x",
                "scan x --format xml",
                "scan x --fail-on awful",
                "scan x --as-of yesterday",
                "scan x --platform !",
                "db",
                "db frobnicate",
                "version compare",
                "version compare klingon 1 2",
                "explain x"
            })
    void wrongWordsAreThreeAndPointToHelp(String words) {
        ProgramRun run = ProgramRun.of((words + (words.startsWith("scan x") ? " --db " + base : "")).split(" "));
        assertThat(run.exit()).isEqualTo(3);
        assertThat(run.err()).startsWith("holdfast: ");
        assertThat(run.text()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--help",
                "scan --help",
                "explain --help",
                "db info --help",
                "version compare --help",
                "version --help",
                "rules --help",
                "help",
                "help scan",
                "help rules check",
                "--version"
            })
    void helpIsNoError(String words) {
        ProgramRun run = ProgramRun.of(words.split(" "));
        assertThat(run.exit()).isZero();
        assertThat(run.text()).isNotEmpty();
        assertThat(run.err()).isEmpty();
        if (!words.equals("--help") && !words.equals("help")) {
            assertThat(run.text().lines()).allMatch(line -> line.length() <= 100);
        }
    }

    @Test
    void helpBreaksItsTextWhereALineIsFull() {
        assertThat(ProgramRun.of("watch", "--help").text()).contains("""

                Example: holdfast watch
                         holdfast watch --rules falco_rules.yaml --replay incident.scap

                Meets events with rules and tells what they say: those that the program brings along, or files in
                Falco's language.""".substring(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"access", "base", "cache", "db", "policy", "respond", "rules"})
    void helpBehindAFirstWordTellsWhatMayFollow(String word) {
        ProgramRun run = ProgramRun.of(word, "--help");
        assertThat(run.text()).startsWith("Commands of holdfast " + word + ":\n\n  holdfast " + word + " ");
        assertThat(run.text().lines()).allMatch(line -> line.length() <= 100);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "scna x   | no command \"scna\"; did you mean scan?; holdfast --help lists them",
                "rules chek | no command \"rules chek\"; did you mean rules check?; holdfast rules --help lists them",
                "cache    | which of info, prune, clear? holdfast cache --help tells more",
                "teleport | no command \"teleport\"; holdfast --help lists them",
                "help nosuch | no command \"nosuch\"; holdfast --help lists them"
            })
    void wordThatIsNoCommandIsToldWithTheNearest(String words, String said) {
        assertThat(ProgramRun.of(words.split(" ")).err().lines()).containsExactly("holdfast: " + said);
    }

    @Test
    void missingOrForeignBaseIsThree() throws Exception {
        assertThat(ProgramRun.of("scan", image, "--db", folder.resolve("absent").toString())
                        .exit())
                .isIn(3, 4);
        ProgramRun foreign = ProgramRun.of("scan", image, "--db", image);
        assertThat(foreign.exit()).isEqualTo(3);
        assertThat(foreign.err().lines()).hasSize(1);
    }

    // --- filters ---

    @Test
    void severityHidesWhatIsBelow() throws Exception {
        assertThat(Scanned.path(Path.of(image), Path.of(base)).findings())
                .containsExactly("CVE-2023-4911", "CVE-2024-2961", "CVE-2010-4756");
        assertThat(Scanned.path(Path.of(image), Path.of(base), "--severity", "medium")
                        .findings())
                .containsExactly("CVE-2023-4911", "CVE-2024-2961");
    }

    @Test
    void onlyFixedHidesWhatHasNoFix() throws Exception {
        assertThat(Scanned.path(Path.of(image), Path.of(base), "--only-fixed").findings())
                .containsExactly("CVE-2023-4911", "CVE-2024-2961");
    }

    // --- output ---

    @Test
    void sameInputGivesTheSameBytes() {
        for (String format : new String[] {"json", "sarif", "table"}) {
            ProgramRun one = scan(image, "--format", format, "--as-of", "2026-11-20");
            ProgramRun two = scan(image, "--format", format, "--as-of", "2026-11-20");
            assertThat(one.out()).isNotEmpty().isEqualTo(two.out());
        }
    }

    @Test
    void theDayIsPartOfTheInput() throws Exception {
        assertThat(Scanned.text(
                        scan(image, "--format", "json", "--as-of", "2026-11-20").json(), "asOf"))
                .isEqualTo("2026-11-20");
        assertThat(scan(image, "--format", "json", "--as-of", "2027-11-20").text())
                .contains("stale-source");
    }

    @Test
    void outputFileIsWholeAndLeavesNothingBeside() throws Exception {
        Path file = Files.writeString(folder.resolve("report.json"), "old");
        ProgramRun run = scan(image, "--format", "json", "--output", file.toString());
        assertThat(run.out()).isEmpty();
        assertThat(Files.readString(file)).startsWith("{").endsWith("}\n");
        try (var files = Files.list(folder)) {
            assertThat(files.map(path -> path.getFileName().toString()))
                    .containsExactlyInAnyOrder("facts.hfdb", "image.tar", "report.json");
        }
    }

    @Test
    void outputIntoAMissingFolderIsFour() {
        assertThat(scan(image, "--output", folder.resolve("absent/report").toString())
                        .exit())
                .isEqualTo(4);
    }

    @Test
    void closedStandardOutputIsFourWithOneLine() {
        ProgramRun run = ProgramRun.withClosedOutput("scan", image, "--db", base);
        assertThat(run.exit()).isEqualTo(4);
        assertThat(run.err().lines()).hasSize(1);
    }

    @Test
    void sarifNamesRuleAndPlace() throws Exception {
        ProgramRun run = scan(image, "--format", "sarif");
        assertThat(Scanned.text(run.json(), "version")).isEqualTo("2.1.0");
        assertThat(run.text()).contains("CVE-2023-4911", "var/lib/dpkg/status");
    }

    @Test
    void tableHasNoColourWhereNobodyLooks() {
        assertThat(scan(image).text()).contains("shop:1").doesNotContain("\u001b");
    }

    @Test
    void configurationGivesDefaultsThatWordsOverride() throws Exception {
        Path config = Files.writeString(folder.resolve("holdfast.yaml"), "# ours\nfail-on: high\nformat: 'json'\n");
        ProgramRun run = scan(image, "--config", config.toString());
        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.text()).startsWith("{");
        assertThat(scan(image, "--config", config.toString(), "--fail-on", "critical")
                        .exit())
                .isZero();
    }

    @Test
    void brokenConfigurationIsThree() throws Exception {
        Path config = Files.writeString(folder.resolve("holdfast.yaml"), "no colon here\n");
        assertThat(scan(image, "--config", config.toString()).exit()).isEqualTo(3);
    }

    @Test
    void hostileNamesDoNotReachTheTerminal() throws Exception {
        Path hostile = Files.write(
                folder.resolve("hostile.tar"),
                ArchiveBuilder.dockerArchive(ImageBuilder.image()
                        .tag("a\u001b[31m:1")
                        .layer(layer().file(
                                        "srv/node_modules/x\u001b[2J/package.json", Content.npm("lodash", "4.17.4")))));
        ProgramRun run = scan(hostile.toString(), "--packages", "--all");
        assertThat(run.text()).doesNotContain("\u001b");
        assertThat(run.err()).doesNotContain("\u001b");
    }

    // --- standard input ---

    @Test
    void archiveIsReadFromStandardInput() throws Exception {
        ProgramRun run = ProgramRun.withInput(archive, "scan", "-", "--db", base, "--format", "json");
        assertThat(run.exit()).isZero();
        assertThat(run.text()).contains("CVE-2023-4911");
    }

    // --- explain ---

    @Test
    void explainTellsWhyAndWhyNot() {
        assertThat(ProgramRun.of("explain", image, "CVE-2023-4911", "--db", base)
                        .text())
                .startsWith("CVE-2023-4911 is reported: high, for glibc");
        assertThat(ProgramRun.of("explain", image, "CVE-2021-44228", "--db", base)
                        .text())
                .startsWith("CVE-2021-44228 is not reported");
    }

    // --- versions ---

    @ParameterizedTest
    @CsvSource({
        "deb, 1.0~rc1, 1.0, <",
        "deb, 1:1.0, 2.0, >",
        "maven, 1.0, 1.0.0, =",
        "rpm, 1.0^1, 1.0, >",
        "apk, 1.0_rc1, 1.0, <"
    })
    void comparesVersions(String ecosystem, String a, String b, String sign) {
        ProgramRun run = ProgramRun.of("version", "compare", ecosystem, a, b);
        assertThat(run.text()).isEqualTo(sign + System.lineSeparator());
        assertThat(run.exit()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"npm, ^1.2.0, 1.9.0, yes", "npm, ^1.2.0, 2.0.0, no", "maven, '[2.0,2.15.0)', 2.14.1, yes"})
    void tellsWhatLiesInARange(String ecosystem, String range, String version, String answer) {
        assertThat(ProgramRun.of("version", "in", ecosystem, range, version).text())
                .isEqualTo(answer + System.lineSeparator());
    }

    @Test
    void answersManyPairsAndMarksWhatIsNotAllowed() {
        byte[] pairs = "1.0.0\t2.0.0\nnonsense!\t1.0.0\n1.0.0\t1.0.0\nno tab\n".getBytes(StandardCharsets.UTF_8);
        ProgramRun run = ProgramRun.withInput(pairs, "version", "compare", "semver", "-");
        assertThat(run.text().lines()).containsExactly("<", "?", "=", "?");
        assertThat(run.err().lines()).hasSize(2);
        assertThat(run.exit()).isEqualTo(3);
    }
}
