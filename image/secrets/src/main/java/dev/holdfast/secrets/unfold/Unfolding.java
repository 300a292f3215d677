package dev.holdfast.secrets.unfold;

import dev.holdfast.core.Limits;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Unfolds archive after archive as they pass by. Owned by one thread. */
public final class Unfolding {
    private final Entries entries;
    private final Limits limits;

    private Fold fold = Fold.NONE;
    private @Nullable ZipFlow zip;
    private @Nullable Deflated deflated;
    private @Nullable PackFlow pack;
    private @Nullable TarFlow tar;

    public Unfolding(Entries entries, Limits limits) {
        this.entries = entries;
        this.limits = limits;
    }

    /** An archive begins, with these bytes. */
    public void begin(Fold nextFold, String path, byte[] head, int length) {
        fold = nextFold;
        int from = 0;
        switch (fold) {
            case NONE -> throw new IllegalArgumentException("not folded: " + path);
            case ZIP -> zip().begin();
            case GIT_PACK -> pack = new PackFlow(entries, limits);
            case TAR -> tar = new TarFlow(entries, limits);
            case GIT_OBJECT -> {
                deflated = new Deflated(true, limits);
                entries.begin("object");
            }
            case GZIP -> {
                deflated = new Deflated(false, limits);
                entries.begin(unfoldedName(path));
                from = Deflated.gzipHeader(head, length);
            }
        }
        accept(head, from, length - from);
    }

    private static String unfoldedName(String path) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        return name.endsWith(".gz") || name.endsWith(".tgz") ? name.substring(0, name.lastIndexOf('.')) : name;
    }

    /** Some more of its bytes. */
    public void accept(byte[] bytes, int offset, int length) {
        Deflated single = deflated;
        PackFlow objects = pack;
        TarFlow files = tar;
        if (fold == Fold.ZIP) {
            zip().accept(bytes, offset, length);
        } else if (fold == Fold.GIT_PACK && objects != null) {
            objects.accept(bytes, offset, length);
        } else if (fold == Fold.TAR && files != null) {
            files.accept(bytes, offset, length);
        } else if (single != null) {
            single.accept(bytes, offset, length, entries);
        }
    }

    /** The archive is complete; answers why it could not be unfolded to its end, or empty. */
    public Optional<String> finish() {
        Optional<String> problem = Optional.empty();
        Deflated single = deflated;
        PackFlow objects = pack;
        TarFlow files = tar;
        if (fold == Fold.ZIP) {
            zip().finish();
            problem = zip().problem();
        } else if (fold == Fold.GIT_PACK && objects != null) {
            objects.close();
        } else if (fold == Fold.TAR && files != null) {
            problem = files.problem();
        } else if (single != null) {
            entries.end();
            problem = single.problem();
            single.close();
        }
        return problem;
    }

    /** Archives of this sort come in hundreds, and what unfolds them is large: it is used again. */
    private ZipFlow zip() {
        ZipFlow known = zip;
        if (known == null) {
            known = new ZipFlow(entries, limits);
            zip = known;
        }
        return known;
    }

    /** Gives back what it took outside the heap. */
    public void close() {
        ZipFlow flow = zip;
        if (flow != null) {
            flow.close();
        }
    }
}
