package dev.holdfast.oci;

import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.oci.image.ContainerdStore;
import dev.holdfast.oci.image.DockerArchive;
import dev.holdfast.oci.image.EngineStore;
import dev.holdfast.oci.image.OciLayout;
import dev.holdfast.oci.image.RegistryStore;
import dev.holdfast.oci.image.RootFileSystem;
import dev.holdfast.oci.store.ArchiveFile;
import dev.holdfast.oci.store.BlobStore;
import dev.holdfast.oci.store.FolderStore;
import dev.holdfast.oci.store.TarAppearance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Opens what the user named. The kind is found by looking at the bytes, never at the name. */
public final class Targets {
    private Targets() {}

    /**
     * Opens every image that the request leads to, usually one; an archive may hold several. The caller closes them all.
     *
     * @throws InputException when there is nothing we can read: the message says what it looks like instead
     */
    public static List<Target> open(TargetRequest request, Limits limits) throws InputException, IOException {
        try {
            return request.place() instanceof Place.Files file
                    ? openPath(file.path(), request, limits)
                    : openElsewhere(request, limits);
        } catch (InputException wrong) {
            throw wrong.in(request.given());
        }
    }

    private static List<Target> openElsewhere(TargetRequest request, Limits limits) throws InputException, IOException {
        return switch (request.place()) {
            case Place.Files file -> openPath(file.path(), request, limits);
            case Place.InRegistry place ->
                imagesIn(RegistryStore.open(place, request, limits), request, Optional.of(TargetKind.REGISTRY), limits);
            case Place.InEngine place ->
                imagesIn(EngineStore.ofImage(place, limits), request, Optional.of(TargetKind.ENGINE), limits);
            case Place.InContainerd place ->
                imagesIn(ContainerdStore.open(place), request, Optional.of(TargetKind.CONTAINERD), limits);
            case Place.Container place ->
                imagesIn(EngineStore.ofContainer(place), request, Optional.of(TargetKind.CONTAINER), limits);
        };
    }

    private static List<Target> openPath(Path path, TargetRequest request, Limits limits)
            throws InputException, IOException {
        if (Files.isDirectory(path)) {
            return openFolder(path, request, limits);
        }
        if (Files.exists(path)) {
            return openFile(path, request, limits);
        }
        throw new InputException(InputException.Code.NOT_FOUND, "no such file or folder");
    }

    private static List<Target> openFolder(Path folder, TargetRequest request, Limits limits)
            throws InputException, IOException {
        boolean looksLikeLayout = Files.isRegularFile(folder.resolve("index.json"))
                && (Files.isRegularFile(folder.resolve("oci-layout")) || Files.isDirectory(folder.resolve("blobs")));
        TargetKind found = looksLikeLayout
                ? TargetKind.OCI_LAYOUT
                : isCheckout(folder) ? TargetKind.PROJECT : TargetKind.ROOT_FILE_SYSTEM;
        TargetKind kind = request.kind().orElse(found);
        if (kind == TargetKind.ROOT_FILE_SYSTEM || kind == TargetKind.PROJECT) {
            return List.of(new RootFileSystem(request.given(), folder, kind, limits));
        }
        return imagesIn(new FolderStore(folder), request, Optional.of(kind), limits);
    }

    /** Whether a version control system keeps it, and no operating system lives in it. */
    private static boolean isCheckout(Path folder) {
        return Files.exists(folder.resolve(".git")) && !Files.exists(folder.resolve("etc/os-release"));
    }

    private static List<Target> openFile(Path file, TargetRequest request, Limits limits)
            throws InputException, IOException {
        if (request.kind().equals(Optional.of(TargetKind.ROOT_FILE_SYSTEM))
                || request.kind().equals(Optional.of(TargetKind.PROJECT))) {
            throw new InputException(
                    InputException.Code.NOT_AN_IMAGE,
                    "a " + (request.kind().get() == TargetKind.PROJECT ? "project" : "root file system")
                            + " is a folder, this is a file");
        }
        return imagesIn(ArchiveFile.open(file, limits), request, request.kind(), limits);
    }

    /** Opens the images of a store, which closes with the last of them; it closes at once when this fails. */
    private static List<Target> imagesIn(
            BlobStore store, TargetRequest request, Optional<TargetKind> forced, Limits limits)
            throws InputException, IOException {
        try (store) {
            TargetKind kind = forced.isPresent() ? forced.get() : kindOf(store);
            return switch (kind) {
                case DOCKER_ARCHIVE, ENGINE, CONTAINER -> new DockerArchive(store, request, kind, limits).targets();
                case OCI_LAYOUT, REGISTRY, CONTAINERD -> new OciLayout(store, request, kind, limits).targets();
                case ROOT_FILE_SYSTEM, PROJECT ->
                    throw new InputException(
                            InputException.Code.NOT_AN_IMAGE,
                            "a root file system or project is a folder, this is an image");
                case SBOM ->
                    throw new InputException(
                            InputException.Code.NOT_AN_IMAGE, "a bill of materials is a text, this is an image");
            };
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
