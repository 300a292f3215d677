package dev.holdfast.scan.secret;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.Finding;
import dev.holdfast.core.Limits;
import dev.holdfast.core.Severity;
import dev.holdfast.oci.Target;
import dev.holdfast.oci.testing.ArchiveBuilder;
import dev.holdfast.oci.testing.ImageBuilder;
import dev.holdfast.oci.testing.Images;
import dev.holdfast.oci.testing.LayerBuilder;
import dev.holdfast.scan.ScanReport;
import dev.holdfast.scan.ScanRequest;
import dev.holdfast.scan.Scanner;
import dev.holdfast.scan.Verdict;
import dev.holdfast.scan.explain.ExplainRequest;
import dev.holdfast.scan.explain.Explanation;
import dev.holdfast.scan.judge.Trial;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Secrets of an image, wherever it keeps them. The values are made up when the tests run. */
final class SecretSearchTest {
    private static final String PASSWORD = "k" + new Random(7).nextLong(100_000_000_000L, 999_999_999_999L) + "Qz";
    private static final String OTHER = "w" + new Random(8).nextLong(100_000_000_000L, 999_999_999_999L) + "Rt";

    @TempDir
    Path folder;

    @Test
    void findsWhatALaterLayerDeletedAndSaysWhichLayerStillHoldsIt() throws Exception {
        ScanReport report = scan(ImageBuilder.image()
                .layer(LayerBuilder.layer().file("app/.env", "DB_PASSWORD=" + PASSWORD + "\n"))
                .layer(LayerBuilder.layer().whiteout("app/.env")));

        Finding secret = only(report);
        assertThat(secret.id()).isEqualTo("database-password");
        assertThat(secret.status()).isEqualTo("deleted");
        assertThat(secret.title()).endsWith("deleted by layer 2, still in layer 1");
        assertThat(secret.locations()).containsExactly(new Finding.Place("/app/.env", 0, 1));
    }

    @Test
    void countsAValueOnceHoweverManyPlacesHoldIt() throws Exception {
        ScanReport report = scan(ImageBuilder.image()
                .layer(LayerBuilder.layer()
                        .file("app/.env", "DB_PASSWORD=" + PASSWORD + "\n")
                        .file("app/other.env", "# two\nDB_PASSWORD=" + PASSWORD + "\n")));

        assertThat(only(report).locations())
                .containsExactly(new Finding.Place("/app/.env", 0, 1), new Finding.Place("/app/other.env", 0, 2));
    }

    @Test
    void looksIntoEnvironmentLabelsAndHistoryAndQuotesNoneOfIt() throws Exception {
        ScanReport report = scan(ImageBuilder.image()
                .layer(LayerBuilder.layer().file("a", "b"))
                .config("{\"Env\":[\"DB_PASSWORD=" + PASSWORD + "\"],\"Labels\":{\"com.corp.api-token\":\"" + OTHER
                        + "f8Kq29LmX\"}}")
                .history("RUN |1 DB_PASSWORD=" + PASSWORD + " /bin/sh -c make"));

        assertThat(report.findings())
                .extracting(Finding::id)
                .containsExactlyInAnyOrder("database-password", "generic-token");
        assertThat(report.toString()).doesNotContain(PASSWORD).doesNotContain(OTHER);
        assertThat(report.contents().layers().getFirst().createdBy())
                .isEqualTo("RUN |1 DB_PASSWORD=<database-password> /bin/sh -c make");
    }

    @Test
    void quotesNoHistoryWithASecretEvenWhenNobodyLooksForSecrets() throws Exception {
        ImageBuilder image = ImageBuilder.image()
                .layer(LayerBuilder.layer().file("app/.env", "DB_PASSWORD=" + OTHER))
                .history("RUN |1 DB_PASSWORD=" + PASSWORD + " /bin/sh -c make");

        ScanReport report = scan(image, SecretsRequest.NOT_WANTED);

        assertThat(report.findings()).isEmpty();
        assertThat(report.secrets()).isEmpty();
        assertThat(report.toString()).doesNotContain(PASSWORD);
    }

    @Test
    void explainsAKindOfSecret() throws Exception {
        ImageBuilder image =
                ImageBuilder.image().layer(LayerBuilder.layer().file("app/.env", "DB_PASSWORD=" + PASSWORD + "\n"));
        List<Target> targets = open(image);
        try (Trial trial = Trial.in(folder)) {
            Scanner scanner = new Scanner(trial.base(), Limits.DEFAULT);
            Explanation explanation = scanner.explain(
                    targets.getFirst(), new ExplainRequest("database-password", Optional.empty(), "", Trial.DAY));

            assertThat(explanation.sentence()).isEqualTo("database-password is reported: one value was found.");
            assertThat(explanation.toString()).contains("/app/.env:1").doesNotContain(PASSWORD);
        } finally {
            Images.closeAll(targets);
        }
    }

    @Test
    void failsTheGateForASecret() throws Exception {
        ScanReport report =
                scan(ImageBuilder.image().layer(LayerBuilder.layer().file("app/.env", "DB_PASSWORD=" + PASSWORD)));

        assertThat(report.verdict().outcome()).isEqualTo(Verdict.Outcome.FAIL);
    }

    private static Finding only(ScanReport report) {
        assertThat(report.findings()).hasSize(1);
        assertThat(report.toString()).doesNotContain(PASSWORD);
        return report.findings().getFirst();
    }

    private ScanReport scan(ImageBuilder image) throws Exception {
        return scan(image, SecretsRequest.WANTED);
    }

    private ScanReport scan(ImageBuilder image, SecretsRequest secrets) throws Exception {
        List<Target> targets = open(image);
        try (Trial trial = Trial.in(folder)) {
            ScanRequest request = ScanRequest.on(Trial.DAY)
                    .failOn(Severity.HIGH)
                    .secrets(secrets)
                    .build();
            return new Scanner(trial.base(), Limits.DEFAULT).scan(targets.getFirst(), request);
        } finally {
            Images.closeAll(targets);
        }
    }

    private List<Target> open(ImageBuilder image) throws Exception {
        return Images.open(Images.write(folder, ArchiveBuilder.dockerArchive(image)), Limits.DEFAULT);
    }
}
