package dev.holdfast.cli;

/** This program's version. A test holds it against the build. */
final class Version {
    static final String TEXT = "0.1.0";

    private Version() {}
}
