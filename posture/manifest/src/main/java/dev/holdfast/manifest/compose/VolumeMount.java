package dev.holdfast.manifest.compose;

import dev.holdfast.manifest.tree.Node;
import java.util.List;
import java.util.Optional;

/**
 * Something that a service mounts.
 *
 * @param kind a bind mount, {@code volume}, {@code tmpfs}, {@code npipe}, {@code cluster} or {@code image}
 * @param source a path of the host for a bind mount, else a name; empty when there is none
 * @param target the path in the container
 * @param isReadOnly whether it may not be written
 * @param options what else is asked for: the words of the short form, or the propagation of the long one
 * @param node where it is written
 */
public record VolumeMount(
        String kind, String source, String target, boolean isReadOnly, List<String> options, Node node) {
    public VolumeMount {
        options = List.copyOf(options);
    }

    public boolean isBind() {
        return kind.equals("bind");
    }

    /** An entry of {@code volumes}: {@code [source:]target[:options]}, or the long form. */
    public static VolumeMount of(Node node) {
        return node.textAt().map(text -> shortForm(text, node)).orElseGet(() -> longForm(node));
    }

    private static VolumeMount longForm(Node node) {
        Optional<String> propagation = node.textAt("bind", "propagation");
        return new VolumeMount(
                node.textAt("type").orElse("volume"),
                node.textAt("source").or(() -> node.textAt("src")).orElse(""),
                node.textAt("target").or(() -> node.textAt("dst")).orElse(""),
                node.get("read_only").map(Node::isTrue).orElse(false)
                        || node.get("readonly").map(Node::isTrue).orElse(false),
                propagation.map(List::of).orElse(List.of()),
                node);
    }

    private static VolumeMount shortForm(String text, Node node) {
        List<String> parts = Colons.split(text);
        if (parts.size() == 1) {
            return new VolumeMount("volume", "", parts.getFirst(), false, List.of(), node);
        }
        String source = parts.getFirst();
        List<String> options = parts.size() > 2 ? List.of(parts.get(2).split(",")) : List.of();
        boolean isPipe = source.startsWith("\\\\.\\pipe") || source.startsWith("//./pipe");
        String kind = isPipe ? "npipe" : isPath(source) ? "bind" : "volume";
        return new VolumeMount(kind, source, parts.get(1), options.contains("ro"), options, node);
    }

    private static boolean isPath(String source) {
        boolean isWindows = source.length() > 1 && source.charAt(1) == ':';
        return source.startsWith("/")
                || source.startsWith(".")
                || source.startsWith("~")
                || source.startsWith("$")
                || source.startsWith("\\")
                || isWindows;
    }
}
