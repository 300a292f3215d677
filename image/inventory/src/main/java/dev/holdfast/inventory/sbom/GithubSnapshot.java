package dev.holdfast.inventory.sbom;

import static dev.holdfast.inventory.sbom.CycloneDx.text;

import dev.holdfast.core.InputException;
import dev.holdfast.core.json.JsonValue;
import java.util.List;
import java.util.Map;

/**
 * One manifest of a GitHub dependency submission.
 *
 * <pre>
 *   manifest { name, file { source_location }, resolved { KEY: { package_url, scope: runtime | development } } }
 * </pre>
 */
final class GithubSnapshot {
    private GithubSnapshot() {}

    static void take(JsonValue manifest, int line, BillAssembly bill) throws InputException {
        String file = manifest.at("file", "source_location").text().orElse("");
        List<Claim.Place> places = file.isEmpty() ? List.of() : List.of(new Claim.Place(file, ""));
        for (Map.Entry<String, JsonValue> entry :
                manifest.get("resolved").members().entrySet()) {
            JsonValue dependency = entry.getValue();
            boolean isDevelopment = text(dependency, "scope").equals("development");
            bill.component(new Claim(
                    line,
                    "library",
                    "",
                    entry.getKey(),
                    "",
                    text(dependency, "package_url").strip(),
                    "",
                    "",
                    places,
                    isDevelopment ? Map.of("scope", "dev") : Map.of()));
        }
    }
}
