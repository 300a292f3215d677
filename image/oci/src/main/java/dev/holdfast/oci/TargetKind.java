package dev.holdfast.oci;

import java.util.Optional;

/** The kinds of target that can be opened. */
public enum TargetKind {
    /** A tar with a {@code manifest.json}, as {@code docker save}, Jib, Kaniko, skopeo and containerd write it; plain or gzip. */
    DOCKER_ARCHIVE("docker-archive", "archive"),
    /** An OCI image layout (image-spec 1.1), as a folder or a tar. */
    OCI_LAYOUT("oci-layout", "layout"),
    /** A folder that is the root of a file system. */
    ROOT_FILE_SYSTEM("rootfs", "rootfs"),
    /** A folder of sources, such as a git checkout. */
    PROJECT("project", "project"),
    /** An image in a registry. */
    REGISTRY("registry", "registry"),
    /** An image in a container engine, Docker or Podman. */
    ENGINE("engine", "docker"),
    /** An image in the store of containerd. */
    CONTAINERD("containerd", "containerd"),
    /** A container of an engine. */
    CONTAINER("container", "container"),
    /** A bill of materials: what somebody wrote of an image or a project. It holds no files, so nothing here opens it. */
    SBOM("sbom", "sbom"),
    /** An image that is not looked at: it was before, and is named by its digest. */
    REMEMBERED("remembered", "remembered");

    private final String word;
    private final String prefix;

    TargetKind(String word, String prefix) {
        this.word = word;
        this.prefix = prefix;
    }

    /** The stable name in reports. */
    public String word() {
        return word;
    }

    /** Whether it is a kind of file or folder. */
    public boolean isInFiles() {
        return switch (this) {
            case DOCKER_ARCHIVE, OCI_LAYOUT, ROOT_FILE_SYSTEM, PROJECT, SBOM -> true;
            case REGISTRY, ENGINE, CONTAINERD, CONTAINER, REMEMBERED -> false;
        };
    }

    /** The kind that a prefix such as {@code archive:} on the command line forces. */
    public static Optional<TargetKind> ofPrefix(String prefix) {
        for (TargetKind kind : values()) {
            if (kind.prefix.equals(prefix)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }
}
