package dev.holdfast.check.ecs;

import static dev.holdfast.manifest.InputKind.ECS;

import dev.holdfast.check.Capabilities;
import dev.holdfast.check.ContainerRules;
import dev.holdfast.check.HostPaths;
import dev.holdfast.check.ImageName;
import dev.holdfast.check.Registries;
import dev.holdfast.check.Repair;
import dev.holdfast.check.Rule;
import dev.holdfast.core.Severity;
import dev.holdfast.manifest.tree.Node;
import dev.holdfast.manifest.tree.Place;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a task definition says of one container. */
final class TaskContainers {
    static final Rule NO_LOGS = ContainerRules.LOGGING_OFF;

    static final Rule NO_INIT = Rule.of(
                    "init-process-off",
                    Severity.NEGLIGIBLE,
                    "no init process looks after its children",
                    "ended children of the program stay as zombies",
                    ECS)
            .strict();

    static final Rule NO_FILE_LIMIT = Rule.of(
            "ulimit-unlimited",
            Severity.LOW,
            "lifts a limit of the kernel",
            "one container can use up what all others on the instance need",
            ECS);

    static final Rule MORE_PRIVILEGES = ContainerRules.MORE_PRIVILEGES.strict();
    static final Rule CAPABILITIES_KEPT = ContainerRules.CAPABILITIES_KEPT.strict();

    private TaskContainers() {}

    static List<Rule> rules() {
        return List.of(
                ContainerRules.PRIVILEGED,
                ContainerRules.ROOT_USER,
                ContainerRules.WRITABLE_ROOT,
                ContainerRules.CAPABILITY_ADDED,
                CAPABILITIES_KEPT,
                MORE_PRIVILEGES,
                ContainerRules.SELINUX_OFF,
                ContainerRules.APPARMOR_OFF,
                ContainerRules.SECCOMP_OFF,
                ContainerRules.DEVICE,
                ContainerRules.UNSAFE_SYSCTL,
                NO_LOGS,
                NO_INIT,
                NO_FILE_LIMIT,
                ContainerRules.NO_CPU_LIMIT,
                ContainerRules.NO_HEALTH_CHECK,
                ContainerRules.UNPINNED_IMAGE,
                ContainerRules.NO_DIGEST,
                ContainerRules.FOREIGN_REGISTRY);
    }

    static void judge(Task task, Node container) {
        privileged(task, container);
        image(task, container);
        user(task, container);
        logs(task, container);
        limits(task, container);
        if (!task.isWindows()) {
            root(task, container);
            linux(task, container);
            securityOptions(task, container);
        }
        health(task, container);
    }

    private static void privileged(Task task, Node container) {
        Optional<Node> value = container.get("privileged");
        if (value.isEmpty()) {
            return;
        }
        String who = Task.who(container);
        if (value.get().isTrue()) {
            Places.removing(
                    task.findings()
                            .fail(ContainerRules.PRIVILEGED, who, value.get().place())
                            .says(who + " is privileged: " + ContainerRules.PRIVILEGED.why()),
                    container,
                    "privileged",
                    "remove privileged; add the one capability or device that it needs: linuxParameters");
        } else {
            task.findings().pass(ContainerRules.PRIVILEGED, who, value.get().place());
        }
    }

