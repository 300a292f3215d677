package dev.holdfast.manifest.dockerfile;

/** What a stage is based on. */
public sealed interface Foundation {
    /** An image, by reference with all variables expanded. */
    record Image(String reference) implements Foundation {}

    /** An earlier stage of the same file. */
    record OfStage(int index) implements Foundation {}

    /** Nothing. */
    record Scratch() implements Foundation {}

    /**
     * Only a build could tell.
     *
     * @param text as far as it could be expanded
     */
    record Unknown(String text) implements Foundation {}
}
