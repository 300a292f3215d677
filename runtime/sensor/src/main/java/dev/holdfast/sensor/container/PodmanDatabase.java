package dev.holdfast.sensor.container;

import dev.holdfast.core.InputException;
import dev.holdfast.core.json.JsonValue;
import dev.holdfast.database.bolt.BoltFile;
import dev.holdfast.database.sqlite.LiveSqlite;
import dev.holdfast.database.sqlite.SqliteDatabase;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What Podman's database tells of a container and no file beside it does. It lies in the storage:
 *
 * <pre>
 * db.sql                  since Podman 4.8, where there was none before
 *                         ContainerConfig      ID, Name, PodID, JSON: labels
 *                         PodConfig            ID, Name, JSON
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

    /** The columns of ContainerConfig and PodConfig. */
    private static final int ID = 0;

    private static final int NAME = 1;
    private static final int POD_ID = 2;
    private static final int JSON = 3;

    private interface Reading {
        Optional<PodmanDatabase> of(Path file) throws InputException, IOException;
    }

    /**
     * Asks for a container.
     *
     * @param owned a file of the container's engine: a database of somebody else's is not asked
     * @return nothing about it where there is no database, or none that can be read
     */
    static PodmanDatabase find(Path storage, String id, Path owned) {
        return ask(storage.resolve("db.sql"), owned, file -> LiveSqlite.read(file, database -> inTables(database, id)))
                .or(() -> ask(
                        storage.resolve("libpod/bolt_state.db"),
                        owned,
                        file -> BoltFile.read(file, bolt -> inBuckets(bolt, id))))
                .orElse(SILENT);
    }

    private static Optional<PodmanDatabase> ask(Path file, Path owned, Reading reading) {
        try {
            return StateFile.haveOneOwner(file, owned) ? reading.of(file) : Optional.empty();
        } catch (IOException | InputException unreadable) {
            return Optional.empty(); // what lies beside the container has to do
        }
    }

    private static Optional<PodmanDatabase> inTables(SqliteDatabase database, String id)
            throws InputException, IOException {
        List<String> pods = new ArrayList<>();
        List<Map<String, String>> labels = new ArrayList<>();
        database.forEachRow("ContainerConfig", row -> {
            if (row.text(ID).equals(id)) {
                pods.add(row.text(POD_ID));
                labels.add(labels(row.content(JSON)));
            }
        });
        List<String> names = new ArrayList<>();
        database.forEachRow("PodConfig", row -> {
            if (pods.contains(row.text(ID))) {
                names.add(row.text(NAME));
            }
        });
        return labels.stream()
                .findFirst()
                .map(first -> new PodmanDatabase(first, names.stream().findFirst()));
    }

    private static Optional<PodmanDatabase> inBuckets(BoltFile bolt, String id) throws InputException, IOException {
        Optional<BoltFile.Bucket> container = bolt.bucket("ctr", id);
        Optional<ByteBuffer> document = container.isEmpty() ? Optional.empty() : bolt.value(container.get(), "config");
        if (document.isEmpty()) {
            return Optional.empty();
        }
        JsonValue config = StateFile.parseOfPodman(BoltFile.bytes(document.get()));
        Optional<String> pod = config.get("pod").text();
        Optional<BoltFile.Bucket> names = pod.isEmpty() ? Optional.empty() : bolt.bucket("id-registry");
        return Optional.of(new PodmanDatabase(
                OciBundle.texts(config.get("labels")),
                names.isEmpty() ? Optional.empty() : bolt.text(names.get(), pod.get())));
    }

    private static Map<String, String> labels(byte[] config) {
        return OciBundle.texts(StateFile.parseOfPodman(config).get("labels"));
    }
}
