package dev.holdfast.check.compose;

import static dev.holdfast.manifest.InputKind.COMPOSE;

import dev.holdfast.check.Capabilities;
import dev.holdfast.check.ContainerRules;
import dev.holdfast.check.HostPaths;
import dev.holdfast.check.Rule;
import dev.holdfast.core.Severity;
import dev.holdfast.manifest.compose.Variable;
import dev.holdfast.manifest.tree.Node;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What separates a service from the host: privileges, capabilities, namespaces, security options, devices, kernel parameters. */
final class Isolation {
    static final Rule BUILD_PRIVILEGED = ContainerRules.BUILD_UNCONFINED;

    static final Rule HOST_UTS = Rule.of(
            "host-uts",
            Severity.MEDIUM,
            "shares the host's name",
            "it can rename the host, on which others may rely",
            COMPOSE);

    static final Rule HOST_USERS = Rule.of(
            "host-user-namespace",
            Severity.MEDIUM,
            "turns the remapping of users off",
            "root in the container is root of the host again",
            COMPOSE);

    static final Rule HOST_CGROUP = Rule.of(
            "host-cgroup",
            Severity.MEDIUM,
            "leaves its own control group",
            "limits of the runtime may not hold for it, and it sees those of others",
            COMPOSE);

    static final Rule UNMASKED = Rule.of(
            "system-paths-unmasked",
            Severity.HIGH,
            "uncovers the kernel's interfaces under /proc and /sys",
            "what runtimes hide and protect there can be read, and some of it written",
            COMPOSE);

    static final Rule NO_NEW_PRIVILEGES = ContainerRules.MORE_PRIVILEGES.strict();
    static final Rule CAPABILITIES_KEPT = ContainerRules.CAPABILITIES_KEPT.strict();
    static final Rule WRITABLE_ROOT = ContainerRules.WRITABLE_ROOT.strict();

    private Isolation() {}

    static List<Rule> rules() {
        return List.of(
                ContainerRules.PRIVILEGED,
                BUILD_PRIVILEGED,
                ContainerRules.CAPABILITY_ADDED,
                CAPABILITIES_KEPT,
                ContainerRules.HOST_NETWORK,
                ContainerRules.HOST_PID,
                ContainerRules.HOST_IPC,
                HOST_UTS,
                HOST_USERS,
                HOST_CGROUP,
                ContainerRules.SECCOMP_OFF,
                ContainerRules.APPARMOR_OFF,
                ContainerRules.SELINUX_OFF,
                UNMASKED,
                NO_NEW_PRIVILEGES,
                WRITABLE_ROOT,
                ContainerRules.DEVICE,
                ContainerRules.UNSAFE_SYSCTL,
                ContainerRules.ROOT_USER);
    }

    static void judge(Service service) {
        privileged(service);
        build(service);
        namespaces(service);
        if (!isPrivileged(service)) { // of a privileged one nothing less is said: it would help nothing
            capabilities(service);
            securityOptions(service);
        }
        devices(service);
        sysctls(service);
        user(service);
        if (!service.service().isPatch()) {
            missing(service);
        }
    }

    private static boolean isPrivileged(Service service) {
        return service.get("privileged").filter(Node::isTrue).isPresent();
    }

    private static void privileged(Service service) {
        Optional<Node> value = service.get("privileged");
        if (value.isEmpty() || !service.isKnown(ContainerRules.PRIVILEGED, value.get())) {
            return;
        }
        if (!value.get().isTrue()) {
            service.pass(ContainerRules.PRIVILEGED, value.get());
            return;
        }
        service.removing(
                service.fail(ContainerRules.PRIVILEGED, value.get())
                        .says(service.who() + " is privileged: " + ContainerRules.PRIVILEGED.why()),
                "privileged",
                "remove privileged; add the one capability or device that it needs: cap_add, devices");
    }

    private static void build(Service service) {
        Optional<Node> build = service.get("build");
        build.flatMap(node -> node.get("privileged"))
                .filter(Node::isTrue)
                .ifPresent(node -> service.fail(BUILD_PRIVILEGED, node)
                        .says("the build of " + service.who() + " is privileged: " + BUILD_PRIVILEGED.why())
                        .fix("remove build.privileged")
                        .add());
        build.flatMap(node -> node.get("network"))
                .filter(node -> node.textAt().filter("host"::equals).isPresent())
                .ifPresent(node -> service.fail(BUILD_PRIVILEGED, node)
                        .as(Severity.MEDIUM, "it reaches what listens on the builder's host only")
                        .says("the build of " + service.who() + " shares the network of the machine that builds")
                        .fix("remove build.network")
                        .add());
        for (Node entitlement : build.flatMap(node -> node.get("entitlements"))
                .map(Node::elements)
                .orElse(List.of())) {
            if (entitlement.textAt().filter("security.insecure"::equals).isPresent()) {
                service.fail(BUILD_PRIVILEGED, entitlement)
                        .says("the build of " + service.who() + " may use security.insecure: " + BUILD_PRIVILEGED.why())
                        .fix("remove the entitlement")
                        .add();
            }
        }
    }

