package dev.holdfast.check.ecs;

import static dev.holdfast.manifest.InputKind.ECS;

import dev.holdfast.check.ContainerRules;
import dev.holdfast.check.HostPaths;
import dev.holdfast.check.Repair;
import dev.holdfast.check.Rule;
import dev.holdfast.core.Severity;
import dev.holdfast.manifest.tree.Node;
import java.util.List;
import java.util.Optional;

/** What a task definition says for all of its containers. */
final class Tasks {
    static final Rule NETWORK_MODE = Rule.of(
            "network-mode-not-awsvpc",
            Severity.LOW,
            "its containers share the instance's network interface",
            "security groups then speak about the whole instance, and not about this task",
            ECS);

    static final Rule PLAIN_EFS = Rule.of(
            "efs-transit-not-encrypted",
            Severity.MEDIUM,
            "files cross the network in the clear",
            "whoever is on the way between task and file system reads them",
            ECS);

    static final Rule OPEN_EFS = Rule.of(
            "efs-without-access-control",
            Severity.LOW,
            "every task that reaches the file system may use all of it",
            "neither an access point nor IAM bounds what this task sees",
            ECS);

    static final Rule EXECUTION_ROLE = Rule.of(
            "execution-role-shared-with-task",
            Severity.MEDIUM,
            "the program has the role of the agent that starts it",
            "a break-in pulls images and reads every secret that the agent may",
            ECS);

    static final Rule TASK_ROLE = Rule.of(
            "task-role-missing",
            Severity.LOW,
            "the task has no role of its own",
            "on EC2 it can take the instance's, which other tasks need for more",
            ECS);

    private Tasks() {}

    static List<Rule> rules() {
        return List.of(
                NETWORK_MODE,
                PLAIN_EFS,
                OPEN_EFS,
                EXECUTION_ROLE,
                TASK_ROLE,
                ContainerRules.HOST_NETWORK,
                ContainerRules.HOST_PID,
                ContainerRules.HOST_IPC,
                ContainerRules.HOST_PATH,
                ContainerRules.RUNTIME_SOCKET,
                ContainerRules.NO_MEMORY_LIMIT);
    }

    static void judge(Task task) {
        network(task);
        namespace(task, "pidMode", ContainerRules.HOST_PID);
        namespace(task, "ipcMode", ContainerRules.HOST_IPC);
        for (Node volume : task.node().get("volumes").map(Node::elements).orElse(List.of())) {
            volume(task, volume);
        }
        roles(task);
    }

    private static void network(Task task) {
        Optional<Node> mode = task.node().get("networkMode");
        String text = task.networkMode().orElse("");
        if (text.equals("host") && mode.isPresent()) {
            task.findings()
                    .fail(ContainerRules.HOST_NETWORK, task.who(), mode.get().place())
                    .says(task.who() + " has networkMode host: " + ContainerRules.HOST_NETWORK.why())
                    .fix(
                            "use awsvpc: the task gets an interface and security groups of its own",
                            new Repair.Replace(mode.get().place(), "\"awsvpc\""))
                    .add();
        } else if (text.equals("bridge") && mode.isPresent()) {
            task.findings()
                    .fail(NETWORK_MODE, task.who(), mode.get().place())
                    .says(task.who() + " has networkMode bridge: " + NETWORK_MODE.why())
                    .fix("use awsvpc")
                    .add();
        } else if (text.isEmpty() && !task.isFargate() && !task.isWindows()) {
            task.findings()
                    .fail(NETWORK_MODE, task.who(), Places.of(task.node(), "containerDefinitions"))
                    .says(task.who() + " names no networkMode, so it gets bridge: " + NETWORK_MODE.why())
                    .fix("\"networkMode\": \"awsvpc\"")
                    .add();
        } else if (mode.isPresent()) {
            task.findings().pass(NETWORK_MODE, task.who(), mode.get().place());
            task.findings()
                    .pass(ContainerRules.HOST_NETWORK, task.who(), mode.get().place());
        }
    }

