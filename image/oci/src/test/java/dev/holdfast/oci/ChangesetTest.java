package dev.holdfast.oci;

import static dev.holdfast.oci.testing.ImageBuilder.image;
import static dev.holdfast.oci.testing.LayerBuilder.layer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.Gap;
import dev.holdfast.core.InputException;
import dev.holdfast.oci.testing.ArchiveBuilder;
import dev.holdfast.oci.testing.Folding;
import dev.holdfast.oci.testing.ImageBuilder;
import dev.holdfast.oci.testing.Images;
import dev.holdfast.oci.testing.LayerBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What layers do to each other: whiteouts, opaque folders, replacements, links. */
class ChangesetTest {
    @TempDir
    Path folder;

    private Images.Opened merge(LayerBuilder... layers) throws InputException, IOException {
        ImageBuilder image = image();
        for (LayerBuilder layer : layers) {
            image.layer(layer);
        }
        return Images.read(folder, ArchiveBuilder.dockerArchive(image));
    }

    private static List<String> history(Images.Opened image, String path) {
        List<String> history = new ArrayList<>();
        for (FileVersion version : image.tree().history(path)) {
            history.add(version.layer() + " " + version.type());
        }
        return history;
    }

    @Test
    void whiteoutHidesTheLowerFile() throws Exception {
        try (var image = merge(layer().file("a", "1").file("b", "2"), layer().whiteout("a"))) {
            assertThat(image.files()).containsExactly("/b");
            assertThat(history(image, "/a")).containsExactly("0 REGULAR", "1 WHITEOUT");
            assertThat(image.tree().entry("/a")).isEmpty();
            assertThat(image.tree().entry("/.wh.a")).isEmpty();
        }
    }

    @Test
    void whiteoutNeverHidesItsOwnLayerWhereverItStands() throws Exception {
        try (var image = merge(
                layer().file("a", "old").file("b", "old"),
                layer().file("a", "new").whiteout("a").whiteout("b").file("b", "new"))) {
            assertThat(image.text("/a")).isEqualTo("new");
            assertThat(image.text("/b")).isEqualTo("new");
            assertThat(history(image, "/a")).containsExactly("0 REGULAR", "1 REGULAR");
        }
    }

    @Test
    void whiteoutOfFolderHidesTheLowerSubtreeAndKeepsWhatTheLayerPutsThere() throws Exception {
        try (var image = merge(
                layer().directory("d").file("d/old", "1").file("d/sub/old", "2"),
                layer().file("d/new", "3").whiteout("d"))) {
            assertThat(image.files()).containsExactly("/d/new");
            assertThat(history(image, "/d/sub/old")).containsExactly("0 REGULAR", "1 WHITEOUT");
        }
    }

    @Test
    void whiteoutOfNothingIsNothing() throws Exception {
        try (var image = merge(layer().file("a", "1"), layer().whiteout("b").whiteout("none/c"))) {
            assertThat(image.files()).containsExactly("/a");
            assertThat(image.gaps()).isEmpty();
        }
    }

    @Test
    void fileOfAnUpperLayerComesBackAfterItsWhiteout() throws Exception {
        try (var image = merge(layer().file("a", "1"), layer().whiteout("a"), layer().file("a", "3"))) {
            assertThat(image.text("/a")).isEqualTo("3");
            assertThat(history(image, "/a")).containsExactly("0 REGULAR", "1 WHITEOUT", "2 REGULAR");
        }
    }

    @Test
    void opaqueFolderHidesLowerChildrenAndNeitherItselfNorItsOwn() throws Exception {
        try (var image = merge(
                layer().directory("d").file("d/old", "1").file("d/sub/old", "2").file("e", "3"),
                layer().file("d/new", "4").opaque("d").file("d/sub/new", "5"))) {
            assertThat(image.files()).containsExactly("/d/new", "/d/sub/new", "/e");
            assertThat(image.tree().entry("/d")).isPresent();
            assertThat(history(image, "/d/old")).containsExactly("0 REGULAR", "1 WHITEOUT");
        }
    }

    @Test
    void opaqueRootHidesEverythingLower() throws Exception {
        try (var image = merge(
                layer().file("a", "1").file("d/b", "2"), layer().opaque("").file("c", "3"))) {
            assertThat(image.files()).containsExactly("/c");
        }
    }

