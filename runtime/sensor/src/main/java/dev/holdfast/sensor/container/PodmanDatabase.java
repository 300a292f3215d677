package dev.holdfast.sensor.container;

import dev.holdfast.core.InputException;
import dev.holdfast.core.json.JsonValue;
import dev.holdfast.database.bolt.BoltFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What Podman's database tells of a container and no file beside it does. It lies in the storage:
 *
 * <pre>
 * libpod/bolt_state.db    ctr / ID / config    a JSON document: labels, pod (the id of its pod)
 *                         id-registry / ID     the name of a container or of a pod
 * </pre>
 *
 * Podman writes it before it calls the runtime: what it tells of a container whose group has been made is there.
 *
 * @param labels those of its image included
 * @param pod the name of its pod
 */
record PodmanDatabase(Map<String, String> labels, Optional<String> pod) {
    private static final PodmanDatabase SILENT = new PodmanDatabase(Map.of(), Optional.empty());

    /**
     * Asks for a container.
     *
     * @param owned a file of the container's engine: a database of somebody else's is not asked
     * @return nothing about it where there is no database, or none that can be read
     */
    static PodmanDatabase find(Path storage, String id, Path owned) {
        Path bolt = storage.resolve("libpod/bolt_state.db");
        try {
            return StateFile.haveOneOwner(bolt, owned) ? BoltFile.read(bolt, open -> find(open, id)) : SILENT;
        } catch (IOException | InputException unreadable) {
            return SILENT; // what lies beside the container has to do
        }
    }

    private static PodmanDatabase find(BoltFile bolt, String id) throws InputException, IOException {
        Optional<BoltFile.Bucket> container = bolt.bucket("ctr", id);
        Optional<ByteBuffer> document = container.isEmpty() ? Optional.empty() : bolt.value(container.get(), "config");
        JsonValue config =
                document.map(BoltFile::bytes).map(StateFile::parseOfPodman).orElse(JsonValue.JsonNull.NULL);
        Optional<String> pod = config.get("pod").text();
        Optional<BoltFile.Bucket> names = pod.isEmpty() ? Optional.empty() : bolt.bucket("id-registry");
        return new PodmanDatabase(
                OciBundle.texts(config.get("labels")),
                names.isEmpty() ? Optional.empty() : bolt.text(names.get(), pod.get()));
    }
}
