/**
 * Under which licences packages say that they stand. {@link dev.holdfast.inventory.licence.DeclaredLicences} collects what packages declare,
 * also where reading it costs something and is done only when asked for; {@link dev.holdfast.inventory.licence.LicenceWords} brings what
 * people wrote into an SPDX {@link dev.holdfast.inventory.licence.LicenceExpression}.
 */
@NullMarked
package dev.holdfast.inventory.licence;

import org.jspecify.annotations.NullMarked;
