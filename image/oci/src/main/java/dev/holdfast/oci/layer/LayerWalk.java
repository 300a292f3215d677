package dev.holdfast.oci.layer;

import dev.holdfast.archive.TarEntry;
import dev.holdfast.archive.TarSink;
import dev.holdfast.oci.FileHeader;
import dev.holdfast.oci.FileType;
import dev.holdfast.oci.Interest;
import dev.holdfast.oci.Want;
import dev.holdfast.oci.Watch;
import dev.holdfast.oci.store.PathBytes;
import dev.holdfast.oci.store.Spill;
import java.io.IOException;
import java.util.Optional;

/**
 * Turns the entries of one layer's tar into a {@link LayerIndex}, asks who wants which content, and keeps it where the layer cannot be
 * read in place again.
 */
public final class LayerWalk implements TarSink {
    private static final byte[] WHITEOUT = {'.', 'w', 'h', '.'};
    private static final byte[] OPAQUE = {'.', 'w', 'h', '.', '.', 'w', 'h', '.', '.', 'o', 'p', 'q'};

    private final LayerIndex index = new LayerIndex();
    private final Interest interest;
    private final Watch.LayerWatch watch;
    private final Optional<Keeper> keeper;
    private final byte[] path;
    private final ContentTap tap;
    private int oddWhiteouts;

    /** The file whose content passes by. */
    private int entry;

    private boolean startsStored;
    private boolean wantsProgram;

    /** Where contents of a compressed layer go. */
    public record Keeper(Spill spill, KeptContents contents) {}

    /** @param keeper empty for a layer that can be read in place */
    public LayerWalk(Interest interest, Watch.LayerWatch watch, Optional<Keeper> keeper, int pathLimit) {
        this.interest = interest;
        this.watch = watch;
        this.keeper = keeper;
        this.path = new byte[pathLimit];
        this.tap = new ContentTap(keeper.map(Keeper::spill));
    }

    public LayerIndex index() {
        return index;
    }

    /** How many whiteouts named nothing that can be hidden. */
    public int oddWhiteouts() {
        return oddWhiteouts;
    }

    @Override
    public boolean entry(TarEntry tar) throws IOException {
        int length = PathBytes.normalise(tar.name(), tar.nameLength(), path);
        int nameStart = PathBytes.nameStart(path, length);
        if (startsWith(path, nameStart, length, WHITEOUT)) {
            addWhiteout(nameStart, length);
            return false;
        }
        switch (tar.type()) {
            case FILE -> {
                return addFile(tar, length);
            }
            case HARD_LINK -> addLink(LayerIndex.Kind.HARD_LINK, tar, length);
            case SYMBOLIC_LINK -> addLink(LayerIndex.Kind.SYMBOLIC_LINK, tar, length);
            case CHARACTER_DEVICE -> index.add(LayerIndex.Kind.CHARACTER_DEVICE, path, length, tar.mode());
            case BLOCK_DEVICE -> index.add(LayerIndex.Kind.BLOCK_DEVICE, path, length, tar.mode());
            case DIRECTORY -> index.add(LayerIndex.Kind.DIRECTORY, path, length, tar.mode());
            case FIFO -> index.add(LayerIndex.Kind.FIFO, path, length, tar.mode());
        }
        return false;
    }

    private void addLink(LayerIndex.Kind kind, TarEntry tar, int length) {
        index.addLink(kind, path, length, tar.mode(), tar.linkName(), tar.linkNameLength());
    }

    /** {@code .wh.NAME} hides NAME beside it; {@code .wh..wh..opq} all of its folder; any other {@code .wh..wh.*} is AUFS's own. */
    private void addWhiteout(int nameStart, int length) {
        int hidden = nameStart + WHITEOUT.length;
        int hiddenLength = length - hidden;
        if (startsWith(path, hidden, length, WHITEOUT)) {
            if (length - nameStart == OPAQUE.length && startsWith(path, nameStart, length, OPAQUE)) {
                index.add(LayerIndex.Kind.OPAQUE, path, Math.max(0, nameStart - 1), 0);
            }
            return;
        }
        boolean isDots = hiddenLength == 1 && path[hidden] == '.'
                || hiddenLength == 2 && path[hidden] == '.' && path[hidden + 1] == '.';
        if (hiddenLength == 0 || isDots) {
            oddWhiteouts++;
            return;
        }
        System.arraycopy(path, hidden, path, nameStart, hiddenLength);
        index.add(LayerIndex.Kind.WHITEOUT, path, nameStart + hiddenLength, 0);
    }

    private boolean addFile(TarEntry tar, int length) throws IOException {
        entry = index.addRegular(path, length, tar.mode(), tar.size());
        startsStored = true;
        if (tar.isSparse()) {
            index.setExtents(entry, tar.extents());
            startsStored = tar.extents().length > 0 && tar.extents()[0] == 0;
        }
        if (keeper.isEmpty()) {
            index.setLocation(entry, tar.contentOffset());
        }
        FileHeader header = new FileHeader(FileType.REGULAR, tar.size(), tar.mode());
        String name = absolute(path, length);
        Want want = interest.in(name, header);
        if (want == Want.CONTENT) {
            index.set(entry, LayerIndex.WANTED);
        }
        wantsProgram = want == Want.PROGRAM;
        tap.begin(want, tar.storedSize());
        watch.begin(name, header);
        return true;
    }

    public static String absolute(byte[] path, int length) {
        return "/".concat(PathBytes.text(path, 0, length));
    }

    @Override
    public void content(byte[] bytes, int offset, int length) throws IOException {
        tap.take(bytes, offset, length);
        watch.content(bytes, offset, length);
    }

    @Override
    public void contentEnd() throws IOException {
        tap.end();
        watch.end();
        if (tap.isProgram() && startsStored) {
            index.set(entry, LayerIndex.PROGRAM);
            if (wantsProgram) {
                index.set(entry, LayerIndex.WANTED);
            }
        }
        if (keeper.isPresent() && tap.kept().isPresent()) {
            index.setLocation(entry, keeper.get().contents().keep(tap.kept().get()));
        }
    }

    private static boolean startsWith(byte[] bytes, int from, int to, byte[] prefix) {
        if (to - from < prefix.length) {
            return false;
        }
        for (int i = 0; i < prefix.length; i++) {
            if (bytes[from + i] != prefix[i]) {
                return false;
            }
        }
        return true;
    }
}
