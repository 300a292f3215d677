package dev.holdfast.archive.zip;

/**
 * One entry as the central directory declares it.
 *
 * @param name as written, decoded as UTF-8 (malformed bytes become U+FFFD); never a path to open: it may hold {@code ..}, a drive
 *     letter or a leading slash
 * @param method 0 is stored, 8 is deflate
 * @param encrypted whether the content is closed to us
 * @param compressedSize bytes in the archive
 * @param size bytes when unfolded
 */
public record ZipEntry(String name, int method, boolean encrypted, long compressedSize, long size) {
    /** The content lies in the archive as it is. */
    public static final int STORED = 0;
    /** The content is a raw deflate stream (RFC 1951). */
    public static final int DEFLATED = 8;
}
