package dev.holdfast.advisory;

import dev.holdfast.advisory.base.BaseVerifier;
import dev.holdfast.advisory.base.BaseWriter;
import dev.holdfast.advisory.base.Compilation;
import dev.holdfast.advisory.base.CompiledBase;
import dev.holdfast.advisory.base.Replay;
import dev.holdfast.advisory.build.AtomicFile;
import dev.holdfast.advisory.build.FeedReading;
import dev.holdfast.advisory.build.Packing;
import dev.holdfast.advisory.update.Updating;
import dev.holdfast.core.Digest;
import dev.holdfast.core.InputException;
import dev.holdfast.core.InputException.Code;
import dev.holdfast.core.Limits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** Builds, opens, moves and describes the advisory base. */
public final class Advisories {
    private Advisories() {}

    /**
     * Opens a base for questions. Takes no longer than mapping the file: {@link #verify} looks at all of it.
     *
     * @throws InputException when it is no base, of another format version, or cut short
     */
    public static AdvisoryBase open(Path file) throws InputException, IOException {
        return CompiledBase.open(requireFile(file));
    }

    /**
     * Reads every feed under a folder, compiles the facts and puts the base in its place. Stops with an
     * {@link java.io.InterruptedIOException} when the thread is interrupted; then, and after any failure, the old base stands untouched.
     *
     * @throws InputException when the folder holds no feed at all
     */
    public static BuildReport build(BuildRequest request) throws InputException, IOException {
        Compilation facts = new Compilation();
        try (FeedReading reading = new FeedReading(facts, request.limits(), request.excluded())) {
            reading.read(request.feeds());
            requireFeeds(request, reading);
            Digest digest = write(facts, request);
            try (AdvisoryBase base = open(request.output())) {
                return new BuildReport(
                        digest,
                        Files.size(request.output()),
                        base.sources(),
                        reading.filesRead(),
                        List.copyOf(reading.unrecognised()),
                        reading.broken(),
                        facts.droppedExamples());
            }
        }
    }

    private static void requireFeeds(BuildRequest request, FeedReading reading) throws InputException {
        if (reading.filesRead().isEmpty()) {
            int seen = reading.unrecognised().size() + reading.broken().size();
            String first = reading.broken().isEmpty()
                    ? ""
                    : "; " + reading.broken().firstKey() + ": "
                            + reading.broken().get(reading.broken().firstKey());
            throw new InputException(
                    Code.MALFORMED,
                    request.feeds() + ": no advisory feed among " + seen + " files; docs/advisories.md lists the feeds"
                            + " that are read" + first);
        }
    }

    private static Digest write(Compilation facts, BuildRequest request) throws IOException, InputException {
        if (request.without().isEmpty()) {
            return write(facts, request.output());
        }
        Path whole = Files.createTempFile("holdfast", ".hfdb");
        try {
            write(facts, whole);
            return export(whole, request.output(), request.without());
        } finally {
            Files.deleteIfExists(whole);
        }
    }

    private static Digest write(Compilation facts, Path output) throws IOException {
        Digest[] digest = new Digest[1];
        AtomicFile.<RuntimeException>write(
                output, out -> digest[0] = new BaseWriter(facts, SourceTerms::describe).write(out));
        return digest[0];
    }

    /**
     * Fetches what changed in the publishers' feeds, compiles all of them, verifies the result and puts it in the base's place. A feed that
     * cannot be fetched keeps what is in the cache, and the report says so.
     *
     * @throws IOException when another update is running, or when there is no feed at all
     */
    public static UpdateReport update(UpdateRequest request) throws InputException, IOException {
        return new Updating(request).run();
    }

    /** Verifies a whole base: every byte against the digest, every table and reference. Returns its digest. */
    public static Digest verify(Path file) throws InputException, IOException {
        return BaseVerifier.verify(requireFile(file));
    }

    /**
     * Writes a base as one compressed file that {@link #importFrom} takes, for a place without network. A name that ends in
     * {@code .hfdb} makes it a plain base.
     *
     * @param without names of sources to leave out, for instance those whose licence does not suit
     * @return the digest of the base inside
     */
    public static Digest export(Path base, Path output, Set<String> without) throws InputException, IOException {
        try (CompiledBase opened = CompiledBase.open(requireFile(base))) {
            if (without.isEmpty()) {
                return Packing.copy(base, opened.digest(), output);
            }
            for (String name : without) {
                requireSource(opened, name);
            }
            Compilation rest = new Replay(opened).without(without);
            return Packing.write(output, out -> new BaseWriter(rest, SourceTerms::describe).write(out));
        } catch (CorruptBaseException damaged) {
            throw damaged.input().in(base.toString());
        }
    }

    private static void requireSource(AdvisoryBase base, String name) throws InputException {
        for (Source source : base.sources()) {
            if (source.name().equals(name)) {
                return;
            }
        }
        StringBuilder known = new StringBuilder();
        for (Source source : base.sources()) {
            known.append(known.isEmpty() ? "" : ", ").append(source.name());
        }
        throw new InputException(Code.USAGE, "no source " + name + " in this base; it has " + known);
    }

    /**
     * Takes a base that {@link #export} wrote, or a plain one: verifies all of it, then puts it in its place.
     *
     * @return its digest
     */
    public static Digest importFrom(Path file, Path base, Limits limits) throws InputException, IOException {
        return Packing.unpack(requireFile(file), base, limits);
    }

    /** Unpacks the snapshot that ships with Holdfast; as {@link #importFrom}. */
    public static Digest unpackSnapshot(Path snapshot, Path base) throws InputException, IOException {
        return importFrom(snapshot, base, Limits.DEFAULT);
    }

    private static Path requireFile(Path file) throws InputException {
        if (!Files.isRegularFile(file)) {
            throw new InputException(
                    Code.NOT_FOUND, file + ": no such advisory base; holdfast db update or db build FOLDER makes one");
        }
        return file;
    }
}
