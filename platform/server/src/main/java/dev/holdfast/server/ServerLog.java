package dev.holdfast.server;

import java.util.function.Consumer;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** What the libraries of the server say, each thing in one line beside our own: warnings and errors, and neither greetings nor traces. */
public final class ServerLog extends Handler {
    private final Consumer<String> log;

    private ServerLog(Consumer<String> log) {
        this.log = log;
        setLevel(Level.WARNING);
    }

    /** From now on they speak to this one alone. */
    public static void into(Consumer<String> log) {
        Logger root = Logger.getLogger("");
        for (Handler handler : root.getHandlers()) {
            root.removeHandler(handler);
        }
        root.setLevel(Level.WARNING);
        root.addHandler(new ServerLog(log));
    }

    @Override
    public void publish(LogRecord entry) {
        if (!isLoggable(entry)) {
            return;
        }
        String message = String.valueOf(entry.getMessage()).lines().findFirst().orElse("");
        String cause = entry.getThrown() == null ? "" : ": " + Causes.deepest(entry.getThrown());
        String name = String.valueOf(entry.getLoggerName());
        log.accept(name.substring(name.lastIndexOf('.') + 1) + ": " + message + cause);
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
}
