package dev.holdfast.manifest.dockerfile;

/** What a stage is based on. */
public sealed interface Base {
    /** An image, by reference with all variables expanded. */
    record Image(String reference) implements Base {}

    /** An earlier stage of the same file. */
    record OfStage(int index) implements Base {}

    /** Nothing. */
    record Scratch() implements Base {}

    /**
     * Only a build could tell.
     *
     * @param text as far as it could be expanded
     */
    record Unknown(String text) implements Base {}
}
