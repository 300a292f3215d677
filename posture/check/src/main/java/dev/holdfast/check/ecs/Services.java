package dev.holdfast.check.ecs;

import static dev.holdfast.manifest.InputKind.ECS;

import dev.holdfast.check.Findings;
import dev.holdfast.check.Repair;
import dev.holdfast.check.Rule;
import dev.holdfast.core.Severity;
import dev.holdfast.manifest.ecs.EcsResource;
import dev.holdfast.manifest.tree.Node;
import java.util.List;
import java.util.Optional;

/** Services and clusters. */
final class Services {
    static final Rule PUBLIC_ADDRESS = Rule.of(
            "public-ip-assigned",
            Severity.HIGH,
            "its tasks get public addresses",
            "everything that they listen on can be reached from the internet, save for what security groups forbid",
            ECS);

    static final Rule COMMANDS = Rule.of(
            "execute-command-enabled",
            Severity.MEDIUM,
            "opens shells in its tasks",
            "whoever has the right gets a shell with the task's role and secrets",
            ECS);

    static final Rule OLD_PLATFORM = Rule.of(
            "fargate-platform-fixed",
            Severity.LOW,
            "stays on an old platform of Fargate",
            "flaws that AWS mended in later ones stay open",
            ECS);

    static final Rule UNLOGGED_COMMANDS = Rule.of(
            "execute-command-not-logged",
            Severity.MEDIUM,
            "nobody records what is typed in shells of its tasks",
            "what an intruder did there cannot be found out",
            ECS);

    static final Rule INSIGHTS = Rule.of(
                    "container-insights-off",
                    Severity.NEGLIGIBLE,
                    "Container Insights is off",
                    "there is no record of what tasks used, and when",
                    ECS)
            .strict();

    private Services() {}

    static List<Rule> rules() {
        return List.of(PUBLIC_ADDRESS, COMMANDS, OLD_PLATFORM, UNLOGGED_COMMANDS, INSIGHTS);
    }

    static void service(EcsResource resource, Findings findings) {
        String who = "service " + resource.name();
        Node node = resource.node();
        Optional<Node> address = node.at("networkConfiguration", "awsvpcConfiguration", "assignPublicIp");
        address.ifPresent(value -> {
            if (value.textAt().filter("ENABLED"::equals).isPresent()) {
                findings.fail(PUBLIC_ADDRESS, who, value.place())
                        .says(who + " has assignPublicIp ENABLED: " + PUBLIC_ADDRESS.why())
                        .fix(
                                "DISABLED, with a load balancer before it and a NAT gateway or endpoints behind it",
                                new Repair.Replace(value.place(), "\"DISABLED\""))
                        .add();
            } else {
                findings.pass(PUBLIC_ADDRESS, who, value.place());
            }
        });
        node.get("enableExecuteCommand")
                .filter(Node::isTrue)
                .ifPresent(value -> findings.fail(COMMANDS, who, value.place())
                        .as(Severity.LOW, "it is a right like others; what is typed should be recorded by the cluster")
                        .says(who + " has enableExecuteCommand: " + COMMANDS.why())
                        .fix("turn it off, or record sessions: the cluster's executeCommandConfiguration")
                        .add());
        node.get("platformVersion")
                .filter(value -> !value.textAt().orElse("LATEST").equals("LATEST"))
                .ifPresent(value -> findings.fail(OLD_PLATFORM, who, value.place())
                        .says(who + " is fixed to platform version "
                                + value.textAt().orElse("") + ": " + OLD_PLATFORM.why())
                        .fix("LATEST", new Repair.Replace(value.place(), "\"LATEST\""))
                        .add());
    }

    static void cluster(EcsResource resource, Findings findings) {
        String who = "cluster " + resource.name();
        Node node = resource.node();
        Optional<Node> commands = node.at("configuration", "executeCommandConfiguration");
        boolean isUnlogged = commands.flatMap(value -> value.textAt("logging"))
                .filter("NONE"::equals)
                .isPresent();
        if (isUnlogged) {
            findings.fail(UNLOGGED_COMMANDS, who, commands.map(Node::place).orElse(node.place()))
                    .says(who + " has executeCommandConfiguration.logging NONE: " + UNLOGGED_COMMANDS.why())
                    .fix("\"logging\": \"OVERRIDE\" with a log group, and a kmsKeyId")
                    .add();
        }
        boolean isWatched = node.get("settings").map(Node::elements).orElse(List.of()).stream()
                .anyMatch(setting -> setting.textAt("name")
                                .filter("containerInsights"::equals)
                                .isPresent()
                        && setting.textAt("value")
                                .filter(value -> !value.equals("disabled"))
                                .isPresent());
        if (!isWatched) {
            findings.fail(INSIGHTS, who, Places.of(node, "clusterName"))
                    .says(who + " has Container Insights off: " + INSIGHTS.why())
                    .fix("\"settings\": [{\"name\": \"containerInsights\", \"value\": \"enabled\"}]")
                    .add();
        }
    }
}
