package dev.holdfast.check.ecs;

import static dev.holdfast.manifest.InputKind.ECS;

import dev.holdfast.check.ContainerRules;
import dev.holdfast.check.Credentials;
import dev.holdfast.check.Rule;
import dev.holdfast.core.Severity;
import dev.holdfast.manifest.tree.Node;
import dev.holdfast.secrets.Secret;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Credentials in a task definition, which everybody who may describe it can read, in every revision. Values are never shown. */
final class TaskSecrets {
    static final Rule REGISTRY_CREDENTIALS = Rule.of(
            "registry-credentials-inline",
            Severity.HIGH,
            "the password of a registry stands in the definition",
            "everybody who may describe the task can pull, and often push, the images that run",
            ECS);

    static final Rule ENVIRONMENT_FILE = Rule.of(
                    "environment-file-in-bucket",
                    Severity.LOW,
                    "reads variables from a file in a bucket",
                    "whoever may read the bucket has what is in it; a secret store says who read it",
                    ECS)
            .strict();

    static final Rule LOOSE_SECRET = Rule.of(
                    "secret-reference-not-full",
                    Severity.LOW,
                    "names a secret without its full address",
                    "the newest version is taken at every start, and a name may be given to another secret",
                    ECS)
            .strict();

    private static final String ADVICE =
            "remove and replace the credential; keep it in Secrets Manager or the Parameter Store, and name it: \"secrets\": [{\"name\": …, \"valueFrom\": <arn>}]";

    private TaskSecrets() {}

    static List<Rule> rules() {
        return List.of(
                ContainerRules.SECRET_IN_ENVIRONMENT,
                ContainerRules.SECRET_IN_COMMAND,
                ContainerRules.SECRET_IN_CONFIGURATION,
                REGISTRY_CREDENTIALS,
                ENVIRONMENT_FILE,
                LOOSE_SECRET);
    }

    static void judge(Task task, Node container, Credentials credentials) {
        String who = Task.who(container);
        for (Node variable : container.get("environment").map(Node::elements).orElse(List.of())) {
            environment(task, who, variable, credentials);
        }
        registry(task, who, container);
        for (String key : List.of("command", "entryPoint")) {
            container.get(key).ifPresent(node -> words(task, who, node, key, credentials));
        }
        container.at("healthCheck", "command").ifPresent(node -> words(task, who, node, "healthCheck", credentials));
        container.get("dockerLabels").ifPresent(node -> options(task, who, node, "dockerLabels", credentials));
        container
                .at("logConfiguration", "options")
                .ifPresent(node -> options(task, who, node, "logConfiguration", credentials));
        container
                .at("firelensConfiguration", "options")
                .ifPresent(node -> options(task, who, node, "firelensConfiguration", credentials));
        for (Node file : container.get("environmentFiles").map(Node::elements).orElse(List.of())) {
            task.findings()
                    .fail(ENVIRONMENT_FILE, who, file.place())
                    .says(who + " reads " + file.textAt("value").orElse("a file") + ": " + ENVIRONMENT_FILE.why())
                    .fix("keep credentials in Secrets Manager or the Parameter Store")
                    .add();
        }
        for (Node secret : container.get("secrets").map(Node::elements).orElse(List.of())) {
            Optional<Node> from = secret.get("valueFrom");
            boolean isFull = from.flatMap(node -> node.textAt())
                    .filter(text -> text.startsWith("arn:"))
                    .isPresent();
            if (from.isPresent() && !isFull) {
                task.findings()
                        .fail(LOOSE_SECRET, who, from.get().place())
                        .says(who + " names the secret " + from.get().textAt().orElse("")
                                + " without its full address: " + LOOSE_SECRET.why())
                        .fix("write the whole ARN")
                        .add();
            }
        }
    }