    private static void capabilities(Service service) {
        for (Node added : service.get("cap_add").map(Node::elements).orElse(List.of())) {
            if (!service.isKnown(ContainerRules.CAPABILITY_ADDED, added)) {
                continue;
            }
            added.textAt()
                    .flatMap(Capabilities::danger)
                    .map(danger -> hasNothingElse(service) ? danger.unhindered() : danger)
                    .ifPresent(danger -> service.replacing(
                            service.fail(ContainerRules.CAPABILITY_ADDED, added)
                                    .as(danger.severity(), danger.name() + " allows " + danger.meaning())
                                    .says(service.who() + " adds the capability " + danger.name() + ", which allows "
                                            + danger.meaning()),
                            "cap_add",
                            added,
                            "",
                            "remove it, or name the narrower one that the program needs"));
        }
    }

    /** Whether neither the filter of system calls nor AppArmor stands beside the capabilities. */
    private static boolean hasNothingElse(Service service) {
        List<String> options = service.get("security_opt").map(Node::elements).orElse(List.of()).stream()
                .map(Isolation::option)
                .toList();
        return options.contains("seccomp:unconfined") && options.contains("apparmor:unconfined");
    }

    private static String option(Node node) {
        return node.textAt()
                .orElse("")
                .toLowerCase(Locale.ROOT)
                .replace('=', ':')
                .replace(" ", "");
    }

    private static void namespaces(Service service) {
        host(
                service,
                "network_mode",
                ContainerRules.HOST_NETWORK,
                "use a network of the project, and publish the ports that others need");
        host(service, "pid", ContainerRules.HOST_PID, "remove pid");
        host(
                service,
                "ipc",
                ContainerRules.HOST_IPC,
                "remove ipc, or share with one service only: ipc: service:<name>");
        host(service, "uts", HOST_UTS, "remove uts");
        host(service, "userns_mode", HOST_USERS, "remove userns_mode");
        host(service, "cgroup", HOST_CGROUP, "remove cgroup");
        service.get("cgroup_parent")
                .filter(node -> service.isKnown(HOST_CGROUP, node))
                .ifPresent(node -> service.removing(
                        service.fail(HOST_CGROUP, node)
                                .as(Severity.LOW, "the group may have no limits")
                                .says(service.who() + " runs in the control group "
                                        + node.textAt().orElse("") + ": " + HOST_CGROUP.why()),
                        "cgroup_parent",
                        "remove cgroup_parent"));
        for (Node network : service.get("networks").map(Node::elements).orElse(List.of())) {
            if (network.textAt().filter("host"::equals).isPresent()
                    && service.project().root().at("networks", "host").isPresent()) {
                service.project()
                        .root()
                        .at("networks", "host")
                        .filter(node ->
                                node.textAt("name").filter("host"::equals).isPresent())
                        .ifPresent(_ -> service.fail(ContainerRules.HOST_NETWORK, network)
                                .says(service.who() + " shares the host's network: "
                                        + ContainerRules.HOST_NETWORK.why())
                                .fix("use a network of the project")
                                .add());
            }
        }
    }

    private static void host(Service service, String key, Rule rule, String advice) {
        Optional<Node> value = service.get(key);
        if (value.isEmpty() || !service.isKnown(rule, value.get())) {
            return;
        }
        String text = value.get().textAt().orElse("");
        if (text.equals("host")) {
            service.removing(
                    service.fail(rule, value.get()).says(service.who() + " has " + key + ": host: " + rule.why()),
                    key,
                    advice);
        } else if (rule.equals(ContainerRules.HOST_IPC) && text.equals("shareable")) {
            service.fail(rule, value.get())
                    .as(Severity.LOW, "only containers that ask for it share it")
                    .says(service.who() + " lets other containers share its memory (ipc: shareable)")
                    .fix("name it on the other side only where it is needed")
                    .add();
        } else {
            service.pass(rule, value.get());
        }
    }

    private static void securityOptions(Service service) {
        for (Node option : service.get("security_opt").map(Node::elements).orElse(List.of())) {
            Optional<Rule> rule = switch (option(option)) {
                case "seccomp:unconfined" -> Optional.of(ContainerRules.SECCOMP_OFF);
                case "apparmor:unconfined" -> Optional.of(ContainerRules.APPARMOR_OFF);
                case "label:disable" -> Optional.of(ContainerRules.SELINUX_OFF);
                case "systempaths:unconfined" -> Optional.of(UNMASKED);
                case "no-new-privileges:false" -> Optional.of(NO_NEW_PRIVILEGES);
                default -> Optional.empty();
            };
            rule.ifPresent(found -> service.replacing(
                    service.fail(found, option)
                            .says(service.who() + " has " + option.textAt().orElse("") + ": " + found.why()),
                    "security_opt",
                    option,
                    "no-new-privileges:true",
                    "remove " + option.textAt().orElse("") + ", or name a profile that allows what is needed"));
        }
    }

