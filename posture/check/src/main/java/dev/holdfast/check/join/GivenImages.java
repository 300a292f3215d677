package dev.holdfast.check.join;

import dev.holdfast.check.image.ImageArchive;
import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.manifest.InputKind;
import dev.holdfast.manifest.ManifestFile;
import dev.holdfast.manifest.Recognition;
import dev.holdfast.manifest.Recognizer;
import dev.holdfast.manifest.SourceFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the images that somebody gives beside the manifests: an archive, a layout, a configuration, a Dockerfile, or a folder of such. A
 * configuration and a Dockerfile know no name of their own, so one can be given.
 */
public final class GivenImages {
    /** As large as the largest configuration that is read elsewhere. */
    private static final int MOST_BYTES = 16 << 20;

    private static final Set<InputKind> KINDS = Set.of(InputKind.IMAGE, InputKind.DOCKERFILE);

    private final Limits limits;
    private final KnownImages images = new KnownImages();

    public GivenImages(Limits limits) {
        this.limits = limits;
    }

    public KnownImages images() {
        return images;
    }

    /**
     * Reads an image, or a folder of images.
     *
     * @param name under which manifests know it; empty: the names that it has itself
     * @throws InputException when it is none
     */
    public void read(Path path, String name) throws InputException, IOException {
        if (ImageArchive.isImage(path)) {
            ArchiveImage.add(path, name, false, limits, images);
        } else if (Files.isDirectory(path)) {
            folder(path);
        } else {
            text(path, name);
        }
    }

    /**
     * Reads a target that is checked itself as well, when it is an image.
     *
     * @return whether it is one
     */
    public boolean readChecked(Path path) throws InputException, IOException {
        if (ImageArchive.isImage(path)) {
            ArchiveImage.add(path, "", true, limits, images);
            return true;
        }
        boolean mayBe = Files.isRegularFile(path) && path.toString().endsWith(".json");
        Optional<ManifestFile> file =
                mayBe ? recognized(path).filter(one -> one.kind() == InputKind.IMAGE) : Optional.empty();
        file.ifPresent(one -> ConfigurationImage.add(one, true, images));
        return file.isPresent();
    }

    /** What is no image is passed over: nobody named it. */
    private void folder(Path folder) throws InputException, IOException {
        List<Path> children = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
            stream.forEach(children::add);
        }
        children.sort(null);
        for (Path child : children.subList(0, (int) Math.min(children.size(), limits.entries()))) {
            if (ImageArchive.isImage(child)) {
                ArchiveImage.add(child, "", false, limits, images);
            } else if (Files.isRegularFile(child)
                    && String.valueOf(child.getFileName()).endsWith(".json")) {
                recognized(child)
                        .filter(file -> file.kind() == InputKind.IMAGE)
                        .ifPresent(file -> ConfigurationImage.add(file, false, images));
            }
        }
    }

    private void text(Path path, String name) throws InputException, IOException {
        Optional<ManifestFile> file = recognized(path).filter(one -> KINDS.contains(one.kind()));
        if (file.isEmpty()) {
            throw new InputException(
                    InputException.Code.MALFORMED,
                    path + ": no archive, layout or configuration of an image, and no Dockerfile");
        }
        boolean isDockerfile = file.get().kind() == InputKind.DOCKERFILE;
        if (name.isEmpty() && isDockerfile) {
            throw new InputException(
                    InputException.Code.MALFORMED,
                    path + ": a Dockerfile does not say what its image is called; write NAME=" + path);
        }
        Optional<KnownImage> image = isDockerfile
                ? DockerfileImage.of(
                        path.toString(), file.get().source().text(), Optional.empty(), false, images, limits)
                : ConfigurationImage.first(file.get());
        if (name.isEmpty()) {
            ConfigurationImage.add(file.get(), false, images);
        } else {
            image.ifPresent(known -> images.add(name, known));
        }
    }

    private Optional<ManifestFile> recognized(Path path) throws InputException, IOException {
        byte[] bytes;
        try (InputStream in = Files.newInputStream(path)) {
            bytes = in.readNBytes(MOST_BYTES + 1);
        }
        if (bytes.length > MOST_BYTES) {
            throw new InputException(
                    InputException.Code.LIMIT, path + ": no configuration is larger than " + MOST_BYTES + " bytes");
        }
        SourceFile source = new SourceFile(path.toString(), new String(bytes, StandardCharsets.UTF_8), true);
        return new Recognizer(limits).recognize(source) instanceof Recognition.Ours(ManifestFile file)
                ? Optional.of(file)
                : Optional.empty();
    }
}
