package dev.holdfast.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.manifest.InputKind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** {@code docs/checks.md} lists what is in the program; {@code -Dholdfast.write=true} writes it anew. */
class CataloguePageTest {
    private static String page() {
        StringBuilder page = new StringBuilder("# All rules of check\n\n"
                + "What `holdfast check` looks for, in which inputs, how bad it usually is and why. A rule with a star is asked with `--strict` only,\n"
                + "in some inputs others too. A result may say another severity, with its own reason. `CataloguePageTest` keeps this page true.\n\n"
                + "| rule | inputs | severity | what is weak: what comes of it |\n|---|---|---|---|\n");
        for (Rule rule : RuleCatalogue.all()) {
            page.append("| ")
                    .append(rule.id())
                    .append(rule.profile() == Rule.Profile.STRICT ? "\\*" : "")
                    .append(" | ")
                    .append(rule.inputs().stream().sorted().map(InputKind::word).collect(Collectors.joining(", ")))
                    .append(" | ")
                    .append(rule.severity().name().toLowerCase(Locale.ROOT))
                    .append(" | ")
                    .append(rule.title().replace("|", "\\|"))
                    .append(": ")
                    .append(rule.why().replace("|", "\\|"))
                    .append(" |\n");
        }
        return page.toString();
    }

    @Test
    void thePageListsEveryRule() throws Exception {
        Path file = Path.of(System.getProperty("holdfast.root", "../.."), "docs", "checks.md");
        if (Boolean.getBoolean("holdfast.write")) {
            Files.writeString(file, page());
        }
        assertThat(Files.readString(file)).isEqualTo(page());
    }

    @Test
    void everyRuleSaysWhyItIsAsBadAsItIs() {
        assertThat(RuleCatalogue.all()).allSatisfy(rule -> {
            assertThat(rule.id()).matches("[a-z0-9]+(-[a-z0-9]+)*");
            assertThat(rule.title()).isNotBlank();
            assertThat(rule.why()).isNotBlank();
            assertThat(rule.inputs()).isNotEmpty();
        });
    }
}
