package dev.holdfast.cli.given;

import dev.holdfast.cli.command.Console;
import dev.holdfast.cli.command.Options;
import dev.holdfast.core.Digest;
import dev.holdfast.core.ImageReference;
import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.inventory.sbom.BillOfMaterials;
import dev.holdfast.inventory.sbom.BillReader;
import dev.holdfast.memory.Memory;
import dev.holdfast.oci.Place;
import dev.holdfast.oci.Platform;
import dev.holdfast.oci.TargetKind;
import dev.holdfast.oci.TargetRequest;
import dev.holdfast.oci.Targets;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/**
 * Reads a target as the user wrote it: a path, {@code -} for standard input, or the name of an image, with an optional prefix that forces
 * the kind. A file of that name comes first; what looks like a file's name is never looked up in a registry.
 */
public final class GivenTarget implements AutoCloseable {
    private static final List<String> FILE_ENDINGS =
            List.of(".tar", ".tgz", ".gz", ".zst", ".xz", ".bz2", ".zip", ".json", ".xml", ".yaml", ".yml", ".spdx");

    private final TargetRequest request;
    private final Optional<Path> spool;

    private GivenTarget(TargetRequest request, Optional<Path> spool) {
        this.request = request;
        this.spool = spool;
    }

    /** Where images come from, and which of several is meant. */
    public static void addOptions(CommandSpec spec) {
        ImageSources.addOptions(spec);
        spec.addOption(Options.value("--platform", "OS/ARCH", "Platform to take from a multi-platform index."));
    }

    public static GivenTarget of(String given, ParseResult words, Console console) throws InputException, IOException {
        Optional<Platform> wanted = platform(words);
        int colon = given.indexOf(':');
        String prefix = colon < 0 ? "" : given.substring(0, colon);
        if (GivenPath.isThere(given)) {
            return new GivenTarget(
                    new TargetRequest(given, Path.of(given), Optional.empty(), wanted), Optional.empty());
        }
        Optional<TargetKind> kind = TargetKind.ofPrefix(prefix);
        boolean isForced = kind.isPresent() && kind.get().isInFiles();
        String name = kind.isPresent() || prefix.equals("podman") ? given.substring(colon + 1) : given;
        if (name.equals("-")) {
            Path spool = spool(console.in());
            Optional<TargetKind> forced = isForced ? kind : Optional.empty();
            return new GivenTarget(new TargetRequest(given, spool, forced, wanted), Optional.of(spool));
        }
        if (isForced && GivenPath.isThere(name)) {
            return new GivenTarget(new TargetRequest(given, Path.of(name), kind, wanted), Optional.empty());
        }
        if (isForced) {
            throw new InputException(InputException.Code.NOT_FOUND, given + ": no such file or folder");
        }
        Place place = place(given, prefix, name, new ImageSources(words, console));
        return new GivenTarget(new TargetRequest(given, place, Optional.empty(), wanted), Optional.empty());
    }

    private static Optional<Platform> platform(ParseResult words) throws InputException {
        Optional<String> text = Options.text(words, "--platform");
        Optional<Platform> wanted = text.flatMap(Platform::parse);
        if (text.isPresent() && wanted.isEmpty()) {
            throw Options.usage("--platform " + text.get() + " is no platform; linux/amd64 or linux/arm/v7 are");
        }
        return wanted;
    }

    private static Place place(String given, String prefix, String name, ImageSources sources)
            throws InputException, IOException {
        return switch (prefix) {
            case "docker" -> new Place.InEngine(sources.docker(), name);
            case "podman" -> new Place.InEngine(sources.podman(), name);
            case "containerd" -> sources.inContainerd(name);
            case "container" -> sources.container(name);
            case "registry" -> sources.inRegistry(reference(given, name));
            default -> {
                Optional<Digest> digest = Digest.parse(name);
                yield digest.isPresent()
                        ? sources.byDigest(digest.get())
                        : sources.anywhere(reference(given, name), name);
            }
        };
    }

    private static ImageReference reference(String given, String name) throws InputException {
        Optional<ImageReference> reference = looksLikeFile(name) ? Optional.empty() : ImageReference.parse(name);
        return reference.orElseThrow(() -> new InputException(
                InputException.Code.NOT_FOUND, given + ": no such file or folder, and no name of an image"));
    }

    private static boolean looksLikeFile(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return name.startsWith("/")
                || name.startsWith(".")
                || name.startsWith("~")
                || FILE_ENDINGS.stream().anyMatch(lower::endsWith);
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

    /** Where the target lies. */
    public Place place() {
        return request.place();
    }

    public OpenTargets open() throws InputException, IOException {
        return open(Memory.NONE);
    }

    /** Opens it as far as it is not known from before. */
    public OpenTargets open(Memory memory) throws InputException, IOException {
        return new OpenTargets(request.given(), Targets.open(request, Limits.DEFAULT, memory));
    }

    /** The bill of materials that the target is; empty when it is an image or a file system. */
    public Optional<BillOfMaterials> bill() throws InputException, IOException {
        boolean isForced = request.kind().equals(Optional.of(TargetKind.SBOM));
        if (!(request.place() instanceof Place.Files file)
                || !isForced && (request.kind().isPresent() || !BillReader.mayBeOne(file.path()))) {
            return Optional.empty();
        }
        return Optional.of(new BillReader(Limits.DEFAULT).read(file.path(), request.given()));
    }

    @Override
    public void close() throws IOException {
        if (spool.isPresent()) {
            Files.deleteIfExists(spool.get());
        }
    }
}
