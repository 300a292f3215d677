/**
 * Version ranges as advisories write them. {@link dev.holdfast.advisory.feed.range.VersionSet} is a set of versions that still knows how
 * its bounds were written; {@link dev.holdfast.advisory.feed.range.Requirement} reads the requirement syntaxes of npm, RubyGems, Cargo,
 * Composer and the like into one.
 */
@NullMarked
package dev.holdfast.advisory.feed.range;

import org.jspecify.annotations.NullMarked;
