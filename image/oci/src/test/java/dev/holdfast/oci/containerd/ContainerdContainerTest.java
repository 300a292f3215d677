package dev.holdfast.oci.containerd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.core.Digest;
import dev.holdfast.core.InputException;
import dev.holdfast.database.bolt.BoltWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContainerdContainerTest {
    private static final String NAME = "docker.io/library/nginx:1";
    private static final String DIGEST = "sha256:" + "ab".repeat(32);
    private static final String OTHER = "sha256:" + "cd".repeat(32);
    private static final String IMAGE_ID = "sha256:" + "1d".repeat(32);

    /** Seconds since the year 1; the container is of then. */
    private static final long MADE = 63_931_334_375L;

    @TempDir
    Path root;

    private Path database() {
        return root.resolve("io.containerd.metadata.v1.bolt/meta.db");
    }

    private static SortedMap<String, Object> bucket(Map<String, ?> content) {
        return new TreeMap<>(content);
    }

    private static byte[] time(long seconds, int nanos) {
        return ByteBuffer.allocate(15)
                .put((byte) 1)
                .putLong(seconds)
                .putInt(nanos)
                .putShort((short) -1)
                .array();
    }

    private static Map<String, ?> image(String digest, byte[] updated) {
        return bucket(Map.of("target", bucket(Map.of("digest", digest)), "updatedat", updated));
    }

    /** What the plugin for Kubernetes notes, as protobuf has it. */
    private static byte[] note(String document) {
        ByteArrayOutputStream note = new ByteArrayOutputStream();
        byte[] type = "github.com/containerd/cri/pkg/store/container/Metadata".getBytes(StandardCharsets.US_ASCII);
        byte[] json = document.getBytes(StandardCharsets.UTF_8);
        note.write(0x0a);
        note.write(type.length);
        note.writeBytes(type);
        note.write(0x12);
        note.write(json.length & 0x7f | 0x80);
        note.write(json.length >> 7);
        note.writeBytes(json);
        return note.toByteArray();
    }

    private static byte[] note() {
        String filler = "\"Name\":\"" + "n".repeat(200) + "\"";
        return note("{\"Version\":\"v1\",\"Metadata\":{" + filler + ",\"ImageRef\":\"" + IMAGE_ID + "\"}}");
    }

    private void write(Map<String, ?> images, Map<String, ?> more) throws IOException {
        Map<String, Object> web = new HashMap<>(
                Map.of("image", NAME, "createdat", time(MADE, 500), "labels", bucket(Map.of("team", "shop"))));
        web.putAll(more);
        Map<String, ?> space =
                bucket(Map.of("containers", bucket(Map.of("web-1", bucket(web))), "images", bucket(images)));
        BoltWriter.write(database(), bucket(Map.of("v1", bucket(Map.of("k8s.io", space)))));
    }

    private Optional<ContainerdContainer> find() throws InputException, IOException {
        return ContainerdContainer.find(root, "k8s.io", "web-1");
    }

    private Optional<String> digest() throws InputException, IOException {
        return find().orElseThrow().digest().map(Digest::toString);
    }

    @Test
    void imageDigestAndLabelsAreThoseOfTheContainer() throws Exception {
        write(Map.of(NAME, image(DIGEST, time(MADE, 400))), Map.of());
        assertThat(find())
                .hasValue(
                        new ContainerdContainer(NAME, Optional.empty(), Digest.parse(DIGEST), Map.of("team", "shop")));
        assertThat(ContainerdContainer.find(root, "k8s.io", "web-2")).isEmpty();
        assertThat(ContainerdContainer.find(root, "default", "web-1")).isEmpty();
    }

    @Test
    void imageWhoseNameWasRemovedHasNoDigest() throws Exception {
        write(Map.of(), Map.of());
        assertThat(digest()).isEmpty();
    }

    @Test
    void imageWhoseNameWasGivenAnewSinceHasNoDigest() throws Exception {
        write(Map.of(NAME, image(DIGEST, time(MADE, 500))), Map.of());
        assertThat(digest()).as("in the same moment").hasValue(DIGEST);
        for (byte[] later : new byte[][] {time(MADE, 501), time(MADE + 1, 0), new byte[0], new byte[15]}) {
            write(Map.of(NAME, image(OTHER, later)), Map.of());
            assertThat(digest()).as(Arrays.toString(later)).isEmpty();
        }
        write(Map.of(NAME, image(OTHER, time(MADE, 1))), Map.of("createdat", "?"));
        assertThat(digest()).isEmpty();
    }

    @Test
    void imageThatKubernetesNotedIsFoundUnderItsIdWhateverItsNameMeans() throws Exception {
        Map<String, ?> images = Map.of(
                NAME, image(OTHER, time(MADE + 9, 0)),
                IMAGE_ID, image(DIGEST, time(MADE - 9, 0)));
        for (String key : CriNote.NAMES) {
            write(images, Map.of("extensions", bucket(Map.of(key, note()))));
            assertThat(find().orElseThrow().imageId()).isEqualTo(Digest.parse(IMAGE_ID));
            assertThat(digest()).hasValue(DIGEST);
        }
        write(
                Map.of(NAME, image(OTHER, time(MADE + 9, 0))),
                Map.of("extensions", bucket(Map.of(CriNote.NAMES.getFirst(), note()))));
        assertThat(digest()).as("its image has been removed").isEmpty();
    }

    @Test
    void brokenNoteTellsNothing() throws Exception {
        byte[] whole = note();
        assertThat(CriNote.imageId(ByteBuffer.wrap(whole))).isPresent();
        for (int length = 0; length < whole.length; length++) {
            assertThat(CriNote.imageId(ByteBuffer.wrap(Arrays.copyOf(whole, length))))
                    .isEmpty();
        }
        byte[] endless = new byte[64];
        Arrays.fill(endless, (byte) -1);
        endless[0] = 0x12;
        assertThat(CriNote.imageId(ByteBuffer.wrap(endless))).isEmpty();
        assertThat(CriNote.imageId(ByteBuffer.wrap(note("{\"Metadata\":{\"ImageRef\":\"../x\"}}"))))
                .isEmpty();
        assertThat(CriNote.imageId(ByteBuffer.wrap(note("{\"Metadata\":")))).isEmpty();
    }

    @Test
    void moreLabelsThanEnginesGiveAreNone() throws Exception {
        write(Map.of(), Map.of("labels", bucket(Map.of("team", "shop", "x", "y".repeat(1 << 20)))));
        assertThat(find().orElseThrow().labels()).isEmpty();
    }

    @Test
    void noContainerdIsNoContainer() throws Exception {
        assertThat(find()).isEmpty();
    }

    @Test
    void cutDatabaseIsRefused() throws Exception {
        write(Map.of(), Map.of());
        Files.write(database(), new byte[100]);
        assertThatThrownBy(this::find).isInstanceOf(InputException.class).hasMessageContaining("meta.db");
    }
}