    private static void namespace(Task task, String key, Rule rule) {
        Optional<Node> mode = task.node().get(key);
        if (mode.isEmpty()) {
            return;
        }
        if (mode.get().textAt().filter("host"::equals).isPresent()) {
            Places.removing(
                    task.findings()
                            .fail(rule, task.who(), mode.get().place())
                            .says(task.who() + " has " + key + " host: " + rule.why()),
                    task.node(),
                    key,
                    "remove " + key);
        } else {
            task.findings().pass(rule, task.who(), mode.get().place());
        }
    }

    private static void volume(Task task, Node volume) {
        String name = volume.textAt("name").orElse("?");
        Optional<Node> path = volume.at("host", "sourcePath");
        path.ifPresent(node -> HostPaths.of(node.textAt().orElse(""), isReadOnly(task, name))
                .ifPresent(exposure -> task.findings()
                        .fail(exposure.rule(), task.who(), node.place())
                        .as(exposure.severity(), exposure.reason())
                        .says(task.who() + " gets the instance's "
                                + node.textAt().orElse("") + " as volume " + name + ": "
                                + exposure.rule().why())
                        .fix(
                                "mount only what the program needs, read-only; or use a volume that is not of the instance")
                        .add()));
        Optional<Node> efs = volume.get("efsVolumeConfiguration");
        if (efs.isEmpty()) {
            return;
        }
        Optional<Node> transit = efs.get().get("transitEncryption");
        if (transit.flatMap(node -> node.textAt()).filter("ENABLED"::equals).isEmpty()) {
            Repair repair = transit.<Repair>map(node -> new Repair.Replace(node.place(), "\"ENABLED\""))
                    .orElseGet(() ->
                            new Repair.SetValue((Node.Mapping) efs.get(), List.of("transitEncryption"), "ENABLED"));
            task.findings()
                    .fail(PLAIN_EFS, task.who(), transit.orElse(efs.get()).place())
                    .says("the volume " + name + " of " + task.who() + " has no transitEncryption: " + PLAIN_EFS.why())
                    .fix("\"transitEncryption\": \"ENABLED\"", repair)
                    .add();
        }
        boolean isBound =
                efs.get().textAt("authorizationConfig", "accessPointId").isPresent()
                        || efs.get()
                                .textAt("authorizationConfig", "iam")
                                .filter("ENABLED"::equals)
                                .isPresent();
        if (!isBound) {
            task.findings()
                    .fail(OPEN_EFS, task.who(), efs.get().place())
                    .says("the volume " + name + " of " + task.who() + " is bound by neither an access point nor IAM: "
                            + OPEN_EFS.why())
                    .fix("\"authorizationConfig\": {\"accessPointId\": \"fsap-…\", \"iam\": \"ENABLED\"}")
                    .add();
        }
    }

    private static boolean isReadOnly(Task task, String volume) {
        List<Node> mounts = task.node().get("containerDefinitions").map(Node::elements).orElse(List.of()).stream()
                .flatMap(container -> container.get("mountPoints").map(Node::elements).orElse(List.of()).stream())
                .filter(mount ->
                        mount.textAt("sourceVolume").filter(volume::equals).isPresent())
                .toList();
        return !mounts.isEmpty()
                && mounts.stream()
                        .allMatch(mount ->
                                mount.get("readOnly").filter(Node::isTrue).isPresent());
    }

    private static void roles(Task task) {
        Optional<Node> execution = task.node().get("executionRoleArn");
        Optional<Node> own = task.node().get("taskRoleArn");
        if (execution.isPresent()
                && own.isPresent()
                && execution.get().textAt().equals(own.get().textAt())) {
            task.findings()
                    .fail(EXECUTION_ROLE, task.who(), own.get().place())
                    .says(task.who() + " has the same role as taskRoleArn and executionRoleArn: "
                            + EXECUTION_ROLE.why())
                    .fix("give the task a role with what the program itself needs")
                    .add();
        }
        if (own.isEmpty() && !task.isFargate()) {
            task.findings()
                    .fail(TASK_ROLE, task.who(), Places.of(task.node(), "containerDefinitions"))
                    .says(task.who() + " has no taskRoleArn: " + TASK_ROLE.why())
                    .fix(
                            "\"taskRoleArn\": \"…\", a role with only what the program needs; and keep tasks from the instance's metadata")
                    .add();
        }
    }
}
