package dev.holdfast.respond.automatic;

import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.manifest.tree.Document;
import dev.holdfast.manifest.tree.Node;
import dev.holdfast.manifest.tree.Schema;
import dev.holdfast.manifest.tree.YamlReader;
import dev.holdfast.respond.Action;
import dev.holdfast.respond.Protection;
import dev.holdfast.respond.automatic.ResponsePolicy.Answer;
import dev.holdfast.respond.automatic.ResponsePolicy.Rate;
import dev.holdfast.rules.Priority;
import dev.holdfast.sensor.network.AddressPrefix;
import dev.holdfast.sensor.network.NetworkCut;
import dev.holdfast.sensor.network.NetworkCut.Openings;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the file of {@code holdfast watch --respond}, YAML:
 *
 * <pre>
 * act: false                     # true allows --act to act; default false
 * stop: /run/holdfast/stop       # while this file exists nothing is done; left out: no such switch
 * protect:
 *   labels: [ NAME=VALUE ]       # beside dev.holdfast.respond=never
 *   namespaces: [ NAME ]         # instead of kube-system
 * limits:
 *   per-container: 2/10m         # COUNT/TIME, TIME in s, m or h
 *   per-node: 5/1m
 *   cool-down: 5m
 *   share: 20%
 * respond:                       # the first that fits counts
 *   - rules: [ NAME or PATTERN ]
 *     priority: warning          # at least; default critical
 *     action: freeze             # kill, disconnect, hold
 *     except: [ 10.0.0.5 ]       # disconnect only
 *     keep-loopback: true        # disconnect only
 * </pre>
 *
 * A key that is not known is an error: a limit that is misspelled is none.
 */
public final class PolicyFile {
    private static final Pattern TIME = Pattern.compile("([1-9][0-9]{0,5})([smh])");
    private static final Pattern RATE = Pattern.compile("([1-9][0-9]{0,5})/(.+)");
    private static final Pattern SHARE = Pattern.compile("([0-9]{1,3})%");
    /** A response to something that is told for information is a mistake more often than not. */
    private static final Priority USUAL_PRIORITY = Priority.CRITICAL;

    private final String name;

    private PolicyFile(String name) {
        this.name = name;
    }

    /**
     * Reads a file's text.
     *
     * @param name of the file, for messages
     */
    public static ResponsePolicy read(String text, String name, Limits limits) throws InputException {
        PolicyFile file = new PolicyFile(name);
        List<Document> documents = new YamlReader(Schema.KUBERNETES, limits).read(text);
        if (documents.size() == 1 && documents.getFirst() instanceof Document.Read read) {
            return file.policy(read.root());
        }
        for (Document document : documents) {
            if (document instanceof Document.Broken broken) {
                throw new InputException(
                        InputException.Code.MALFORMED,
                        name + ":" + broken.line() + ":" + broken.column() + ": " + broken.problem());
            }
        }
        throw new InputException(
                InputException.Code.MALFORMED, name + ": holds " + documents.size() + " documents, one is needed");
    }

    private ResponsePolicy policy(Node root) throws InputException {
        allow(root, "act", "stop", "protect", "limits", "respond");
        List<Answer> answers = new ArrayList<>();
        for (Node each : list(root, "respond")) {
            answers.add(answer(each));
        }
        if (answers.isEmpty()) {
            throw wrong(root, "nothing is answered: respond: is a list of rules and actions");
        }
        return new ResponsePolicy(flag(root, "act"), stop(root), protection(root), limits(root), answers);
    }

    private Optional<Path> stop(Node root) throws InputException {
        Optional<String> text = text(root, "stop");
        try {
            Optional<Path> path = text.map(Path::of);
            if (path.isPresent() && !path.get().isAbsolute()) {
                throw wrong(root, "stop: " + text.get() + " is no absolute path");
            }
            return path;
        } catch (InvalidPathException odd) {
            throw wrong(root, "stop: is no path");
        }
    }

    private Protection protection(Node root) throws InputException {
        Optional<Node> protect = root.get("protect");
        if (protect.isEmpty()) {
            return Protection.DEFAULT;
        }
        allow(protect.get(), "labels", "namespaces");
        Set<String> labels = new TreeSet<>(Protection.DEFAULT.labels());
        for (Node label : list(protect.get(), "labels")) {
            String word = word(label);
            if (word.indexOf('=') < 1) {
                throw wrong(label, word + " is no label; NAME=VALUE is");
            }
            labels.add(word);
        }
        Set<String> namespaces = new TreeSet<>();
        for (Node namespace : list(protect.get(), "namespaces")) {
            namespaces.add(word(namespace));
        }
        boolean saysNamespaces = protect.get().get("namespaces").isPresent();
        return new Protection(labels, saysNamespaces ? namespaces : Protection.DEFAULT.namespaces());
    }

    private ResponsePolicy.Limits limits(Node root) throws InputException {
        ResponsePolicy.Limits usual = ResponsePolicy.Limits.DEFAULT;
        Optional<Node> limits = root.get("limits");
        if (limits.isEmpty()) {
            return usual;
        }
        allow(limits.get(), "per-container", "per-node", "cool-down", "share");
        return new ResponsePolicy.Limits(
                rate(limits.get(), "per-container", usual.perContainer()),
                rate(limits.get(), "per-node", usual.perNode()),
                duration(limits.get(), "cool-down", usual.coolDown()),
                share(limits.get(), usual.share()));
    }

