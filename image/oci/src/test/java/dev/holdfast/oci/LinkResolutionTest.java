package dev.holdfast.oci;

import static dev.holdfast.oci.testing.ImageBuilder.image;
import static dev.holdfast.oci.testing.LayerBuilder.layer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.oci.testing.ArchiveBuilder;
import dev.holdfast.oci.testing.Images;
import dev.holdfast.oci.testing.LayerBuilder;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Symbolic links in the merged tree. */
class LinkResolutionTest {
    @TempDir
    Path folder;

    private Images.Opened merge(LayerBuilder layer) throws Exception {
        return Images.read(folder, ArchiveBuilder.dockerArchive(image().layer(layer)));
    }

    @Test
    void absoluteTargetBeginsAtTheRootOfTheImage() throws Exception {
        try (var image = merge(layer().file("etc/passwd", "inside").link("a/b/link", "/etc/passwd"))) {
            assertThat(image.text("/a/b/link")).isEqualTo("inside");
        }
    }

    @Test
    void parentOfTheRootIsTheRoot() throws Exception {
        try (var image = merge(layer().file("etc/passwd", "inside").link("link", "../../../../../etc/passwd"))) {
            assertThat(image.text("/link")).isEqualTo("inside");
            assertThat(image.text("/../../link")).isEqualTo("inside");
        }
    }

    @Test
    void parentOfALinkedFolderIsTheParentOfWhereItLeads() throws Exception {
        try (var image = merge(layer().file("x/real/f", "1")
                .file("x/g", "right")
                .file("g", "wrong")
                .link("l", "x/real"))) {
            assertThat(image.text("/l/../g")).isEqualTo("right");
        }
    }

    @Test
    void linkToItselfLeadsNowhere() throws Exception {
        try (var image =
                merge(layer().link("a", "a").link("b", "c").link("c", "./b").link("d", "d/e"))) {
            assertThat(image.tree().resolve("/a")).isEmpty();
            assertThat(image.tree().resolve("/b/x")).isEmpty();
            assertThat(image.tree().resolve("/d")).isEmpty();
        }
    }

    @Test
    void fortyLinksAreFollowedAndNoMore() throws Exception {
        LayerBuilder chain = layer().file("l0", "end");
        for (int i = 1; i <= 41; i++) {
            chain.link("l" + i, "l" + (i - 1));
        }
        try (var image = merge(chain)) {
            assertThat(image.text("/l40")).isEqualTo("end");
            assertThat(image.tree().resolve("/l41")).isEmpty();
        }
    }

    @Test
    void linkThatExpandsWithoutEndIsGivenUp() throws Exception {
        try (var image = merge(layer().link("a", "a/a/a/a/a/a/a/a").link("b", "./././b/../b"))) {
            assertThat(image.tree().resolve("/a")).isEmpty();
            assertThat(image.tree().resolve("/b")).isEmpty();
        }
    }

    @Test
    void danglingAndEmptyTargetsLeadNowhere() throws Exception {
        try (var image =
                merge(layer().link("a", "missing").link("b", "").file("f", "1").link("c", "f/x"))) {
            assertThat(image.tree().resolve("/a")).isEmpty();
            assertThat(image.tree().resolve("/b")).isEmpty();
            assertThat(image.tree().resolve("/c")).isEmpty();
            assertThat(image.tree().entry("/a").orElseThrow().linkTarget()).contains("missing");
        }
    }

    @Test
    void entryDoesNotFollowTheLastLink() throws Exception {
        try (var image = merge(layer().file("a", "1").link("b", "a"))) {
            assertThat(image.tree().entry("/b").orElseThrow().type()).isEqualTo(FileType.SYMBOLIC_LINK);
            assertThat(image.tree().resolve("/b").orElseThrow().path()).isEqualTo("/a");
            assertThat(image.tree().resolve("/").orElseThrow().type()).isEqualTo(FileType.DIRECTORY);
        }
    }

    @Test
    void childrenAreSortedAndOfTheExactFolder() throws Exception {
        try (var image =
                merge(layer().file("d/b", "1").file("d/a", "2").directory("d/c").link("e", "d"))) {
            assertThat(image.tree().children("/d"))
                    .extracting(FileVersion::path)
                    .containsExactly("/d/a", "/d/b", "/d/c");
            assertThat(image.tree().children("/e")).isEmpty();
            assertThat(image.tree().children("/d/a")).isEmpty();
            assertThat(image.tree().size()).isEqualTo(5);
        }
    }
}
