package dev.holdfast.advisory.update;

import dev.holdfast.advisory.SourceTerms;
import dev.holdfast.advisory.UpdateReport;
import dev.holdfast.advisory.UpdateReport.Outcome;
import dev.holdfast.advisory.UpdateRequest;
import dev.holdfast.advisory.base.BaseVerifier;
import dev.holdfast.advisory.base.BaseWriter;
import dev.holdfast.advisory.base.Compilation;
import dev.holdfast.advisory.base.CompiledBase;
import dev.holdfast.advisory.build.AtomicFile;
import dev.holdfast.advisory.build.FeedReading;
import dev.holdfast.advisory.update.FeedLocations.Location;
import dev.holdfast.core.Digest;
import dev.holdfast.core.InputException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.http.HttpClient;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** One update: every feed fetched or kept, all compiled, the result verified and put in place of the old base. */
public final class Updating {
    private final UpdateRequest request;

    public Updating(UpdateRequest request) {
        this.request = request;
    }

    /**
     * Runs the update. A feed that fails keeps what was there; a base that fails leaves the old one.
     *
     * @throws IOException also when another update is running, or when no feed at all is there
     */
    public UpdateReport run() throws IOException, InputException {
        Files.createDirectories(request.cache());
        Path lockFile = request.cache().resolve("update.lock");
        try (FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = lock(channel)) {
            if (!lock.isValid()) {
                throw alreadyRunning();
            }
            List<Outcome> outcomes = fetchAll();
            requireData(outcomes);
            return compile(outcomes);
        }
    }

    private FileLock lock(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            if (lock == null) {
                throw alreadyRunning();
            }
            return lock;
        } catch (OverlappingFileLockException ours) {
            throw alreadyRunning();
        }
    }

    private IOException alreadyRunning() {
        return new IOException("another update is running on " + request.cache() + "; wait for it to end");
    }

    private List<Outcome> fetchAll() throws IOException {
        List<Outcome> outcomes = new ArrayList<>();
        try (HttpClient client = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NORMAL)
                .connectTimeout(request.patience().silence())
                .proxy(request.proxy())
                .build()) {
            for (Location location : request.locations().all()) {
                outcomes.add(fetch(client, location));
            }
        }
        return outcomes;
    }

    private FeedStore store(Location location) throws IOException {
        return new FeedStore(request.cache().resolve(location.name()), location.fileName());
    }

    private Outcome fetch(HttpClient client, Location location) throws IOException {
        FeedStore store = store(location);
        try {
            boolean isNew = new Download(client, request.patience(), location, store).fetch(request.today());
            if (!isNew) {
                return new Outcome.Unchanged(location.name());
            }
            requireFeed(store.part(), location);
            store.acceptPart();
            return new Outcome.Fetched(location.name(), Files.size(store.data()));
        } catch (InterruptedIOException stopped) {
            throw stopped;
        } catch (IOException failed) {
            return failed(store, location, reason(failed));
        } catch (InputException wrong) {
            store.dropPart();
            return failed(store, location, wrong.getMessage());
        }
    }

    private static String reason(IOException failed) {
        String message = failed.getMessage();
        return message == null || message.isEmpty() ? failed.getClass().getSimpleName() : message;
    }

    private static Outcome failed(FeedStore store, Location location, String reason) throws IOException {
        return store.hasData()
                ? new Outcome.Kept(location.name(), store.day(), reason)
                : new Outcome.Missing(location.name(), reason);
    }

    /** Reads the whole new file before it replaces the old one: it must be whole, and some importer must know it. */
    private void requireFeed(Path file, Location location) throws IOException, InputException {
        try (FeedReading trial = new FeedReading(new Compilation(), request.limits(), List.of())) {
            trial.read(file, location.fileName(), "");
            if (trial.filesRead().isEmpty()) {
                String why = trial.broken().isEmpty()
                        ? "no importer knows it"
                        : trial.broken().get(trial.broken().firstKey());
                throw new InputException(
                        InputException.Code.MALFORMED, location.address() + ": not a feed we can read: " + why);
            }
            String whole = trial.broken().get(location.fileName());
            if (whole != null) {
                throw new InputException(InputException.Code.TRUNCATED, location.address() + ": " + whole);
            }
        }
    }

    private void requireData(List<Outcome> outcomes) throws IOException {
        for (Outcome outcome : outcomes) {
            if (!(outcome instanceof Outcome.Missing)) {
                return;
            }
        }
        String first = outcomes.isEmpty() || !(outcomes.getFirst() instanceof Outcome.Missing missing)
                ? "no feed was asked for"
                : missing.feed() + ": " + missing.reason();
        throw new IOException("no feed could be fetched; the base stays as it is. " + first);
    }

    private UpdateReport compile(List<Outcome> outcomes) throws IOException, InputException {
        Compilation facts = new Compilation();
        try (FeedReading reading = new FeedReading(facts, request.limits(), List.of())) {
            for (Location location : request.locations().all()) {
                FeedStore store = store(location);
                if (store.hasData()) {
                    reading.read(store.data(), store.day());
                }
            }
            Digest digest = swap(facts);
            try (CompiledBase base = CompiledBase.open(request.base())) {
                return new UpdateReport(digest, Files.size(request.base()), base.sources(), outcomes, reading.broken());
            }
        }
    }

    private Digest swap(Compilation facts) throws IOException, InputException {
        Path fresh = request.cache().resolve("new.hfdb");
        try {
            AtomicFile.<RuntimeException>write(fresh, out -> new BaseWriter(facts, SourceTerms::describe).write(out));
            Digest digest = BaseVerifier.verify(fresh);
            Path folder = request.base().toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            AtomicFile.<RuntimeException>write(request.base(), out -> {
                try (FileChannel in = FileChannel.open(fresh, StandardOpenOption.READ)) {
                    long size = in.size();
                    for (long done = 0; done < size; ) {
                        done += in.transferTo(done, size - done, out);
                    }
                }
            });
            return digest;
        } finally {
            Files.deleteIfExists(fresh);
        }
    }
}
