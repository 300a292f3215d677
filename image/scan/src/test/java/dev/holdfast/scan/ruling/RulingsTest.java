package dev.holdfast.scan.ruling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.advisory.vex.VexDocument;
import dev.holdfast.advisory.vex.VexStatement;
import dev.holdfast.advisory.vex.VexStatement.Status;
import dev.holdfast.core.Digest;
import dev.holdfast.core.Finding;
import dev.holdfast.core.PackageUrl;
import dev.holdfast.core.Severity;
import dev.holdfast.inventory.Component;
import dev.holdfast.inventory.Confidence;
import dev.holdfast.inventory.InventoryReport;
import dev.holdfast.inventory.PackageRecord;
import dev.holdfast.inventory.PackageType;
import dev.holdfast.oci.TargetDescription;
import dev.holdfast.oci.TargetKind;
import dev.holdfast.scan.exemption.Exemption;
import dev.holdfast.scan.exemption.Exemptions;
import dev.holdfast.scan.observe.Subject;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which findings people's rules and suppliers' statements set aside, and what is said of those that do nothing. */
final class RulingsTest {
    private static final LocalDate DAY = LocalDate.of(2026, 11, 26);
    private static final Digest DIGEST = Digest.sha256("image".getBytes(StandardCharsets.UTF_8));
    private static final PackageUrl LIBC = PackageUrl.parse("pkg:deb/debian/libc6@2.36-9?arch=amd64&distro=debian-12.5")
            .orElseThrow();

    private static Subject subject(String... paths) {
        PackageRecord record = PackageRecord.of(PackageType.DEB, "libc6", "2.36-9", Confidence.HIGH, "dpkg status")
                .withSource("glibc", "2.36-9");
        List<Component.Location> locations = java.util.Arrays.stream(paths)
                .map(path -> new Component.Location(path, 0, 0, "dpkg status"))
                .toList();
        return new Subject(
                new TargetDescription(
                        "shop.tar",
                        TargetKind.OCI_LAYOUT,
                        Optional.of(DIGEST),
                        Optional.empty(),
                        List.of("reg.example/shop:1.4")),
                List.of(),
                new InventoryReport(
                        Optional.empty(),
                        List.of(new Component(
                                LIBC,
                                record,
                                Component.State.INSTALLED,
                                Optional.empty(),
                                locations,
                                Optional.empty())),
                        0));
    }

    private static Finding finding(String... paths) {
        return new Finding(
                "CVE-2023-4911",
                Finding.Kind.VULNERABILITY,
                List.of("GHSA-aaaa-bbbb-cccc"),
                Optional.of(LIBC),
                Severity.HIGH,
                "",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                "unfixed",
                Optional.empty(),
                "t",
                java.util.Arrays.stream(paths)
                        .map(path -> new Finding.Place(path, 0, 0))
                        .toList(),
                "",
                List.of());
    }

    private static Exemption rule(String id, String name, String path, String target) {
        return new Exemption(
                id.isEmpty() ? List.of() : List.of(id),
                new Exemption.Scope(name, path, target),
                "accepted",
                "me",
                Optional.empty(),
                "",
                "f:1");
    }

    private static Rulings rulings(Exemption... rules) {
        return new Rulings(new Exemptions(List.of(rules), List.of()), subject("/a"), DAY);
    }

    private static Rulings rulings(VexStatement... statements) {
        return new Rulings(
                new Exemptions(List.of(), List.of(new VexDocument("v", "OpenVEX", List.of(statements), List.of()))),
                subject("/a"),
                DAY);
    }

    private static VexStatement says(String product, String part, Status status, String time) {
        return new VexStatement(
                "CVE-2023-4911",
                List.of(),
                product,
                part,
                status,
                "component_not_present",
                "",
                "Example",
                time,
                "v statement 1");
    }

    private static List<String> notices(Rulings rulings) {
        rulings.on(finding("/a"));
        return rulings.notices(List.of(finding("/a"))).stream()
                .map(notice -> notice.code().word() + " " + notice.message() + " | " + notice.edit())
                .toList();
    }

