package dev.holdfast.jvm.identity;

import java.util.Optional;

/**
 * What a class file is, apart from the package that it and others lie in.
 *
 * @param code over its own simple name, its members and their instructions. Package names are left out of every name, descriptor and text, so
 *     that moving a library to other packages does not change it; neither does stripping of debug information, or another constant pool
 * @param exact over the same, the line numbers and the class-file version: tells builds apart whose code is the same
 * @param weight bytes of instructions: how much a class proves
 */
public record ClassPrint(long code, long exact, int weight) {
    /** The print of a class file; empty when the bytes are none. */
    public static Optional<ClassPrint> of(byte[] classFile) {
        return ClassPrinter.print(classFile);
    }
}
