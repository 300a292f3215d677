package dev.holdfast.it.runtime;

import java.nio.file.Path;

/** Where the containers of a stage run. */
interface Place {
    /**
     * Starts a container that sleeps; gives its name.
     *
     * @param kind what it may: see the tables of {@link Triggers}
     * @param folder it sees this folder as /stage
     */
    String start(String kind, Path folder) throws Exception;

    /** Runs a command in a container, whatever becomes of it. */
    void exec(String container, boolean isTerminal, String... command) throws Exception;

    void remove(String container) throws Exception;
}
