package dev.holdfast.inventory;

import dev.holdfast.archive.zip.SeekableBytes;
import dev.holdfast.oci.FileContent;
import java.io.IOException;

/** The content of a file, as an archive reader wants it. */
public record SeekableContent(FileContent content) implements SeekableBytes {
    @Override
    public long size() {
        return content.size();
    }

    @Override
    public int read(long position, byte[] target, int offset, int length) throws IOException {
        return Math.max(0, content.read(position, target, offset, length));
    }
}
