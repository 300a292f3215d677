package dev.holdfast.rules.load;

import dev.holdfast.core.Limits;
import dev.holdfast.manifest.tree.Document;
import dev.holdfast.manifest.tree.Node;
import dev.holdfast.manifest.tree.Schema;
import dev.holdfast.manifest.tree.YamlReader;
import dev.holdfast.rules.ProblemCode;
import dev.holdfast.rules.RuleFile;
import dev.holdfast.rules.load.LoadException.Subject;
import dev.holdfast.rules.text.Nearest;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads rule files: YAML documents, each a list of maps, each of which is an item. What kind it is, is told by a key:
 *
 * <pre>
 * required_engine_version: 15 or 0.57.0
 * required_plugin_versions: [ { name, version, alternatives: [ { name, version } ] } ]
 * list: NAME      items: [ value or name of a list ]                             append | override: { items }
 * macro: NAME     condition: CONDITION                                           append | override: { condition }
 * rule: NAME      condition, desc, output, priority, source, tags, enabled, exceptions, capture, capture_duration, warn_evttypes,
 *                 skip-if-unknown-filter                                         append | override: { key: append or replace }
 * </pre>
 *
 * <p>An item that is wrong does not keep the others of its file from being read.
 */
final class ItemReader {
    private static final Subject CONTENT = new Subject("rules content", "");
    private static final List<String> KINDS = List.of("list", "macro", "rule");

    private final Limits limits;
    private final Problems problems;
    private final Collected collected;
    private final RuleReader rules;

    ItemReader(Limits limits, Problems problems, Collected collected, Set<String> sources) {
        this.limits = limits;
        this.problems = problems;
        this.collected = collected;
        this.rules = new RuleReader(problems, collected, sources);
    }

    void read(RuleFile file) {
        Origin origin = new Origin(file);
        for (Document document : new YamlReader(Schema.KUBERNETES, limits).read(file.text())) {
            switch (document) {
                case Document.Broken broken ->
                    problems.tell(
                            ProblemCode.LOAD_ERR_YAML_PARSE,
                            broken.problem(),
                            CONTENT,
                            origin.place(broken.line(), broken.column()));
                case Document.Read read -> read(read.root(), origin);
            }
        }
    }

    private void read(Node root, Origin origin) {
        if (!(root instanceof Node.Sequence sequence)) {
            problems.tell(
                    ProblemCode.LOAD_ERR_YAML_VALIDATE,
                    root instanceof Node.Mapping mapping
                            ? "Rules content is not yaml array of objects" + hint(mapping)
                            : "Rules content is not yaml",
                    CONTENT,
                    origin.place(root));
            return;
        }
        for (Node element : sequence.elements()) {
            if (!element.isNull()) {
                readItem(element, origin);
            }
        }
    }

    /** What a file probably is that is a map. */
    private static String hint(Node.Mapping root) {
        Set<String> keys = new HashSet<>();
        root.entries().forEach(entry -> keys.add(entry.key().text()));
        if (KINDS.stream().anyMatch(keys::contains)) {
            return "; each item begins with a dash";
        }
        return keys.contains("customRules") || keys.contains("kind")
                ? "; the rules in Helm's values and in a ConfigMap are texts, each a file of its own"
                : "";
    }

