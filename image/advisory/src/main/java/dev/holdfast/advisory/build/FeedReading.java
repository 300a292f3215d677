package dev.holdfast.advisory.build;

import dev.holdfast.advisory.Feeds;
import dev.holdfast.advisory.base.Compilation;
import dev.holdfast.advisory.base.Intake;
import dev.holdfast.advisory.feed.Feed;
import dev.holdfast.advisory.feed.Feed.FeedFile;
import dev.holdfast.core.InputException;
import dev.holdfast.core.InputException.Code;
import dev.holdfast.core.Limits;
import dev.holdfast.core.SafeText;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;

/**
 * Reads feeds into a compilation: one thread walks folders and archives, the others import members. What waits between them is bounded in
 * bytes, so memory does not grow with the feeds.
 */
public final class FeedReading implements AutoCloseable {
    /** How many KiB of members may wait or be worked on: enough to keep every processor busy, little beside the facts. */
    private static final int WAITING_KIB = 64 << 10;

    private final Compilation facts;
    private final Limits limits;
    private final List<PathMatcher> excluded;
    private final List<Feed> feeds = Feeds.all();
    private final ExecutorService importers =
            Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
    private final Semaphore waiting = new Semaphore(WAITING_KIB);
    private final List<Future<?>> running = new ArrayList<>();
    private final SortedMap<String, Integer> filesRead = new TreeMap<>();
    private final SortedSet<String> unrecognised = new TreeSet<>();
    private final SortedMap<String, String> broken = new TreeMap<>();

    /**
     * @param excluded globs over relative paths, members of archives included; what matches is not looked at
     */
    public FeedReading(Compilation facts, Limits limits, Collection<String> excluded) {
        this.facts = facts;
        this.limits = limits;
        this.excluded = new ArrayList<>();
        for (String glob : excluded) {
            this.excluded.add(FileSystems.getDefault().getPathMatcher("glob:" + glob));
        }
    }

    /** Reads every feed under a folder. */
    public void read(Path root) throws IOException, InputException {
        read(root, "");
    }

    /**
     * Reads one file or folder of feeds.
     *
     * @param day of the files, for those that do not say themselves; may be empty
     */
    public void read(Path root, String day) throws IOException, InputException {
        new FeedFolder(new Dispatch(day), limits).walk(root);
        awaitImporters();
    }

    /** Reads one file as if it had that name. */
    public void read(Path file, String name, String day) throws IOException, InputException {
        new FeedFolder(new Dispatch(day), limits).file(file, name);
        awaitImporters();
    }

    private void awaitImporters() throws IOException {
        try {
            for (Future<?> one : running) {
                one.get();
            }
            running.clear();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("stopped while importing feeds");
        } catch (ExecutionException failed) {
            switch (failed.getCause()) {
                case IOException surroundings -> throw surroundings;
                case RuntimeException bug -> throw bug;
                case Error error -> throw error;
                case null, default -> throw new IllegalStateException(failed);
            }
        }
    }

    /** How many files each feed read. */
    public synchronized SortedMap<String, Integer> filesRead() {
        return new TreeMap<>(filesRead);
    }

    /** The files that no importer knows. */
    public synchronized SortedSet<String> unrecognised() {
        return new TreeSet<>(unrecognised);
    }

    /** The files that could not be read, with the reason. */
    public synchronized SortedMap<String, String> broken() {
        return new TreeMap<>(broken);
    }

    private Optional<Feed> feedOf(String path, byte[] head) {
        for (Feed feed : feeds) {
            if (feed.recognises(path, head)) {
                return Optional.of(feed);
            }
        }
        synchronized (this) {
            unrecognised.add(path);
        }
        return Optional.empty();
    }

    private void importFile(Feed feed, String path, InputStream content, String day) throws IOException {
        try (Intake intake = facts.open(feed.name(), day)) {
            feed.read(new FeedFile(path, content, limits), intake);
            synchronized (this) {
                filesRead.merge(feed.name(), 1, Integer::sum);
            }
        } catch (InputException wrong) {
            broken(path, wrong);
        } catch (IOException failed) {
            broken(path, SourceStream.input(failed));
        } catch (RuntimeException bug) {
            // One bad file must not cost the user all the others; it is listed like any other that could not be read.
            broken(
                    path,
                    new InputException(Code.UNSUPPORTED, "the importer of " + feed.name() + " failed: " + bug, bug));
        }
    }

    private synchronized void broken(String path, InputException why) {
        String message = why.getMessage();
        broken.put(path, message.startsWith(path + ": ") ? message.substring(path.length() + 2) : message);
    }

    /** Hands files to their importers. */
    private final class Dispatch implements FeedFolder.Sink {
        private final String day;

        Dispatch(String day) {
            this.day = day;
        }

        @Override
        public boolean wants(String path) {
            if (excluded.isEmpty()) {
                return true;
            }
            Path relative = Path.of(SafeText.of(path));
            for (PathMatcher matcher : excluded) {
                if (matcher.matches(relative)) {
                    return false;
                }
            }
            return true;
        }

        @Override
        public void stream(String path, InputStream content, String dayOfName) throws IOException {
            BufferedInputStream buffered = new BufferedInputStream(content, 1 << 16);
            buffered.mark(FeedFolder.HEAD_BYTES);
            byte[] head = buffered.readNBytes(FeedFolder.HEAD_BYTES);
            buffered.reset();
            Optional<Feed> feed = feedOf(path, head);
            if (feed.isPresent()) {
                importFile(feed.get(), path, buffered, dayOfName.isEmpty() ? day : dayOfName);
            }
        }

        @Override
        public void member(String path, byte[] content, String dayOfName) throws IOException {
            int kib = Math.min(WAITING_KIB, content.length / 1_024 + 1);
            try {
                waiting.acquire(kib);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("stopped while importing feeds");
            }
            running.add(importers.submit(() -> {
                try {
                    byte[] head = content.length <= FeedFolder.HEAD_BYTES
                            ? content
                            : Arrays.copyOf(content, FeedFolder.HEAD_BYTES);
                    Optional<Feed> feed = feedOf(path, head);
                    if (feed.isPresent()) {
                        String itsDay = dayOfName.isEmpty() ? day : dayOfName;
                        importFile(feed.get(), path, new ByteArrayInputStream(content), itsDay);
                    }
                    return true;
                } finally {
                    waiting.release(kib);
                }
            }));
        }

        @Override
        public void broken(String path, InputException why) {
            FeedReading.this.broken(SafeText.of(path), why);
        }
    }

    /** Stops what is still running. */
    @Override
    public void close() {
        importers.shutdownNow();
    }
}
