package dev.holdfast.scan.licence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.holdfast.core.Finding;
import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.core.PackageUrl;
import dev.holdfast.core.Severity;
import dev.holdfast.inventory.Component;
import dev.holdfast.inventory.Confidence;
import dev.holdfast.inventory.PackageRecord;
import dev.holdfast.inventory.PackageType;
import dev.holdfast.inventory.licence.LicenceExpression.One;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LicencePolicyTest {
    private static final String POLICY = """
            allow: [permissive, public-domain, MPL-2.0, "LGPL-*"]
            review:
              - weak-copyleft
            deny: [strong-copyleft, network-copyleft, restricted, LGPL-3.0-only]
            other: review
            undeclared: review
            exceptions:
              - id: GPL-3.0-or-later
                package: bash
                reason: not linked
            """;

    private static LicencePolicy policy(String text) throws InputException {
        return LicencePolicyFile.parse(text, "policy.yaml", Limits.DEFAULT);
    }

    private static List<Finding> judged(String policy, String expression) throws InputException {
        PackageRecord record = PackageRecord.of(PackageType.NPM, "x", "1", Confidence.HIGH, "package.json");
        PackageRecord known = expression.isEmpty() ? record : record.withDetail(PackageRecord.Detail.SPDX, expression);
        Component component = new Component(
                PackageUrl.of("npm", "", "x", "1"),
                known,
                Component.State.INSTALLED,
                Optional.empty(),
                List.of(new Component.Location("/x/package.json", 0, 0, "package.json")),
                Optional.empty());
        return new LicenceJudge(policy(policy)).findings(List.of(component));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '>',
            value = {
                "MIT > ",
                "MPL-2.0 > ",
                "LGPL-2.1-only > ",
                "LGPL-3.0-only > denied",
                "EPL-2.0 > to-review",
                "GPL-2.0-only > denied",
                "GPL-2.0-only WITH Classpath-exception-2.0 > to-review",
                "MIT OR GPL-3.0-only > ",
                "MIT AND AGPL-3.0-only > denied",
                "GPL-3.0-only OR EPL-2.0 > to-review",
                "LicenseRef-Some-Terms > to-review",
                "LicenseRef-GPL-2.0-or-later-with-OpenSSL-exception > denied",
                "SSPL-1.0 > denied"
            })
    void decidesWithTheBestChoice(String expression, String status) throws Exception {
        List<Finding> findings = judged(POLICY, expression);
        assertThat(findings.stream().map(Finding::status).toList())
                .isEqualTo(status == null || status.isEmpty() ? List.of() : List.of(status));
    }

    @Test
    void saysWhichRuleDecided() throws Exception {
        Finding finding = judged(POLICY, "MIT AND AGPL-3.0-only").getFirst();
        assertThat(finding.id()).isEqualTo("AGPL-3.0-only");
        assertThat(finding.kind()).isEqualTo(Finding.Kind.LICENCE);
        assertThat(finding.severity()).isEqualTo(Severity.HIGH);
        assertThat(finding.evidence().getLast().claim()).isEqualTo("deny: network-copyleft   policy.yaml:4");
    }

    @Test
    void asksAboutPackagesThatDeclareNothing() throws Exception {
        assertThat(judged(POLICY, "")).extracting(Finding::id).containsExactly(LicenceJudge.UNDECLARED);
        assertThat(judged("deny: [strong-copyleft]", "")).isEmpty();
    }

    @Test
    void readsExceptionsAsAnIgnoreFileHasThem() throws Exception {
        assertThat(policy(POLICY).exceptions())
                .extracting(rule -> rule.ids() + " " + rule.scope().packageName() + " " + rule.place())
                .containsExactly("[GPL-3.0-or-later] bash policy.yaml:8");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '>',
            value = {
                "alow: [MIT] > policy.yaml:1:1: no key \"alow\"; did you mean allow?",
                "allow: [permisive] > did you mean permissive?",
                "allow: [Nonsense-1] > policy.yaml:1:9: \"Nonsense-1\" is neither an SPDX licence nor a category",
                "'{allow: [MIT], deny: [mit]}' > \"mit\" stands in the lists twice",
                "other: maybe > expected allow, review or deny",
                "[MIT] > a licence policy has keys",
                "'{allow: [MIT], allow: [ISC]}' > \"allow\" stands twice",
                "'allow: [' > policy.yaml",
                "'exceptions: [{id: MIT}]' > an exception without a reason"
            })
    void refusesWithPlaceAndReason(String text, String told) {
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> policy(text))
                .withMessageContaining(told);
    }

    @Test
    void sortsLicencesIntoCategories() {
        assertThat(LicenceCategory.of(new One("BSD-3-Clause", ""))).isEqualTo(LicenceCategory.PERMISSIVE);
        assertThat(LicenceCategory.of(new One("LicenseRef-BSD-3-clause-Google", "")))
                .isEqualTo(LicenceCategory.PERMISSIVE);
        assertThat(LicenceCategory.of(new One("CC-BY-NC-4.0", ""))).isEqualTo(LicenceCategory.RESTRICTED);
        assertThat(LicenceCategory.of(new One("LicenseRef-Any", ""))).isEqualTo(LicenceCategory.UNKNOWN);
    }
}
