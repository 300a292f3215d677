/**
 * The Open Source Vulnerability format, in JSON and YAML. {@link dev.holdfast.advisory.feed.osv.OsvFeed} and
 * {@link dev.holdfast.advisory.feed.osv.PypaFeed} find the records; {@link dev.holdfast.advisory.feed.osv.OsvRecord} turns one into
 * facts, with the help of the ecosystem's {@link dev.holdfast.advisory.feed.osv.OsvEcosystem namespace} and the
 * {@link dev.holdfast.advisory.feed.osv.OsvEvents order of events}.
 */
@NullMarked
package dev.holdfast.advisory.feed.osv;

import org.jspecify.annotations.NullMarked;
