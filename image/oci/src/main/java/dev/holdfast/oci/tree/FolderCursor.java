package dev.holdfast.oci.tree;

import dev.holdfast.oci.layer.LayerIndex;
import java.util.Arrays;

/**
 * Remembers the folders of the path before: entries of a tar come folder by folder, so that most of them need no look-up of their own.
 */
public final class FolderCursor {
    private int depth;
    private int[] ends = new int[32];
    private int[] nodes = new int[32];
    private boolean[] redirected = new boolean[32];

    /** Drops everything: the tree was changed in a way that may have moved a folder. */
    public void forget() {
        depth = 0;
    }

    /** Keeps the folders that this path shares with the one before. */
    public void step(LayerIndex.Paths path, int parentLength) {
        int most = Math.min(path.shared(), parentLength);
        byte[] bytes = path.bytes();
        while (depth > 0 && (ends[depth - 1] > most || bytes[ends[depth - 1]] != '/')) {
            depth--;
        }
    }

    /** Where the path of the innermost folder kept ends; 0 for the root. */
    public int end() {
        return depth == 0 ? 0 : ends[depth - 1];
    }

    public int folder() {
        return depth == 0 ? PathTable.ROOT : nodes[depth - 1];
    }

    /** Whether a link was followed on the way to the innermost folder. */
    public boolean isRedirected() {
        return depth > 0 && redirected[depth - 1];
    }

    public void push(int end, int node, boolean wasLink) {
        if (depth == ends.length) {
            ends = Arrays.copyOf(ends, depth * 2);
            nodes = Arrays.copyOf(nodes, depth * 2);
            redirected = Arrays.copyOf(redirected, depth * 2);
        }
        ends[depth] = end;
        nodes[depth] = node;
        redirected[depth] = wasLink || isRedirected();
        depth++;
    }
}
