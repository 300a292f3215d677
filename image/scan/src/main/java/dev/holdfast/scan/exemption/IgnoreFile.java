package dev.holdfast.scan.exemption;

import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.scan.exemption.YamlNode.Entry;
import dev.holdfast.scan.exemption.YamlNode.Mapping;
import dev.holdfast.scan.exemption.YamlNode.Sequence;
import dev.holdfast.scan.exemption.YamlNode.Text;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads exemptions from a YAML file that people write.
 *
 * <pre>
 * exceptions:                     # or the list alone
 *   - id: CVE-2023-4911           # one or a list; any name of the flaw; without it, everything within the scope
 *     package: pkg:deb/debian/libc6   # or a name, or name@version; * stands for any part of a name
 *     path: /opt/app/**
 *     target: shop:*
 *     reason: no setuid programs in this image      # required
 *     owner: platform team
 *     expires: 2027-01-31
 *     justification: vulnerable_code_not_in_execute_path   # when it does not affect; else it is an accepted risk
 * </pre>
 *
 * <p>An unknown key, a missing reason, a date that is none, or a rule that would set everything aside is an error with line and column.
 */
public final class IgnoreFile {
    /** The file that is read when it lies in the working directory and no other is named. */
    public static final String NAME = ".holdfast-ignore.yaml";

    private static final List<String> KEYS =
            List.of("id", "package", "path", "target", "reason", "owner", "expires", "justification");

    /** OpenVEX's five. */
    private static final Set<String> JUSTIFICATIONS = Set.of(
            "component_not_present",
            "vulnerable_code_not_present",
            "vulnerable_code_not_in_execute_path",
            "vulnerable_code_cannot_be_controlled_by_adversary",
            "inline_mitigations_already_exist");

    /** More than anybody writes by hand. */
    private static final int MOST_BYTES = 4 << 20;

    private final String name;

    private IgnoreFile(String name) {
        this.name = name;
    }

    public static List<Exemption> read(Path file, Limits limits) throws InputException, IOException {
        return parse(text(file), file.toString(), limits);
    }

    /** The exceptions that stand in a file of another kind. */
    public static List<Exemption> rules(YamlNode list, String name) throws InputException {
        return new IgnoreFile(name).rulesOf(list);
    }

