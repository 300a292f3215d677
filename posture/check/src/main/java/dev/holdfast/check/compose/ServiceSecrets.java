package dev.holdfast.check.compose;

import dev.holdfast.check.ContainerRules;
import dev.holdfast.check.Credentials;
import dev.holdfast.check.Rule;
import dev.holdfast.core.Severity;
import dev.holdfast.manifest.RelativePaths;
import dev.holdfast.manifest.compose.Spot;
import dev.holdfast.manifest.compose.Variable;
import dev.holdfast.manifest.tree.Node;
import dev.holdfast.secrets.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Credentials in what a service is given. Values are never shown. */
final class ServiceSecrets {
    private static final String ADVICE =
            "remove and replace the credential; give it as a secret: secrets: [<name>], read from /run/secrets/<name>";

    private ServiceSecrets() {}

    static List<Rule> rules() {
        return List.of(
                ContainerRules.SECRET_IN_ENVIRONMENT,
                ContainerRules.SECRET_IN_COMMAND,
                ContainerRules.SECRET_IN_CONFIGURATION);
    }

    static void judge(Service service) {
        service.get("environment")
                .ifPresent(node -> variables(service, node, "environment", ContainerRules.SECRET_IN_ENVIRONMENT));
        service.get("build")
                .flatMap(node -> node.get("args"))
                .ifPresent(node -> variables(service, node, "build.args", ContainerRules.SECRET_IN_ENVIRONMENT));
        service.get("labels").ifPresent(node -> values(service, node));
        service.get("command").ifPresent(node -> command(service, node, "command"));
        service.get("entrypoint").ifPresent(node -> command(service, node, "entrypoint"));
        service.get("healthcheck")
                .flatMap(node -> node.get("test"))
                .ifPresent(node -> command(service, node, "healthcheck"));
        service.get("logging").flatMap(node -> node.get("options")).ifPresent(node -> values(service, node));
        environmentFiles(service);
    }

    private static void variables(Service service, Node node, String key, Rule rule) {
        for (Variable variable : Variable.of(node)) {
            if (variable.value().isEmpty()
                    || service.project().unresolved(variable.node()).isPresent()) {
                continue;
            }
            String name = variable.name();
            String value = variable.value().get();
            Optional<Secret> secret = service.credentials().in(name, value);
            if (secret.isPresent()) {
                service.fail(rule, variable.node())
                        .as(
                                secret.get().severity(),
                                secret.get().proof().isEmpty()
                                        ? rule.why()
                                        : secret.get().proof())
                        .says(service.who() + " has a credential in " + key + ": " + name + " ("
                                + secret.get().title() + "); " + rule.why())
                        .fix(ADVICE)
                        .add();
            } else if (Credentials.promises(name) && Credentials.isLiteral(value)) {
                service.fail(rule, variable.node())
                        .as(Severity.MEDIUM, "only its name says that it is one; the value has the form of none")
                        .says(service.who() + " has a fixed value in " + key + " named like a credential: " + name
                                + "; " + rule.why())
                        .fix("give it as a secret: secrets: [<name>], read from /run/secrets/<name>")
                        .add();
            }
        }
    }

    private static void values(Service service, Node node) {
        for (Variable variable : Variable.of(node)) {
            Optional<Secret> secret =
                    variable.value().flatMap(value -> service.credentials().in(variable.name(), value));
            secret.filter(_ -> service.project().unresolved(variable.node()).isEmpty())
                    .ifPresent(found -> service.fail(ContainerRules.SECRET_IN_CONFIGURATION, variable.node())
                            .as(
                                    found.severity(),
                                    found.proof().isEmpty()
                                            ? ContainerRules.SECRET_IN_CONFIGURATION.why()
                                            : found.proof())
                            .says(service.who() + " has a credential in " + variable.name() + " (" + found.title()
                                    + ")")
                            .fix("remove and replace the credential")
                            .add());
        }
    }