    private static void devices(Service service) {
        for (Node device : service.get("devices").map(Node::elements).orElse(List.of())) {
            String path =
                    device.textAt("source").or(() -> device.textAt()).orElse("").split(":", 2)[0];
            if (!service.isKnown(ContainerRules.DEVICE, device) || !path.startsWith("/")) {
                continue; // a name without a slash is a device of CDI, given by a driver
            }
            service.fail(ContainerRules.DEVICE, device)
                    .as(
                            HostPaths.ofDevice(path),
                            HostPaths.ofDevice(path) == Severity.HIGH
                                    ? ContainerRules.DEVICE.why()
                                    : "such a device does what it is for, and little else")
                    .says(service.who() + " gets the host's " + path + ": " + ContainerRules.DEVICE.why())
                    .fix(
                            "remove it unless the program is made for this device; then leave out the right to create devices (m)")
                    .add();
        }
        service.get("device_cgroup_rules")
                .ifPresent(node -> service.fail(ContainerRules.DEVICE, node)
                        .says(service.who() + " opens whole classes of devices (device_cgroup_rules): "
                                + ContainerRules.DEVICE.why())
                        .fix("name the single devices instead: devices")
                        .add());
    }

    private static void sysctls(Service service) {
        boolean isHostNetwork = service.get("network_mode")
                .flatMap(node -> node.textAt())
                .filter("host"::equals)
                .isPresent();
        for (Variable sysctl : service.get("sysctls").map(Variable::of).orElse(List.of())) {
            String name = sysctl.name();
            boolean isOwn = name.startsWith("net.") && !isHostNetwork
                    || name.startsWith("kernel.shm")
                    || name.startsWith("kernel.msg")
                    || name.equals("kernel.sem")
                    || name.equals("kernel.domainname")
                    || name.startsWith("fs.mqueue.")
                    || name.startsWith("user.");
            if (!isOwn) {
                service.fail(ContainerRules.UNSAFE_SYSCTL, sysctl.node())
                        .says(service.who() + " sets " + name + ", which is not its own: "
                                + ContainerRules.UNSAFE_SYSCTL.why())
                        .fix("set it on the host, where it belongs to everybody")
                        .add();
            }
        }
    }

    private static void user(Service service) {
        Optional<Node> value = service.get("user");
        if (value.isEmpty() || !service.isKnown(ContainerRules.ROOT_USER, value.get())) {
            return;
        }
        String name = value.get().textAt().orElse("").split(":", 2)[0];
        if (name.equals("root") || name.matches("0+")) {
            service.fail(ContainerRules.ROOT_USER, value.get())
                    .as(Severity.MEDIUM, "many images start as root and give it up themselves")
                    .says(service.who() + " runs as root by user: "
                            + value.get().textAt().orElse("") + "; " + ContainerRules.ROOT_USER.why())
                    .fix("name another user, such as user: \"65532:65532\"")
                    .add();
        } else {
            service.pass(ContainerRules.ROOT_USER, value.get());
        }
    }

    /** What is missing is told once, at the service, and only on demand. */
    private static void missing(Service service) {
        boolean dropsAll = service.get("cap_drop").map(Node::elements).orElse(List.of()).stream()
                .anyMatch(node -> node.textAt().filter("ALL"::equalsIgnoreCase).isPresent());
        if (!dropsAll && !isPrivileged(service)) {
            service.setting(
                    service.fail(CAPABILITIES_KEPT, service.key())
                            .says(service.who() + " does not drop the capabilities that it does not need: "
                                    + CAPABILITIES_KEPT.why()),
                    "[ALL]",
                    "cap_drop: [ALL], and cap_add what is missing then",
                    "cap_drop");
        }
        boolean isBound = service.get("security_opt").map(Node::elements).orElse(List.of()).stream()
                .anyMatch(node -> node.textAt()
                        .filter(text -> text.replace('=', ':').matches("no-new-privileges(:true)?"))
                        .isPresent());
        if (!isBound && !isPrivileged(service)) {
            service.setting(
                    service.fail(NO_NEW_PRIVILEGES, service.key())
                            .says(service.who() + " lets its processes gain privileges: " + NO_NEW_PRIVILEGES.why()),
                    "[\"no-new-privileges:true\"]",
                    "security_opt: [\"no-new-privileges:true\"]",
                    "security_opt");
        }
        if (service.get("read_only").filter(Node::isTrue).isEmpty()) {
            service.setting(
                    service.fail(WRITABLE_ROOT, service.get("read_only").orElse(service.key()))
                            .says(service.who() + " may write to its own programs: " + WRITABLE_ROOT.why()),
                    "true",
                    "read_only: true, with tmpfs for what it writes",
                    "read_only");
        }
    }
}
