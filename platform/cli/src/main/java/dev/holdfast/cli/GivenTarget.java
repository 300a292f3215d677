package dev.holdfast.cli;

import dev.holdfast.core.InputException;
import dev.holdfast.oci.Platform;
import dev.holdfast.oci.TargetKind;
import dev.holdfast.oci.TargetRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Reads a target as the user wrote it: a path, with an optional prefix that forces the kind, or {@code -} for standard input. */
final class GivenTarget implements AutoCloseable {
    /** Prefixes of the command line's plan that this version does not serve yet: said, not mistaken for a file name. */
    private static final List<String> NOT_YET =
            List.of("project", "docker", "podman", "containerd", "registry", "container", "sbom");

    private final TargetRequest request;
    private final Optional<Path> spool;

    private GivenTarget(TargetRequest request, Optional<Path> spool) {
        this.request = request;
        this.spool = spool;
    }

    static GivenTarget of(String given, Optional<String> platform, Console console) throws InputException, IOException {
        Optional<Platform> wanted = platform.flatMap(Platform::parse);
        if (platform.isPresent() && wanted.isEmpty()) {
            throw Options.usage("--platform " + platform.get() + " is no platform; linux/amd64 or linux/arm/v7 are");
        }
        int colon = given.indexOf(':');
        String prefix = colon < 0 ? "" : given.substring(0, colon);
        Optional<TargetKind> kind = TargetKind.ofPrefix(prefix);
        boolean isFile = isThere(given);
        if (!isFile && NOT_YET.contains(prefix)) {
            throw new InputException(
                    InputException.Code.UNSUPPORTED,
                    given + ": this version does not read " + prefix
                            + " targets yet; save the image to a file and scan that");
        }
        boolean isForced = !isFile && kind.isPresent();
        String name = isForced ? given.substring(colon + 1) : given;
        if (name.equals("-")) {
            Path spool = spool(console.in());
            return new GivenTarget(
                    new TargetRequest(given, spool, isForced ? kind : Optional.empty(), wanted), Optional.of(spool));
        }
        if (!isThere(name)) {
            throw new InputException(
                    InputException.Code.NOT_FOUND,
                    given
                            + ": no such file or folder; this version reads files and folders (docker save IMAGE -o image.tar makes one)");
        }
        return new GivenTarget(
                new TargetRequest(given, Path.of(name), isForced ? kind : Optional.empty(), wanted), Optional.empty());
    }

    private static boolean isThere(String name) {
        try {
            return Files.exists(Path.of(name));
        } catch (InvalidPathException unusable) {
            return false;
        }
    }

    /** Images are read with seeks, so what comes through a pipe is kept in a file while it is scanned. */
    private static Path spool(InputStream in) throws IOException {
        Path file = Files.createTempFile("holdfast-stdin-", ".tar");
        file.toFile().deleteOnExit();
        try (OutputStream out = Files.newOutputStream(file)) {
            in.transferTo(out);
        }
        return file;
    }

    TargetRequest request() {
        return request;
    }

    @Override
    public void close() throws IOException {
        if (spool.isPresent()) {
            Files.deleteIfExists(spool.get());
        }
    }
}
