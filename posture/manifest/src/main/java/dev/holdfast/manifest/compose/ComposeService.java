package dev.holdfast.manifest.compose;

import dev.holdfast.manifest.tree.Node;

/**
 * One service, merged and with its variables expanded.
 *
 * @param name its key
 * @param key the key where it stands first
 * @param node what it says
 * @param isPatch whether it names neither an image nor a build, so that another file must complete it
 */
public record ComposeService(String name, Node.Scalar key, Node node, boolean isPatch) {}
