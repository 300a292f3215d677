package dev.holdfast.oci.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Puts images into archives and layouts, in the style of one writer or another. */
public final class ArchiveBuilder {
    /** Who writes a docker-archive, and so how its members are called. */
    public enum Writer {
        /** {@code docker save} before 25: a folder a layer; a layer that comes twice is a link to the first. */
        DOCKER,
        /** {@code docker save} since 25: blobs of an OCI layout, and a manifest.json for older readers. */
        DOCKER_25,
        /** Jib: keys in lower case, {@code config.json}, layers {@code HEX.tar.gz}. */
        JIB,
        /** Kaniko: the configuration is called {@code sha256:HEX}. */
        KANIKO,
        /** skopeo: {@code HEX.tar} of the uncompressed digest. */
        SKOPEO
    }

    private ArchiveBuilder() {}

    /** A docker-archive as {@code docker save} before 25 writes it. */
    public static byte[] dockerArchive(ImageBuilder... images) {
        return dockerArchive(Writer.DOCKER, images);
    }

    public static byte[] dockerArchive(Writer writer, ImageBuilder... images) {
        Map<String, byte[]> members = new LinkedHashMap<>();
        Map<String, String> links = new LinkedHashMap<>();
        List<String> manifest = new ArrayList<>();
        for (ImageBuilder image : images) {
            manifest.add(addImage(writer, image, members, links));
        }
        if (writer == Writer.DOCKER_25) {
            for (ImageBuilder image : images) {
                putBlob(members, image.manifest());
            }
            members.put("oci-layout", utf8("{\"imageLayoutVersion\":\"1.0.0\"}"));
            members.put("index.json", index(images));
        }
        members.put("manifest.json", utf8("[" + String.join(",", manifest) + "]"));
        return tar(members, links);
    }

    private static String addImage(
            Writer writer, ImageBuilder image, Map<String, byte[]> members, Map<String, String> links) {
        byte[] configuration = image.configuration();
        String hex = ImageBuilder.hex(ImageBuilder.digestOf(configuration));
        String configName = switch (writer) {
            case DOCKER, SKOPEO -> hex + ".json";
            case DOCKER_25 -> "blobs/sha256/" + hex;
            case JIB -> "config.json";
            case KANIKO -> "sha256:" + hex;
        };
        members.put(configName, configuration);
        List<String> names = new ArrayList<>();
        Map<String, String> firstOfDigest = new LinkedHashMap<>();
        for (int i = 0; i < image.layers().size(); i++) {
            ImageBuilder.BuiltLayer layer = image.layers().get(i);
            String name = layerName(writer, hex, layer, i);
            names.add(ImageBuilder.quote(name));
            String first = firstOfDigest.putIfAbsent(layer.digest(), name);
            if (first != null && writer == Writer.DOCKER) {
                links.put(name, "../" + first);
            } else if (layer.isCarried()) {
                members.put(name, layer.stored());
            }
        }
        List<String> tags = new ArrayList<>();
        image.tags().forEach(tag -> tags.add(ImageBuilder.quote(tag)));
        String keys = "{\"Config\":%s,\"RepoTags\":[%s],\"Layers\":[%s]}";
        if (writer == Writer.JIB) {
            keys = "{\"config\":%s,\"repoTags\":[%s],\"layers\":[%s]}";
        }
        return keys.formatted(ImageBuilder.quote(configName), String.join(",", tags), String.join(",", names));
    }

    private static String layerName(Writer writer, String image, ImageBuilder.BuiltLayer layer, int index) {
        return switch (writer) {
            // Docker's layer folders are named by an id that is no digest of anything in the archive.
            case DOCKER -> ImageBuilder.hex(ImageBuilder.digestOf(utf8(image + index))) + "/layer.tar";
            case DOCKER_25 -> "blobs/sha256/" + ImageBuilder.hex(layer.digest());
            case JIB, KANIKO -> ImageBuilder.hex(layer.digest()) + ".tar.gz";
            case SKOPEO -> ImageBuilder.hex(layer.diffId()) + ".tar";
        };
    }

