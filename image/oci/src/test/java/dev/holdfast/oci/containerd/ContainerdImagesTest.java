package dev.holdfast.oci.containerd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.core.InputException;
import dev.holdfast.database.bolt.BoltWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContainerdImagesTest {
    private static final String DATABASE = "io.containerd.metadata.v1.bolt/meta.db";
    private static final long SEED = Long.getLong("holdfast.seed", 1);

    @TempDir
    Path root;

    private Path database = Path.of("");

    @BeforeEach
    void names() {
        database = root.resolve(DATABASE);
    }

    private static String digest(int number) {
        return "sha256:" + String.format(java.util.Locale.ROOT, "%064x", number);
    }

    private static SortedMap<String, ?> image(int number) {
        return new TreeMap<>(Map.of(
                "createdat",
                "now",
                "target",
                new TreeMap<>(Map.of("digest", digest(number), "mediatype", "x", "size", "1"))));
    }

    private void write(SortedMap<String, ?> namespaces) throws IOException {
        BoltWriter.write(database, new TreeMap<>(Map.of("v1", namespaces)));
    }

    private static SortedMap<String, ?> images(SortedMap<String, ?> images) {
        return new TreeMap<>(Map.of("images", images, "leases", new TreeMap<>()));
    }

    private String found(String namespace, String name) throws InputException, IOException {
        return new ContainerdImages(root, namespace).digestOf(name).toString();
    }

    @Test
    void imageIsFoundByWholeNameShortNameAndDigest() throws Exception {
        write(new TreeMap<>(
                Map.of("default", images(new TreeMap<>(Map.of("docker.io/library/nginx:latest", image(7)))))));
        assertThat(found("", "docker.io/library/nginx:latest")).isEqualTo(digest(7));
        assertThat(found("", "nginx")).isEqualTo(digest(7));
        assertThat(found("default", digest(7))).isEqualTo(digest(7));
        assertThatThrownBy(() -> found("", "redis"))
                .hasMessageContaining("containerd has no image redis; it has docker.io/library/nginx:latest");
        assertThatThrownBy(() -> found("other", "nginx")).hasMessageContaining("in namespace other");
    }

    @Test
    void everyImageOfManyPagesIsFound() throws Exception {
        SortedMap<String, Object> many = new TreeMap<>();
        for (int i = 0; i < 300; i++) {
            many.put("registry.example/team/app-" + i + ":1", image(i));
        }
        write(new TreeMap<>(Map.of("k8s.io", images(many))));
        for (int i = 0; i < 300; i++) {
            assertThat(found("", "registry.example/team/app-" + i + ":1")).isEqualTo(digest(i));
        }
    }

    @Test
    void nameThatTwoNamespacesUseDifferentlyIsAskedFor() throws Exception {
        write(new TreeMap<>(Map.of(
                "default", images(new TreeMap<>(Map.of("a.example/x:1", image(1)))),
                "k8s.io", images(new TreeMap<>(Map.of("a.example/x:1", image(2)))))));
        assertThatThrownBy(() -> found("", "a.example/x:1")).hasMessageContaining("CONTAINERD_NAMESPACE");
        assertThat(found("k8s.io", "a.example/x:1")).isEqualTo(digest(2));
    }

    @Test
    void absentStoreSaysWhereItIsSought() {
        assertThatThrownBy(() -> found("", "nginx"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(root.toString());
    }

    @Test
    void tornMetaPageLeavesTheOtherOne() throws Exception {
        write(new TreeMap<>(Map.of("default", images(new TreeMap<>(Map.of("a.example/x:1", image(1)))))));
        byte[] whole = Files.readAllBytes(database);
        for (int meta : new int[] {0, BoltWriter.PAGE}) {
            byte[] torn = whole.clone();
            Arrays.fill(torn, meta, meta + 100, (byte) 0x55);
            Files.write(database, torn);
            assertThat(found("", "a.example/x:1")).isEqualTo(digest(1));
        }
    }

    @Test
    void pageThatPointsToItselfEnds() throws Exception {
        SortedMap<String, Object> many = new TreeMap<>();
        for (int i = 0; i < 20; i++) {
            many.put("a.example/x:" + i, image(i));
        }
        write(new TreeMap<>(Map.of("default", images(many))));
        byte[] bytes = Files.readAllBytes(database);
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        for (int page = 3 * BoltWriter.PAGE; page < bytes.length; page += BoltWriter.PAGE) {
            if (buffer.getShort(page + 8) == 1) {
                buffer.putLong(page + 16 + 8, buffer.getLong(page));
            }
        }
        Files.write(database, bytes);
        assertThatThrownBy(() -> found("", "a.example/x:1"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("meta.db");
    }

    /** Whatever is damaged: an answer, or one line; nothing else. */
    @Test
    void damagedDatabaseIsRefusedOrAnswers() throws Exception {
        SortedMap<String, Object> many = new TreeMap<>();
        for (int i = 0; i < 20; i++) {
            many.put("a.example/x:" + i, image(i));
        }
        write(new TreeMap<>(Map.of("default", images(many))));
        byte[] whole = Files.readAllBytes(database);
        Random random = new Random(SEED);
        for (int run = 0; run < 500; run++) {
            byte[] damaged = Arrays.copyOf(whole, run % 3 == 0 ? random.nextInt(whole.length) : whole.length);
            for (int i = 0; i < 4 && damaged.length > 0; i++) {
                int page = random.nextInt(whole.length / BoltWriter.PAGE) * BoltWriter.PAGE;
                damaged[Math.min(damaged.length - 1, page + random.nextInt(200))] = (byte) random.nextInt();
            }
            Files.write(database, damaged);
            try {
                assertThat(found("", "a.example/x:3")).startsWith("sha256:");
            } catch (InputException told) {
                assertThat(told.getMessage()).isNotEmpty();
            }
        }
    }
}
