package dev.holdfast.oci.layer;

import dev.holdfast.oci.FileContent;
import dev.holdfast.oci.store.PathBytes;
import dev.holdfast.oci.store.Ranges;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Contents of a root file system. Each read opens and closes its file, so that nothing stays open however many files are asked for. */
public final class FolderContents implements LayerContents {
    private final Path root;

    public FolderContents(Path root) {
        this.root = root;
    }

    @Override
    public FileContent content(LayerIndex index, int entry, String path) {
        return new Opened(PathNames.below(root, PathBytes.bytes(path)), index.size(entry));
    }

    private record Opened(Path path, long size) implements FileContent {
        @Override
        public int read(long position, byte[] target, int offset, int length) throws IOException {
            int most = (int) Math.min(length, size - position);
            if (most <= 0) {
                return 0;
            }
            // A pipe put in the file's place since would block for ever.
            if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
                throw new NoSuchFileException(path.toString(), null, "is no longer a regular file");
            }
            try (FileChannel file = FileChannel.open(path, LinkOption.NOFOLLOW_LINKS)) {
                return Ranges.read(file, position, target, offset, most);
            }
        }
    }
}
