package dev.holdfast.oci.store;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Open files by a name of ours; those written here are temporary and vanish when they are closed. Safe for use by several threads. */
public final class KeptFiles implements Closeable {
    private final Map<String, FileChannel> open = new LinkedHashMap<>();

    /** Writes a temporary file. */
    public interface Content {
        void writeTo(OutputStream out) throws IOException, dev.holdfast.core.InputException;
    }

    public synchronized Optional<Blob> find(String name) throws IOException {
        FileChannel channel = open.get(name);
        return channel == null ? Optional.empty() : Optional.of(new Blob(channel, 0, channel.size()));
    }

    public synchronized List<String> names() {
        return List.copyOf(open.keySet());
    }

    public void keep(String name, byte[] bytes) throws IOException {
        FileChannel channel = temporary();
        for (ByteBuffer rest = ByteBuffer.wrap(bytes); rest.hasRemaining(); ) {
            channel.write(rest);
        }
        add(name, channel);
    }

    public void keep(String name, Content content) throws IOException, dev.holdfast.core.InputException {
        FileChannel channel = temporary();
        add(name, channel);
        OutputStream out = new java.io.BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16);
        content.writeTo(out);
        out.flush();
    }

    public void keep(String name, Path file) throws IOException {
        add(name, FileChannel.open(file));
    }

    private synchronized void add(String name, FileChannel channel) throws IOException {
        FileChannel before = open.put(name, channel);
        if (before != null) {
            before.close();
        }
    }

    private static FileChannel temporary() throws IOException {
        Path file = Files.createTempFile("holdfast-", ".tmp");
        return FileChannel.open(
                file, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
    }

    @Override
    public synchronized void close() throws IOException {
        for (FileChannel channel : open.values()) {
            channel.close();
        }
    }
}