    @ParameterizedTest
    @CsvSource({
        "CVE-2023-4911,,,",
        "GHSA-AAAA-BBBB-CCCC,,,",
        "cve-2023-4911,libc6,,",
        ",libc6,,",
        "CVE-2023-4911,glibc,,",
        "CVE-2023-4911,libc*,,",
        "CVE-2023-4911,libc6@2.36-9,,",
        "CVE-2023-4911,pkg:deb/debian/libc6,,",
        "CVE-2023-4911,pkg:deb/debian/libc6@2.36-9,,",
        "CVE-2023-4911,pkg:deb/debian/libc6?distro=debian-12,,",
        "CVE-2023-4911,,/a,",
        "CVE-2023-4911,,,shop.tar",
        "CVE-2023-4911,,,reg.example/shop:*",
        ",,/*,",
    })
    void aRuleThatHolds(String id, String name, String path, String target) {
        Rulings rulings = rulings(rule(text(id), text(name), text(path), text(target)));
        assertThat(rulings.on(finding("/a"))).map(Ruling::sentence).contains("ignored (me: accepted)");
        assertThat(rulings.notices(List.of(finding("/a")))).isEmpty();
    }

    private static String text(@org.jspecify.annotations.Nullable String value) {
        return value == null ? "" : value;
    }

    @ParameterizedTest
    @CsvSource({
        "CVE-2023-4912,,,",
        "CVE-2023-4911,libc7,,",
        "CVE-2023-4911,libc6@2.36-8,,",
        "CVE-2023-4911,pkg:deb/debian/libc6@2.36-8,,",
        "CVE-2023-4911,pkg:deb/debian/libc6?arch=arm64,,",
        "CVE-2023-4911,pkg:deb/debian/libc6?distro=debian-11,,",
        "CVE-2023-4911,,/b,",
        "CVE-2023-4911,,,other",
    })
    void aRuleThatDoesNot(String id, String name, String path, String target) {
        assertThat(rulings(rule(text(id), text(name), text(path), text(target))).on(finding("/a")))
                .isEmpty();
    }

    @Test
    void theCopyThatLiesElsewhereStillCounts() {
        assertThat(rulings(rule("CVE-2023-4911", "", "/a", "")).on(finding("/a", "/b")))
                .isEmpty();
    }

    @Test
    void anExpiredRuleNoLongerCountsAndIsSaid() {
        Exemption expired = new Exemption(
                List.of("CVE-2023-4911"), Exemption.Scope.ALL, "r", "", Optional.of(DAY.minusDays(1)), "", "f:1");
        assertThat(rulings(expired).on(finding("/a"))).isEmpty();
        assertThat(notices(rulings(expired)))
                .containsExactly("expired CVE-2023-4911 held until 2026-11-25, 1 finding counts again"
                        + " | decide again and set a later expires:, or delete it");
    }

