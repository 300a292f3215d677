/**
 * The order of versions, and ranges of versions, in every ecosystem we know.
 *
 * <p>Input is a {@link dev.holdfast.version.Scheme} (whose rules apply) and a version as its packager wrote it. Each scheme turns a
 * version into a {@link dev.holdfast.version.VersionKey}: bytes whose plain unsigned order is the ecosystem's order, so that whoever
 * matches or sorts compares bytes and never parses again. A {@link dev.holdfast.version.VersionRange} is a set of intervals over such
 * keys, read from the ecosystem's own range syntax or built from advisory events.
 *
 * <p>Start with {@link dev.holdfast.version.Versions}, which answers the two questions people ask: which of two versions is newer, and
 * is a version in a range. How tokens become ordered bytes is told once, at {@code KeyWriter}; what orders the versions of one ecosystem
 * is told at its class, such as {@code DebVersions}.
 */
@NullMarked
package dev.holdfast.version;

import org.jspecify.annotations.NullMarked;
