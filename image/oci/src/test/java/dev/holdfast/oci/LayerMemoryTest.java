package dev.holdfast.oci;

import static dev.holdfast.oci.testing.ImageBuilder.image;
import static dev.holdfast.oci.testing.LayerBuilder.layer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.core.Digest;
import dev.holdfast.core.Gaps;
import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.memory.FactReader;
import dev.holdfast.memory.FactWriter;
import dev.holdfast.memory.Memory;
import dev.holdfast.oci.testing.ArchiveBuilder;
import dev.holdfast.oci.testing.Folding;
import dev.holdfast.oci.testing.ImageBuilder;
import dev.holdfast.oci.testing.Images;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was read of a layer once need not be read again, and is believed only where the bytes are proven to be the same. */
class LayerMemoryTest {
    private static final Instant LATER = Instant.parse("2100-01-01T00:00:00Z");

    /** Wants what its name says. */
    private static final Interest INTEREST = new Interest() {
        @Override
        public Want in(String path, FileHeader header) {
            return path.endsWith(".txt") ? Want.CONTENT : Want.NOTHING;
        }

        @Override
        public Optional<String> edition() {
            return Optional.of("texts");
        }
    };

    @TempDir
    Path folder;

    private final ImageBuilder base = image().layer(
                    layer().file("etc/a.txt", "a").file("etc/b", "b"), Folding.GZIP)
            .layer(layer().file("etc/c.txt", "c").whiteout("etc/b"), Folding.GZIP);

    private ImageBuilder onTop() {
        return image().layer(layer().file("etc/a.txt", "a").file("etc/b", "b"), Folding.GZIP)
                .layer(layer().file("etc/c.txt", "c").whiteout("etc/b"), Folding.GZIP)
                .layer(layer().file("etc/d.txt", "d"), Folding.GZIP);
    }

    private Memory memory() {
        return new Memory(folder.resolve("facts"), "v1", () -> LATER);
    }

    /** Notes the layers that were really read, and the names of all files. */
    private static final class Counting implements Watch {
        final Set<Integer> read = Collections.synchronizedSet(new TreeSet<>());
        final List<String> files = Collections.synchronizedList(new ArrayList<>());

        @Override
        public LayerWatch over(int layer) {
            read.add(layer);
            List<String> own = new ArrayList<>();
            return new LayerWatch() {
                @Override
                public void begin(String path, FileHeader header) {
                    own.add(path);
                    files.add(path);
                }

                @Override
                public void content(byte[] bytes, int offset, int length) {}

                @Override
                public void end() {}

                @Override
                public void write(FactWriter notes) {
                    notes.texts(own);
                }
            };
        }

        @Override
        public Optional<String> edition() {
            return Optional.of("names");
        }

        @Override
        public void recall(int layer, FactReader notes) throws dev.holdfast.memory.DamagedFactsException {
            files.addAll(notes.texts());
        }
    }

    /** What a read of the only image tells, in words, and which layers it took. */
    private record Told(List<Integer> layersRead, String all) {}

    private Told tell(Path path, Memory memory) throws InputException, IOException {
        TargetRequest request = new TargetRequest("image", path, Optional.empty(), Optional.empty());
        List<Target> targets = Targets.open(request, Limits.DEFAULT, memory);
        Counting counting = new Counting();
        try {
            Target target = targets.getFirst();
            Gaps gaps = new Gaps();
            FileTree tree = target.read(INTEREST, counting, gaps);
            StringBuilder all = new StringBuilder();
            tree.forEach(file -> all.append(file).append(file.size()).append('\n'));
            for (String wanted : tree.wantedPaths()) {
                for (FileVersion version : tree.history(wanted)) {
                    if (version.type() == FileType.REGULAR) {
                        byte[] bytes = tree.content(version).readAll(1 << 20);
                        all.append(version)
                                .append(new String(bytes, StandardCharsets.UTF_8))
                                .append('\n');
                    }
                }
            }
            target.remember();
            Collections.sort(counting.files);
            all.append(counting.files).append(gaps.list()).append(target.description());
            return new Told(List.copyOf(counting.read), all.toString());
        } finally {
            Images.closeAll(targets);
        }
    }

    private Path layout(String name, ImageBuilder image) throws IOException {
        Path layout = folder.resolve(name);
        ArchiveBuilder.ociFolder(layout, image);
        return layout;
    }

    @Test
    void readsOnlyTheNewLayerOfAnImage() throws Exception {
        Told first = tell(layout("one", base), memory());
        Told fresh = tell(layout("two", onTop()), Memory.NONE);

        Told second = tell(layout("two", onTop()), memory());

        assertThat(first.layersRead()).containsExactly(0, 1);
        assertThat(second.layersRead()).containsExactly(2);
        assertThat(second.all()).isEqualTo(fresh.all());
    }