    private static void command(Service service, Node node, String key) {
        List<String> words = new ArrayList<>();
        node.textAt().ifPresent(words::add);
        node.elements().forEach(element -> element.textAt().ifPresent(words::add));
        Optional<Secret> secret = service.credentials().in(String.join(" ", words));
        if (secret.isEmpty() || service.project().unresolved(node).isPresent()) {
            return;
        }
        Node at = node.elements().stream()
                .filter(element ->
                        service.credentials().in(element.textAt().orElse("")).isPresent())
                .findFirst()
                .orElse(node);
        service.fail(ContainerRules.SECRET_IN_COMMAND, at)
                .as(secret.get().severity(), ContainerRules.SECRET_IN_COMMAND.why())
                .says(service.who() + " has a credential in its " + key + " ("
                        + secret.get().title() + ")")
                .fix(ADVICE)
                .add();
    }

    /** Files of variables that lie beside, and so are kept with the source. */
    private static void environmentFiles(Service service) {
        Optional<Node> files = service.get("env_file");
        if (files.isEmpty()) {
            return;
        }
        List<Node> each = files.get().elements().isEmpty()
                ? List.of(files.get())
                : files.get().elements();
        for (Node one : each) {
            String written = one.textAt("path").or(() -> one.textAt()).orElse("");
            Spot spot = service.project().spot(one);
            Optional<String> path = RelativePaths.join(RelativePaths.folder(spot.path()), written);
            path.ifPresent(inside -> environmentFile(service, one, inside));
        }
    }

    private static void environmentFile(Service service, Node at, String path) {
        try {
            Optional<byte[]> bytes = service.beside().file(path);
            if (bytes.isEmpty()) {
                return;
            }
            int number = 0;
            for (String line :
                    new String(bytes.get(), StandardCharsets.UTF_8).lines().toList()) {
                number++;
                Optional<Secret> secret = line.startsWith("#")
                        ? Optional.empty()
                        : service.credentials().in(line.strip());
                if (secret.isPresent()) {
                    String name = line.split("[=:]", 2)[0].strip();
                    service.fail(ContainerRules.SECRET_IN_CONFIGURATION, at)
                            .as(secret.get().severity(), "the file lies beside this one, and goes where it goes")
                            .says(service.who() + " reads " + path + ", which holds a credential in line " + number
                                    + ": " + name + " (" + secret.get().title() + ")")
                            .fix("keep the file out of version control, and give credentials as secrets")
                            .add();
                    return;
                }
            }
        } catch (IOException unreadable) {
            service.findings()
                    .notAssessed(
                            ContainerRules.SECRET_IN_CONFIGURATION,
                            service.who(),
                            at.place(),
                            path + " cannot be read: " + unreadable);
        }
    }

    /** Texts that are kept as configurations, and options of volumes: they belong to no single service. */
    static void ofProject(Node root, Credentials credentials, Teller teller) {
        for (Node.Entry config : root.get("configs").map(Node::entries).orElse(List.of())) {
            config.value()
                    .get("content")
                    .ifPresent(node -> node.textAt()
                            .flatMap(credentials::in)
                            .ifPresent(secret -> teller.tell(
                                    node,
                                    "the configuration " + config.key().text() + " holds a credential ("
                                            + secret.title() + ")",
                                    secret.severity())));
        }
        for (Node.Entry volume : root.get("volumes").map(Node::entries).orElse(List.of())) {
            volume.value()
                    .at("driver_opts", "o")
                    .ifPresent(node -> node.textAt()
                            .filter(text -> text.matches("(.*,)?pass(word)?=[^,$]+(,.*)?"))
                            .ifPresent(_ -> teller.tell(
                                    node,
                                    "the volume " + volume.key().text() + " has its password in the options",
                                    Severity.HIGH)));
        }
    }

    /** Takes a credential of the project. */
    @FunctionalInterface
    interface Teller {
        void tell(Node at, String sentence, Severity severity);
    }
}
