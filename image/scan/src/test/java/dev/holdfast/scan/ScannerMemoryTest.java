package dev.holdfast.scan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.Digest;
import dev.holdfast.core.Finding;
import dev.holdfast.core.Limits;
import dev.holdfast.core.Severity;
import dev.holdfast.memory.Memory;
import dev.holdfast.memory.Shelf;
import dev.holdfast.oci.Target;
import dev.holdfast.oci.TargetRequest;
import dev.holdfast.oci.Targets;
import dev.holdfast.oci.testing.ArchiveBuilder;
import dev.holdfast.oci.testing.Folding;
import dev.holdfast.oci.testing.ImageBuilder;
import dev.holdfast.oci.testing.Images;
import dev.holdfast.oci.testing.LayerBuilder;
import dev.holdfast.scan.judge.Trial;
import dev.holdfast.scan.secret.SecretsRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is remembered changes how long a scan takes, and nothing that it says. */
final class ScannerMemoryTest {
    private static final int ROUNDS = 60;
    private static final String PASSWORD = "k" + new Random(7).nextLong(100_000_000_000L, 999_999_999_999L) + "Qz";

    @TempDir
    Path folder;

    private Trial trial;
    private Scanner plain;

    @BeforeEach
    void open() throws Exception {
        trial = Trial.in(folder);
        plain = new Scanner(trial.base(), Limits.DEFAULT);
    }

    @AfterEach
    void close() throws Exception {
        trial.close();
    }

    private Memory memory() {
        return new Memory(folder.resolve("facts"), "v1", () -> Instant.parse("2100-01-01T00:00:00Z"));
    }

    private ScanReport scan(Path path, Memory memory, SecretsRequest secrets) throws Exception {
        TargetRequest request = new TargetRequest("image", path, Optional.empty(), Optional.empty());
        return scan(request, memory, secrets);
    }

    private ScanReport scan(TargetRequest request, Memory memory, SecretsRequest secrets) throws Exception {
        List<Target> targets = Targets.open(request, Limits.DEFAULT, memory);
        try {
            ScanRequest how = ScanRequest.on(Trial.DAY)
                    .failOn(Severity.HIGH)
                    .secrets(secrets)
                    .build();
            Scanner scanner = memory.isOn() ? new Scanner(trial.base(), Limits.DEFAULT, memory) : plain;
            return scanner.scan(targets.getFirst(), how);
        } finally {
            Images.closeAll(targets);
        }
    }