    /** An OCI layout as a tar. Each image stands in the index with its platform, and its first tag as its name. */
    public static byte[] ociArchive(ImageBuilder... images) {
        return tar(ociMembers(index(images), images), Map.of());
    }

    /** An OCI layout as a tar whose index is as said. */
    public static byte[] ociArchive(byte[] index, Map<String, byte[]> moreBlobs, ImageBuilder... images) {
        Map<String, byte[]> members = ociMembers(index, images);
        moreBlobs.forEach((digest, blob) -> members.put("blobs/sha256/" + ImageBuilder.hex(digest), blob));
        return tar(members, Map.of());
    }

    /** An OCI layout as a folder. */
    public static void ociFolder(Path folder, ImageBuilder... images) throws IOException {
        for (Map.Entry<String, byte[]> member :
                ociMembers(index(images), images).entrySet()) {
            Path file = folder.resolve(member.getKey());
            Files.createDirectories(file.resolveSibling("."));
            Files.write(file, member.getValue());
        }
    }

    private static Map<String, byte[]> ociMembers(byte[] index, ImageBuilder... images) {
        Map<String, byte[]> members = new LinkedHashMap<>();
        members.put("oci-layout", utf8("{\"imageLayoutVersion\":\"1.0.0\"}"));
        members.put("index.json", index);
        for (ImageBuilder image : images) {
            putBlob(members, image.manifest());
            putBlob(members, image.configuration());
            for (ImageBuilder.BuiltLayer layer : image.layers()) {
                if (layer.isCarried()) {
                    members.put("blobs/sha256/" + ImageBuilder.hex(layer.digest()), layer.stored());
                }
            }
        }
        return members;
    }

    private static void putBlob(Map<String, byte[]> members, byte[] blob) {
        members.put("blobs/sha256/" + ImageBuilder.hex(ImageBuilder.digestOf(blob)), blob);
    }

    /** An index of these images. */
    public static byte[] index(ImageBuilder... images) {
        List<String> descriptors = new ArrayList<>();
        for (ImageBuilder image : images) {
            descriptors.add(manifestDescriptor(image));
        }
        return index(descriptors.toArray(String[]::new));
    }

    /** An index of these descriptors, as JSON. */
    public static byte[] index(String... descriptors) {
        return utf8("{\"schemaVersion\":2,\"mediaType\":\"application/vnd.oci.image.index.v1+json\",\"manifests\":["
                + String.join(",", descriptors) + "]}");
    }

    /** The descriptor of an image's manifest, with its platform, and its first tag as its name. */
    public static String manifestDescriptor(ImageBuilder image) {
        byte[] manifest = image.manifest();
        String annotations = image.tags().isEmpty()
                ? ""
                : ",\"annotations\":{\"org.opencontainers.image.ref.name\":"
                        + ImageBuilder.quote(image.tags().getFirst()) + "}";
        return "{\"mediaType\":\"application/vnd.oci.image.manifest.v1+json\",\"digest\":"
                + ImageBuilder.quote(ImageBuilder.digestOf(manifest)) + ",\"size\":" + manifest.length
                + ",\"platform\":" + image.platformJson() + annotations + "}";
    }

    /** The descriptor of an index, to nest it in another. */
    public static String indexDescriptor(byte[] index) {
        return ImageBuilder.descriptor(
                "application/vnd.oci.image.index.v1+json", ImageBuilder.digestOf(index), index.length);
    }

    /** A tar of these members, and symbolic links. */
    public static byte[] tar(Map<String, byte[]> members, Map<String, String> links) {
        LayerBuilder tar = LayerBuilder.layer();
        links.forEach(tar::link);
        members.forEach(tar::file);
        return tar.build();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
