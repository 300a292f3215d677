package dev.holdfast.oci;

import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.memory.FileIdentity;
import dev.holdfast.memory.Memory;
import dev.holdfast.oci.image.ContainerdStore;
import dev.holdfast.oci.image.DockerArchive;
import dev.holdfast.oci.image.EngineStore;
import dev.holdfast.oci.image.OciLayout;
import dev.holdfast.oci.image.RegistryStore;
import dev.holdfast.oci.image.RootFileSystem;
import dev.holdfast.oci.image.TargetMemory;
import dev.holdfast.oci.store.ArchiveFile;
import dev.holdfast.oci.store.BlobStore;
import dev.holdfast.oci.store.FolderStore;
import dev.holdfast.oci.store.TarAppearance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Opens what one request leads to, or finds that nothing needs to be opened because all of it is known. */
final class Opening {
    private final TargetRequest request;
    private final Limits limits;
    private final Memory memory;

    Opening(TargetRequest request, Limits limits, Memory memory) {
        this.request = request;
        this.limits = limits;
        this.memory = memory;
    }

    /** @param files by what the files that the images lie in are known again; empty where they are not */
    private record Opened(List<Target> images, Optional<List<FileIdentity>> files) {}

    List<Target> open() throws InputException, IOException {
        if (!memory.isOn()) {
            return openAll().images();
        }
        TargetMemory targets = new TargetMemory(memory, request, place());
        Optional<List<Target>> known = targets.recall(() -> openAll().images());
        if (known.isPresent()) {
            return known.get();
        }
        Opened opened = openAll();
        return opened.files().isPresent()
                ? targets.recording(opened.images(), opened.files().get())
                : targets.recording(opened.images());
    }

    /** What nothing but a change of the files it leads to could make lead elsewhere. */
    private String place() throws InputException, IOException {
        if (request.place() instanceof Place.Files file) {
            return "file " + file.path().toAbsolutePath();
        }
        return elsewhere();
    }

    /** Apart, because a switch over types is linked anew by each VM, which a short run over a file would feel. */
    private String elsewhere() throws InputException, IOException {
        return switch (request.place()) {
            case Place.Files file -> file.path().toString();
            case Place.InRegistry place -> "registry " + place.reference(); // a tag moves: the registry is always asked
            case Place.InEngine place -> "engine " + EngineStore.identity(place) + " " + place.image();
            case Place.InContainerd place -> "containerd " + place.image(); // a name moves: the store is always asked
            case Place.Container place -> "container " + place.container(); // changes as it runs: always asked
            case Place.Remembered place -> TargetMemory.byDigest(place.digest());
        };
    }

    private Opened openAll() throws InputException, IOException {
        return switch (request.place()) {
            case Place.Files file -> openPath(file.path());
            case Place.InRegistry place ->
                imagesIn(RegistryStore.open(place, request, limits, memory), Optional.of(TargetKind.REGISTRY));
            case Place.InEngine place -> {
                Opened opened = imagesIn(EngineStore.ofImage(place, limits), Optional.of(TargetKind.ENGINE));
                yield new Opened(opened.images(), Optional.of(List.of())); // known by the engine's own identity
            }
            case Place.InContainerd place ->
                imagesIn(ContainerdStore.open(place, memory), Optional.of(TargetKind.CONTAINERD));
            case Place.Container place -> imagesIn(EngineStore.ofContainer(place), Optional.of(TargetKind.CONTAINER));
            case Place.Remembered place ->
                throw new InputException(
                        InputException.Code.NOT_FOUND,
                        "no image of this digest is remembered as a whole; scan it once by its name or file");
        };
    }

    private Opened openPath(Path path) throws InputException, IOException {
        if (Files.isDirectory(path)) {
            return openFolder(path);
        }
        if (Files.exists(path)) {
            return openFile(path);
        }
        throw new InputException(InputException.Code.NOT_FOUND, "no such file or folder");
    }

    private Opened openFolder(Path folder) throws InputException, IOException {
        boolean looksLikeLayout = Files.isRegularFile(folder.resolve("index.json"))
                && (Files.isRegularFile(folder.resolve("oci-layout")) || Files.isDirectory(folder.resolve("blobs")));
        TargetKind found = looksLikeLayout
                ? TargetKind.OCI_LAYOUT
                : isCheckout(folder) ? TargetKind.PROJECT : TargetKind.ROOT_FILE_SYSTEM;
        TargetKind kind = request.kind().orElse(found);
        if (kind == TargetKind.ROOT_FILE_SYSTEM || kind == TargetKind.PROJECT) {
            return new Opened(List.of(new RootFileSystem(request.given(), folder, kind, limits)), Optional.empty());
        }
        return imagesIn(new FolderStore(folder, memory), Optional.of(kind));
    }

    /** Whether a version control system keeps it, and no operating system lives in it. */
    private static boolean isCheckout(Path folder) {
        return Files.exists(folder.resolve(".git")) && !Files.exists(folder.resolve("etc/os-release"));
    }

    private Opened openFile(Path file) throws InputException, IOException {
        if (request.kind().equals(Optional.of(TargetKind.ROOT_FILE_SYSTEM))
                || request.kind().equals(Optional.of(TargetKind.PROJECT))) {
            throw new InputException(
                    InputException.Code.NOT_AN_IMAGE,
                    "a " + (request.kind().get() == TargetKind.PROJECT ? "project" : "root file system")
                            + " is a folder, this is a file");
        }
        return imagesIn(ArchiveFile.open(file, limits, memory), request.kind());
    }

    /** Opens the images of a store, which closes with the last of them; it closes at once when this fails. */
    private Opened imagesIn(BlobStore store, Optional<TargetKind> forced) throws InputException, IOException {
        try (store) {
            TargetKind kind = forced.isPresent() ? forced.get() : kindOf(store);
            List<Target> images = switch (kind) {
                case DOCKER_ARCHIVE, ENGINE, CONTAINER ->
                    new DockerArchive(store, request, kind, limits, memory).targets();
                case OCI_LAYOUT, REGISTRY, CONTAINERD -> new OciLayout(store, request, kind, limits, memory).targets();
                case ROOT_FILE_SYSTEM, PROJECT ->
                    throw new InputException(
                            InputException.Code.NOT_AN_IMAGE,
                            "a root file system or project is a folder, this is an image");
                case SBOM ->
                    throw new InputException(
                            InputException.Code.NOT_AN_IMAGE, "a bill of materials is a text, this is an image");
                case REMEMBERED -> throw new IllegalStateException("what is remembered is never opened");
            };
            return new Opened(images, store.origins());
        }
    }

    private static TargetKind kindOf(BlobStore store) throws InputException, IOException {
        if (DockerArchive.isIn(store)) {
            return TargetKind.DOCKER_ARCHIVE;
        }
        if (OciLayout.isIn(store)) {
            return TargetKind.OCI_LAYOUT;
        }
        throw new InputException(InputException.Code.NOT_AN_IMAGE, TarAppearance.of(store.someNames()));
    }
}
