package dev.holdfast.manifest;

import dev.holdfast.manifest.tree.Document;

/** What a file turned out to be. */
public sealed interface Recognition {
    /** One of ours, to be judged. Single documents of it may still be broken. */
    record Ours(ManifestFile file) implements Recognition {}

    /**
     * One of ours that says nothing by itself: a template, a patch.
     *
     * @param kind what it belongs to
     * @param reason one sentence without the path: what it is, and what would have to happen to it first
     */
    record Unfinished(InputKind kind, String reason) implements Recognition {}

    /** It looks like one of ours, and no document of it can be read. */
    record Unreadable(InputKind kind, Document.Broken problem) implements Recognition {}

    /** Nothing that we judge. */
    record Foreign() implements Recognition {}
}
