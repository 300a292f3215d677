package dev.holdfast.server.admission;

import dev.holdfast.check.pss.PodSecurity;
import dev.holdfast.check.pss.PodSecurityLevel;
import dev.holdfast.check.pss.PodSecurityVersion;
import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.core.Severity;
import dev.holdfast.manifest.tree.Document;
import dev.holdfast.manifest.tree.Node;
import dev.holdfast.manifest.tree.Schema;
import dev.holdfast.manifest.tree.YamlReader;
import dev.holdfast.server.admission.AdmissionSettings.Demands;
import dev.holdfast.server.admission.AdmissionSettings.Mode;
import dev.holdfast.server.admission.AdmissionSettings.NamespaceRule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the settings of the webhook. Every key that is not known is an error with its place, for a misspelt one would leave a door open.
 *
 * <pre>
 *   settings   = { mode, podSecurity?, checks?, policies?, onError?, namespaces? }
 *   mode       = "off" | "audit" | "warn" | "enforce"              default warn
 *   podSecurity= LEVEL [ ":" VERSION ]                             restricted:v1.32, baseline, baseline:latest
 *   checks     = SEVERITY                                          findings at or above count
 *   policies   = [ FILE or FOLDER … ]
 *   onError    = "deny" | "allow"                                  default deny
 *   namespaces = [ { names: [ NAME with * … ], mode?, podSecurity?, checks? } … ]      what is left out is as above
 * </pre>
 */
public final class SettingsReader {
    private static final Set<String> KEYS =
            Set.of("mode", "podSecurity", "checks", "policies", "onError", "namespaces");
    private static final Set<String> RULE_KEYS = Set.of("names", "mode", "podSecurity", "checks");

    private final String file;

    private SettingsReader(String file) {
        this.file = file;
    }

    /** @param file the name for messages */
    public static AdmissionSettings read(String text, String file, Limits limits) throws InputException {
        List<Document> documents = new YamlReader(Schema.CORE, limits).read(text);
        if (documents.size() != 1) {
            throw new InputException(
                    InputException.Code.MALFORMED, file + ": expected one document, found " + documents.size());
        }
        return switch (documents.getFirst()) {
            case Document.Read(Node root, int _) -> new SettingsReader(file).settings(root);
            case Document.Broken(int line, int column, String problem) ->
                throw new InputException(
                        InputException.Code.MALFORMED, file + ":" + line + ":" + column + ": " + problem);
        };
    }

    private AdmissionSettings settings(Node root) throws InputException {
        onlyKnown(root, KEYS);
        Demands usual = demands(root, new Demands(Mode.WARN, Optional.empty(), Optional.empty()));
        List<NamespaceRule> rules = new ArrayList<>();
        for (Node rule : root.get("namespaces").map(Node::elements).orElse(List.of())) {
            onlyKnown(rule, RULE_KEYS);
            List<String> names = texts(rule, "names");
            if (names.isEmpty()) {
                throw wrong(rule, "a rule for namespaces needs names");
            }
            rules.add(new NamespaceRule(names, demands(rule, usual)));
        }
        Optional<Node> onError = root.get("onError");
        String answer = root.textAt("onError").orElse("deny");
        if (!answer.equals("deny") && !answer.equals("allow")) {
            throw wrong(onError.orElse(root), "onError is " + answer + "; deny and allow are known");
        }
        return new AdmissionSettings(usual, rules, texts(root, "policies"), answer.equals("deny"));
    }

    private Demands demands(Node node, Demands usual) throws InputException {
        Mode mode = usual.mode();
        Optional<String> word = node.textAt("mode");
        if (word.isPresent()) {
            mode = Arrays.stream(Mode.values())
                    .filter(each -> each.word().equals(word.get()))
                    .findFirst()
                    .orElseThrow(() -> wrong(
                            at(node, "mode"), "mode is " + word.get() + "; off, audit, warn and enforce are known"));
        }
        Optional<PodSecurity> standards = node.textAt("podSecurity").isPresent()
                ? Optional.of(podSecurity(
                        at(node, "podSecurity"), node.textAt("podSecurity").get()))
                : usual.podSecurity();
        Optional<Severity> checks = usual.checks();
        Optional<String> severity = node.textAt("checks");
        if (severity.isPresent()) {
            checks = Optional.of(Severity.ofWord(severity.get())
                    .orElseThrow(
                            () -> wrong(at(node, "checks"), "checks is " + severity.get() + ", which is no severity")));
        }
        return new Demands(mode, standards, checks);
    }

    private PodSecurity podSecurity(Node at, String word) throws InputException {
        int colon = word.indexOf(':');
        String level = colon < 0 ? word : word.substring(0, colon);
        String version = colon < 0 ? "latest" : word.substring(colon + 1);
        PodSecurityLevel known = Arrays.stream(PodSecurityLevel.values())
                .filter(each -> each.word().equals(level))
                .findFirst()
                .orElseThrow(() -> wrong(at, "podSecurity is " + word + "; baseline and restricted are levels"));
        PodSecurityVersion asked = PodSecurityVersion.ofWord(version)
                .filter(PodSecurityVersion::isKnown)
                .orElseThrow(() -> wrong(
                        at, "podSecurity is " + word + "; the newest version known is " + PodSecurityVersion.NEWEST));
        return new PodSecurity(known, asked);
    }

    private List<String> texts(Node node, String key) throws InputException {
        List<String> texts = new ArrayList<>();
        for (Node element : node.get(key).map(Node::elements).orElse(List.of())) {
            texts.add(element.textAt().orElseThrow(() -> wrong(element, key + " is a list of texts")));
        }
        return texts;
    }

    private void onlyKnown(Node node, Set<String> known) throws InputException {
        if (!(node instanceof Node.Mapping mapping)) {
            throw wrong(node, "expected keys and values");
        }
        for (Node.Entry entry : mapping.entries()) {
            if (!known.contains(entry.key().text())) {
                throw wrong(
                        entry.key(),
                        "the key " + entry.key().text() + " is not known; known are "
                                + String.join(", ", known.stream().sorted().toList()));
            }
        }
        if (!mapping.repeatedKeys().isEmpty()) {
            throw wrong(mapping.repeatedKeys().getFirst(), "the key stands here a second time");
        }
    }

    private static Node at(Node node, String key) {
        return node.get(key).orElse(node);
    }

    private InputException wrong(Node at, String what) {
        return new InputException(
                InputException.Code.MALFORMED,
                file + ":" + at.place().line() + ":" + at.place().column() + ": " + what);
    }
}
