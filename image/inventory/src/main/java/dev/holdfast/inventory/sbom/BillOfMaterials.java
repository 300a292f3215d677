package dev.holdfast.inventory.sbom;

import dev.holdfast.core.Digest;
import dev.holdfast.core.Gap;
import dev.holdfast.inventory.Component;
import dev.holdfast.inventory.Distribution;
import dev.holdfast.oci.Layer;
import java.util.List;
import java.util.Optional;

/**
 * What a bill of materials says.
 *
 * @param format name and version, such as {@code CycloneDX 1.6} or {@code SPDX-2.3}
 * @param subject the name of what it describes; empty when it gives none
 * @param created when it was made, as written; empty when it does not say
 * @param distribution what it says of the operating system, or what its packages' URLs agree on
 * @param layers the layers that its components lie in, as far as it names them
 * @param components sorted, each package URL once
 * @param digest of the document's bytes
 * @param gaps what it does not say, or says so that it cannot be used
 */
public record BillOfMaterials(
        String format,
        String subject,
        String created,
        Optional<Distribution> distribution,
        List<Layer> layers,
        List<Component> components,
        Digest digest,
        List<Gap> gaps) {
    public BillOfMaterials {
        layers = List.copyOf(layers);
        components = List.copyOf(components);
        gaps = List.copyOf(gaps);
    }
}
