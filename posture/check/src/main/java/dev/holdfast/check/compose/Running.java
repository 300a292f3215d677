package dev.holdfast.check.compose;

import static dev.holdfast.manifest.InputKind.COMPOSE;

import dev.holdfast.check.ContainerRules;
import dev.holdfast.check.ImageName;
import dev.holdfast.check.Rule;
import dev.holdfast.core.Severity;
import dev.holdfast.manifest.compose.ComposeProject;
import dev.holdfast.manifest.tree.Node;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** How a service runs: its image, limits, health, logs, restarts, and what a Swarm does with it. */
final class Running {
    static final Rule NO_LOGS = ContainerRules.LOGGING_OFF;

    static final Rule NO_PID_LIMIT = Rule.of(
                    "pids-unlimited",
                    Severity.LOW,
                    "no limit of processes",
                    "one service that keeps forking stops the whole host",
                    COMPOSE)
            .strict();

    static final Rule RESTART_ALWAYS = Rule.of(
                    "restart-without-end",
                    Severity.LOW,
                    "is restarted without end",
                    "a service that fails at once uses the host up, and nobody notices",
                    COMPOSE)
            .strict();

    static final Rule LINKS = Rule.of(
                    "legacy-links",
                    Severity.LOW,
                    "uses links",
                    "links share environment variables, and are no longer needed",
                    COMPOSE)
            .strict();

    static final Rule OVERLAY = Rule.of(
            "overlay-not-encrypted",
            Severity.MEDIUM,
            "a network between hosts is not encrypted",
            "whoever is on the network between the hosts reads what services say to each other",
            COMPOSE);

    static final Rule ROLLBACK = Rule.of(
                    "update-without-rollback",
                    Severity.LOW,
                    "a failed update is not taken back",
                    "the broken version stays until somebody acts",
                    COMPOSE)
            .strict();

    static final Rule PLACEMENT = Rule.of(
                    "runs-on-managers",
                    Severity.LOW,
                    "may run on the managers of the Swarm",
                    "who breaks out of it there has the whole Swarm",
                    COMPOSE)
            .strict();

    static final Rule RUNTIME = Rule.of(
            "runtime-not-known",
            Severity.MEDIUM,
            "is run by a runtime that is not known to keep it apart",
            "the runtime sets up everything that separates the container from the host, or leaves it out",
            COMPOSE);

    /** Runtimes that their makers maintain and that apply what the engine asks for; what stands behind the name may be a variant. */
    private static final Pattern KNOWN_RUNTIME = Pattern.compile(
            "(io\\.containerd\\.)?(runc|crun|runsc|kata|youki|nvidia|sysbox-runc|sysbox|wasm[a-z]*|wasmtime|wasmedge|spin|krun|ccruntime)([-._].*)?");

    static final Rule MEMORY = ContainerRules.NO_MEMORY_LIMIT.strict();

    private Running() {}

    static List<Rule> rules() {
        return List.of(
                ContainerRules.UNPINNED_IMAGE,
                ContainerRules.NO_DIGEST,
                ContainerRules.FOREIGN_REGISTRY,
                RUNTIME,
                MEMORY,
                ContainerRules.NO_CPU_LIMIT,
                NO_PID_LIMIT,
                ContainerRules.NO_HEALTH_CHECK,
                NO_LOGS,
                RESTART_ALWAYS,
                LINKS,
                OVERLAY,
                ROLLBACK,
                PLACEMENT);
    }

    static void judge(Service service) {
        image(service);
        service.get("logging")
                .flatMap(node -> node.get("driver"))
                .filter(node -> node.textAt().filter("none"::equals).isPresent())
                .ifPresent(node -> service.removing(
                        service.fail(NO_LOGS, node).says(service.who() + " has logging.driver: none: " + NO_LOGS.why()),
                        "logging",
                        "remove it, or name a driver that ships logs off the host"));
        service.get("restart")
                .filter(node -> node.textAt().filter("always"::equals).isPresent())
                .ifPresent(node -> service.setting(
                        service.fail(RESTART_ALWAYS, node)
                                .says(service.who() + " has restart: always: " + RESTART_ALWAYS.why()),
                        "on-failure:5",
                        "restart: on-failure:5",
                        "restart"));
        service.get("links")
                .ifPresent(node -> service.fail(LINKS, node)
                        .says(service.who() + " has links: " + LINKS.why())
                        .fix("put both services into one network; they find each other by name")
                        .add());
        service.get("runtime").ifPresent(node -> runtime(service, node));
        if (!service.service().isPatch()) {
            limits(service);
            health(service);
        }
        swarm(service);
    }

    private static void image(Service service) {
        Optional<Node> image = service.get("image");
        if (image.isEmpty()
                || service.get("build").isPresent()
                || !service.isKnown(ContainerRules.UNPINNED_IMAGE, image.get())) {
            return; // with build, it is the name that the result gets
        }
        String text = image.get().textAt().orElse("");
        ImageName name = ImageName.of(text);
        service.registry(image.get(), text);
        if (text.isEmpty() || text.startsWith("sha256:")) {
            return;
        }
        if (name.isUnversioned()) {
            service.fail(ContainerRules.UNPINNED_IMAGE, image.get())
                    .says(service.who() + " runs " + text + ", which names no version: "
                            + ContainerRules.UNPINNED_IMAGE.why())
                    .fix("name the version that you test with: " + name.repository() + ":<version>")
                    .add();
        } else {
            service.pass(ContainerRules.UNPINNED_IMAGE, image.get());
            if (name.digest().isEmpty()) {
                service.fail(ContainerRules.NO_DIGEST, image.get())
                        .says(service.who() + " runs " + text + " by tag: " + ContainerRules.NO_DIGEST.why())
                        .fix("append the digest: " + text + "@sha256:…")
                        .add();
            }
        }
    }