    private void readItem(Node element, Origin origin) {
        if (!(element instanceof Node.Mapping mapping)) {
            problems.tell(
                    ProblemCode.LOAD_ERR_YAML_VALIDATE,
                    "Unexpected element type. Each element should be a yaml associative array.",
                    new Subject("rules content item", ""),
                    origin.place(element));
            return;
        }
        Item item = new Item(mapping, origin, CONTENT);
        warnRepeatedKeys(mapping, subject(item), origin);
        try {
            if (item.has("required_engine_version")) {
                engineVersion(item.about(new Subject("required_engine_version", "")));
            } else if (item.has("required_plugin_versions")) {
                pluginVersions(item.about(new Subject("required_plugin_versions", "")));
            } else if (item.has("list")) {
                list(named(item, "list"));
            } else if (item.has("macro")) {
                macro(named(item, "macro"));
            } else if (item.has("rule")) {
                rules.read(named(item, "rule"));
            } else {
                problems.tell(
                        ProblemCode.LOAD_UNKNOWN_ITEM,
                        unknownItem(mapping),
                        new Subject("rules content item", ""),
                        origin.place(mapping));
            }
        } catch (LoadException wrong) {
            problems.add(wrong.problem());
            for (String kind : KINDS) {
                item.value(kind)
                        .filter(Node.Scalar.class::isInstance)
                        .map(Node.Scalar.class::cast)
                        .ifPresent(name -> collected.broken.add(Collected.key(new Subject(kind, name.text()))));
            }
        }
    }

    private static String unknownItem(Node.Mapping item) {
        String key =
                item.entries().isEmpty() ? "" : item.entries().getFirst().key().text();
        return "Unknown top level item" + (key.isEmpty() ? "" : " '" + key + "'") + Nearest.hint(key, KINDS);
    }

    private static Subject subject(Item item) {
        for (String kind : KINDS) {
            if (item.value(kind).orElse(null) instanceof Node.Scalar name) {
                return new Subject(kind, name.text());
            }
        }
        return CONTENT;
    }

    /** YAML allows no key twice. Nobody means it, and which of the two counts is not seen in the file. */
    private void warnRepeatedKeys(Node node, Subject subject, Origin origin) {
        switch (node) {
            case Node.Scalar scalar -> {}
            case Node.Sequence sequence ->
                sequence.elements().forEach(element -> warnRepeatedKeys(element, subject, origin));
            case Node.Mapping mapping -> {
                for (Node.Scalar key : mapping.repeatedKeys()) {
                    problems.tell(
                            ProblemCode.LOAD_REPEATED_KEY,
                            "Key '" + key.text() + "' stands here a second time; the first one counts",
                            subject,
                            origin.place(key));
                }
                mapping.entries().forEach(entry -> warnRepeatedKeys(entry.value(), subject, origin));
            }
        }
    }

    private static Item named(Item item, String kind) throws LoadException {
        String name = item.about(new Subject(kind, "")).text(kind);
        return item.about(new Subject(kind, name));
    }

    private static void engineVersion(Item item) throws LoadException {
        Node.Scalar scalar = item.scalar("required_engine_version");
        String given = scalar.text();
        boolean isNumber = given.length() < 10 && given.chars().allMatch(c -> c >= '0' && c <= '9');
        String required = isNumber ? "0." + given + ".0" : given;
        if (!Versions.isVersion(required)) {
            throw item.wrong(
                    "Unable to parse engine version '" + given
                            + "' as a semver string. Expected \"x.y.z\" semver format.",
                    scalar);
        }
        if (!Versions.isMet(Versions.ENGINE, required)) {
            throw new LoadException(
                    ProblemCode.LOAD_ERR_VALIDATE,
                    "Rules require engine version " + given + ", but engine version is " + Versions.ENGINE,
                    item.subject(),
                    item.origin().place(scalar));
        }
    }