    @Test
    void aRuleHoldsOnItsLastDay() {
        Exemption last =
                new Exemption(List.of("CVE-2023-4911"), Exemption.Scope.ALL, "r", "", Optional.of(DAY), "", "f:1");
        assertThat(rulings(last).on(finding("/a"))).isPresent();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "CVE-2023-4911;pkg:deb/debian/libc6@2.36-8;; nearly-matches; the version differs; write package: pkg:deb/debian/libc6@2.36-9",
                "CVE-2023-4911;pkg:deb/debian/libc6?distro=debian-11;; nearly-matches; the distribution's release differs; write package: pkg:deb",
                "CVE-2023-4911;libc6@2.36-8;; nearly-matches; is reported for; write package: libc6@2.36-9",
                "CVE-2023-4912;libc6;; nearly-matches; CVE-2023-4911 is reported; write id: CVE-2023-4911",
                "GHSA-zzzz-zzzz-zzzz;libc6;; nearly-matches; reported for that package: CVE-2023-4911; write the id: that is meant",
                "CVE-2023-4911;;/b/**; nearly-matches; it also lies in /a; widen path:",
                "CVE-1999-1;;; unused; matches no finding; delete it",
            })
    void aRuleThatDoesNothingSaysWhyAndWhatToWrite(
            String id, String name, String path, String code, String message, String edit) {
        assertThat(notices(rulings(rule(id, text(name), text(path), ""))))
                .singleElement()
                .satisfies(notice -> assertThat(notice).startsWith(code).contains(message, edit));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pkg:deb/debian/libc6@2.36-9",
                "pkg:deb/debian/libc6",
                "pkg:deb/debian/libc6@2.36-9?distro=debian-12",
                "shop.tar",
                "reg.example/shop:1.4",
                "pkg:oci/shop?repository_url=reg.example/shop&tag=1.4",
                "pkg:oci/shop"
            })
    void aStatementAboutPackageOrTargetClears(String product) {
        assertThat(rulings(says(product, "", Status.NOT_AFFECTED, "")).on(finding("/a")))
                .map(Ruling::sentence)
                .contains("not affected (VEX by Example, component_not_present)");
    }

    @Test
    void aStatementAboutAPartOfTheImageClears() {
        assertThat(rulings(says(DIGEST.toString(), "pkg:deb/debian/libc6", Status.FIXED, ""))
                        .on(finding("/a")))
                .isPresent();
        assertThat(rulings(says("pkg:oci/shop@" + DIGEST, "pkg:deb/debian/libc6", Status.FIXED, ""))
                        .on(finding("/a")))
                .isPresent();
        assertThat(rulings(says("pkg:oci/other", "pkg:deb/debian/libc6", Status.FIXED, ""))
                        .on(finding("/a")))
                .isEmpty();
    }

    @Test
    void theLatestStatementWins() {
        VexStatement old = says("pkg:deb/debian/libc6", "", Status.NOT_AFFECTED, "2026-01-01T00:00:00Z");
        VexStatement late = says("pkg:deb/debian/libc6", "", Status.AFFECTED, "2026-01-02T00:00:00+01:00");
        assertThat(rulings(old, late).on(finding("/a"))).isEmpty();
        assertThat(rulings(late, old).on(finding("/a"))).isEmpty();
        assertThat(rulings(late).noted(finding("/a")).evidence())
                .singleElement()
                .satisfies(evidence -> assertThat(evidence.claim()).contains("Example says affected"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"AFFECTED", "UNDER_INVESTIGATION"})
    void twoStatusesDoNotClear(Status status) {
        assertThat(rulings(says("pkg:deb/debian/libc6", "", status, "")).on(finding("/a")))
                .isEmpty();
    }

    @Test
    void aStatementThatNearlyMatchesSaysWhatDiffers() {
        assertThat(notices(rulings(says("pkg:deb/debian/libc6@2.36-8", "", Status.NOT_AFFECTED, ""))))
                .singleElement()
                .satisfies(notice ->
                        assertThat(notice).startsWith("nearly-matches").contains("the version differs"));
    }

    @Test
    void aDocumentAboutSomethingElseIsSaidOnce() {
        assertThat(notices(rulings(says("pkg:pypi/a", "", Status.NOT_AFFECTED, ""))))
                .containsExactly("unused none of its 1 statements is about a finding of this target | ");
    }

    @Test
    void aRuleSetsAsideWhatASupplierCallsAffected() {
        Rulings rulings = new Rulings(
                new Exemptions(
                        List.of(rule("CVE-2023-4911", "", "", "")),
                        List.of(new VexDocument(
                                "v",
                                "OpenVEX",
                                List.of(says("pkg:deb/debian/libc6", "", Status.AFFECTED, "")),
                                List.of()))),
                subject("/a"),
                DAY);
        assertThat(rulings.on(finding("/a"))).map(Ruling::kind).contains(Ruling.Kind.IGNORE);
    }
}
