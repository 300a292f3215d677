package dev.holdfast.check.host;

import dev.holdfast.manifest.tree.Node;
import dev.holdfast.manifest.tree.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The settings of a Docker daemon: {@code daemon.json} with the options of the unit. Docker refuses to start when both say the same, so
 * neither needs to win; lists are joined. The options have other names for some settings.
 *
 * @param file the file's root; an empty map when there is none
 * @param flags the options of {@code dockerd} in the unit
 */
record EngineSettings(Node file, Flags flags) {
    private static final Map<String, String> OPTION_OF = Map.of(
            "hosts", "host",
            "insecure-registries", "insecure-registry",
            "authorization-plugins", "authorization-plugin",
            "default-ulimits", "default-ulimit",
            "storage-opts", "storage-opt");

    /** A single value. */
    Optional<String> value(String key) {
        return file.textAt(key).or(() -> flags.get(option(key)).map(Flags.Setting::value));
    }

    /** All values of a list; the keys of a map. */
    List<String> all(String key) {
        List<String> values = new ArrayList<>();
        file.get(key).ifPresent(node -> {
            node.elements().forEach(element -> element.textAt().ifPresent(values::add));
            node.entries().forEach(entry -> values.add(entry.key().text()));
        });
        flags.get(option(key)).ifPresent(setting -> values.addAll(setting.all()));
        if (key.equals("hosts")) {
            flags.get("H").ifPresent(setting -> values.addAll(setting.all()));
        }
        return values;
    }

    /** Where the setting is written in the file; its start when it is not there. */
    Place place(String key) {
        return file.get(key)
                .map(Node::place)
                .or(() -> flag(key).map(Flags.Setting::place))
                .orElse(Place.START);
    }

    /** The file in which it is written, when that is the unit. */
    Optional<String> unitOf(String key) {
        return file.get(key).isPresent() ? Optional.empty() : flag(key).map(Flags.Setting::file);
    }

    private Optional<Flags.Setting> flag(String key) {
        return flags.get(option(key)).or(() -> key.equals("hosts") ? flags.get("H") : Optional.empty());
    }

    private static String option(String key) {
        return OPTION_OF.getOrDefault(key, key);
    }
}
