package dev.holdfast.report.coverage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.holdfast.inventory.ledger.Ledger;
import dev.holdfast.inventory.ledger.Ledger.Account;
import dev.holdfast.inventory.ledger.Ledger.Sum;
import dev.holdfast.inventory.ledger.Ledger.Unexplained;
import dev.holdfast.inventory.ledger.Nature;
import dev.holdfast.inventory.ledger.Standing;
import dev.holdfast.oci.TargetDescription;
import dev.holdfast.oci.TargetKind;
import dev.holdfast.report.OwnSchema;
import dev.holdfast.report.form.Ink;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class CoverageReportTest {
    private static Ledger ledger(long bytes) {
        return new Ledger(
                new TargetDescription(
                        "shop.tar", TargetKind.DOCKER_ARCHIVE, Optional.empty(), Optional.empty(), List.of()),
                bytes,
                3,
                List.of(
                        new Account(Standing.OWNED, 70, 1, 1, Map.of(Nature.PROGRAM, new Sum(70, 1))),
                        new Account(Standing.IDENTIFIED, 0, 0, 0, Map.of()),
                        new Account(Standing.INERT, 10, 1, 0, Map.of(Nature.TEXT, new Sum(10, 1))),
                        new Account(Standing.UNEXPLAINED, 20, 1, 0, Map.of(Nature.SCRIPT, new Sum(20, 1)))),
                List.of(new Unexplained("/opt/\u001b[2J", 20, Nature.SCRIPT, true)));
    }

    @Test
    void writesJsonOfItsSchema() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        JsonCoverage.write(ledger(100), List.of(), "1.2.3", out);
        assertThat(OwnSchema.violations("holdfast-coverage-1.json", out.toByteArray()))
                .isEmpty();
    }

    @Test
    void saysTheShareAndEscapesNames() {
        String text = TerminalCoverage.render(ledger(100), List.of(), Ink.PLAIN, false);
        assertThat(text)
                .contains("100 B in 3 files: 80.0 % explained, 1 file of unknown origin may run.")
                .doesNotContain("\u001b");
    }

    @Test
    void refusesAccountsThatDoNotAddUp() {
        assertThatIllegalArgumentException().isThrownBy(() -> ledger(101)).withMessageContaining("accounts hold 100");
    }
}
