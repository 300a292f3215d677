package dev.holdfast.oci;

/** What an entry of a file tree is. A hard link is a {@link #REGULAR} file that shares its content. */
public enum FileType {
    REGULAR,
    DIRECTORY,
    SYMBOLIC_LINK,
    CHARACTER_DEVICE,
    BLOCK_DEVICE,
    FIFO,
    SOCKET,
    /** A deletion: only in {@link FileTree#history}, never a living entry. */
    WHITEOUT
}
