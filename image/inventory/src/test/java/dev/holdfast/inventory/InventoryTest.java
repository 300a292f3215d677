package dev.holdfast.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.Gap;
import dev.holdfast.core.Gaps;
import dev.holdfast.core.Limits;
import dev.holdfast.inventory.Component.Location;
import dev.holdfast.inventory.Component.State;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class InventoryTest {
    private static final String STATUS = "/var/lib/dpkg/status";
    private static final String DEBIAN = "ID=debian\nVERSION_ID=12\n";

    private final Gaps gaps = new Gaps();

    @Test
    void tellsWhichLayerBroughtAndWhichRemovedAPackage() throws Exception {
        InventoryReport report = of(debian().file(STATUS, deb("libc6", "2.36") + deb("git", "2.39"))
                .next()
                .file(STATUS, deb("libc6", "2.36") + deb("git", "2.39") + deb("curl", "7.88"))
                .next()
                .file(STATUS, deb("curl", "7.88") + deb("libc6", "2.36")));

        assertThat(told(report)).containsExactly("curl 7.88 @1", "git 2.39 @0 -2", "libc6 2.36 @0");
        assertThat(gaps.list()).isEmpty();
    }

    @Test
    void countsUpgradeAsRemovalOfTheOldVersion() throws Exception {
        InventoryReport report =
                of(debian().file(STATUS, deb("libssl3", "3.0.8")).next().file(STATUS, deb("libssl3", "3.0.9")));

        assertThat(told(report)).containsExactly("libssl3 3.0.8 @0 -1", "libssl3 3.0.9 @1");
    }

    @Test
    void countsPackageThatCameBackFromTheLayerItCameBackWith() throws Exception {
        InventoryReport report = of(debian().file(STATUS, deb("git", "2.39"))
                .next()
                .file(STATUS, "\n")
                .next()
                .file(STATUS, deb("git", "2.39")));

        assertThat(told(report)).containsExactly("git 2.39 @2");
    }

    @Test
    void keepsOriginWhereALayerWritesTheSameContentAgain() throws Exception {
        InventoryReport report = of(debian().file(STATUS, deb("git", "2.39"))
                .next()
                .file(STATUS, deb("git", "2.39"))
                .next()
                .file(STATUS, "\n" + deb("git", "2.39")));

        assertThat(told(report)).containsExactly("git 2.39 @0");
    }

    @Test
    void removesAllWhereTheRecordFileIsDeletedOrReplaced() throws Exception {
        assertThat(told(of(debian().file(STATUS, deb("git", "2.39")).next().delete(STATUS))))
                .containsExactly("git 2.39 @0 -1");
        assertThat(told(of(debian().file(STATUS, deb("git", "2.39")).next().link(STATUS, "/dev/null"))))
                .containsExactly("git 2.39 @0 -1");
    }

    @Test
    void removesAllWhereTheRecordFileIsEmptied() throws Exception {
        assertThat(told(of(debian().file(STATUS, deb("git", "2.39")).next().file(STATUS, ""))))
                .containsExactly("git 2.39 @0 -1");
    }

    @Test
    void listsRemovedButConfiguredPackageOnlyWhereALayerHadItInstalled() throws Exception {
        String configured = "Package: wget\nStatus: deinstall ok config-files\nVersion: 1.21\n\n";

        assertThat(told(of(debian().file(STATUS, configured)))).isEmpty();
        assertThat(told(of(debian().file(STATUS, deb("wget", "1.21")).next().file(STATUS, configured))))
                .containsExactly("wget 1.21 @0 -1");
    }

    @Test
    void doesNotReportAsRemovedWhatIsInstalledElsewhere() throws Exception {
        String apk = "P:musl\nV:1.2.4\nA:x86_64\n\n";
        InventoryReport report = of(new Layers()
                .file("/etc/os-release", "ID=alpine\nVERSION_ID=3.20.0\n")
                .file("/lib/apk/db/installed", apk)
                .next()
                .delete("/lib/apk/db/installed")
                .file("/usr/lib/apk/db/installed", apk));

        assertThat(told(report)).containsExactly("musl 1.2.4 @1");
        assertThat(report.components().getFirst().locations())
                .containsExactly(new Location("/usr/lib/apk/db/installed", 1, 1, "apk installed"));
    }

    @Test
    void countsPackageOnceWhoseDatabaseIsReachedOverLinks() throws Exception {
        InventoryReport report = of(new Layers()
                .file("/etc/os-release", "ID=alpine\nVERSION_ID=3.20.0\n")
                .link("/lib", "usr/lib")
                .file("/usr/lib/apk/db/installed", "P:musl\nV:1.2.4\nA:x86_64\n\n"));

        assertThat(report.components()).hasSize(1);
        assertThat(report.components().getFirst().locations())
                .extracting(Location::path)
                .containsExactly("/usr/lib/apk/db/installed");
    }

    @Test
    void findsDatabaseWhoseFolderIsALinkToWhereNobodyLooks() throws Exception {
        InventoryReport report = of(debian().link("/var/lib/dpkg", "/data/packages")
                .file("/data/packages/status", deb("libc6", "2.36"))
                .file("/data/packages/status.d/tz", "Package: tzdata\nVersion: 2024a\nArchitecture: all\n")
                .next()
                .file("/data/packages/status", deb("libc6", "2.36") + deb("git", "2.39")));

        assertThat(told(report)).containsExactly("git 2.39 @1", "libc6 2.36 @0", "tzdata 2024a @0");
        assertThat(report.components().getFirst().locations())
                .extracting(Location::path)
                .containsExactly("/data/packages/status");
    }

    @Test
    void findsFileThatOnlyALinkLeadsTo() throws Exception {
        InventoryReport report =
                of(debian().link(STATUS, "../../../data/file").file("/data/file", deb("libc6", "2.36")));

        assertThat(told(report)).containsExactly("libc6 2.36 @0");
    }

    @Test
    void writesPackageUrlsOfDistributions() throws Exception {
        assertThat(urls(of(debian().file(STATUS, deb("libc6", "2.36-9+deb12u4") + deb("apt", "1:2.6")))))
                .containsExactly(
                        "pkg:deb/debian/apt@1:2.6?arch=amd64&distro=debian-12",
                        "pkg:deb/debian/libc6@2.36-9%2Bdeb12u4?arch=amd64&distro=debian-12");
        assertThat(urls(of(new Layers()
                        .file("/etc/alpine-release", "3.10.2\n")
                        .file("/lib/apk/db/installed", "P:musl\nV:1.1.22-r3\nA:x86_64\n"))))
                .containsExactly("pkg:apk/alpine/musl@1.1.22-r3?arch=x86_64&distro=alpine-3.10.2");
    }

    @Test
    void writesPackageUrlOfRpmWithEpochAndSource() throws Exception {
        PackageUrls urls = new PackageUrls(
                Optional.of(new Distribution("centos", "7", "CentOS", Optional.empty(), List.of(), "/etc/os-release")));
        PackageRecord record = PackageRecord.of(PackageType.RPM, "perl-Errno", "1:1.28-4.el7", Confidence.HIGH, "rpm")
                .withArchitecture("x86_64")
                .withSource("perl", "5.16.3-4.el7");

        assertThat(urls.of(record).orElseThrow())
                .hasToString("pkg:rpm/centos/perl-Errno@1.28-4.el7?arch=x86_64&distro=centos-7&epoch=1"
                        + "&upstream=perl-5.16.3-4.el7.src.rpm");
    }

    @Test
    void writesPackageUrlsOfLanguages() {
        assertThat(url(PackageType.NPM, "@babel/core")).isEqualTo("pkg:npm/%40babel/core@1.0");
        assertThat(url(PackageType.NPM, "lodash")).isEqualTo("pkg:npm/lodash@1.0");
        assertThat(url(PackageType.MAVEN, "org.slf4j:slf4j-api")).isEqualTo("pkg:maven/org.slf4j/slf4j-api@1.0");
        assertThat(url(PackageType.MAVEN, "nameonly")).isEqualTo("pkg:maven/nameonly@1.0");
        assertThat(url(PackageType.PYPI, "Zope._Interface")).isEqualTo("pkg:pypi/zope-interface@1.0");
        assertThat(url(PackageType.GOLANG, "github.com/spf13/cobra"))
                .isEqualTo("pkg:golang/github.com/spf13/cobra@1.0");
        assertThat(url(PackageType.GOLANG, "stdlib")).isEqualTo("pkg:golang/stdlib@1.0");
    }

    @Test
    void reportsUnknownDistributionWhereThereArePackagesOfOne() throws Exception {
        InventoryReport report = of(new Layers().file(STATUS, deb("libc6", "2.36")));

        assertThat(report.distribution()).isEmpty();
        assertThat(gaps.list()).extracting(Gap::code).containsExactly(Gap.Code.UNKNOWN_DISTRIBUTION);
        assertThat(urls(report)).containsExactly("pkg:deb/libc6@2.36?arch=amd64");
    }

    @Test
    void reportsNothingMissingWhereThereIsNoDistribution() throws Exception {
        InventoryReport report = of(new Layers().file("/bin/busybox", "x"));

        assertThat(report.components()).isEmpty();
        assertThat(gaps.list()).isEmpty();
        assertThat(report.files()).isEqualTo(2);
    }

    @Test
    void keepsBothArchitecturesOfOnePackage() throws Exception {
        InventoryReport report = of(debian().file(
                        STATUS, deb("libc6", "2.36") + deb("libc6", "2.36").replace("amd64", "i386")));

        assertThat(report.components()).hasSize(2);
    }

    @Test
    void reportsDatabaseThatCannotBeReadAndClaimsNothingOfIt() throws Exception {
        InventoryReport report =
                of(debian().file("/var/lib/rpm/Packages", "this is no database of any kind, only text to look at")
                        .next()
                        .file("/var/lib/rpm/Packages", "nor is this"));

        assertThat(report.components()).isEmpty();
        assertThat(gaps.list())
                .containsExactly(new Gap(
                        Gap.Code.UNSUPPORTED,
                        "/var/lib/rpm/Packages",
                        "rpm: the rpm database is neither Berkeley DB hash nor NDB nor SQLite"));
    }

    @Test
    void neitherKeepsNorRemovesWhatABrokenLastVersionNoLongerTells() throws Exception {
        InventoryReport report = of(debian().file(STATUS, deb("a", "1") + deb("b", "1"))
                .next()
                .file(STATUS, deb("a", "1") + "Package: " + "b".repeat(2 << 20)));

        assertThat(told(report)).containsExactly("a 1 @0");
        assertThat(gaps.list()).extracting(Gap::code).containsExactly(Gap.Code.LIMIT);
    }

    @Test
    void passesOverEarlierVersionThatCannotBeRead() throws Exception {
        InventoryReport report = of(
                debian().file(STATUS, "Package: " + "b".repeat(2 << 20)).next().file(STATUS, deb("a", "1")));

        assertThat(told(report)).containsExactly("a 1 @1");
        assertThat(gaps.list()).isEmpty();
    }

    private InventoryReport of(Layers layers) throws Exception {
        return new Inventory(Limits.DEFAULT).of(layers, gaps);
    }

    private static Layers debian() {
        return new Layers().file("/etc/os-release", DEBIAN);
    }

    private static String deb(String name, String version) {
        return "Package: " + name + "\nStatus: install ok installed\nArchitecture: amd64\nVersion: " + version + "\n\n";
    }

    /** Name and version, the layer that brought it, and after a minus the one that removed it. */
    private static List<String> told(InventoryReport report) {
        return report.components().stream()
                .map(each -> each.record().name() + " " + each.record().version() + " @"
                        + each.locations().getFirst().layer()
                        + (each.state() == State.REMOVED
                                ? " -" + each.removedIn().orElseThrow()
                                : ""))
                .toList();
    }

    private static List<String> urls(InventoryReport report) {
        return report.components().stream().map(each -> each.purl().toString()).toList();
    }

    private static String url(PackageType type, String name) {
        return new PackageUrls(Optional.empty())
                .of(PackageRecord.of(type, name, "1.0", Confidence.HIGH, "test"))
                .orElseThrow()
                .toString();
    }
}
