package dev.holdfast.check.host;

import static dev.holdfast.core.Severity.LOW;
import static dev.holdfast.core.Severity.MEDIUM;

import dev.holdfast.check.Findings;
import dev.holdfast.check.Rule;
import dev.holdfast.manifest.tree.Node;
import dev.holdfast.manifest.tree.Place;
import java.util.List;
import java.util.Optional;

/**
 * The engine as a node of a Swarm, by the files that it keeps: {@code /var/lib/docker/swarm/docker-state.json} has the addresses ({@code
 * LocalAddr}, {@code ListenAddr}, {@code AdvertiseAddr}, {@code DataPathAddr}), and the key of the node is encrypted when managers are locked. How
 * many managers there are, and what runs, only the live cluster knows.
 */
final class SwarmState {
    private static final String STATE = "/var/lib/docker/swarm/docker-state.json";
    private static final String KEY = "/var/lib/docker/swarm/certificates/swarm-node.key";
    private static final String WHO = "swarm";

    private static final Rule MODE = Demand.rule(
            "swarm-mode-needed",
            MEDIUM,
            "the engine is a node of a Swarm",
            "ports of the cluster are open that a single host does not need");
    private static final Rule MANAGERS = Demand.rule(
            "swarm-manager-count", LOW, "an even or large number of managers", "the loss of a few stops the Swarm");
    private static final Rule BIND = Demand.rule(
            "swarm-bind-address",
            MEDIUM,
            "the Swarm listens on every address",
            "networks that have no business with it reach its port");
    private static final Rule OVERLAY = Demand.rule(
            "overlay-encrypted-live",
            MEDIUM,
            "networks between hosts are not encrypted",
            "who is on the way reads what services say");
    private static final Rule SECRETS = Demand.rule(
            "swarm-secrets-used",
            MEDIUM,
            "credentials are kept elsewhere than in secrets",
            "configuration is read by many");
    private static final Rule LOCK = Demand.rule(
            "swarm-autolock",
            MEDIUM,
            "the keys of managers lie in the clear",
            "a copy of the disk is a copy of all secrets of the Swarm");
    private static final Rule ROTATION = Demand.rule(
            "swarm-certificate-rotation", LOW, "certificates of nodes live long", "a stolen one stays good");
    private static final Rule PLANES = Demand.rule(
            "swarm-planes-split", LOW, "data and orders share an address", "who floods the one cuts off the other");

    private SwarmState() {}

    static List<Rule> rules() {
        return List.of(MODE, MANAGERS, BIND, OVERLAY, SECRETS, LOCK, ROTATION, PLANES);
    }

    static void inspect(HostFiles files) {
        Findings here = files.in(STATE);
        Optional<Node> state = files.read(STATE);
        boolean isNode = state.flatMap(node -> node.textAt("LocalAddr").or(() -> node.textAt("ListenAddr")))
                .filter(text -> !text.isEmpty())
                .isPresent();
        if (!isNode || state.isEmpty()) {
            rules().forEach(rule -> {
                if (rule.equals(MODE)) {
                    here.pass(rule, WHO, Place.START);
                } else {
                    here.notApplicable(rule, WHO, Place.START, "the engine is no node of a Swarm");
                }
            });
            return;
        }
        here.fail(MODE, WHO, state.get().place())
                .says("the engine is a node of a Swarm; " + MODE.why())
                .fix("docker swarm leave, where the Swarm is not wanted")
                .add();
        addresses(state.get(), here);
        lock(files);
        for (Rule live : List.of(MANAGERS, OVERLAY, SECRETS, ROTATION)) {
            here.notAssessed(live, WHO, Place.START, "only the live Swarm knows");
        }
    }

    private static void addresses(Node state, Findings here) {
        Optional<Node> listen = state.get("ListenAddr");
        String address = listen.flatMap(node -> node.textAt()).orElse("0.0.0.0:2377");
        boolean isOpen = address.startsWith("0.0.0.0") || address.startsWith("[::]") || address.startsWith(":");
        if (isOpen) {
            here.fail(BIND, WHO, listen.orElse(state).place())
                    .says("ListenAddr is " + address + "; " + BIND.why())
                    .fix("docker swarm init --listen-addr ADDRESS")
                    .add();
        } else {
            here.pass(BIND, WHO, listen.orElse(state).place());
        }
        String advertised = host(state.textAt("AdvertiseAddr").orElse(""));
        Optional<Node> data = state.get("DataPathAddr");
        String path = host(data.flatMap(node -> node.textAt()).orElse(""));
        if (path.isEmpty() || path.equals(advertised)) {
            here.fail(PLANES, WHO, data.orElse(state).place())
                    .says("DataPathAddr " + (path.isEmpty() ? "is not set" : "is the advertised address") + "; "
                            + PLANES.why())
                    .fix("docker swarm init --data-path-addr ADDRESS")
                    .add();
        } else {
            here.pass(PLANES, WHO, data.orElse(state).place());
        }
    }

    private static String host(String address) {
        return address.replaceFirst(":\\d+$", "");
    }

    private static void lock(HostFiles files) {
        Findings here = files.in(KEY);
        Optional<String> key = files.root().text(KEY);
        if (key.isEmpty()) {
            here.notAssessed(LOCK, WHO, Place.START, "the key of the node is not there, or cannot be read");
        } else if (key.get().contains("ENCRYPTED")) {
            here.pass(LOCK, WHO, Place.START);
        } else {
            here.fail(LOCK, WHO, Place.START)
                    .says("the key of the node is not encrypted; " + LOCK.why())
                    .fix("docker swarm update --autolock=true")
                    .add();
        }
    }
}
