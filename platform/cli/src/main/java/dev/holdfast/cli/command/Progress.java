package dev.holdfast.cli.command;

import dev.holdfast.core.SafeText;
import picocli.CommandLine.ParseResult;

/**
 * Says on standard error what is being worked on, and for how long, when that takes long and a person looks. The line is taken back when
 * the work ends.
 */
public final class Progress implements AutoCloseable {
    /** Who waits shorter than this does not wonder. */
    private static final long PATIENCE_MILLIS = 1_500;

    private static final long BEAT_MILLIS = 500;
    private static final int MOST_NAME = 60;

    private final Console console;
    private final String what;
    private final Thread thread;

    private Progress(Console console, String what) {
        this.console = console;
        this.what = what;
        this.thread = Thread.ofPlatform().daemon().name("progress").unstarted(this::tell);
    }

    /** Begins to watch over a piece of work. */
    public static Progress of(String what, ParseResult words, Console console) {
        String safe = SafeText.of(what);
        Progress progress = new Progress(
                console, safe.length() <= MOST_NAME ? safe : "…" + safe.substring(safe.length() - MOST_NAME));
        if (console.isErrTerminal() && !Options.isSet(words, "--quiet")) {
            progress.thread.start();
        }
        return progress;
    }

    private void tell() {
        long begin = System.nanoTime();
        boolean hasTold = false;
        try {
            Thread.sleep(PATIENCE_MILLIS);
            while (true) {
                long seconds = (System.nanoTime() - begin) / 1_000_000_000;
                console.err().print("\r" + what + "   " + seconds + " s ");
                console.err().flush();
                hasTold = true;
                Thread.sleep(BEAT_MILLIS);
            }
        } catch (InterruptedException done) {
            if (hasTold) {
                console.err().print("\r" + " ".repeat(what.length() + 12) + "\r");
                console.err().flush();
            }
        }
    }

    @Override
    public void close() {
        if (thread.isAlive()) {
            thread.interrupt();
            try {
                thread.join();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
