package dev.holdfast.scan.judge;

import static dev.holdfast.scan.judge.Trial.a;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.advisory.fact.Exoneration;
import dev.holdfast.inventory.Component.State;
import dev.holdfast.inventory.PackageRecord;
import dev.holdfast.inventory.PackageType;
import dev.holdfast.scan.judge.Judgement.Decision;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What suppliers say about their own products. */
final class VexTest {
    private static final PackageRecord LIBRARY = a(PackageType.GOLANG, "golang.org/x/net", "v0.5.0");
    private static final PackageRecord PRODUCT = a(PackageType.GOLANG, "example.org/product", "v1.4.0");

    @TempDir
    Path folder;

    private Trial trial(Exoneration... statements) throws Exception {
        return Trial.in(folder)
                .says("go-vulndb", to -> {
                    to.accept(Claim.flaw("GO-2023-1", "CVE-2023-1001", "GHSA-hhhh-hhhh-hhhh"));
                    to.accept(Claim.of("GO-2023-1", "golang", "golang.org/x/net")
                            .fixedIn("0.7.0")
                            .statement());
                })
                .says("openvex", to -> {
                    for (Exoneration statement : statements) {
                        to.accept(statement);
                    }
                });
    }

    private static Exoneration says(String id, String status, String product, String part) {
        return new Exoneration(id, product, part, status, "vulnerable_code_not_in_execute_path", "Example");
    }

    @ParameterizedTest
    @CsvSource({"not_affected, 0", "fixed, 0", "affected, 1", "under_investigation, 1"})
    void onlyTwoStatusesClear(String status, int findings) throws Exception {
        try (Trial trial = trial(says("CVE-2023-1001", status, "pkg:golang/golang.org/x/net@v0.5.0", ""))
                .has(LIBRARY)) {
            assertThat(trial.findings()).hasSize(findings);
        }
    }

    @ParameterizedTest
    @CsvSource({"GO-2023-1", "CVE-2023-1001", "GHSA-hhhh-hhhh-hhhh"})
    void clearsUnderAnyNameOfTheFlaw(String id) throws Exception {
        try (Trial trial = trial(says(id, "not_affected", "pkg:golang/golang.org/x/net", ""))
                .has(LIBRARY)) {
            assertThat(trial.findings()).isEmpty();
            Judgement judgement = trial.about("CVE-2023-1001").orElseThrow();
            assertThat(judgement.decision()).isEqualTo(Decision.CLEARED_BY_VEX);
            assertThat(judgement.reason()).contains("Example", "vulnerable_code_not_in_execute_path");
        }
    }

    @Test
    void doesNotClearAnotherFlaw() throws Exception {
        try (Trial trial = trial(says("CVE-2023-1002", "not_affected", "pkg:golang/golang.org/x/net", ""))
                .has(LIBRARY)) {
            assertThat(trial.findings()).hasSize(1);
        }
    }

    @Test
    void doesNotClearAnotherVersion() throws Exception {
        try (Trial trial = trial(says("CVE-2023-1001", "not_affected", "pkg:golang/golang.org/x/net@v0.4.0", ""))
                .has(LIBRARY)) {
            assertThat(trial.findings()).hasSize(1);
        }
    }

    @Test
    void clearsThePartInsideTheProductThatWasMeant() throws Exception {
        try (Trial trial = trial(says(
                        "CVE-2023-1001",
                        "not_affected",
                        "pkg:golang/example.org/product",
                        "pkg:golang/golang.org/x/net"))
                .has(LIBRARY.withPlace("/usr/bin/product"))
                .has(PRODUCT.withPlace("/usr/bin/product"))) {
            assertThat(trial.findings()).isEmpty();
        }
    }

    @Test
    void doesNotClearThePartInsideAnotherProduct() throws Exception {
        try (Trial trial = trial(says(
                        "CVE-2023-1001",
                        "not_affected",
                        "pkg:golang/example.org/product",
                        "pkg:golang/golang.org/x/net"))
                .has(LIBRARY.withPlace("/usr/bin/other"))
                .has(PRODUCT.withPlace("/usr/bin/product"))) {
            assertThat(trial.findings()).hasSize(1);
        }
    }

    @Test
    void doesNotClearTheCopyThatTheProductDoesNotHold() throws Exception {
        // One component with two places; the supplier of one of them cannot speak for the other.
        try (Trial trial = trial(says(
                        "CVE-2023-1001",
                        "not_affected",
                        "pkg:golang/example.org/product",
                        "pkg:golang/golang.org/x/net"))
                .has(LIBRARY, "", State.INSTALLED, "/usr/bin/product", "/usr/bin/other")
                .has(PRODUCT.withPlace("/usr/bin/product"))) {
            assertThat(trial.findings()).hasSize(1);
        }
    }

    @Test
    void anUnreadablePackageUrlClearsNothing() throws Exception {
        try (Trial trial = trial(says("CVE-2023-1001", "not_affected", "golang.org/x/net", ""))
                .has(LIBRARY)) {
            assertThat(trial.findings()).hasSize(1);
        }
    }
}
