/** Tests of the readers of archives and compressed streams. Oracles: the JDK's gzip, aircompressor's zstd, the xz library's writer. */
@org.jspecify.annotations.NullMarked
package dev.holdfast.archive;
