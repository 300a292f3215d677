package dev.holdfast.scan.explain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.advisory.fact.Advisory.Kind;
import dev.holdfast.advisory.fact.Exploited;
import dev.holdfast.advisory.fact.Statement.Status;
import dev.holdfast.core.Limits;
import dev.holdfast.oci.Target;
import dev.holdfast.oci.testing.ArchiveBuilder;
import dev.holdfast.oci.testing.ImageBuilder;
import dev.holdfast.oci.testing.Images;
import dev.holdfast.oci.testing.LayerBuilder;
import dev.holdfast.scan.Scanner;
import dev.holdfast.scan.judge.Claim;
import dev.holdfast.scan.judge.Trial;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Why a flaw is reported, and every way in which it is not, in the sentences that people read. */
final class ExplainerTest {
    private static final String STATUS = """
            Package: libc6
            Status: install ok installed
            Architecture: amd64
            Source: glibc
            Version: 2.36-9+deb12u4

            """;

    @TempDir
    Path folder;

    private Trial trial() throws Exception {
        return Trial.in(folder)
                .says("kev", to -> to.accept(new Exploited("CVE-2024-1005", "2024-02-01", false)))
                .says("ghsa", to -> {
                    to.accept(Claim.advisory("CVE-2024-1006", Kind.VULNERABILITY, true, List.of(), List.of()));
                    to.accept(Claim.advisory("CVE-2024-1007", Kind.NOTICE, false, List.of(), List.of()));
                    to.accept(Claim.flaw("CVE-2024-1008"));
                })
                .says(
                        "debian-tracker",
                        Claim.of("CVE-2023-4911", "debian:12", "glibc").fixedIn("2.36-9+deb12u3"),
                        Claim.of("CVE-2024-1001", "debian:12", "glibc").status(Status.NOT_AFFECTED),
                        Claim.of("CVE-2024-1002", "debian:12", "glibc")
                                .from("2.37")
                                .to("2.37-5"),
                        Claim.of("CVE-2024-1003", "debian:11", "glibc").fixedIn("2.31-99"),
                        Claim.of("CVE-2024-1004", "debian:12", "nano").fixedIn("9-1"),
                        Claim.of("CVE-2024-1005", "debian:12", "glibc")
                                .fixedIn("2.36-9+deb12u9")
                                .rated("critical"),
                        Claim.of("CVE-2024-1006", "debian:12", "glibc").fixedIn("9-1"),
                        Claim.of("CVE-2024-1007", "debian:12", "glibc").status(Status.UNFIXED));
    }

    private Explanation explain(String id, LayerBuilder... more) throws Exception {
        return explain(id, Optional.empty(), more);
    }

    private Explanation explain(String id, Optional<String> packageName, LayerBuilder... more) throws Exception {
        ImageBuilder image = ImageBuilder.image()
                .layer(LayerBuilder.layer()
                        .file("etc/os-release", "ID=debian\nVERSION_ID=\"12\"\nPRETTY_NAME=\"Debian 12\"\n")
                        .file("var/lib/dpkg/status", STATUS));
        for (LayerBuilder layer : more) {
            image.layer(layer);
        }
        Path file = Images.write(folder, ArchiveBuilder.dockerArchive(image));
        List<Target> targets = Images.open(file, Limits.DEFAULT);
        try (Trial trial = trial()) {
            return new Scanner(trial.base(), Limits.DEFAULT)
                    .explain(targets.getFirst(), new ExplainRequest(id, packageName, "", Trial.DAY));
        } finally {
            Images.closeAll(targets);
        }
    }

    @Test
    void tellsThatItIsReportedHowBadAndForWhat() throws Exception {
        Explanation answer = explain("CVE-2024-1005");
        assertThat(answer.sentence())
                .isEqualTo("CVE-2024-1005 is reported: critical, exploited in the wild (listed since 2024-02-01), for"
                        + " libc6 2.36-9+deb12u4.");
        assertThat(answer.isReported()).isTrue();
        assertThat(answer.cases().getFirst().lines())
                .anySatisfy(line -> assertThat(line.text()).contains("2.36-9+deb12u4 < 2.36-9+deb12u9"))
                .anySatisfy(line -> assertThat(line.text()).startsWith("upgrade libc6"));
    }

    @Test
    void tellsThatTheFixIsInstalled() throws Exception {
        Explanation answer = explain("CVE-2023-4911");
        assertThat(answer.sentence())
                .isEqualTo("CVE-2023-4911 is not reported: for libc6 2.36-9+deb12u4, the installed version already has"
                        + " the fix.");
        assertThat(answer.cases().getFirst().lines())
                .anySatisfy(line -> assertThat(line.text()).contains("2.36-9+deb12u4 ≥ 2.36-9+deb12u3"));
    }

    @Test
    void tellsThatTheVendorSaysNotAffected() throws Exception {
        assertThat(explain("CVE-2024-1001").sentence()).endsWith("debian-tracker says that it is not affected.");
    }

    @Test
    void tellsThatTheVersionIsFromBeforeTheFlaw() throws Exception {
        assertThat(explain("CVE-2024-1002").sentence())
                .endsWith("the installed version is outside the affected range.");
    }

    @Test
    void tellsThatOnlyAnotherReleaseIsConcerned() throws Exception {
        assertThat(explain("CVE-2024-1003").sentence())
                .isEqualTo(
                        "CVE-2024-1003 is not reported: none of these is in the target: it is about glibc (debian:11).");
    }

    @Test
    void tellsThatThePackageIsNotThere() throws Exception {
        assertThat(explain("CVE-2024-1004").sentence()).contains("nano (debian:12)");
    }

    @Test
    void tellsThatItWasWithdrawn() throws Exception {
        assertThat(explain("CVE-2024-1006").sentence()).endsWith("the advisory was withdrawn by its publisher.");
    }

    @Test
    void tellsThatItIsANotice() throws Exception {
        assertThat(explain("CVE-2024-1007").sentence()).endsWith("it is a notice (notice), not a flaw.");
    }

    @Test
    void tellsThatNobodySaysWhichPackagesItIsAbout() throws Exception {
        assertThat(explain("CVE-2024-1008").sentence())
                .endsWith("the base knows it, and no source says which packages it is about.");
    }

    @Test
    void tellsThatTheBaseDoesNotKnowIt() throws Exception {
        assertThat(explain("CVE-1999-0001").sentence()).endsWith("no source in the base mentions it.");
    }

    @Test
    void tellsThatThePackageWasRemovedByALaterLayer() throws Exception {
        Explanation answer = explain(
                "CVE-2024-1005",
                LayerBuilder.layer()
                        .file(
                                "var/lib/dpkg/status",
                                STATUS.replace("install ok installed", "deinstall ok config-files")));
        assertThat(answer.sentence()).endsWith("the package was removed by a later layer.");
        assertThat(answer.isReported()).isFalse();
    }

    @Test
    void answersForOnePackageOnly() throws Exception {
        assertThat(explain("CVE-2024-1005", Optional.of("glibc")).isReported()).isTrue();
        assertThat(explain("CVE-2024-1005", Optional.of("bash")).isReported()).isFalse();
    }
}
