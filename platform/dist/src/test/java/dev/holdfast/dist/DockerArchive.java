package dev.holdfast.dist;

import static dev.holdfast.dist.ShopImage.utf8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** What {@code docker save} writes since Docker 25: an OCI layout and the older {@code manifest.json} in one tar, layers uncompressed. */
final class DockerArchive {
    private final String tag;
    private final byte[] configuration;
    private final List<ShopImage.Layer> layers;

    DockerArchive(String tag, String configuration, List<ShopImage.Layer> layers) {
        this.tag = tag;
        this.configuration = utf8(configuration);
        this.layers = layers;
    }

    byte[] bytes() {
        byte[] manifest = utf8(manifest());
        TarWriter tar = new TarWriter().folder("blobs/").folder("blobs/sha256/");
        tar.file(path(configuration), configuration).file(path(manifest), manifest);
        for (ShopImage.Layer layer : layers) {
            tar.file(path(layer.tar()), layer.tar());
        }
        return tar.file("index.json", index(manifest))
                .file("manifest.json", dockerManifest())
                .file("oci-layout", "{\"imageLayoutVersion\":\"1.0.0\"}")
                .bytes();
    }

    private String manifest() {
        StringBuilder descriptors = new StringBuilder();
        for (ShopImage.Layer layer : layers) {
            descriptors
                    .append(descriptors.isEmpty() ? "" : ",")
                    .append(descriptor("application/vnd.oci.image.layer.v1.tar", layer.tar()))
                    .append('}');
        }
        return "{\"schemaVersion\":2,\"mediaType\":\"application/vnd.oci.image.manifest.v1+json\",\"config\":"
                + descriptor("application/vnd.oci.image.config.v1+json", configuration) + "},\"layers\":[" + descriptors
                + "]}";
    }

    private String index(byte[] manifest) {
        String name = tag.substring(0, tag.indexOf(':'));
        String version = tag.substring(tag.indexOf(':') + 1);
        return "{\"schemaVersion\":2,\"mediaType\":\"application/vnd.oci.image.index.v1+json\",\"manifests\":["
                + descriptor("application/vnd.oci.image.manifest.v1+json", manifest)
                + ",\"annotations\":{\"io.containerd.image.name\":\"docker.io/library/" + name + ":" + version
                + "\",\"org.opencontainers.image.ref.name\":\"" + version + "\"}}]}";
    }

    private String dockerManifest() {
        StringBuilder paths = new StringBuilder();
        for (ShopImage.Layer layer : layers) {
            paths.append(paths.isEmpty() ? "" : ",")
                    .append('"')
                    .append(path(layer.tar()))
                    .append('"');
        }
        return "[{\"Config\":\"" + path(configuration) + "\",\"RepoTags\":[\"" + tag + "\"],\"Layers\":[" + paths
                + "]}]";
    }

    private static String descriptor(String mediaType, byte[] content) {
        return "{\"mediaType\":\"" + mediaType + "\",\"digest\":\"sha256:" + sha256(content) + "\",\"size\":"
                + content.length;
    }

    private static String path(byte[] content) {
        return "blobs/sha256/" + sha256(content);
    }

    static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
