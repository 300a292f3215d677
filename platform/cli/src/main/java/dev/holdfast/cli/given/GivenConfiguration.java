package dev.holdfast.cli.given;

import dev.holdfast.check.CheckRequest;
import dev.holdfast.cli.command.Console;
import dev.holdfast.core.InputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Reads what is to be checked as the user wrote it: a path, {@code host:} and a root folder, {@code cluster:} and a context, or {@code -} for
 * standard input.
 */
public final class GivenConfiguration {
    /** In front of the root folder of a host. */
    private static final String HOST = "host:";

    /** The largest text that is taken from standard input. */
    private static final int MOST_BYTES = 16 << 20;

    private GivenConfiguration() {}

    /** Whether the word itself says that it is to be checked: it names a host's root folder or a cluster. */
    public static boolean isHostOrCluster(String given) {
        return given.startsWith(HOST) || given.startsWith(GivenCluster.PREFIX);
    }

    /** @param kubeConfig where a cluster is found */
    public static CheckRequest of(String given, Path kubeConfig, Console console) throws InputException, IOException {
        if (given.startsWith(GivenCluster.PREFIX)) {
            return GivenCluster.request(given, kubeConfig, console);
        }
        if (given.startsWith(HOST)) {
            return CheckRequest.ofHost(given, GivenPath.of(given, given.substring(HOST.length())));
        }
        if (!given.equals("-")) {
            Path path = GivenPath.of(given);
            if (!Files.exists(path)) {
                throw new InputException(InputException.Code.NOT_FOUND, given + ": no such file or folder");
            }
            return CheckRequest.of(given, path);
        }
        byte[] bytes = console.in().readNBytes(MOST_BYTES + 1);
        if (bytes.length > MOST_BYTES) {
            throw new InputException(
                    InputException.Code.LIMIT, "standard input: more than " + MOST_BYTES + " bytes; split it");
        }
        return CheckRequest.ofText("-", new String(bytes, StandardCharsets.UTF_8));
    }
}