    /** Credentials of a registry belong behind the address of a secret: {@code repositoryCredentials.credentialsParameter}. */
    private static void registry(Task task, String who, Node container) {
        List<Node> wrong = new ArrayList<>();
        container
                .at("repositoryCredentials", "credentialsParameter")
                .filter(node -> node.textAt()
                        .filter(text -> !text.startsWith("arn:") && !isPlaceholder(text))
                        .isPresent())
                .ifPresent(wrong::add);
        container
                .get("image")
                .filter(node -> node.textAt()
                        .filter(text -> text.matches("(https?://)?[^/@:]+:[^/@]+@[^@]*"))
                        .isPresent())
                .filter(node ->
                        node.textAt().filter(text -> text.contains("@sha256:")).isEmpty())
                .ifPresent(wrong::add);
        for (Node variable : container.get("environment").map(Node::elements).orElse(List.of())) {
            String name = variable.textAt("name").orElse("");
            boolean isAuthentication = name.equals("ECS_ENGINE_AUTH_DATA") || name.equals("DOCKER_AUTH_CONFIG");
            variable.get("value")
                    .filter(node -> isAuthentication
                            && Credentials.isLiteral(node.textAt().orElse("")))
                    .ifPresent(wrong::add);
        }
        for (Node at : wrong) {
            task.findings()
                    .fail(REGISTRY_CREDENTIALS, who, at.place())
                    .says(who + " has the password of its registry in the definition: " + REGISTRY_CREDENTIALS.why())
                    .fix("keep it in Secrets Manager: \"repositoryCredentials\": {\"credentialsParameter\": \"arn:…\"}")
                    .add();
        }
    }

    private static boolean isPlaceholder(String text) {
        return text.isEmpty() || text.contains("<") || text.contains("${") || text.contains("{{");
    }

    private static void environment(Task task, String who, Node variable, Credentials credentials) {
        String name = variable.textAt("name").orElse("");
        Optional<Node> value = variable.get("value");
        if (value.isEmpty()) {
            return;
        }
        String text = value.get().textAt().orElse("");
        Optional<Secret> secret = credentials.in(name, text);
        if (secret.isPresent()) {
            task.findings()
                    .fail(ContainerRules.SECRET_IN_ENVIRONMENT, who, value.get().place())
                    .as(
                            secret.get().severity(),
                            secret.get().proof().isEmpty()
                                    ? ContainerRules.SECRET_IN_ENVIRONMENT.why()
                                    : secret.get().proof())
                    .says(who + " has a credential in environment: " + name + " ("
                            + secret.get().title() + "); everybody who may describe the task has it")
                    .fix(ADVICE)
                    .add();
        } else if (Credentials.promises(name) && Credentials.isLiteral(text)) {
            task.findings()
                    .fail(ContainerRules.SECRET_IN_ENVIRONMENT, who, value.get().place())
                    .as(Severity.MEDIUM, "only its name says that it is one; the value has the form of none")
                    .says(who + " has a fixed value in environment named like a credential: " + name
                            + "; everybody who may describe the task has it")
                    .fix(ADVICE)
                    .add();
        }
    }

    private static void words(Task task, String who, Node node, String key, Credentials credentials) {
        List<String> words = new ArrayList<>();
        node.textAt().ifPresent(words::add);
        node.elements().forEach(element -> element.textAt().ifPresent(words::add));
        credentials.in(String.join(" ", words)).ifPresent(secret -> {
            Node at = node.elements().stream()
                    .filter(element ->
                            credentials.in(element.textAt().orElse("")).isPresent())
                    .findFirst()
                    .orElse(node);
            task.findings()
                    .fail(ContainerRules.SECRET_IN_COMMAND, who, at.place())
                    .as(secret.severity(), ContainerRules.SECRET_IN_COMMAND.why())
                    .says(who + " has a credential in its " + key + " (" + secret.title()
                            + "); everybody who may describe the task has it")
                    .fix(ADVICE)
                    .add();
        });
    }

    private static void options(Task task, String who, Node node, String key, Credentials credentials) {
        for (Node.Entry entry : node.entries()) {
            String name = entry.key().text();
            String text = entry.value().textAt().orElse("");
            Optional<Secret> secret = credentials.in(name, text);
            boolean isToken = name.endsWith("-token") || name.equals("apikey") || name.equals("api_key");
            if (secret.isPresent() || isToken && Credentials.isLiteral(text)) {
                task.findings()
                        .fail(
                                ContainerRules.SECRET_IN_CONFIGURATION,
                                who,
                                entry.value().place())
                        .as(
                                secret.map(Secret::severity).orElse(Severity.HIGH),
                                ContainerRules.SECRET_IN_CONFIGURATION.why())
                        .says(who + " has a credential in " + key + ": " + name
                                + "; everybody who may describe the task has it")
                        .fix("logConfiguration has secretOptions for this: {\"name\": \"" + name
                                + "\", \"valueFrom\": <arn>}")
                        .add();
            }
        }
    }
}
