package dev.holdfast.oci.store;

import dev.holdfast.archive.FileRange;
import dev.holdfast.archive.TarEntry;
import dev.holdfast.archive.TarSink;
import dev.holdfast.archive.TarWalker;
import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.memory.FileIdentity;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An image archive: an uncompressed tar whose members are found once and then read in place. Of two members of one name the later counts.
 * Old {@code docker save} writes a layer that came twice as a link to its first copy.
 */
public final class ArchiveStore implements BlobStore {
    /** An image has a few members a layer; what has more is the tar of a file system. */
    private static final int MOST_MEMBERS = 200_000;

    /** Enough for a header and a small document; the rest of a member is jumped over. */
    private static final int PIECE = 4 << 10;

    /** As many links in a row as Linux follows. */
    private static final int MOST_LINKS = 40;

    private final FileChannel file;
    private final Map<String, Member> members;
    private final boolean isWhole;
    private final Optional<FileIdentity> origin;
    private final AtomicInteger users = new AtomicInteger(1);

    private sealed interface Member {
        record Bytes(long offset, long size) implements Member {}

        record Link(String target) implements Member {}
    }

    private ArchiveStore(
            FileChannel file, Map<String, Member> members, boolean isWhole, Optional<FileIdentity> origin) {
        this.file = file;
        this.members = members;
        this.isWhole = isWhole;
        this.origin = origin;
    }

    /**
     * Finds the members. The file belongs to the store from then on, and is closed when this fails.
     *
     * @param origin by what the file that the user gave is known again, unfolded or not: one, or none
     */
    public static ArchiveStore of(FileChannel file, List<FileIdentity> origin, Limits limits)
            throws InputException, IOException {
        try {
            Index index = new Index();
            TarWalker tar = new TarWalker(index, limits.withEntries(Math.min(limits.entries(), MOST_MEMBERS)));
            FileRange range = new FileRange(file, 0, file.size());
            byte[] piece = new byte[PIECE];
            while (!tar.isEnded()) {
                long skippable = tar.skippable();
                if (skippable > piece.length) {
                    tar.skip(skippable(range, skippable, file.size()));
                }
                int got = range.read(piece, 0, piece.length);
                if (got < 0) {
                    break;
                }
                tar.accept(piece, 0, got);
            }
            tar.finish();
            return new ArchiveStore(
                    file, index.members, tar.isEnded(), origin.stream().findFirst());
        } catch (InputException | IOException | RuntimeException failed) {
            file.close();
            throw failed;
        }
    }

    private static long skippable(FileRange range, long wanted, long size) {
        long possible = Math.min(wanted, size - range.position());
        range.skip(possible);
        return possible;
    }

    @Override
    public Optional<Blob> find(String name) throws InputException {
        String at = normalise(name);
        for (int links = 0; links <= MOST_LINKS; links++) {
            Member member = members.get(at);
            if (!(member instanceof Member.Link link)) {
                return member instanceof Member.Bytes bytes
                        ? Optional.of(new Blob(file, bytes.offset(), bytes.size(), origin))
                        : Optional.empty();
            }
            at = link.target();
        }
        throw new InputException(
                InputException.Code.MALFORMED, "the archive's member " + name + " is a link that leads in a circle");
    }

    @Override
    public boolean isWhole() {
        return isWhole;
    }

    @Override
    public List<String> someNames() {
        List<String> names = new ArrayList<>();
        for (String name : members.keySet()) {
            if (names.size() == 10) {
                break;
            }
            names.add(name);
        }
        return names;
    }

    @Override
    public Optional<List<FileIdentity>> origins() {
        return origin.map(List::of);
    }

    @Override
    public void retain() {
        users.incrementAndGet();
    }

    @Override
    public void close() throws IOException {
        if (users.decrementAndGet() == 0) {
            file.close();
        }
    }

    private static String normalise(String name) {
        byte[] bytes = PathBytes.bytes(name);
        byte[] path = new byte[bytes.length];
        return PathBytes.text(path, 0, PathBytes.normalise(bytes, bytes.length, path));
    }

    private static final class Index implements TarSink {
        private final Map<String, Member> members = new LinkedHashMap<>();

        @Override
        public boolean entry(TarEntry tar) {
            String name = normalise(PathBytes.text(tar.name(), 0, tar.nameLength()));
            String target = PathBytes.text(tar.linkName(), 0, tar.linkNameLength());
            switch (tar.type()) {
                case FILE -> members.put(name, new Member.Bytes(tar.contentOffset(), tar.storedSize()));
                case HARD_LINK -> members.put(name, new Member.Link(normalise(target)));
                case SYMBOLIC_LINK ->
                    members.put(
                            name, new Member.Link(normalise(target.startsWith("/") ? target : name + "/../" + target)));
                case DIRECTORY, CHARACTER_DEVICE, BLOCK_DEVICE, FIFO -> {
                    // nothing to read
                }
            }
            return false;
        }

        @Override
        public void content(byte[] bytes, int offset, int length) {}

        @Override
        public void contentEnd() {}
    }
}
