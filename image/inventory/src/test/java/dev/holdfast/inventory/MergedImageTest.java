package dev.holdfast.inventory;

import static dev.holdfast.oci.testing.LayerBuilder.layer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.Gap;
import dev.holdfast.core.Gaps;
import dev.holdfast.core.Limits;
import dev.holdfast.inventory.Component.State;
import dev.holdfast.inventory.rpm.BerkeleyFile;
import dev.holdfast.inventory.rpm.HeaderBlob;
import dev.holdfast.oci.Target;
import dev.holdfast.oci.testing.ArchiveBuilder;
import dev.holdfast.oci.testing.Folding;
import dev.holdfast.oci.testing.ImageBuilder;
import dev.holdfast.oci.testing.Images;
import dev.holdfast.oci.testing.LayerBuilder;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The traps of layered file systems, from an image's bytes to its packages. */
class MergedImageTest {
    private static final String STATUS = "var/lib/dpkg/status";
    private static final String GIT = deb("git", "1:2.39.5");
    private static final String LIBC = deb("libc6", "2.36");

    private final Gaps gaps = new Gaps();

    @TempDir
    private Path folder;

    @Test
    void folderReplacedByLinkWithoutWhiteoutTakesItsDatabaseAway() throws Exception {
        assertThat(told(
                        debian().file(STATUS, GIT),
                        layer().link("var/lib/dpkg", "../../srv/other"),
                        layer().file("srv/other/note", "no database")))
                .containsExactly("git 1:2.39.5 @0 -1");
    }

    @Test
    void databaseReplacedByOneThatListsNothingListsNothing() throws Exception {
        assertThat(told(debian().file(STATUS, GIT), layer().file(STATUS, ""))).containsExactly("git 1:2.39.5 @0 -1");
    }

    @Test
    void opaqueFolderTakesDatabaseAway() throws Exception {
        assertThat(told(
                        debian().file(STATUS, GIT).file("var/lib/dpkg/status.d/a", LIBC),
                        layer().opaque("var/lib/dpkg").file("var/lib/dpkg/status.d/a", LIBC)))
                .containsExactly("git 1:2.39.5 @0 -1", "libc6 2.36 @0");
    }

    @Test
    void whiteoutOfFolderAboveTakesDatabaseAway() throws Exception {
        assertThat(told(debian().file(STATUS, GIT), layer().whiteout("var/lib")))
                .containsExactly("git 1:2.39.5 @0 -1");
    }

    @Test
    void hardLinkedRecordIsSeenAtBothPathsAndOutlivesTheFirst() throws Exception {
        LayerBuilder first = debian().file(
                        "opt/a/node_modules/ini/package.json", "{\"name\":\"ini\",\"version\":\"1.3.5\"}")
                .hardLink("opt/b/node_modules/ini/package.json", "opt/a/node_modules/ini/package.json");

        InventoryReport both = of(first);
        InventoryReport one = of(first, layer().whiteout("opt/a"));

        assertThat(both.components().getFirst().locations())
                .extracting(Component.Location::path)
                .containsExactly("/opt/a/node_modules/ini/package.json", "/opt/b/node_modules/ini/package.json");
        assertThat(told(one)).containsExactly("ini 1.3.5 @0");
        assertThat(one.components().getFirst().locations())
                .extracting(Component.Location::path)
                .containsExactly("/opt/b/node_modules/ini/package.json");
    }

    @Test
    void rpmDatabaseBehindLinkGivesOneSetOfPackages() throws Exception {
        InventoryReport report = of(layer().file("etc/os-release", "ID=fedora\nVERSION_ID=40\n")
                .link("var/lib/rpm", "../../usr/lib/sysimage/rpm")
                .file("usr/lib/sysimage/rpm/Packages", rpm()));

        assertThat(told(report)).containsExactly("bash 5.2-1 @0");
        assertThat(report.components().getFirst().locations())
                .extracting(Component.Location::path)
                .containsExactly("/usr/lib/sysimage/rpm/Packages");
    }

    @Test
    void rpmDatabaseBehindAbsoluteLinkToAnywhereIsFound() throws Exception {
        InventoryReport report = of(layer().file("etc/os-release", "ID=fedora\nVERSION_ID=40\n")
                .link("var/lib/rpm", "/data/db")
                .file("data/db/Packages", rpm()));

        assertThat(told(report)).containsExactly("bash 5.2-1 @0");
    }

    @Test
    void databasesBehindCircleOrOutsideAreNoneAndHarmNothing() throws Exception {
        assertThat(told(debian().link("var/lib/dpkg", "dpkg")
                        .link("var/lib/rpm", "../../../../../../../etc/rpm-outside")
                        .link("lib", "/lib")))
                .isEmpty();
        assertThat(gaps.list()).isEmpty();
    }

    @Test
    void sameLayerTwiceKeepsOriginOfTheFirst() throws Exception {
        LayerBuilder same = layer().file(STATUS, GIT);

        assertThat(told(debian(), same, layer().file("srv/x", "x"), same)).containsExactly("git 1:2.39.5 @1");
        assertThat(told(debian(), same, layer().whiteout(STATUS), same)).containsExactly("git 1:2.39.5 @3");
    }

