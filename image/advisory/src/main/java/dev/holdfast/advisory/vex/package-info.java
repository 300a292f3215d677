/**
 * VEX documents as a user hands them over. {@link dev.holdfast.advisory.vex.VexReader} finds out by looking which format a document has
 * (OpenVEX, CSAF, CycloneDX) and makes {@link dev.holdfast.advisory.vex.VexStatement}s of it, one for each flaw, product and part. What
 * matches them with a target's findings is not here: that is judgement.
 */
@NullMarked
package dev.holdfast.advisory.vex;

import org.jspecify.annotations.NullMarked;