    private static void runtime(Service service, Node node) {
        if (!service.isKnown(RUNTIME, node)) {
            return;
        }
        String name = node.textAt().orElse("");
        if (KNOWN_RUNTIME.matcher(name).matches()) {
            service.pass(RUNTIME, node);
            return;
        }
        service.removing(
                service.fail(RUNTIME, node)
                        .says(service.who() + " is run by " + name + ", a runtime that is not known here: "
                                + RUNTIME.why()),
                "runtime",
                "remove runtime, or use runc, crun, runsc (gVisor) or Kata");
    }

    private static void limits(Service service) {
        Optional<Node> limits = service.get("deploy").flatMap(node -> node.at("resources", "limits"));
        missing(
                service,
                MEMORY,
                service.get("mem_limit").or(() -> limits.flatMap(node -> node.get("memory"))),
                "deploy.resources.limits.memory");
        missing(
                service,
                ContainerRules.NO_CPU_LIMIT,
                service.get("cpus")
                        .or(() -> service.get("cpu_quota"))
                        .or(() -> limits.flatMap(node -> node.get("cpus"))),
                "deploy.resources.limits.cpus");
        Optional<Node> pids = service.get("pids_limit").or(() -> limits.flatMap(node -> node.get("pids")));
        if (pids.isPresent()) {
            service.pass(NO_PID_LIMIT, pids.get());
        } else {
            service.setting(
                    service.fail(NO_PID_LIMIT, service.keyOf("deploy"))
                            .says(service.who() + " has " + NO_PID_LIMIT.title() + ": " + NO_PID_LIMIT.why()),
                    "512",
                    "set pids_limit, to what the program needs",
                    "pids_limit");
        }
    }

    private static void missing(Service service, Rule rule, Optional<Node> value, String key) {
        if (value.isPresent()) {
            service.pass(rule, value.get());
            return;
        }
        service.fail(rule, service.keyOf("deploy"))
                .says(service.who() + " has " + rule.title() + ": " + rule.why())
                .fix("set " + key)
                .add();
    }

    private static void health(Service service) {
        Optional<Node> check = service.get("healthcheck");
        boolean isOff =
                check.flatMap(node -> node.get("disable")).filter(Node::isTrue).isPresent();
        if (check.isEmpty() || isOff) {
            service.fail(ContainerRules.NO_HEALTH_CHECK, check.orElse(service.key()))
                    .says(service.who()
                            + (isOff ? " turns its health check off: " : " has no health check of its own: ")
                            + ContainerRules.NO_HEALTH_CHECK.why())
                    .fix("healthcheck: {test: [CMD, …]}")
                    .add();
        }
    }

    private static void swarm(Service service) {
        Optional<Node> deploy = service.get("deploy");
        deploy.flatMap(node -> node.get("update_config"))
                .filter(node ->
                        node.textAt("failure_action").filter("rollback"::equals).isEmpty())
                .ifPresent(_ -> service.fail(ROLLBACK, service.keyOf("deploy"))
                        .says(service.who() + " is updated, and a failure is not taken back: " + ROLLBACK.why())
                        .fix("failure_action: rollback")
                        .add());
        boolean isSwarm = deploy.filter(node -> node.get("mode").isPresent()
                        || node.get("placement").isPresent()
                        || node.get("update_config").isPresent())
                .isPresent();
        boolean isPlaced = deploy
                .map(node ->
                        node.at("placement", "constraints").map(Node::elements).orElse(List.of()))
                .orElse(List.of())
                .stream()
                .anyMatch(node ->
                        node.textAt().filter(text -> text.contains("node.role")).isPresent());
        if (isSwarm && !isPlaced) {
            service.fail(PLACEMENT, service.keyOf("deploy"))
                    .says(service.who() + " may run on managers: " + PLACEMENT.why())
                    .fix("deploy.placement.constraints: [\"node.role == worker\"]")
                    .add();
        }
    }

    /** The networks of the project; they belong to no single service. */
    static void networks(ComposeProject project, NetworkReport report) {
        for (Node.Entry network :
                project.root().get("networks").map(Node::entries).orElse(List.of())) {
            boolean isOverlay =
                    network.value().textAt("driver").filter("overlay"::equals).isPresent();
            boolean isEncrypted = network.value()
                            .at("driver_opts", "encrypted")
                            .filter(node -> !node.textAt().orElse("").equals("false"))
                            .isPresent()
                    || network.value()
                            .get("driver_opts")
                            .filter(node -> node instanceof Node.Mapping map
                                    && map.entry("encrypted").isPresent())
                            .filter(node -> node.at("encrypted").isEmpty())
                            .isPresent();
            if (isOverlay && !isEncrypted) {
                report.tell(network.key());
            }
        }
    }

    /** Takes a network that is not encrypted. */
    @FunctionalInterface
    interface NetworkReport {
        void tell(Node.Scalar name);
    }
}
