package dev.holdfast.cli.server;

import dev.holdfast.cli.command.Options;
import dev.holdfast.core.InputException;

/** Where a server listens. */
record ListenAddress(String host, int port) {
    private static final int MOST_PORT = 65_535;

    /** @param option the one that it is given by, for the message */
    static ListenAddress of(String option, String text) throws InputException {
        int colon = text.lastIndexOf(':');
        String digits = colon < 0 ? "8443" : text.substring(colon + 1);
        int port = digits.matches("\\d{1,5}") ? Integer.parseInt(digits) : MOST_PORT + 1;
        if (port > MOST_PORT) {
            throw Options.usage(option + " " + text + " is no address and port; 0.0.0.0:8443 is");
        }
        String host = colon < 0 ? text : text.substring(0, colon);
        return new ListenAddress(host.replace("[", "").replace("]", ""), port);
    }
}