    @Test
    void compressedLayersTellTheSame() throws Exception {
        ImageBuilder image = ImageBuilder.image()
                .layer(debian().file(STATUS, LIBC + GIT), Folding.GZIP)
                .layer(layer().file(STATUS, LIBC), Folding.GZIP);

        assertThat(told(read(ArchiveBuilder.ociArchive(image)))).containsExactly("git 1:2.39.5 @0 -1", "libc6 2.36 @0");
    }

    @Test
    void filesOfDistributionPackagesAreMarkedAndOthersAreNot() throws Exception {
        String ini = "{\"name\":\"ini\",\"version\":\"1.3.5\"}";
        String lodash = "{\"name\":\"lodash\",\"version\":\"4.17.15\"}";
        InventoryReport report = of(debian().file(STATUS, deb("node-ini", "1.3.5"))
                .link("lib", "usr/lib")
                .file(
                        "var/lib/dpkg/info/node-ini.list",
                        "/.\n/lib/node_modules/ini/package.json\n/lib/node_modules/lodash/package.json\n")
                .file("usr/lib/node_modules/ini/package.json", ini)
                .file("usr/lib/node_modules/lodash/package.json", lodash)
                .file("srv/node_modules/lodash/package.json", lodash));

        assertThat(report.components())
                .filteredOn(each -> each.record().type() == PackageType.NPM)
                .extracting(each -> each.record().name() + " " + each.ownedBy().orElse("nobody's"))
                .containsExactly("ini node-ini", "lodash nobody's");
    }

    @Test
    void lockFileIsNoWitnessAgainstItsOwnProject() throws Exception {
        LayerBuilder project = layer().file("srv/package-lock.json", """
                        {"lockfileVersion": 3, "packages": {
                          "node_modules/ini": {"version": "1.3.5"},
                          "node_modules/mocha": {"version": "8.1.0", "dev": true},
                          "node_modules/ws": {"version": "7.2.0"}}}
                        """)
                .file("srv/node_modules/ini/package.json", "{\"name\":\"ini\",\"version\":\"1.3.5\"}")
                .file("srv/node_modules/ws/package.json", "{\"name\":\"ws\",\"version\":\"7.2.0\"}");

        InventoryReport report = of(project, layer().whiteout("srv/node_modules/ws"));

        assertThat(told(report)).containsExactly("ini 1.3.5 @0", "ws 7.2.0 @0 -1");
        assertThat(report.components().getFirst().locations())
                .extracting(Component.Location::path)
                .containsExactly("/srv/node_modules/ini/package.json", "/srv/package-lock.json");
        assertThat(told(project, layer().whiteout("srv/node_modules")))
                .containsExactly("ini 1.3.5 @0 -1", "ws 7.2.0 @0 -1");
        assertThat(told(project, layer().whiteout("srv"))).containsExactly("ini 1.3.5 @0 -1", "ws 7.2.0 @0 -1");
    }

    @Test
    void lockFileThatStandsAloneIsBelieved() throws Exception {
        assertThat(told(layer().file("srv/package-lock.json", """
                        {"lockfileVersion": 3, "packages": {"node_modules/ws": {"version": "7.2.0"}}}
                        """)
                        .file("opt/node_modules/ini/package.json", "{\"name\":\"ini\",\"version\":\"1.3.5\"}")))
                .containsExactly("ini 1.3.5 @0", "ws 7.2.0 @0");
    }

    @Test
    void unreadableDatabaseIsAGapAndNotSilence() throws Exception {
        assertThat(told(layer().file("etc/os-release", "ID=fedora\n").file("var/lib/rpm/Packages", "")))
                .isEmpty();
        assertThat(gaps.list())
                .containsExactly(
                        new Gap(Gap.Code.UNREADABLE, "/var/lib/rpm/Packages", "rpm: the rpm database is empty"));
    }

    private List<String> told(LayerBuilder... layers) throws Exception {
        return told(of(layers));
    }

    private InventoryReport of(LayerBuilder... layers) throws Exception {
        ImageBuilder image = ImageBuilder.image();
        for (LayerBuilder layer : layers) {
            image.layer(layer);
        }
        return read(ArchiveBuilder.dockerArchive(image));
    }

    private InventoryReport read(byte[] archive) throws Exception {
        try (Target target =
                Images.open(Images.write(folder, archive), Limits.DEFAULT).getFirst()) {
            return new Inventory(Limits.DEFAULT).of(target, gaps);
        }
    }

    private static LayerBuilder debian() {
        return layer().file("etc/os-release", "ID=debian\nVERSION_ID=12\n");
    }

    private static byte[] rpm() {
        return new BerkeleyFile(ByteOrder.LITTLE_ENDIAN)
                .offPage(HeaderBlob.of("bash", "5.2", "1").bytes())
                .bytes();
    }

    private static String deb(String name, String version) {
        return "Package: " + name + "\nStatus: install ok installed\nArchitecture: amd64\nVersion: " + version + "\n\n";
    }

    private static List<String> told(InventoryReport report) {
        return report.components().stream()
                .map(each -> each.record().name() + " " + each.record().version() + " @"
                        + each.locations().getFirst().layer()
                        + (each.state() == State.REMOVED
                                ? " -" + each.removedIn().orElseThrow()
                                : ""))
                .toList();
    }
}