    private static void image(Task task, Node container) {
        Optional<Node> image = container.get("image");
        String text = image.flatMap(node -> node.textAt()).orElse("");
        if (image.isEmpty() || text.isEmpty()) {
            return;
        }
        String who = Task.who(container);
        Place place = image.get().place();
        if (text.contains("<") || text.contains("${") || text.contains("{{")) {
            task.findings()
                    .notAssessed(ContainerRules.UNPINNED_IMAGE, who, place, "the image is a placeholder: " + text);
            return;
        }
        Registries.judge(task.findings(), who, place, text);
        ImageName name = ImageName.of(text);
        if (name.isUnversioned()) {
            task.findings()
                    .fail(ContainerRules.UNPINNED_IMAGE, who, place)
                    .says(who + " runs " + text + ", which names no version: " + ContainerRules.UNPINNED_IMAGE.why())
                    .fix("name the version that you test with: " + name.repository() + ":<version>, or its digest")
                    .add();
        } else {
            task.findings().pass(ContainerRules.UNPINNED_IMAGE, who, place);
            if (name.digest().isEmpty()) {
                task.findings()
                        .fail(ContainerRules.NO_DIGEST, who, place)
                        .says(who + " runs " + text + " by tag: " + ContainerRules.NO_DIGEST.why())
                        .fix("append the digest: " + text + "@sha256:…")
                        .add();
            }
        }
    }

    private static void user(Task task, Node container) {
        Optional<Node> value = container.get("user");
        String who = Task.who(container);
        if (task.isWindows()) {
            return;
        }
        if (value.isEmpty() || value.get().textAt().orElse("").isEmpty()) {
            task.findings()
                    .notAssessed(
                            ContainerRules.ROOT_USER,
                            who,
                            Places.of(container, "name"),
                            "no user is set here, so the image decides: check the image");
            return;
        }
        String name = value.get().textAt().orElse("").split(":", 2)[0];
        if (name.equals("root") || name.matches("0+")) {
            task.findings()
                    .fail(ContainerRules.ROOT_USER, who, value.get().place())
                    .says(who + " runs as root by user " + value.get().textAt().orElse("") + "; "
                            + ContainerRules.ROOT_USER.why())
                    .fix("name another user, such as \"65532:65532\"")
                    .add();
        } else {
            task.findings().pass(ContainerRules.ROOT_USER, who, value.get().place());
        }
    }

    private static void root(Task task, Node container) {
        Optional<Node> value = container.get("readonlyRootFilesystem");
        String who = Task.who(container);
        if (value.filter(Node::isTrue).isPresent()) {
            task.findings().pass(ContainerRules.WRITABLE_ROOT, who, value.get().place());
            return;
        }
        Repair repair = value.<Repair>map(node -> new Repair.Replace(node.place(), "true"))
                .orElseGet(
                        () -> new Repair.SetValue((Node.Mapping) container, List.of("readonlyRootFilesystem"), "true"));
        if (!(container instanceof Node.Mapping)) {
            return;
        }
        task.findings()
                .fail(ContainerRules.WRITABLE_ROOT, who, value.map(Node::place).orElse(Places.of(container, "name")))
                .as(Severity.LOW, ContainerRules.WRITABLE_ROOT.why())
                .says(who + " may write to its own programs: " + ContainerRules.WRITABLE_ROOT.why())
                .fix("\"readonlyRootFilesystem\": true, with a volume for what it writes", repair)
                .add();
    }

