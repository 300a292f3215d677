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
import dev.holdfast.policy.Exemption;
import dev.holdfast.server.admission.AdmissionSettings.Change;
import dev.holdfast.server.admission.AdmissionSettings.Demands;
import dev.holdfast.server.admission.AdmissionSettings.ImageAnswer;
import dev.holdfast.server.admission.AdmissionSettings.ImageDemands;
import dev.holdfast.server.admission.AdmissionSettings.Mode;
import dev.holdfast.server.admission.AdmissionSettings.NamespaceRule;
import dev.holdfast.server.admission.AdmissionSettings.Standards;
import java.time.Duration;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the settings of the webhook. Every key that is not known is an error with its place, for a misspelt one would leave a door open.
 *
 * <pre>
 *   settings   = { mode?, podSecurity?, checks?, images?, changes?, policies?, onError?, namespaces?, exceptions? }
 *   mode       = "off" | "audit" | "warn" | "enforce"              default warn
 *   podSecurity= LEVEL [ ":" VERSION ] | "labels"                  restricted:v1.32, baseline, baseline:latest; the namespace's own labels
 *   checks     = SEVERITY                                          findings at or above count
 *   images     = { failOn?, failing?, undecided?, unknown?, tagHolds? }
 *   failOn     = SEVERITY                                          default high
 *   failing    = ANSWER                                            default deny
 *   undecided  = ANSWER                                            default warn
 *   unknown    = ANSWER                                            default warn
 *   ANSWER     = "allow" | "warn" | "deny"
 *   tagHolds   = NUMBER ( "m" | "h" | "d" )                        default 1h
 *   changes    = [ WORD of {@link AdmissionSettings.Change} … ]
 *   policies   = [ FILE or FOLDER … ]
 *   onError    = "deny" | "allow"                                  default deny
 *   namespaces = [ { names: [ NAME with * … ], mode?, podSecurity?, checks?, images?, changes? } … ]      what is left out is as above
 *   exceptions = [ { id: NAME with *, target?, reason, owner?, expires?: YYYY-MM-DD } … ]
 * </pre>
 */
