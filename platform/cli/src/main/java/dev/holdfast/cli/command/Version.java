package dev.holdfast.cli.command;

/** This program's version. A test holds it against the build. */
public final class Version {
    public static final String TEXT = "0.1.0";

    private Version() {}
}