    private static void linux(Task task, Node container) {
        String who = Task.who(container);
        for (Node added : container
                .at("linuxParameters", "capabilities", "add")
                .map(Node::elements)
                .orElse(List.of())) {
            added.textAt()
                    .flatMap(Capabilities::danger)
                    .filter(_ -> !isPrivileged(container)) // then it has them all
                    .map(danger -> hasNothingElse(container) ? danger.unhindered() : danger)
                    .ifPresent(danger -> task.findings()
                            .fail(ContainerRules.CAPABILITY_ADDED, who, added.place())
                            .as(danger.severity(), danger.name() + " allows " + danger.meaning())
                            .says(who + " adds the capability " + danger.name() + ", which allows " + danger.meaning())
                            .fix("remove it, or name the narrower one that the program needs")
                            .add());
        }
        boolean dropsAll =
                container.at("linuxParameters", "capabilities", "drop").map(Node::elements).orElse(List.of()).stream()
                        .anyMatch(node ->
                                node.textAt().filter("ALL"::equalsIgnoreCase).isPresent());
        if (!dropsAll && !isPrivileged(container)) {
            task.findings()
                    .fail(CAPABILITIES_KEPT, who, Places.of(container, "name"))
                    .says(who + " does not drop the capabilities that it does not need: " + CAPABILITIES_KEPT.why())
                    .fix(
                            "\"linuxParameters\": {\"capabilities\": {\"drop\": [\"ALL\"]}}",
                            new Repair.SetValue(
                                    Places.map(container),
                                    List.of("linuxParameters", "capabilities", "drop"),
                                    "[\"ALL\"]"))
                    .add();
        }
        for (Node device :
                container.at("linuxParameters", "devices").map(Node::elements).orElse(List.of())) {
            String path = device.textAt("hostPath").orElse("");
            task.findings()
                    .fail(ContainerRules.DEVICE, who, device.place())
                    .as(
                            HostPaths.ofDevice(path),
                            HostPaths.ofDevice(path) == Severity.HIGH
                                    ? ContainerRules.DEVICE.why()
                                    : "such a device does what it is for, and little else")
                    .says(who + " gets the instance's " + path + ": " + ContainerRules.DEVICE.why())
                    .fix("remove it unless the program is made for this device")
                    .add();
        }
        if (container
                .at("linuxParameters", "initProcessEnabled")
                .filter(Node::isTrue)
                .isEmpty()) {
            task.findings()
                    .fail(NO_INIT, who, Places.of(container, "name"))
                    .says(who + " has no init process: " + NO_INIT.why())
                    .fix(
                            "\"linuxParameters\": {\"initProcessEnabled\": true}",
                            new Repair.SetValue(
                                    Places.map(container), List.of("linuxParameters", "initProcessEnabled"), "true"))
                    .add();
        }
        for (Node sysctl : container.get("systemControls").map(Node::elements).orElse(List.of())) {
            String name = sysctl.textAt("namespace").orElse("");
            boolean isOwn = name.startsWith("net.")
                            && !task.networkMode().filter("host"::equals).isPresent()
                    || name.startsWith("kernel.shm")
                    || name.startsWith("kernel.msg")
                    || name.equals("kernel.sem")
                    || name.startsWith("fs.mqueue.");
            if (!isOwn) {
                task.findings()
                        .fail(ContainerRules.UNSAFE_SYSCTL, who, sysctl.place())
                        .says(who + " sets " + name + ", which is not its own: " + ContainerRules.UNSAFE_SYSCTL.why())
                        .fix("set it on the instance, where it belongs to everybody")
                        .add();
            }
        }
    }

    private static boolean isPrivileged(Node container) {
        return container.get("privileged").filter(Node::isTrue).isPresent();
    }

    private static boolean hasNothingElse(Node container) {
        List<String> options = container.get("dockerSecurityOptions").map(Node::elements).orElse(List.of()).stream()
                .map(node -> node.textAt().orElse("").toLowerCase(Locale.ROOT).replace('=', ':'))
                .toList();
        return options.contains("seccomp:unconfined") && options.contains("apparmor:unconfined");
    }

    private static void securityOptions(Task task, Node container) {
        String who = Task.who(container);
        if (isPrivileged(container)) {
            return; // nothing less would help
        }
        boolean isBound = false;
        for (Node option :
                container.get("dockerSecurityOptions").map(Node::elements).orElse(List.of())) {
            String text = option.textAt().orElse("").toLowerCase(Locale.ROOT).replace('=', ':');
            isBound |= text.equals("no-new-privileges") || text.equals("no-new-privileges:true");
            Optional<Rule> rule = switch (text) {
                case "label:disable" -> Optional.of(ContainerRules.SELINUX_OFF);
                case "apparmor:unconfined" -> Optional.of(ContainerRules.APPARMOR_OFF);
                case "seccomp:unconfined" -> Optional.of(ContainerRules.SECCOMP_OFF);
                default -> Optional.empty();
            };
            rule.ifPresent(found -> task.findings()
                    .fail(found, who, option.place())
                    .says(who + " has " + option.textAt().orElse("") + ": " + found.why())
                    .fix("remove it, or name a profile that allows what is needed")
                    .add());
        }
        if (!isBound && !task.isFargate()) {
            task.findings()
                    .fail(MORE_PRIVILEGES, who, Places.of(container, "name"))
                    .says(who + " lets its processes gain privileges: " + MORE_PRIVILEGES.why())
                    .fix(
                            "\"dockerSecurityOptions\": [\"no-new-privileges\"]",
                            new Repair.SetValue(
                                    Places.map(container), List.of("dockerSecurityOptions"), "[\"no-new-privileges\"]"))
                    .add();
        }
    }

