package dev.holdfast.manifest.dockerfile;

/** What a variable is worth at some place. */
public sealed interface Worth {
    /** It holds this text. */
    record Known(String text) implements Worth {}

    /** It is not set, and expands to nothing. */
    record Unset() implements Worth {}

    /** Only a build could tell: an argument without a default, the platform, or what the base image sets. */
    record Unknown() implements Worth {}
}
