package dev.holdfast.inventory.sbom;

import static dev.holdfast.inventory.sbom.CycloneDx.text;

import dev.holdfast.core.InputException;
import dev.holdfast.core.json.JsonValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The entries of Syft's own JSON.
 *
 * <pre>
 *   artifact  { name, version, type, purl, locations [ { path, layerID } ],
 *               licenses [ TEXT | { value } ],
 *               metadata { originPackage | source, sourceVersion | sourceRpm, modularityLabel, epoch } }
 *   distro    { name, version } of the first schemas, { id, versionID, prettyName, versionCodename } of later ones
 *   source    { target | metadata { userInput, layers [ { digest } ] } }
 * </pre>
 */
final class SyftArtifacts {
    private SyftArtifacts() {}

    static void take(JsonValue artifact, int line, BillAssembly bill) throws InputException {
        JsonValue metadata = artifact.get("metadata");
        Map<String, String> notes = new HashMap<>();
        notes.put("syft:metadata:originPackage", text(metadata, "originPackage"));
        notes.put("syft:metadata:source", text(metadata, "source"));
        notes.put("syft:metadata:sourceVersion", text(metadata, "sourceVersion"));
        notes.put("syft:metadata:sourceRpm", text(metadata, "sourceRpm"));
        notes.put("syft:metadata:modularityLabel", text(metadata, "modularityLabel"));
        List<Claim.Place> places = new ArrayList<>();
        for (JsonValue location : artifact.get("locations").elements()) {
            places.add(new Claim.Place(text(location, "path"), text(location, "layerID")));
        }
        StringBuilder licences = new StringBuilder();
        for (JsonValue licence : artifact.get("licenses").elements()) {
            String word = licence.text().orElseGet(() -> text(licence, "value"));
            licences.append(licences.isEmpty() ? "" : " AND ").append(word);
        }
        bill.component(new Claim(
                line,
                "library",
                "",
                text(artifact, "name"),
                text(artifact, "version"),
                text(artifact, "purl").strip(),
                licences.toString(),
                "",
                places,
                notes));
    }

    static void distro(JsonValue distro, String document, BillAssembly bill) {
        String id = text(distro, "id");
        String version = text(distro, "versionID");
        bill.system(SystemName.named(
                id.isEmpty() ? text(distro, "name") : id,
                version.isEmpty() ? text(distro, "version") : version,
                text(distro, "prettyName"),
                text(distro, "versionCodename"),
                document));
    }

    static void source(JsonValue source, BillAssembly bill) {
        JsonValue target = Optional.of(source.get("metadata"))
                .filter(metadata -> !metadata.isAbsent())
                .orElseGet(() -> source.get("target"));
        bill.subject(text(target, "userInput"));
        for (JsonValue layer : target.get("layers").elements()) {
            String digest = text(layer, "digest");
            if (!digest.isEmpty()) {
                bill.layer(digest);
            }
        }
    }
}
