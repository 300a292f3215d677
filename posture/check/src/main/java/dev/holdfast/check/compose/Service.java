package dev.holdfast.check.compose;

import dev.holdfast.check.Credentials;
import dev.holdfast.check.Findings;
import dev.holdfast.check.Registries;
import dev.holdfast.check.Repair;
import dev.holdfast.check.Rule;
import dev.holdfast.manifest.Surroundings;
import dev.holdfast.manifest.compose.ComposeProject;
import dev.holdfast.manifest.compose.ComposeService;
import dev.holdfast.manifest.compose.Spot;
import dev.holdfast.manifest.tree.Node;
import java.util.List;
import java.util.Optional;

/**
 * A service that is judged, with ways to speak of its values.
 *
 * @param path the project's file as reports call it
 */
record Service(
        String path,
        ComposeProject project,
        ComposeService service,
        Findings findings,
        Surroundings beside,
        Credentials credentials) {

    String who() {
        return "service " + service.name();
    }

    Node node() {
        return service.node();
    }

    Optional<Node> get(String key) {
        return node().get(key);
    }

    /** Begins to tell a weakness at a value; its file need not be the one that was asked for. */
    Findings.Failure fail(Rule rule, Node at) {
        Spot spot = project.spot(at);
        return in(spot).fail(rule, who(), spot.place());
    }

    void pass(Rule rule, Node at) {
        Spot spot = project.spot(at);
        in(spot).pass(rule, who(), spot.place());
    }

    /** Tells where its image comes from, when that is not allowed. */
    void registry(Node at, String image) {
        Spot spot = project.spot(at);
        Registries.judge(in(spot), who(), spot.place(), image);
    }

    private Findings in(Spot spot) {
        return spot.path().equals(project.path()) ? findings.in(path) : findings.in(beside.shown(spot.path()));
    }

    /** Whether a value can be judged; one that depends on a variable nobody sets is told as not assessed. */
    boolean isKnown(Rule rule, Node at) {
        Optional<String> variable = project.unresolved(at);
        variable.ifPresent(name -> {
            Spot spot = project.spot(at);
            in(spot).notAssessed(
                            rule,
                            who(),
                            spot.place(),
                            "it depends on the variable " + name + ", which nothing here sets");
        });
        return variable.isEmpty();
    }

    /** The key itself, where something is missing beneath it; the service's name when there is no such key. */
    Node keyOf(String key) {
        return node() instanceof Node.Mapping mapping
                ? mapping.entry(key).<Node>map(Node.Entry::key).orElse(key())
                : key();
    }

    /** Where a missing key would stand: at the service's name. */
    Node key() {
        return service.key();
    }

    /** The map of the service when a change to it is a change to the one file that there is. */
    Optional<Node.Mapping> repairable() {
        return project.files().size() == 1
                        && node() instanceof Node.Mapping mapping
                        && mapping.entry("<<").isEmpty()
                ? Optional.of(mapping)
                : Optional.empty();
    }

    /** Ends a failure with the advice to set a key of the service that is not there, or is a single value, and the change that does it. */
    void setting(Findings.Failure failure, String value, String advice, String... keys) {
        Optional<Node.Mapping> map = repairable();
        boolean isOpen = get(keys[0])
                .map(node -> keys.length == 1 && node instanceof Node.Scalar)
                .orElse(true);
        if (map.isPresent() && isOpen) {
            failure.fix(advice, new Repair.SetValue(map.get(), List.of(keys), value))
                    .add();
        } else {
            failure.fix(advice).add();
        }
    }

    /** Ends a failure about one of a list: the list goes with its only element, else another text stands in its place. */
    void replacing(Findings.Failure failure, String key, Node element, String instead, String advice) {
        List<Node> list = get(key).map(Node::elements).orElse(List.of());
        boolean isThere = list.stream()
                .anyMatch(node -> node.textAt().filter(instead::equals).isPresent());
        boolean isPlain = repairable().isPresent()
                && element instanceof Node.Scalar
                && project.spot(element).place().equals(element.place());
        if (isPlain && !instead.isEmpty() && !isThere) {
            failure.fix(advice, new Repair.Replace(element.place(), instead)).add();
        } else if (isPlain && list.size() == 1) {
            removing(failure, key, advice);
        } else {
            failure.fix(advice).add();
        }
    }

    /** Ends a failure with the advice to remove a key of the service, and the change that does it where that is safe. */
    void removing(Findings.Failure failure, String key, String advice) {
        Optional<Node.Mapping> map =
                repairable().filter(mapping -> mapping.entry(key).isPresent());
        if (map.isPresent()) {
            failure.fix(advice, new Repair.RemoveKey(map.get(), key)).add();
        } else {
            failure.fix(advice).add();
        }
    }
}