public final class SettingsReader {
    private static final Set<String> KEYS = Set.of(
            "mode", "podSecurity", "checks", "images", "changes", "policies", "onError", "namespaces", "exceptions");
    private static final Set<String> RULE_KEYS = Set.of("names", "mode", "podSecurity", "checks", "images", "changes");
    private static final Set<String> IMAGE_KEYS = Set.of("failOn", "failing", "undecided", "unknown", "tagHolds");
    private static final Set<String> EXCEPTION_KEYS = Set.of("id", "target", "reason", "owner", "expires");
    private static final Pattern SPAN = Pattern.compile("([1-9][0-9]{0,4})([mhd])");
    private static final ImageDemands USUAL_IMAGES =
            new ImageDemands(Severity.HIGH, ImageAnswer.DENY, ImageAnswer.WARN, ImageAnswer.WARN, Duration.ofHours(1));

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
        Demands usual = demands(root, Demands.USUAL);
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
        return new AdmissionSettings(usual, rules, texts(root, "policies"), answer.equals("deny"), exceptions(root));
    }

    private Demands demands(Node node, Demands usual) throws InputException {
        Optional<Severity> checks = node.textAt("checks").isPresent()
                ? Optional.of(severity(node, "checks", Severity.HIGH))
                : usual.checks();
        return new Demands(
                oneOf(node, "mode", Mode.values(), Mode::word, usual.mode()),
                standards(node, usual.standards()),
                checks,
                images(node, usual.images()),
                changes(node, usual.changes()));
    }

    private Standards standards(Node node, Standards usual) throws InputException {
        Optional<String> word = node.textAt("podSecurity");
        if (word.isEmpty()) {
            return usual;
        }
        return word.get().equals("labels")
                ? new Standards.OfLabels()
                : new Standards.Fixed(podSecurity(at(node, "podSecurity"), word.get()));
    }

    private Optional<ImageDemands> images(Node node, Optional<ImageDemands> usual) throws InputException {
        Optional<Node> images = node.get("images");
        if (images.isEmpty()) {
            return usual;
        }
        Node asked = images.get();
        onlyKnown(asked, IMAGE_KEYS);
        ImageDemands before = usual.orElse(USUAL_IMAGES);
        return Optional.of(new ImageDemands(
                severity(asked, "failOn", before.failOn()),
                answer(asked, "failing", before.failing()),
                answer(asked, "undecided", before.undecided()),
                answer(asked, "unknown", before.unknown()),
                span(asked, "tagHolds", before.tagHolds())));
    }

    private Set<Change> changes(Node node, Set<Change> usual) throws InputException {
        if (node.get("changes").isEmpty()) {
            return usual;
        }
        Set<Change> changes = EnumSet.noneOf(Change.class);
        for (String word : texts(node, "changes")) {
            changes.add(Arrays.stream(Change.values())
                    .filter(change -> change.word().equals(word))
                    .findFirst()
                    .orElseThrow(() -> wrong(
                            at(node, "changes"),
                            "changes has " + word + "; known are "
                                    + String.join(
                                            ", ",
                                            Arrays.stream(Change.values())
                                                    .map(Change::word)
                                                    .toList()))));
        }
        return changes;
    }

    private List<Exemption> exceptions(Node root) throws InputException {
        List<Exemption> exceptions = new ArrayList<>();
        for (Node node : root.get("exceptions").map(Node::elements).orElse(List.of())) {
            onlyKnown(node, EXCEPTION_KEYS);
            String id = node.textAt("id").orElse("");
            String reason = node.textAt("reason").orElse("");
            if (id.isBlank() || reason.isBlank()) {
                throw wrong(node, "an exception needs an id and a reason");
            }
            exceptions.add(new Exemption(
                    List.of(id),
                    "",
                    node.textAt("target").orElse(""),
                    reason,
                    node.textAt("owner").orElse(""),
                    expiry(node),
                    file + ":" + node.place().line()));
        }
        return exceptions;
    }

    private Optional<LocalDate> expiry(Node node) throws InputException {
        Optional<String> day = node.textAt("expires");
        try {
            return day.map(LocalDate::parse);
        } catch (DateTimeParseException none) {
            throw wrong(at(node, "expires"), "expires is " + day.orElse("") + "; a day such as 2027-01-31 is wanted");
        }
    }

    private ImageAnswer answer(Node node, String key, ImageAnswer usual) throws InputException {
        return oneOf(node, key, ImageAnswer.values(), answer -> answer.name().toLowerCase(Locale.ROOT), usual);
    }

    private Severity severity(Node node, String key, Severity usual) throws InputException {
        Optional<String> word = node.textAt(key);
        return word.isEmpty()
                ? usual
                : Severity.ofWord(word.get())
                        .orElseThrow(() -> wrong(at(node, key), key + " is " + word.get() + ", which is no severity"));
    }

    private Duration span(Node node, String key, Duration usual) throws InputException {
        Optional<String> word = node.textAt(key);
        if (word.isEmpty()) {
            return usual;
        }
        Matcher span = SPAN.matcher(word.get());
        if (!span.matches()) {
            throw wrong(at(node, key), key + " is " + word.get() + "; 30m, 1h and 7d are spans of time");
        }
        long count = Long.parseLong(span.group(1));
        return switch (span.group(2)) {
            case "m" -> Duration.ofMinutes(count);
            case "h" -> Duration.ofHours(count);
            default -> Duration.ofDays(count);
        };
    }

    private <T> T oneOf(Node node, String key, T[] values, Function<T, String> word, T usual) throws InputException {
        Optional<String> given = node.textAt(key);
        if (given.isEmpty()) {
            return usual;
        }
        for (T value : values) {
            if (word.apply(value).equals(given.get())) {
                return value;
            }
        }
        List<String> known = Arrays.stream(values).map(word).toList();
        throw wrong(at(node, key), key + " is " + given.get() + "; known are " + String.join(", ", known));
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
