package dev.holdfast.secrets;

import dev.holdfast.core.Severity;

/**
 * Looks through the bytes of one file, window by window. At every place where the prefilter says that something may begin, it is found out
 * what. One object is used for file after file; owned by one thread.
 */
final class Sweep {
    private final Catalogue catalogue;
    private final Prefilter prefilter;
    private final Window window;
    private final ShapedValues shaped;
    private final NamedValues named;
    private final StructuredValues structured;

    Sweep(Catalogue catalogue, Fingerprint fingerprint) {
        this.catalogue = catalogue;
        this.prefilter = catalogue.prefilter();
        this.window = new Window(fingerprint);
        this.shaped = new ShapedValues(window);
        this.named = new NamedValues(window, catalogue);
        this.structured = new StructuredValues(window);
    }

    /** The next file begins. */
    void begin(String nextPath, Origin nextOrigin) {
        window.begin(nextPath, nextOrigin);
    }

    Findings findings() {
        return window.findings;
    }

    Origin origin() {
        return window.origin;
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
