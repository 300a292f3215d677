/**
 * The Open Vulnerability and Assessment Language, as distributions publish it. {@link dev.holdfast.advisory.feed.oval.OvalReader} reads a
 * document, {@link dev.holdfast.advisory.feed.oval.CriteriaWalk} turns each definition's tests into what is said of packages, and
 * {@link dev.holdfast.advisory.feed.oval.Oval} is the importer.
 */
@NullMarked
package dev.holdfast.advisory.feed.oval;

import org.jspecify.annotations.NullMarked;