    @Test
    void readsNoLayerOfAKnownImageWhateverFormItIsIn() throws Exception {
        Told fresh = tell(layout("one", base), memory());
        Path archive = Files.write(folder.resolve("image.tar"), ArchiveBuilder.ociArchive(base));

        assertThat(tell(layout("one", base), memory())).isEqualTo(new Told(List.of(), fresh.all()));
        assertThat(tell(archive, memory())).isEqualTo(new Told(List.of(), fresh.all()));
    }

    @Test
    void readsNothingOfAFileThatIsStillTheSame() throws Exception {
        Path archive = Files.write(folder.resolve("image.tar"), ArchiveBuilder.dockerArchive(base));
        tell(archive, memory());

        List<Target> targets = Targets.open(
                new TargetRequest("again", archive, Optional.empty(), Optional.empty()), Limits.DEFAULT, memory());

        assertThat(targets.getFirst().isProven()).isTrue();
        assertThat(targets.getFirst().description().given()).isEqualTo("again");
        Images.closeAll(targets);
    }

    @Test
    void findsADamagedLayerThatItKnows() throws Exception {
        Path archive = Files.write(folder.resolve("image.tar"), ArchiveBuilder.dockerArchive(base));
        tell(archive, memory());
        byte[] bytes = Files.readAllBytes(archive);
        bytes[lastGzip(bytes) + 20] ^= 1;
        Path damaged = Files.write(folder.resolve("damaged.tar"), bytes);
        Files.write(archive, bytes);

        for (Path each : List.of(damaged, archive)) {
            assertThatThrownBy(() -> tell(each, memory())).isInstanceOf(InputException.class);
        }
    }

    private static int lastGzip(byte[] bytes) {
        int at = bytes.length - 4;
        while (!(bytes[at] == 0x1f && bytes[at + 1] == (byte) 0x8b && bytes[at + 2] == 8)) {
            at--;
        }
        return at;
    }

    @Test
    void doesNotTrustAFileThatWasWrittenJustBeforeItWasRead() throws Exception {
        Path archive = Files.write(folder.resolve("image.tar"), ArchiveBuilder.dockerArchive(base));
        Instant atOnce = Files.getLastModifiedTime(archive).toInstant().plusMillis(100);
        Memory hasty = new Memory(folder.resolve("facts"), "v1", () -> atOnce);
        tell(archive, hasty);

        try (var shelf = Files.list(folder.resolve("facts/v1"))) {
            List<String> shelves =
                    shelf.map(each -> each.getFileName().toString()).toList();
            assertThat(shelves).contains("layers").doesNotContain("files");
        }
    }

    @Test
    void readsALayerAgainWhoseFactsAreDamaged() throws Exception {
        Path layout = layout("one", base);
        Told fresh = tell(layout, memory());
        for (Path fact : facts()) {
            byte[] bytes = Files.readAllBytes(fact);
            bytes[bytes.length / 2] ^= 1;
            Files.write(fact, bytes);
        }

        assertThat(tell(layout, memory())).isEqualTo(fresh);
        assertThat(tell(layout, memory())).isEqualTo(new Told(List.of(), fresh.all()));
    }

    private List<Path> facts() throws IOException {
        try (var all = Files.walk(folder.resolve("facts"))) {
            return all.filter(Files::isRegularFile).toList();
        }
    }

    @Test
    void fetchesAContentThatNobodyAskedForTheLastTime() throws Exception {
        tell(layout("one", base), memory());
        ImageBuilder linking = image().layer(layer().file("etc/a.txt", "a").file("etc/b", "b"), Folding.GZIP)
                .layer(layer().file("etc/c.txt", "c").whiteout("etc/b"), Folding.GZIP)
                .layer(layer().hardLink("etc/b2.txt", "etc/c.txt").link("etc/e.txt", "a.txt"), Folding.GZIP);
        Path layout = layout("two", linking);

        Told told = tell(layout, memory());

        assertThat(told.layersRead()).containsExactly(2);
        assertThat(told.all()).isEqualTo(tell(layout, Memory.NONE).all());
    }

    @Test
    void opensARememberedImageByItsDigestAlone() throws Exception {
        Path layout = layout("one", base);
        tell(layout, memory());
        Digest digest = Digest.parse(ImageBuilder.digestOf(base.manifest())).orElseThrow();
        Place place = new Place.Remembered(digest);
        TargetRequest request = new TargetRequest(digest.toString(), place, Optional.empty(), Optional.empty());

        List<Target> targets = Targets.open(request, Limits.DEFAULT, memory());

        assertThat(targets.getFirst().description().kind()).isEqualTo(TargetKind.REMEMBERED);
        assertThat(targets.getFirst().isProven()).isTrue();
        assertThatThrownBy(() -> targets.getFirst().layers())
                .isInstanceOf(InputException.class)
                .hasMessageContaining("scan it once");
        assertThatThrownBy(() -> Targets.open(request, Limits.DEFAULT, Memory.NONE))
                .isInstanceOf(InputException.class);
    }
}
