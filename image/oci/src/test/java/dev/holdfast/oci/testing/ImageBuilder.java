package dev.holdfast.oci.testing;

import dev.holdfast.core.Digest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** One image: layers, and the configuration that belongs to them, which may be made wrong on purpose. */
public final class ImageBuilder {
    private static final String GZIP_TYPE = "application/vnd.oci.image.layer.v1.tar+gzip";

    private final List<BuiltLayer> layers = new ArrayList<>();
    private final List<String> tags = new ArrayList<>();
    private final List<String> history = new ArrayList<>();
    private String os = "linux";
    private String architecture = "amd64";
    private String variant = "";
    private String config = "";

    /**
     * A layer as stored.
     *
     * @param stored its bytes; empty when the archive is to lack it
     * @param diffId what the configuration says of its uncompressed bytes
     * @param digest what the manifest says of its stored bytes
     */
    record BuiltLayer(byte[] stored, boolean isCarried, String diffId, String digest, String mediaType) {}

    private ImageBuilder() {}

    public static ImageBuilder image() {
        return new ImageBuilder();
    }

    public ImageBuilder tag(String tag) {
        tags.add(tag);
        return this;
    }

    public ImageBuilder platform(String os, String architecture, String variant) {
        this.os = os;
        this.architecture = architecture;
        this.variant = variant;
        return this;
    }

    public ImageBuilder layer(LayerBuilder layer) {
        return layer(layer.build(), Folding.NONE);
    }

    public ImageBuilder layer(LayerBuilder layer, Folding folding) {
        return layer(layer.build(), folding);
    }

    /** A layer of any bytes. */
    public ImageBuilder layer(byte[] tar, Folding folding) {
        byte[] stored = folding.fold(tar);
        return storedLayer(stored, digestOf(tar), digestOf(stored));
    }

    /** A layer whose digests are as said, right or wrong. */
    public ImageBuilder storedLayer(byte[] stored, String diffId, String digest) {
        layers.add(new BuiltLayer(stored, true, diffId, digest, GZIP_TYPE));
        return this;
    }

    /** A layer that the image names and the archive does not carry, as foreign layers are. */
    public ImageBuilder missingLayer(LayerBuilder layer) {
        byte[] tar = layer.build();
        layers.add(new BuiltLayer(
                tar, false, digestOf(tar), digestOf(tar), "application/vnd.docker.image.rootfs.foreign.diff.tar.gzip"));
        return this;
    }

    /** The instruction of the next layer in the history. */
    public ImageBuilder history(String createdBy) {
        history.add("{\"created_by\":" + quote(createdBy) + "}");
        return this;
    }

    /** An instruction that made no layer. */
    public ImageBuilder emptyHistory(String createdBy) {
        history.add("{\"created_by\":" + quote(createdBy) + ",\"empty_layer\":true}");
        return this;
    }

    /** The {@code config} object of the configuration, as JSON. */
    public ImageBuilder config(String json) {
        config = json;
        return this;
    }

    List<BuiltLayer> layers() {
        return layers;
    }

    List<String> tags() {
        return tags;
    }

    String platformJson() {
        return "{\"architecture\":" + quote(architecture) + ",\"os\":" + quote(os)
                + (variant.isEmpty() ? "" : ",\"variant\":" + quote(variant)) + "}";
    }

    /** The configuration document. */
    public byte[] configuration() {
        StringBuilder json = new StringBuilder("{\"architecture\":" + quote(architecture) + ",\"os\":" + quote(os));
        if (!variant.isEmpty()) {
            json.append(",\"variant\":").append(quote(variant));
        }
        if (!config.isEmpty()) {
            json.append(",\"config\":").append(config);
        }
        json.append(",\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[");
        for (int i = 0; i < layers.size(); i++) {
            json.append(i == 0 ? "" : ",").append(quote(layers.get(i).diffId()));
        }
        json.append("]}");
        if (!history.isEmpty()) {
            json.append(",\"history\":[").append(String.join(",", history)).append("]");
        }
        return json.append("}").toString().getBytes(StandardCharsets.UTF_8);
    }

    /** The manifest document. */
    public byte[] manifest() {
        byte[] configuration = configuration();
        StringBuilder json =
                new StringBuilder("{\"schemaVersion\":2,\"mediaType\":\"application/vnd.oci.image.manifest.v1+json\"");
        json.append(",\"config\":")
                .append(descriptor(
                        "application/vnd.oci.image.config.v1+json", digestOf(configuration), configuration.length));
        json.append(",\"layers\":[");
        for (int i = 0; i < layers.size(); i++) {
            BuiltLayer layer = layers.get(i);
            json.append(i == 0 ? "" : ",").append(descriptor(layer.mediaType(), layer.digest(), layer.stored().length));
        }
        return json.append("]}").toString().getBytes(StandardCharsets.UTF_8);
    }

    /** The digest of a layer as it is stored, the lowest being 0. */
    public String layerDigest(int index) {
        return layers.get(index).digest();
    }

    static String descriptor(String mediaType, String digest, long size) {
        return "{\"mediaType\":" + quote(mediaType) + ",\"digest\":" + quote(digest) + ",\"size\":" + size + "}";
    }

    /** The digest of some bytes, as manifests write it. */
    public static String digestOf(byte[] bytes) {
        return Digest.sha256(bytes).toString();
    }

    static String hex(String digest) {
        return digest.substring(digest.indexOf(':') + 1);
    }

    static String quote(String text) {
        StringBuilder json = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < ' ') {
                json.append(String.format("\\u%04x", (int) c));
            } else {
                json.append(c);
            }
        }
        return json.append('"').toString();
    }
}
