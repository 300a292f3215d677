package dev.holdfast.store;

import dev.holdfast.core.InputException;
import java.io.IOException;

/** What the server remembers. May be used by several threads at once. */
public final class Store implements AutoCloseable {
    private final Connections connections;
    private final Verdicts verdicts;
    private final ScanQueue scans;
    private final Journal journal;

    private Store(Connections connections) {
        this.connections = connections;
        this.verdicts = new Verdicts(connections);
        this.scans = new ScanQueue(connections);
        this.journal = new Journal(connections);
    }

    /**
     * Opens the store, makes it when it is not there, and brings its tables up to date.
     *
     * @throws InputException when the place cannot be one, or a newer program wrote it
     * @throws IOException when it cannot be opened now: another process has the folder, the server is away, the disk is full
     */
    public static Store open(StoreSettings settings) throws InputException, IOException {
        return new Store(Connections.open(settings));
    }

    public Verdicts verdicts() {
        return verdicts;
    }

    public ScanQueue scans() {
        return scans;
    }

    public Journal journal() {
        return journal;
    }

    @Override
    public void close() {
        connections.close();
    }
}