    @Test
    void fileNamedLikeAnOpaqueMarkerElsewhereIsJustAFile() throws Exception {
        try (var image = merge(layer().file("b/x", "1"), layer().file("b/not.a.wh..wh..opq", ""))) {
            assertThat(image.files()).containsExactly("/b/not.a.wh..wh..opq", "/b/x");
        }
    }

    @Test
    void whiteoutThatWouldReachOutOfItsFolderIsIgnoredAndTold() throws Exception {
        try (var image = merge(
                layer().file("d/a", "1").file("b", "2"),
                layer().file("d/.wh...", "").file("d/.wh..", "").file("d/.wh.", ""))) {
            assertThat(image.files()).containsExactly("/b", "/d/a");
            assertThat(image.gaps()).extracting(Gap::code).containsExactly(Gap.Code.UNREADABLE);
        }
    }

    @Test
    void whiteoutOfTheUnionFileSystemItselfIsIgnored() throws Exception {
        try (var image =
                merge(layer().file("a", "1"), layer().file(".wh..wh.plnk", "").file(".wh..wh.aufs", ""))) {
            assertThat(image.files()).containsExactly("/a");
        }
    }

    @Test
    void folderReplacedByLinkTakesTheLowerSubtreeAway() throws Exception {
        try (var image =
                merge(layer().file("lib/a.jar", "old").file("other/b.jar", "new"), layer().link("lib", "other"))) {
            assertThat(image.files()).containsExactly("/lib", "/other/b.jar");
            assertThat(image.tree().resolve("/lib/a.jar")).isEmpty();
            assertThat(image.text("/lib/b.jar")).isEqualTo("new");
            assertThat(history(image, "/lib/a.jar")).containsExactly("0 REGULAR", "1 WHITEOUT");
        }
    }

    @Test
    void folderReplacedByLinkAndBackBeginsEmpty() throws Exception {
        try (var image = merge(
                layer().file("lib/a", "1").file("other/b", "2"),
                layer().link("lib", "other"),
                layer().directory("lib").file("lib/c", "3"))) {
            assertThat(image.files()).containsExactly("/lib/c", "/other/b");
            assertThat(history(image, "/lib")).containsExactly("0 DIRECTORY", "1 SYMBOLIC_LINK", "2 DIRECTORY");
        }
    }

    @Test
    void folderReplacedByFileInTheSameLayerTakesItsOwnSubtreeToo() throws Exception {
        try (var image =
                merge(layer().file("d/a", "1"), layer().file("d/b", "2").file("d", "3"))) {
            assertThat(image.files()).containsExactly("/d");
            assertThat(history(image, "/d/b")).isEmpty();
            assertThat(history(image, "/d/a")).containsExactly("0 REGULAR", "1 WHITEOUT");
        }
    }

    @Test
    void fileReplacedByEmptyContentIsTheEmptyOne() throws Exception {
        try (var image =
                merge(layer().file("app/package-lock.json", "{}"), layer().file("app/package-lock.json", ""))) {
            FileVersion winner = image.tree().entry("/app/package-lock.json").orElseThrow();
            assertThat(winner.layer()).isEqualTo(1);
            assertThat(winner.size()).isZero();
            assertThat(image.text(winner)).isEmpty();
            assertThat(image.text(image.tree().history("/app/package-lock.json").getFirst()))
                    .isEqualTo("{}");
        }
    }

    @Test
    void repeatedNameInOneLayerIsItsLastEntry() throws Exception {
        try (var image = merge(layer().file("a", "1").file("a", "2").file("./a", "3"))) {
            assertThat(image.text("/a")).isEqualTo("3");
            assertThat(history(image, "/a")).containsExactly("0 REGULAR");
        }
    }

    @Test
    void folderOverFolderKeepsChildrenAndTakesItsMode() throws Exception {
        try (var image =
                merge(layer().directory("d").file("d/a", "1"), layer().entry("d/", "", '5', 0700, new byte[0]))) {
            assertThat(image.files()).containsExactly("/d/a");
            assertThat(image.tree().entry("/d").orElseThrow().mode()).isEqualTo(0700);
        }
    }

