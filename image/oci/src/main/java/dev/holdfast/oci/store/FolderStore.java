package dev.holdfast.oci.store;

import dev.holdfast.core.InputException;
import dev.holdfast.memory.FileIdentity;
import dev.holdfast.memory.Memory;
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
    private final Memory memory;
    private final Map<String, Open> open = new HashMap<>();
    private final AtomicInteger users = new AtomicInteger(1);

    private record Open(FileChannel channel, Optional<FileIdentity> identity) {
        Blob blob() throws IOException {
            return new Blob(channel, 0, channel.size(), identity);
        }
    }

    public FolderStore(Path folder, Memory memory) throws IOException {
        this.folder = folder.toRealPath();
        this.memory = memory;
    }

    @Override
    public synchronized Optional<Blob> find(String name) throws InputException, IOException {
        Open known = open.get(name);
        if (known != null) {
            return Optional.of(known.blob());
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
        Optional<FileIdentity> identity = memory.identify(real);
        Open opened = new Open(FileChannel.open(real, LinkOption.NOFOLLOW_LINKS), identity);
        open.put(name, opened);
        return Optional.of(opened.blob());
    }

    @Override
    public synchronized Optional<List<FileIdentity>> origins() {
        List<FileIdentity> all = new ArrayList<>();
        for (Open each : open.values()) {
            if (each.identity().isEmpty()) {
                return Optional.empty();
            }
            all.add(each.identity().get());
        }
        return Optional.of(all);
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
        for (Open each : open.values()) {
            try {
                each.channel().close();
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