    private static void logs(Task task, Node container) {
        Optional<Node> driver = container.at("logConfiguration", "logDriver");
        String who = Task.who(container);
        boolean isNone =
                driver.flatMap(node -> node.textAt()).filter("none"::equals).isPresent();
        if (driver.isPresent() && !isNone) {
            task.findings().pass(NO_LOGS, who, driver.get().place());
            return;
        }
        task.findings()
                .fail(NO_LOGS, who, driver.map(Node::place).orElse(Places.of(container, "name")))
                .as(
                        isNone || task.isFargate() ? Severity.MEDIUM : Severity.LOW,
                        isNone || task.isFargate() ? NO_LOGS.why() : "they stay on the instance, and go with it")
                .says(who + (isNone ? " throws its logs away" : " has no logConfiguration") + ": " + NO_LOGS.why())
                .fix("\"logConfiguration\": {\"logDriver\": \"awslogs\", \"options\": {…}}")
                .add();
    }

    private static void limits(Task task, Node container) {
        String who = Task.who(container);
        boolean isLimited =
                container.get("memory").isPresent() || task.node().get("memory").isPresent();
        if (!isLimited) {
            boolean isReserved = container.get("memoryReservation").isPresent();
            task.findings()
                    .fail(
                            ContainerRules.NO_MEMORY_LIMIT,
                            who,
                            container.get("memoryReservation").map(Node::place).orElse(Places.of(container, "name")))
                    .says(who + (isReserved ? " reserves memory and has no limit" : " has no limit of memory") + ": "
                            + ContainerRules.NO_MEMORY_LIMIT.why())
                    .fix("set memory (MiB) on the container or on the task")
                    .add();
        }
        if (container
                        .get("cpu")
                        .filter(node -> !node.textAt().orElse("0").equals("0"))
                        .isEmpty()
                && task.node().get("cpu").isEmpty()) {
            task.findings()
                    .fail(ContainerRules.NO_CPU_LIMIT, who, Places.of(container, "name"))
                    .says(who + " has no share of the processor set: " + ContainerRules.NO_CPU_LIMIT.why())
                    .fix("set cpu on the container or on the task")
                    .add();
        }
        for (Node limit : container.get("ulimits").map(Node::elements).orElse(List.of())) {
            boolean isLifted = limit.textAt("hardLimit").filter("-1"::equals).isPresent();
            String name = limit.textAt("name").orElse("");
            if (isLifted && !name.equals("core") && !name.equals("memlock")) {
                task.findings()
                        .fail(NO_FILE_LIMIT, who, limit.place())
                        .says(who + " has no limit of " + name + ": " + NO_FILE_LIMIT.why())
                        .fix("name the number that the program needs")
                        .add();
            }
        }
    }

    private static void health(Task task, Node container) {
        boolean isEssential = container.get("essential").filter(Node::isFalse).isEmpty();
        if (isEssential && container.get("healthCheck").isEmpty()) {
            task.findings()
                    .fail(ContainerRules.NO_HEALTH_CHECK, Task.who(container), Places.of(container, "name"))
                    .says(Task.who(container) + " has no healthCheck: " + ContainerRules.NO_HEALTH_CHECK.why())
                    .fix("\"healthCheck\": {\"command\": [\"CMD\", \"…\"]}")
                    .add();
        }
    }
}