    /** A file that people write, whole. */
    public static String text(Path file) throws InputException, IOException {
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(MOST_BYTES + 1);
        }
        if (bytes.length > MOST_BYTES) {
            throw new InputException(InputException.Code.LIMIT, file + ": larger than " + MOST_BYTES + " bytes");
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    static List<Exemption> parse(String text, String name, Limits limits) throws InputException {
        try {
            return new IgnoreFile(name).rules(YamlNode.parse(text, limits));
        } catch (InputException wrong) {
            throw wrong.getMessage().startsWith(name)
                    ? wrong
                    : new InputException(wrong.code(), name + ":" + wrong.getMessage(), wrong);
        }
    }

    private List<Exemption> rules(YamlNode root) throws InputException {
        return switch (root) {
            case Text text when text.value().isBlank() -> List.of();
            case Text text -> throw wrong(text, "expected a list of exceptions, found: " + text.value());
            case Sequence list -> list(list);
            case Mapping mapping -> {
                if (mapping.entries().size() != 1
                        || !mapping.entries().getFirst().key().value().equals("exceptions")) {
                    throw wrong(
                            mapping,
                            "expected 'exceptions:' and a list, found: "
                                    + mapping.entries().getFirst().key().value());
                }
                yield rulesOf(mapping.entries().getFirst().value());
            }
        };
    }

    private List<Exemption> rulesOf(YamlNode value) throws InputException {
        return switch (value) {
            case Sequence list -> list(list);
            case Text text when text.value().isBlank() -> List.of();
            case Text text -> throw wrong(text, "expected a list of exceptions");
            case Mapping mapping -> throw wrong(mapping, "expected a list of exceptions; each begins with a dash");
        };
    }

    private List<Exemption> list(Sequence list) throws InputException {
        List<Exemption> rules = new ArrayList<>();
        for (YamlNode element : list.elements()) {
            if (!(element instanceof Mapping mapping)) {
                throw wrong(element, "an exception has keys: " + String.join(", ", KEYS));
            }
            rules.add(rule(mapping));
        }
        return rules;
    }

    private Exemption rule(Mapping mapping) throws InputException {
        Map<String, YamlNode> values = new HashMap<>();
        for (Entry entry : mapping.entries()) {
            String key = entry.key().value();
            if (!KEYS.contains(key)) {
                throw wrong(
                        entry.key(),
                        "no key \"" + key + "\""
                                + Nearest.of(key, KEYS)
                                        .map(near -> "; did you mean " + near + "?")
                                        .orElse("; there are " + String.join(", ", KEYS)));
            }
            if (values.put(key, entry.value()) != null) {
                throw wrong(entry.key(), "\"" + key + "\" stands twice");
            }
        }
        String reason = text(values, "reason");
        if (reason.isBlank()) {
            throw wrong(mapping, "an exception without a reason; add 'reason: …'");
        }
        List<String> ids = ids(values);
        Exemption.Scope scope = scope(values, mapping);
        if (ids.isEmpty() && scope.packageName().isEmpty() && scope.path().isEmpty()) {
            throw wrong(mapping, "an exception from everything; narrow it with id, package or path");
        }
        return new Exemption(
                ids,
                scope,
                reason,
                text(values, "owner"),
                expires(values),
                justification(values),
                name + ":" + mapping.line());
    }

    private List<String> ids(Map<String, YamlNode> values) throws InputException {
        List<String> ids = new ArrayList<>();
        if (values.get("id") instanceof Sequence list) {
            for (YamlNode element : list.elements()) {
                if (!(element instanceof Text id)) {
                    throw wrong(element, "an id is a text");
                }
                ids.add(id.value().strip());
            }
        } else if (values.containsKey("id")) {
            ids.add(text(values, "id"));
        }
        ids.removeIf(String::isEmpty);
        return ids;
    }

    private Exemption.Scope scope(Map<String, YamlNode> values, Mapping rule) throws InputException {
        Exemption.Scope scope =
                new Exemption.Scope(text(values, "package"), text(values, "path"), text(values, "target"));
        if (scope.packageName().startsWith("pkg:") && scope.purl().isEmpty()) {
            YamlNode at = values.getOrDefault("package", rule);
            throw wrong(at, "not a package URL: " + scope.packageName());
        }
        return scope;
    }

    private Optional<LocalDate> expires(Map<String, YamlNode> values) throws InputException {
        YamlNode at = values.get("expires");
        String day = text(values, "expires");
        if (at == null || day.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(LocalDate.parse(day));
        } catch (DateTimeException wrong) {
            throw wrong(at, "\"" + day + "\" is no date; 2027-01-31 is");
        }
    }

    private String justification(Map<String, YamlNode> values) throws InputException {
        String label = text(values, "justification");
        YamlNode at = values.get("justification");
        if (at != null && !label.isEmpty() && !JUSTIFICATIONS.contains(label)) {
            throw wrong(
                    at,
                    "no justification \"" + label + "\"; OpenVEX has "
                            + String.join(", ", JUSTIFICATIONS.stream().sorted().toList()));
        }
        return label;
    }

    private String text(Map<String, YamlNode> values, String key) throws InputException {
        YamlNode value = values.get(key);
        if (value == null) {
            return "";
        }
        if (value instanceof Text text) {
            return text.value().strip();
        }
        throw wrong(value, "\"" + key + "\" is a text");
    }

    private InputException wrong(YamlNode at, String what) {
        return new InputException(
                InputException.Code.MALFORMED, name + ":" + at.line() + ":" + at.column() + ": " + what);
    }
}
