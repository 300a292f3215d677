package dev.holdfast.oci.store;

import dev.holdfast.core.InputException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** An image layout as a folder. Names stay inside it, and a link is not followed out of it. */
public final class FolderStore implements BlobStore {
    private final Path folder;
    private final Map<String, FileChannel> open = new HashMap<>();
    private final AtomicInteger users = new AtomicInteger(1);

    public FolderStore(Path folder) throws IOException {
        this.folder = folder.toRealPath();
    }

    @Override
    public synchronized Optional<Blob> find(String name) throws InputException, IOException {
        FileChannel known = open.get(name);
        if (known != null) {
            return Optional.of(new Blob(known, 0, known.size()));
        }
        Path path = folder.resolve(name).normalize();
        if (!path.startsWith(folder) || !Files.isRegularFile(path)) {
            return Optional.empty();
        }
        Path real = path.toRealPath();
        if (!real.startsWith(folder)) {
            throw new InputException(
                    InputException.Code.MALFORMED, name + " is a link out of the layout: not followed");
        }
        FileChannel channel = FileChannel.open(real, LinkOption.NOFOLLOW_LINKS);
        open.put(name, channel);
        return Optional.of(new Blob(channel, 0, channel.size()));
    }

    @Override
    public boolean isWhole() {
        return true;
    }

    @Override
    public List<String> someNames() throws IOException {
        List<String> names = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            files.limit(10).forEach(file -> names.add(String.valueOf(file.getFileName())));
        }
        return names;
    }

    @Override
    public void retain() {
        users.incrementAndGet();
    }

    @Override
    public synchronized void close() throws IOException {
        if (users.decrementAndGet() > 0) {
            return;
        }
        IOException first = null;
        for (FileChannel channel : open.values()) {
            try {
                channel.close();
            } catch (IOException failed) {
                if (first == null) {
                    first = failed;
                } else {
                    first.addSuppressed(failed);
                }
            }
        }
        if (first != null) {
            throw first;
        }
    }
}