    @ParameterizedTest
    @EnumSource(Folding.class)
    void hardLinkIsSeenAtBothPathsAndKeepsContentWhenTheOriginalGoes(Folding folding) throws Exception {
        ImageBuilder image = image().layer(layer().file("a.jar", "content").hardLink("b.jar", "a.jar"), folding)
                .layer(layer().whiteout("a.jar"), folding);
        try (var opened = Images.read(folder, ArchiveBuilder.dockerArchive(image))) {
            assertThat(opened.files()).containsExactly("/b.jar");
            assertThat(opened.text("/b.jar")).isEqualTo("content");
            assertThat(opened.tree().entry("/b.jar").orElseThrow().size()).isEqualTo(7);
            assertThat(opened.tree().wantedPaths()).containsExactly("/a.jar", "/b.jar");
        }
    }

    @Test
    void hardLinkToALowerLayerSharesItsContent() throws Exception {
        try (var image =
                merge(layer().file("a", "content"), layer().hardLink("b", "/a"), layer().file("a", "changed"))) {
            assertThat(image.text("/b")).isEqualTo("content");
            assertThat(image.tree().entry("/b").orElseThrow().layer()).isEqualTo(1);
            assertThat(image.text("/a")).isEqualTo("changed");
        }
    }

    @Test
    void hardLinkKeepsContentWhenItsOwnLayerHidesTheOriginal() throws Exception {
        try (var image =
                merge(layer().file("a", "content"), layer().whiteout("a").hardLink("b", "a"))) {
            assertThat(image.files()).containsExactly("/b");
            assertThat(image.text("/b")).isEqualTo("content");
        }
    }

    @Test
    void hardLinkOverTheFolderOfItsTargetKeepsTheContent() throws Exception {
        try (var image = merge(layer().file("a/b", "content").hardLink("a", "a/b"))) {
            assertThat(image.files()).containsExactly("/a");
            assertThat(image.text("/a")).isEqualTo("content");
        }
    }

    @Test
    void hardLinkThatComesBeforeItsTargetIsFound() throws Exception {
        try (var image = merge(layer().hardLink("b", "a").file("a", "content"))) {
            assertThat(image.text("/b")).isEqualTo("content");
            assertThat(image.gaps()).isEmpty();
        }
    }

    @Test
    void hardLinkToNothingIsAGap() throws Exception {
        try (var image = merge(layer().hardLink("b", "a").hardLink("c", "c"))) {
            assertThat(image.files()).containsExactly("/b", "/c");
            assertThat(image.gaps()).extracting(Gap::subject).containsExactly("/b", "/c");
        }
    }

    @Test
    void hardLinkOfASymbolicLinkIsASymbolicLink() throws Exception {
        try (var image = merge(layer().file("a", "1").link("l", "a").hardLink("m", "l"))) {
            FileVersion link = image.tree().entry("/m").orElseThrow();
            assertThat(link.type()).isEqualTo(FileType.SYMBOLIC_LINK);
            assertThat(link.linkTarget()).contains("a");
        }
    }

    @Test
    void hardLinkChainSharesOneContent() throws Exception {
        try (var image = merge(layer().file("a", "x").hardLink("b", "a").hardLink("c", "b"))) {
            assertThat(image.text("/c")).isEqualTo("x");
        }
    }

    @Test
    void packageDatabaseBehindALinkedFolderIsOneFile() throws Exception {
        try (var image = merge(layer().directory("usr/lib/sysimage/rpm")
                .file("usr/lib/sysimage/rpm/rpmdb.sqlite", "db")
                .link("var/lib/rpm", "../../usr/lib/sysimage/rpm"))) {
            FileVersion found =
                    image.tree().resolve("/var/lib/rpm/rpmdb.sqlite").orElseThrow();
            assertThat(found.path()).isEqualTo("/usr/lib/sysimage/rpm/rpmdb.sqlite");
            assertThat(image.tree().wantedPaths()).containsExactly("/usr/lib/sysimage/rpm/rpmdb.sqlite");
        }
    }

