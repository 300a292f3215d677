package dev.holdfast.oci;

/** Declares up front which files' contents will be asked for. Called for every regular file of every layer, from several threads. */
@FunctionalInterface
public interface Interest {
    /** @param path absolute, without links resolved */
    Want in(String path, FileHeader header);
}
