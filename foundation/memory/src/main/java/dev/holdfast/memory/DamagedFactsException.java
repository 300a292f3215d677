package dev.holdfast.memory;

import java.io.IOException;

/** Facts that are not what was written. Whoever asked for them finds out anew, and writes them again. */
public final class DamagedFactsException extends IOException {
    private static final long serialVersionUID = 1;

    public DamagedFactsException(String what) {
        super(what);
    }
}
