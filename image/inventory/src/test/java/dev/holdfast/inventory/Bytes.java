package dev.holdfast.inventory;

import dev.holdfast.oci.FileContent;

/** A file that is only its bytes. */
public record Bytes(byte[] all) implements FileContent {
    @Override
    public long size() {
        return all.length;
    }

    @Override
    public int read(long position, byte[] target, int offset, int length) {
        if (position < 0 || position >= all.length) {
            return 0;
        }
        int count = (int) Math.min(length, all.length - position);
        System.arraycopy(all, (int) position, target, offset, count);
        return count;
    }
}
