package dev.holdfast.secrets.search;

import dev.holdfast.core.Severity;
import dev.holdfast.secrets.catalogue.Catalogue;
import dev.holdfast.secrets.catalogue.Prefilter;
import dev.holdfast.secrets.catalogue.Shape;
import dev.holdfast.secrets.place.Origin;

/**
 * Looks through the bytes of one file, window by window. At every place where the prefilter says that something may begin, it is found out
 * what. One object is used for file after file; owned by one thread.
 */
public final class Sweep {
    private final Catalogue catalogue;
    private final Prefilter prefilter;
    private final Window window;
    private final ShapedValues shaped;
    private final NamedValues named;
    private final StructuredValues structured;

    public Sweep(Catalogue catalogue) {
        this.catalogue = catalogue;
        this.prefilter = catalogue.prefilter();
        this.window = new Window();
        this.shaped = new ShapedValues(window);
        this.named = new NamedValues(window, catalogue);
        this.structured = new StructuredValues(window);
    }

    /** The next file begins. */
    public void begin(String nextPath, Origin nextOrigin) {
        window.begin(nextPath, nextOrigin);
    }

    public Findings findings() {
        return window.findings;
    }

    Origin origin() {
        return window.origin;
    }

    /** Looks at a text that is here as a whole. */
    public void text(byte[] text) {
        window(text, 0, 0, text.length, text.length, 0, 0);
    }

    /**
     * Looks at a window.
     *
     * @param text holds it
     * @param first where the context before it begins
     * @param start where what is looked at begins
     * @param limit where it ends: what begins at or behind it belongs to the next window
     * @param end where the context behind it ends
     * @param position where {@code first} stands in the file
     * @param lines how many line ends stand before {@code first}
     */
    void window(byte[] text, int first, int start, int limit, int end, long position, int lines) {
        window.move(text, first, end, position, lines);
        named.begin();
        int stop = Math.min(end, limit + Shape.ANCHOR);
        for (int at = prefilter.next(text, start, stop); at >= 0; at = prefilter.next(text, at + 2, stop)) {
            for (int entry = prefilter.first(text, at); entry != 0; entry = prefilter.after(entry)) {
                int anchorAt = at - prefilter.shift(entry);
                if (anchorAt >= start - 1 && anchorAt >= first && anchorAt < limit) {
                    look(prefilter.anchor(entry), anchorAt);
                }
            }
        }
    }

    private void look(int anchor, int at) {
        if (Catalogue.isOfKind(anchor)) {
            shaped.look(catalogue.shaped(anchor), at);
            return;
        }
        switch (catalogue.look(anchor)) {
            case NAME -> named.look(at);
            case URL -> structured.url(at);
            case PEM -> structured.pem(at - 4);
            case PEM_IN_BASE64 -> structured.pemInBase64(at);
            case BASIC -> structured.basic(at);
            case OPTION -> structured.option(at);
        }
    }

    /** Adds what was found in the file as a whole. */
    void addWhole(String kind, String title, Severity severity, String value, String proof) {
        window.addWhole(kind, title, severity, value, proof);
    }

    /** Adds what stands at a place of the window that was looked at last. */
    void addPart(String kind, String title, int from, int to, String proof) {
        window.addPart(kind, title, from, to, proof);
    }
}
