package dev.holdfast.respond;

import java.util.Locale;
import java.util.Optional;

/** What can be done to a container. All of it stops something that already runs: nothing here prevents anything. */
public enum Action {
    /** Its processes stand still, and keep everything they have. */
    FREEZE("frozen"),
    /** Its processes are ended. This cannot be undone. */
    KILL("killed"),
    /** Its sockets send and receive nothing any more. */
    DISCONNECT("disconnected"),
    /** It starts no further processes and threads. */
    HOLD("held");

    private final String done;

    Action(String done) {
        this.done = done;
    }

    /** The word on the command line, in files and in the journal. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What a container is afterwards. */
    public String done() {
        return done;
    }

    public boolean isReversible() {
        return this != KILL;
    }

    public static Optional<Action> of(String word) {
        for (Action action : values()) {
            if (action.word().equals(word)) {
                return Optional.of(action);
            }
        }
        return Optional.empty();
    }
}