    private Rate rate(Node limits, String key, Rate usual) throws InputException {
        Optional<String> text = text(limits, key);
        if (text.isEmpty()) {
            return usual;
        }
        Matcher matcher = RATE.matcher(text.get());
        if (!matcher.matches()) {
            throw wrong(limits, key + ": " + text.get() + " is no rate; 5/1m is");
        }
        return new Rate(Integer.parseInt(matcher.group(1)), duration(limits, key, matcher.group(2)));
    }

    private Duration duration(Node limits, String key, Duration usual) throws InputException {
        Optional<String> text = text(limits, key);
        return text.isEmpty() ? usual : duration(limits, key, text.get());
    }

    private Duration duration(Node limits, String key, String text) throws InputException {
        Matcher matcher = TIME.matcher(text);
        if (!matcher.matches()) {
            throw wrong(limits, key + ": " + text + " is no time; 30s, 5m and 1h are");
        }
        long number = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            default -> Duration.ofHours(number);
        };
    }

    private int share(Node limits, int usual) throws InputException {
        Optional<String> text = text(limits, "share");
        Matcher matcher = SHARE.matcher(text.orElse(usual + "%"));
        if (!matcher.matches() || Integer.parseInt(matcher.group(1)) > 100) {
            throw wrong(limits, "share: " + text.orElse("") + " is no part of a hundred; 20% is");
        }
        return Integer.parseInt(matcher.group(1));
    }

    private Answer answer(Node node) throws InputException {
        allow(node, "rules", "priority", "action", "except", "keep-loopback");
        List<String> rules = new ArrayList<>();
        for (Node rule : list(node, "rules")) {
            rules.add(word(rule));
        }
        if (rules.isEmpty()) {
            throw wrong(node, "no rules are named");
        }
        String word = text(node, "action").orElse("");
        Action action = Action.of(word)
                .orElseThrow(
                        () -> wrong(node, "action: " + word + " is not known; freeze, kill, disconnect and hold are"));
        String level = text(node, "priority").orElse(USUAL_PRIORITY.word());
        Priority priority = Priority.of(level)
                .orElseThrow(() -> wrong(node, "priority: " + level + " is none; warning and critical are"));
        return new Answer(
                rules, priority, action, openings(node, action), node.place().line());
    }

    private Openings openings(Node node, Action action) throws InputException {
        List<AddressPrefix> exceptions = new ArrayList<>();
        for (Node each : list(node, "except")) {
            try {
                exceptions.add(AddressPrefix.parse(word(each)));
            } catch (InputException none) {
                throw wrong(each, none.getMessage());
            }
        }
        boolean keepsLoopback = flag(node, "keep-loopback");
        if (action != Action.DISCONNECT && (keepsLoopback || !exceptions.isEmpty())) {
            throw wrong(node, "except and keep-loopback go with action: disconnect");
        }
        if (exceptions.size() > NetworkCut.MOST_EXCEPTIONS) {
            throw wrong(node, "except: more than " + NetworkCut.MOST_EXCEPTIONS);
        }
        return new Openings(keepsLoopback, exceptions);
    }

    private void allow(Node node, String... keys) throws InputException {
        if (!(node instanceof Node.Mapping mapping)) {
            throw wrong(node, "is no map with the keys " + String.join(", ", keys));
        }
        for (Node.Entry entry : mapping.entries()) {
            if (!List.of(keys).contains(entry.key().text())) {
                throw wrong(entry.key(), entry.key().text() + " is not known; " + String.join(", ", keys) + " are");
            }
        }
        for (Node.Scalar repeated : mapping.repeatedKeys()) {
            throw wrong(repeated, repeated.text() + " stands twice");
        }
    }

    private List<Node> list(Node node, String key) throws InputException {
        Optional<Node> value = node.get(key);
        if (value.isPresent() && !(value.get() instanceof Node.Sequence)) {
            throw wrong(value.get(), key + ": is no list");
        }
        return value.map(Node::elements).orElse(List.of());
    }

    private Optional<String> text(Node node, String key) throws InputException {
        Optional<Node> value = node.get(key);
        return value.isEmpty() ? Optional.empty() : Optional.of(word(value.get()));
    }

    private String word(Node node) throws InputException {
        if (node instanceof Node.Scalar scalar && !scalar.text().isBlank()) {
            return scalar.text();
        }
        throw wrong(node, "a single word is needed here");
    }

    private boolean flag(Node node, String key) throws InputException {
        Optional<Node> value = node.get(key);
        if (value.isPresent() && !value.get().isTrue() && !value.get().isFalse()) {
            throw wrong(value.get(), key + ": is true or false");
        }
        return value.isPresent() && value.get().isTrue();
    }

    private InputException wrong(Node node, String message) {
        return new InputException(
                InputException.Code.MALFORMED,
                name + ":" + node.place().line() + ":" + node.place().column() + ": " + message);
    }
}
