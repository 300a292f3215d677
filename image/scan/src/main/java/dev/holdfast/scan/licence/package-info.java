/**
 * May what is inside be used? {@link dev.holdfast.scan.licence.LicencePolicyFile} reads what a user allows, wants to look at and denies;
 * {@link dev.holdfast.scan.licence.LicenceJudge} holds each package's declared licence against it and makes findings of the rest.
 */
@NullMarked
package dev.holdfast.scan.licence;

import org.jspecify.annotations.NullMarked;
