package dev.holdfast.cli.command;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Why something failed, in words for who runs the program. */
public final class Reason {
    private Reason() {}

    /** The JDK's file exceptions often hold only a path: says what is wrong with it. */
    public static String of(IOException failed) {
        String message = failed.getMessage() == null ? failed.toString() : failed.getMessage();
        return switch (failed) {
            case NoSuchFileException missing -> missing.getFile() + ": no such file or folder";
            case AccessDeniedException denied -> denied.getFile() + ": permission denied";
            case FileSystemException other
            when other.getReason() == null -> message + ": " + other.getClass().getSimpleName();
            default -> message;
        };
    }
}
