package dev.holdfast.scan.licence;

import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.scan.exemption.Exemption;
import dev.holdfast.scan.exemption.IgnoreFile;
import dev.holdfast.scan.exemption.Nearest;
import dev.holdfast.scan.exemption.YamlNode;
import dev.holdfast.scan.exemption.YamlNode.Entry;
import dev.holdfast.scan.exemption.YamlNode.Mapping;
import dev.holdfast.scan.exemption.YamlNode.Sequence;
import dev.holdfast.scan.exemption.YamlNode.Text;
import dev.holdfast.scan.licence.LicencePolicy.Decision;
import dev.holdfast.scan.licence.LicencePolicy.Rule;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads a licence policy from a YAML file that people write.
 *
 * <pre>
 * allow:  [permissive, public-domain, MPL-2.0]        # identifiers, patterns (CC-BY-*), categories
 * review: [weak-copyleft]
 * deny:   [strong-copyleft, network-copyleft, restricted, "SSPL-1.0"]
 * other: review               # what no list names: allow, review or deny; default review
 * undeclared: review          # a package that declares nothing; default allow
 * exceptions:                 # as in an ignore file; id is the licence
 *   - id: GPL-3.0-or-later
 *     package: bash
 *     reason: not linked, not changed
 * </pre>
 *
 * <p>An unknown key, a word that is neither a known licence nor a category, or one in two lists is an error with line and column.
 */
public final class LicencePolicyFile {
    private static final List<String> KEYS = List.of("allow", "review", "deny", "other", "undeclared", "exceptions");

    private final String name;
    private final List<Rule> rules = new ArrayList<>();
    private final Set<String> named = new HashSet<>();
    private Decision other = Decision.REVIEW;
    private Decision undeclared = Decision.ALLOW;
    private List<Exemption> exceptions = List.of();

    private LicencePolicyFile(String name) {
        this.name = name;
    }

    public static LicencePolicy read(Path file, Limits limits) throws InputException, IOException {
        return parse(IgnoreFile.text(file), file.toString(), limits);
    }

    static LicencePolicy parse(String text, String name, Limits limits) throws InputException {
        try {
            return new LicencePolicyFile(name).policy(YamlNode.parse(text, limits));
        } catch (InputException wrong) {
            throw wrong.getMessage().startsWith(name)
                    ? wrong
                    : new InputException(wrong.code(), name + ":" + wrong.getMessage(), wrong);
        }
    }

    private LicencePolicy policy(YamlNode root) throws InputException {
        if (!(root instanceof Mapping mapping)) {
            throw wrong(root, "a licence policy has keys: " + String.join(", ", KEYS));
        }
        Set<String> seen = new HashSet<>();
        for (Entry entry : mapping.entries()) {
            String key = entry.key().value();
            if (!seen.add(key)) {
                throw wrong(entry.key(), "\"" + key + "\" stands twice");
            }
            switch (key) {
                case "allow" -> list(entry.value(), Decision.ALLOW);
                case "review" -> list(entry.value(), Decision.REVIEW);
                case "deny" -> list(entry.value(), Decision.DENY);
                case "other" -> other = decision(entry.value());
                case "undeclared" -> undeclared = decision(entry.value());
                case "exceptions" -> exceptions = IgnoreFile.rules(entry.value(), name);
                default ->
                    throw wrong(
                            entry.key(),
                            "no key \"" + key + "\""
                                    + Nearest.of(key, KEYS)
                                            .map(near -> "; did you mean " + near + "?")
                                            .orElse("; there are " + String.join(", ", KEYS)));
            }
        }
        return new LicencePolicy(rules, other, undeclared, exceptions, name);
    }

    private void list(YamlNode value, Decision decision) throws InputException {
        List<YamlNode> words = value instanceof Sequence list ? list.elements() : List.of(value);
        for (YamlNode each : words) {
            if (!(each instanceof Text word)) {
                throw wrong(each, "a licence is a word");
            }
            String licence = word.value().strip();
            if (licence.isEmpty()) {
                continue;
            }
            String canonical = canonical(word, licence);
            if (!named.add(canonical)) {
                throw wrong(word, "\"" + licence + "\" stands in the lists twice");
            }
            rules.add(new Rule(decision, canonical, name + ":" + word.line()));
        }
    }

    private String canonical(Text at, String word) throws InputException {
        List<String> categories = Arrays.stream(LicenceCategory.values())
                .map(LicenceCategory::word)
                .toList();
        if (word.contains("*") || categories.contains(word)) {
            return word;
        }
        Optional<String> known = LicencePolicy.known(word);
        if (known.isPresent()) {
            return known.get();
        }
        throw wrong(
                at,
                "\"" + word + "\" is neither an SPDX licence nor a category"
                        + Nearest.of(word, categories)
                                .map(near -> "; did you mean " + near + "?")
                                .orElse("; categories are " + String.join(", ", categories)));
    }

    private Decision decision(YamlNode value) throws InputException {
        if (value instanceof Text text) {
            for (Decision decision : Decision.values()) {
                if (decision.word().equals(text.value().strip())) {
                    return decision;
                }
            }
        }
        throw wrong(value, "expected allow, review or deny");
    }

    private InputException wrong(YamlNode at, String what) {
        return new InputException(
                InputException.Code.MALFORMED, name + ":" + at.line() + ":" + at.column() + ": " + what);
    }
}