    @Test
    void entryBelowALinkOfALowerLayerGoesWhereTheLinkLeads() throws Exception {
        try (var image = merge(
                layer().file("usr/lib/apk/db/installed", "old").link("lib", "usr/lib"),
                layer().file("lib/apk/db/installed", "new"))) {
            assertThat(image.files()).containsExactly("/lib", "/usr/lib/apk/db/installed");
            assertThat(image.text("/lib/apk/db/installed")).isEqualTo("new");
        }
    }

    @Test
    void interestIsAskedForThePathAnEntryReallyGets() throws Exception {
        ImageBuilder built = image().layer(layer().directory("usr/lib").link("lib", "usr/lib"))
                .layer(layer().file("lib/os-release", "ID=x"), Folding.GZIP);
        Interest interest = (path, header) -> path.equals("/usr/lib/os-release") ? Want.CONTENT : Want.NOTHING;
        Path file = Images.write(folder, ArchiveBuilder.dockerArchive(built));
        try (var image = Images.read(file, interest, dev.holdfast.core.Limits.DEFAULT)) {
            assertThat(image.tree().wantedPaths()).containsExactly("/usr/lib/os-release");
            assertThat(image.text("/usr/lib/os-release")).isEqualTo("ID=x");
        }
    }

    @Test
    void whiteoutBelowALinkedFolderHidesWhatTheLinkLeadsTo() throws Exception {
        try (var image = merge(
                layer().file("usr/lib/a", "1").file("usr/lib/b", "2").link("lib", "usr/lib"),
                layer().whiteout("lib/a"))) {
            assertThat(image.files()).containsExactly("/lib", "/usr/lib/b");
        }
    }

    @Test
    void entryBelowALinkThatLeadsNowhereMakesTheMissingFolders() throws Exception {
        try (var image = merge(layer().link("data", "/srv/data"), layer().file("data/a", "1"))) {
            assertThat(image.text("/srv/data/a")).isEqualTo("1");
            assertThat(image.tree().entry("/data").orElseThrow().type()).isEqualTo(FileType.SYMBOLIC_LINK);
        }
    }

    @Test
    void entryBelowALinkThatRunsInACircleReplacesIt() throws Exception {
        try (var image = merge(layer().link("a", "b").link("b", "a"), layer().file("a/x", "1"))) {
            assertThat(image.text("/a/x")).isEqualTo("1");
        }
    }

    @Test
    void entryBelowAFileReplacesIt() throws Exception {
        try (var image = merge(layer().file("a", "1"), layer().file("a/x", "2"))) {
            assertThat(image.files()).containsExactly("/a/x");
        }
    }

    @Test
    void writeThroughALinkOfTheSameLayerStaysInsideTheRoot() throws Exception {
        try (var image = merge(layer().link("out", "../../../../etc").file("out/passwd", "x"))) {
            assertThat(image.files()).containsExactly("/etc/passwd", "/out");
        }
    }

    @Test
    void sameLayerTwiceIsDecidedByItsLastPlaceAndKnownByPosition() throws Exception {
        LayerBuilder twice = layer().file("a", "1");
        try (var image = merge(twice, layer().whiteout("a"), twice)) {
            assertThat(image.target().layers()).hasSize(3);
            assertThat(image.tree().entry("/a").orElseThrow().layer()).isEqualTo(2);
            assertThat(history(image, "/a")).containsExactly("0 REGULAR", "1 WHITEOUT", "2 REGULAR");
        }
    }

    @Test
    void devicesPipesAndLinksAreEntriesWithoutContent() throws Exception {
        try (var image =
                merge(layer().characterDevice("dev/null").blockDevice("dev/sda").fifo("run/pipe"))) {
            assertThat(image.tree().entry("/dev/null").orElseThrow().type()).isEqualTo(FileType.CHARACTER_DEVICE);
            assertThat(image.tree().entry("/dev/sda").orElseThrow().type()).isEqualTo(FileType.BLOCK_DEVICE);
            assertThat(image.tree().entry("/run/pipe").orElseThrow().type()).isEqualTo(FileType.FIFO);
            assertThat(image.tree().wantedPaths()).isEmpty();
        }
    }

    @Test
    void deviceOverAFileHidesIt() throws Exception {
        try (var image = merge(layer().file("a", "1"), layer().characterDevice("a"))) {
            assertThat(image.tree().entry("/a").orElseThrow().type()).isEqualTo(FileType.CHARACTER_DEVICE);
        }
    }
}