    /** Layers that many random images are stacked from, so that most of them were met before. */
    private static List<LayerBuilder> pool(Random random) {
        List<LayerBuilder> pool = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            LayerBuilder layer = LayerBuilder.layer();
            for (int file = random.nextInt(6); file >= 0; file--) {
                add(layer, random);
            }
            pool.add(layer);
        }
        return pool;
    }

    private static void add(LayerBuilder layer, Random random) {
        String number = String.valueOf(random.nextInt(4));
        switch (random.nextInt(10)) {
            case 0 -> layer.file("etc/os-release", "ID=debian\nVERSION_ID=" + number + "\n");
            case 1 -> layer.file("var/lib/dpkg/status", status("one", number) + status("two", number));
            case 2 -> layer.file("var/lib/dpkg/status", status("one", number));
            case 3 -> layer.file("app" + number + "/node_modules/x/package.json", npm("x", number));
            case 4 -> layer.file("app" + number + "/.env", "DB_PASSWORD=" + PASSWORD + "\n");
            case 5 -> layer.whiteout("app" + number + "/.env");
            case 6 -> layer.opaque("app" + number);
            case 7 -> layer.link("linked" + number, "app" + random.nextInt(4));
            case 8 -> layer.file("linked" + number + "/node_modules/y/package.json", npm("y", number));
            default ->
                layer.hardLink("app" + number + "/node_modules/z/package.json", "app1/node_modules/x/package.json");
        }
    }

    private static String status(String name, String version) {
        return "Package: " + name + "\nStatus: install ok installed\nVersion: 1." + version
                + "\nArchitecture: amd64\n\n";
    }

    private static String npm(String name, String version) {
        return "{\"name\":\"" + name + "\",\"version\":\"1.0." + version + "\"}";
    }

    @Test
    void saysTheSameOfRandomImagesColdWarmAndWithoutMemory() throws Exception {
        long seed = Long.getLong("holdfast.seed", 1);
        Random random = new Random(seed);
        List<LayerBuilder> pool = pool(random);
        for (int round = 0; round < ROUNDS; round++) {
            ImageBuilder image = ImageBuilder.image();
            for (int layer = random.nextInt(5); layer >= 0; layer--) {
                image.layer(pool.get(random.nextInt(pool.size())), random.nextBoolean() ? Folding.GZIP : Folding.NONE);
            }
            boolean isDocker = random.nextBoolean();
            byte[] archive = isDocker ? ArchiveBuilder.dockerArchive(image) : ArchiveBuilder.ociArchive(image);
            Path path = Files.write(folder.resolve("image" + round + ".tar"), archive);
            SecretsRequest secrets = random.nextInt(4) == 0 ? SecretsRequest.NOT_WANTED : SecretsRequest.WANTED;

            ScanReport without = scan(path, Memory.NONE, secrets);

            String told = "seed " + seed + ", round " + round;
            assertThat(scan(path, memory(), secrets)).as(told).isEqualTo(without);
            assertThat(scan(path, memory(), secrets)).as(told + ", known").isEqualTo(without);
            forget(Shelf.IMAGES);
            assertThat(scan(path, memory(), secrets))
                    .as(told + ", layers known")
                    .isEqualTo(without);
            forget(random.nextBoolean() ? Shelf.CONTENTS : Shelf.NOTES);
        }
    }

    private void forget(Shelf shelf) throws Exception {
        for (Path fact : facts()) {
            if (fact.toString().contains("/" + shelf.word() + "/")) {
                Files.delete(fact);
            }
        }
    }

    private List<Path> facts() throws Exception {
        try (Stream<Path> all = Files.walk(folder.resolve("facts"))) {
            return all.filter(Files::isRegularFile).toList();
        }
    }

    @Test
    void needsNoImageToJudgeItAgain() throws Exception {
        ImageBuilder image = secretive("v1");
        Path path = Files.write(folder.resolve("image.tar"), ArchiveBuilder.dockerArchive(image));
        ScanReport first = scan(path, memory(), SecretsRequest.WANTED);
        Files.delete(path);
        Digest digest = first.target().digest().orElseThrow();

        ScanReport again = scan(
                new TargetRequest(
                        digest.toString(),
                        new dev.holdfast.oci.Place.Remembered(digest),
                        Optional.empty(),
                        Optional.empty()),
                memory(),
                SecretsRequest.WANTED);

        assertThat(again.findings()).isEqualTo(first.findings()).isNotEmpty();
        assertThat(again.contents().components()).isEqualTo(first.contents().components());
        assertThat(again.contents().layers()).isEqualTo(first.contents().layers());
        assertThat(again.target().kind().word()).isEqualTo("remembered");
    }

    private static ImageBuilder secretive(String label) {
        return ImageBuilder.image()
                .layer(LayerBuilder.layer().file("app/.env", "DB_PASSWORD=" + PASSWORD + "\n"), Folding.GZIP)
                .config("{\"Labels\":{\"version\":\"" + label + "\"}}");
    }

    @Test
    void namesASecretOfASharedLayerUnderEachImagesOwnKeyAndWritesItNowhere() throws Exception {
        Path one = Files.write(folder.resolve("one.tar"), ArchiveBuilder.dockerArchive(secretive("1")));
        Path two = Files.write(folder.resolve("two.tar"), ArchiveBuilder.dockerArchive(secretive("2")));

        Finding first = scan(one, memory(), SecretsRequest.WANTED).findings().getFirst();
        ScanReport second = scan(two, memory(), SecretsRequest.WANTED);

        assertThat(second.findings().getFirst().title()).isNotEqualTo(first.title());
        assertThat(second).isEqualTo(scan(two, Memory.NONE, SecretsRequest.WANTED));
        assertThat(facts()).isNotEmpty();
        for (Path fact : facts()) {
            String text = new String(Files.readAllBytes(fact), StandardCharsets.ISO_8859_1);
            assertThat(text).as(fact.toString()).doesNotContain(PASSWORD).doesNotContain(PASSWORD.substring(0, 8));
        }
    }

    @Test
    void recallsNothingForAnotherKeyOfFingerprints() throws Exception {
        Path one = Files.write(folder.resolve("one.tar"), ArchiveBuilder.dockerArchive(secretive("1")));
        SecretsRequest keyed = new SecretsRequest(true, "a key of somebody's own");
        scan(one, memory(), SecretsRequest.WANTED);

        assertThat(scan(one, memory(), keyed)).isEqualTo(scan(one, Memory.NONE, keyed));
        assertThat(scan(one, memory(), keyed)).isEqualTo(scan(one, Memory.NONE, keyed));
    }

    @Test
    void looksAgainWhenEveryFactIsDamaged() throws Exception {
        Path one = Files.write(folder.resolve("one.tar"), ArchiveBuilder.ociArchive(secretive("1")));
        ScanReport first = scan(one, memory(), SecretsRequest.WANTED);
        for (Path fact : facts()) {
            Files.write(fact, new byte[] {1, 2, 3});
        }

        assertThat(scan(one, memory(), SecretsRequest.WANTED)).isEqualTo(first);
        assertThat(scan(one, memory(), SecretsRequest.WANTED)).isEqualTo(first);
    }
}
