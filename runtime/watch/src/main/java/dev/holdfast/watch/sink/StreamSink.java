package dev.holdfast.watch.sink;

import dev.holdfast.watch.alert.Alert;
import dev.holdfast.watch.alert.AlertFormat;
import dev.holdfast.watch.alert.AlertSink;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Writes alerts to a stream that its owner closes, each with a line end behind it and at once. */
public final class StreamSink implements AlertSink {
    private final String name;
    private final OutputStream out;
    private final AlertFormat format;

    public StreamSink(String name, OutputStream out, AlertFormat format) {
        this.name = name;
        this.out = out;
        this.format = format;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void accept(Alert alert) throws IOException {
        out.write((format.print(alert) + "\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
        if (out instanceof PrintStream stream && stream.checkError()) {
            throw new IOException(name + ": could not be written");
        }
    }

    @Override
    public void close() throws IOException {
        out.flush();
    }
}
