package dev.holdfast.oci;

/**
 * What a tar header (or the file system) says of a file, before its content is read.
 *
 * @param type never {@link FileType#WHITEOUT}
 * @param size uncompressed bytes of content; 0 for what has none
 * @param mode permission bits, the low 12
 */
public record FileHeader(FileType type, long size, int mode) {
    public boolean isExecutable() {
        return type == FileType.REGULAR && (mode & 0111) != 0;
    }
}
