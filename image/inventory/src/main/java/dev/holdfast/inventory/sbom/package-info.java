/**
 * Bills of materials as input. {@link dev.holdfast.inventory.sbom.BillReader} finds out by looking which format a document has (CycloneDX as
 * JSON or XML, SPDX 2 as JSON or tag-value, SPDX 3, Syft's own JSON, a GitHub dependency snapshot, any of the JSON ones inside an in-toto
 * statement or a DSSE envelope), turns each entry into a {@link dev.holdfast.inventory.sbom.Claim}, and lets
 * {@link dev.holdfast.inventory.sbom.BillAssembly} make components of the claims. Result: a
 * {@link dev.holdfast.inventory.sbom.BillOfMaterials} that is judged as an image's inventory is.
 *
 * <p>A claim is what somebody wrote, not what was seen: what it does not say, or says so that nothing can be matched by it, becomes a gap.
 */
@NullMarked
package dev.holdfast.inventory.sbom;

import org.jspecify.annotations.NullMarked;