    private void pluginVersions(Item item) throws LoadException {
        Node value = item.value("required_plugin_versions").orElseThrow();
        if (!(value instanceof Node.Sequence sequence)) {
            throw item.wrong("Value of required_plugin_versions must be a sequence", value);
        }
        for (Node element : sequence.elements()) {
            Item plugin = plugin(item, element, "Plugin version must be a mapping");
            boolean isMet = isMet(plugin);
            boolean isKnown = Versions.ofPlugin(plugin.text("name")).isPresent();
            Optional<Node> alternatives = plugin.value("alternatives");
            if (alternatives.isPresent()) {
                if (!(alternatives.get() instanceof Node.Sequence others)) {
                    throw plugin.wrong("Value of plugin version alternatives must be a sequence", alternatives.get());
                }
                Set<String> names = new HashSet<>(Set.of(plugin.text("name")));
                for (Node other : others.elements()) {
                    Item alternative = plugin(item, other, "Plugin version alternative must be a mapping");
                    isMet |= isMet(alternative);
                    if (!names.add(alternative.text("name"))) {
                        throw new LoadException(
                                ProblemCode.LOAD_ERR_VALIDATE,
                                "Defined multiple alternative version requirements for plugin '"
                                        + alternative.text("name") + "'",
                                item.subject(),
                                item.origin().place(other));
                    }
                }
            }
            if (!isKnown && !isMet) {
                problems.tell(
                        ProblemCode.LOAD_UNKNOWN_PLUGIN,
                        "Plugin '" + plugin.text("name")
                                + "' is not here: rules for a source that only it has are left out,"
                                + " and a field that only it has is an error",
                        item.subject(),
                        item.origin().place(element));
            }
            if (isKnown && !isMet) {
                throw new LoadException(
                        ProblemCode.LOAD_ERR_VALIDATE,
                        "Plugin '" + plugin.text("name") + "' version '"
                                + Versions.ofPlugin(plugin.text("name")).orElse("")
                                + "' is not compatible with required plugin version '" + plugin.text("version") + "'",
                        item.subject(),
                        item.origin().place(element));
            }
        }
    }

    private static Item plugin(Item item, Node element, String otherwise) throws LoadException {
        if (!(element instanceof Node.Mapping mapping)) {
            throw item.wrong(otherwise, element);
        }
        return new Item(mapping, item.origin(), item.subject());
    }

    private static boolean isMet(Item plugin) throws LoadException {
        String name = plugin.text("name");
        String version = plugin.text("version");
        if (!Versions.isVersion(version)) {
            throw new LoadException(
                    ProblemCode.LOAD_ERR_VALIDATE,
                    "Invalid required version '" + version + "' for plugin '" + name + "'",
                    plugin.subject(),
                    plugin.origin().place(plugin.node()));
        }
        return Versions.ofPlugin(name)
                .filter(ours -> Versions.isMet(ours, version))
                .isPresent();
    }

    private void list(Item item) throws LoadException {
        rules.warnUnknownKeys(item, Set.of("list", "items", "append", "override"));
        if (!isWord(item.subject().name(), "()\"'=,")) {
            problems.tell(
                    ProblemCode.LOAD_INVALID_LIST_NAME,
                    "List has an invalid name: no condition can name it, because of its blanks, quotes, parentheses or signs",
                    item.subject(),
                    item.origin().place(item.node()));
        }
        List<Node.Scalar> values = item.scalars("items");
        Overrides override = Overrides.read(item, Set.of("items"), Set.of("items"));
        boolean isAppended = rules.isAppended(item, override);
        if (isAppended || override.appends("items")) {
            collected.append(item, values, isAppended ? "append" : "override");
        } else {
            collected.define(item, values);
        }
    }

    private void macro(Item item) throws LoadException {
        rules.warnUnknownKeys(item, Set.of("macro", "condition", "append", "override"));
        if (!isIdentifier(item.subject().name())) {
            problems.tell(
                    ProblemCode.LOAD_INVALID_MACRO_NAME,
                    "Macro has an invalid name: no condition can name it, because it is no word of letters, digits and underscores",
                    item.subject(),
                    item.origin().place(item.node()));
        }
        Node.Scalar condition = item.scalar("condition");
        Overrides override = Overrides.read(item, Set.of("condition"), Set.of("condition"));
        boolean isAppended = rules.isAppended(item, override);
        if (isAppended || override.appends("condition")) {
            collected.append(item, condition, isAppended ? "append" : "override");
        } else {
            collected.define(item, condition);
        }
    }

    private static boolean isWord(String name, String signs) {
        return name.chars().noneMatch(c -> Character.isWhitespace(c) || signs.indexOf(c) >= 0);
    }

    private static boolean isIdentifier(String name) {
        return name.matches("[a-zA-Z][a-zA-Z0-9_]*");
    }
}
