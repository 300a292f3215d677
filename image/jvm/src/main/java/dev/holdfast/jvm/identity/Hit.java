package dev.holdfast.jvm.identity;

/**
 * A class of an archive that the base knows.
 *
 * @param folder where it lies, {@code a/b}
 * @param weight see {@link ClassPrint}
 * @param origin where it was published
 */
record Hit(String folder, int weight, Origin origin) {}
