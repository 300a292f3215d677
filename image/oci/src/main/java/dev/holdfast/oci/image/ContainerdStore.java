package dev.holdfast.oci.image;

import dev.holdfast.core.Digest;
import dev.holdfast.core.InputException;
import dev.holdfast.core.json.JsonWriter;
import dev.holdfast.memory.Memory;
import dev.holdfast.oci.Place;
import dev.holdfast.oci.containerd.ContainerdImages;
import dev.holdfast.oci.store.Blob;
import dev.holdfast.oci.store.BlobStore;
import dev.holdfast.oci.store.FolderStore;
import dev.holdfast.oci.store.KeptFiles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** An image in containerd's store, as an OCI layout: an index of ours with that one image, and the blobs where they lie. */
public final class ContainerdStore implements BlobStore {
    private static final String INDEX = "index.json";

    private final KeptFiles files = new KeptFiles();
    private final FolderStore content;
    private final AtomicInteger users = new AtomicInteger(1);

    private ContainerdStore(FolderStore content) {
        this.content = content;
    }

    public static ContainerdStore open(Place.InContainerd place, Memory memory) throws InputException, IOException {
        ContainerdImages images = new ContainerdImages(place.root(), place.namespace());
        Digest digest = images.digestOf(place.image());
        ContainerdStore store = new ContainerdStore(new FolderStore(images.content(), memory));
        try {
            store.files.keep(INDEX, index(digest, place.image()));
            return store;
        } catch (IOException | RuntimeException failed) {
            store.close();
            throw failed;
        }
    }

    private static byte[] index(Digest digest, String name) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonWriter out = new JsonWriter(bytes)) {
            out.object(() -> out.number("schemaVersion", 2)
                    .array(
                            "manifests",
                            () -> out.object(() -> out.text("digest", digest.toString())
                                    .object(
                                            "annotations",
                                            () -> out.text("org.opencontainers.image.ref.name", name)))));
        }
        return bytes.toByteArray();
    }

    @Override
    public Optional<Blob> find(String name) throws InputException, IOException {
        return name.equals(INDEX) ? files.find(name) : content.find(name);
    }

    @Override
    public boolean isWhole() {
        return true;
    }

    @Override
    public List<String> someNames() throws IOException {
        return content.someNames();
    }

    @Override
    public void retain() {
        users.incrementAndGet();
    }

    @Override
    public void close() throws IOException {
        if (users.decrementAndGet() == 0) {
            try (content) {
                files.close();
            }
        }
    }
}
