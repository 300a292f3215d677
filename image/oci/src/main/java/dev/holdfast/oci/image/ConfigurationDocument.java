package dev.holdfast.oci.image;

import dev.holdfast.core.Digest;
import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.core.SafeText;
import dev.holdfast.core.json.Json;
import dev.holdfast.core.json.JsonValue;
import dev.holdfast.oci.ImageConfiguration;
import dev.holdfast.oci.Platform;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * An image's configuration as read: OCI image configuration, or Docker's, of which it is a part.
 *
 * @param digest of its bytes
 * @param platform empty when it does not name one
 * @param diffIds digests of the uncompressed layers, bottom first
 */
public record ConfigurationDocument(
        Digest digest, Optional<Platform> platform, List<Digest> diffIds, ImageConfiguration configuration) {

    public static ConfigurationDocument parse(byte[] bytes, Limits limits) throws InputException {
        JsonValue json;
        try {
            json = Json.parse(bytes, limits);
        } catch (InputException wrong) {
            throw wrong.in("image configuration");
        }
        return new ConfigurationDocument(
                Digest.sha256(bytes), platform(json), diffIds(json.at("rootfs", "diff_ids")), configuration(json));
    }

    private static Optional<Platform> platform(JsonValue json) {
        Optional<String> os = json.get("os").text().filter(text -> !text.isEmpty());
        Optional<String> architecture = json.get("architecture").text().filter(text -> !text.isEmpty());
        return os.isEmpty() || architecture.isEmpty()
                ? Optional.empty()
                : Optional.of(new Platform(
                        os.get(), architecture.get(), json.get("variant").text().orElse("")));
    }

    private static List<Digest> diffIds(JsonValue json) throws InputException {
        List<Digest> diffIds = new ArrayList<>();
        for (JsonValue element : json.elements()) {
            String text = element.text().orElse("");
            diffIds.add(Digest.parse(text)
                    .orElseThrow(() -> new InputException(
                            InputException.Code.MALFORMED,
                            "image configuration: a layer's digest is " + SafeText.of("'" + text + "'"))));
        }
        return List.copyOf(diffIds);
    }

    private static ImageConfiguration configuration(JsonValue json) {
        JsonValue config = json.get("config");
        List<String> ports =
                new ArrayList<>(config.get("ExposedPorts").members().keySet());
        Collections.sort(ports);
        Map<String, String> labels = new TreeMap<>();
        config.get("Labels")
                .members()
                .forEach((name, value) -> labels.put(name, value.scalar().orElse("")));
        List<ImageConfiguration.HistoryEntry> history = new ArrayList<>();
        for (JsonValue step : json.get("history").elements()) {
            history.add(new ImageConfiguration.HistoryEntry(
                    step.get("created_by").text().orElse(""),
                    step.get("created").text().orElse(""),
                    step.get("empty_layer").isTrue()));
        }
        return new ImageConfiguration(
                json.get("created").text().orElse(""),
                config.get("User").scalar().orElse(""),
                config.get("Env").texts(),
                config.get("Entrypoint").texts(),
                config.get("Cmd").texts(),
                config.get("WorkingDir").text().orElse(""),
                ports,
                labels,
                history);
    }

    /** How many steps of the history made a layer. */
    public int layerSteps() {
        int steps = 0;
        for (ImageConfiguration.HistoryEntry step : configuration.history()) {
            steps += step.emptyLayer() ? 0 : 1;
        }
        return steps;
    }

    /** Whether the history, if there is any, has a step for each layer. */
    public boolean attributes(int layers) {
        return configuration.history().isEmpty() || layerSteps() == layers && diffIds.size() == layers;
    }

    /** The instruction of each layer; empty texts when history and layers do not agree, because a guess would blame the wrong step. */
    public List<String> instructions(int layers) {
        List<String> instructions = new ArrayList<>();
        if (attributes(layers)) {
            for (ImageConfiguration.HistoryEntry step : configuration.history()) {
                if (!step.emptyLayer()) {
                    instructions.add(step.createdBy());
                }
            }
        }
        while (instructions.size() < layers) {
            instructions.add("");
        }
        return instructions;
    }
}
