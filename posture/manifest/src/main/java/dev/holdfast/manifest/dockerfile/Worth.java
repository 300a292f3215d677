package dev.holdfast.manifest.dockerfile;

/** What a variable is worth at some place. */
public sealed interface Worth {
    /** It holds this text. */
    record Known(String text) implements Worth {}

    /** It is not set, and expands to nothing. */
    record Unset() implements Worth {}

    /** An argument without a default: not set, unless the build gives it. */
    record Awaited() implements Worth {}

    /** Only a build could tell: the platform, or what the base image sets. */
    record Unknown() implements Worth {}
}
