package dev.holdfast.check.kubernetes;

import static dev.holdfast.check.ContainerRules.SECRET_IN_COMMAND;
import static dev.holdfast.check.ContainerRules.SECRET_IN_CONFIGURATION;
import static dev.holdfast.check.ContainerRules.SECRET_IN_ENVIRONMENT;
import static dev.holdfast.core.Severity.HIGH;
import static dev.holdfast.core.Severity.LOW;
import static dev.holdfast.core.Severity.MEDIUM;
import static dev.holdfast.manifest.InputKind.KUBERNETES;

import dev.holdfast.check.Findings;
import dev.holdfast.check.Rule;
import dev.holdfast.core.Limits;
import dev.holdfast.manifest.kubernetes.Container;
import dev.holdfast.manifest.kubernetes.KubernetesObject;
import dev.holdfast.manifest.kubernetes.PodForm;
import dev.holdfast.manifest.tree.Node;
import dev.holdfast.manifest.tree.Place;
import dev.holdfast.secrets.Secret;
import dev.holdfast.secrets.SecretScanner;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Credentials that stand in objects. What is one is decided by the room of secrets; values are never printed. */
final class Secrets implements PodCheck, ObjectCheck {
    private static final Rule PLAIN_SECRET = Rule.of(
            "secret-manifest-plain",
            HIGH,
            "a Secret with its values in the file",
            "base64 is no encryption: who can read the file, or its history, has the values",
            KUBERNETES);
    private static final Rule LAST_APPLIED = Rule.of(
            "last-applied-holds-secret",
            MEDIUM,
            "a second copy of a Secret in its annotation",
            "annotations are printed and logged where values of Secrets are not",
            KUBERNETES);
    private static final Rule AS_VARIABLE = Rule.of(
                    "secret-as-env-var",
                    LOW,
                    "hands a Secret over in the environment",
                    "the environment is inherited, dumped and logged; a file is not",
                    KUBERNETES)
            .strict();

    /** What people write where a value belongs. */
    private static final Pattern PLACEHOLDER = Pattern.compile(
            "(?i)(|x+|\\*+|\\.+|todo|tbd|none|null|changeme|change[-_ ]?me|replace[-_ ]?me.*|example|placeholder|dummy|"
                    + "secret|password|your[-_ ].*|<.*>|\\$\\{.*|\\$\\(.*|\\{\\{.*|%.*%|insert[-_ ].*|base64.*|ENC\\[.*|ref\\+.*|vault:.*)");

    /** Keys that people keep beside a credential, and that are none. */
    private static final Pattern NO_CREDENTIAL = Pattern.compile(
            "(?i).*(url|uri|host|hostname|port|user|username|user[-_]name|login|name|namespace|type|project|server|endpoint"
                    + "|region|database|email|id|enabled?|insecure|path|mode|version|bucket|ca\\.crt|ca|public.*|.*\\.pub|\\.crt)");

    private static final int LONGEST_OF_NO_CREDENTIAL = 200;

    private static final int MOST_TEXT = 1 << 20;

    private final SecretScanner scanner =
            new SecretScanner("holdfast-check".getBytes(StandardCharsets.UTF_8), Limits.DEFAULT);

    @Override
    public List<Rule> rules() {
        return List.of(
                SECRET_IN_ENVIRONMENT,
                SECRET_IN_COMMAND,
                SECRET_IN_CONFIGURATION,
                PLAIN_SECRET,
                LAST_APPLIED,
                AS_VARIABLE);
    }

    @Override
    public void check(PodForm pod, Findings out) {
        String subject = pod.owner().title();
        boolean inEnvironment = false;
        boolean inCommand = false;
        for (Container container : pod.containers()) {
            for (Node variable : container.node().get("env").map(Node::elements).orElse(List.of())) {
                inEnvironment |= variable(subject, container, variable, out);
            }
            for (String list : List.of("command", "args")) {
                inCommand |= command(subject, container, list, out);
            }
            fromSecrets(subject, container, out);
        }
        if (!inEnvironment) {
            out.pass(SECRET_IN_ENVIRONMENT, subject, pod.owner().place());
        }
        if (!inCommand) {
            out.pass(SECRET_IN_COMMAND, subject, pod.owner().place());
        }
    }

    private boolean variable(String subject, Container container, Node variable, Findings out) {
        Optional<Node> value = variable.get("value");
        String name = variable.textAt("name").orElse("");
        String text = value.flatMap(Node::textAt).orElse("");
        Optional<Secret> secret = first(name, text);
        if (value.isEmpty() || secret.isEmpty()) {
            return false;
        }
        String what = secret.get().title();
        out.fail(
                        SECRET_IN_ENVIRONMENT,
                        subject + ", container " + container.name(),
                        value.get().place())
                .says("the variable " + name + " of container " + container.name() + " of " + subject + " holds "
                        + described(secret.get()) + "; " + SECRET_IN_ENVIRONMENT.why())
                .fix(
                        "change the " + lower(what)
                                + " where it is valid, keep it in a Secret, and mount that as a file or use valueFrom.secretKeyRef")
                .as(secret.get().severity(), reason(secret.get()))
                .add();
        return true;
    }

    /** A name and its value are read together, as they would stand in a file of variables. */
    private Optional<Secret> first(String name, String text) {
        if (text.isBlank() || text.length() > MOST_TEXT) {
            return Optional.empty();
        }
        return scanner.inText(name, name.isEmpty() ? text : name + "=" + text).stream()
                .filter(secret -> !secret.isSample())
                .findFirst();
    }

    private static String described(Secret secret) {
        return "what is told as a credential (" + secret.title() + ", " + secret.length() + " characters"
                + (secret.proof().isEmpty() ? "" : ", " + secret.proof()) + ")";
    }

    private static String reason(Secret secret) {
        return secret.title() + ": " + (secret.proof().isEmpty() ? "its name or form says so" : secret.proof());
    }

    private static String lower(String title) {
        return title.isEmpty() ? "value" : title;
    }

    private boolean command(String subject, Container container, String list, Findings out) {
        boolean isAny = false;
        for (Node element : container.node().get(list).map(Node::elements).orElse(List.of())) {
            Optional<Secret> secret = first("", element.textAt().orElse(""));
            if (secret.isPresent()) {
                isAny = true;
                out.fail(SECRET_IN_COMMAND, subject + ", container " + container.name(), element.place())
                        .says("the " + list + " of container " + container.name() + " of " + subject + " holds "
                                + described(secret.get()) + "; " + SECRET_IN_COMMAND.why())
                        .fix("change it where it is valid, and hand it over as a file from a Secret")
                        .as(secret.get().severity(), reason(secret.get()))
                        .add();
            }
        }
        return isAny;
    }

    private static void fromSecrets(String subject, Container container, Findings out) {
        if (!out.asks(AS_VARIABLE)) {
            return;
        }
        for (String list : List.of("env", "envFrom")) {
            for (Node source : container.node().get(list).map(Node::elements).orElse(List.of())) {
                Optional<Node> reference =
                        source.at("valueFrom", "secretKeyRef").or(() -> source.get("secretRef"));
                reference.ifPresent(
                        node -> out.fail(AS_VARIABLE, subject + ", container " + container.name(), node.place())
                                .says("container " + container.name() + " of " + subject + " gets the Secret "
                                        + node.textAt("name").orElse("") + " in its environment; " + AS_VARIABLE.why())
                                .fix("mount the Secret as a volume")
                                .add());
            }
        }
    }

    @Override
    public void check(KubernetesObject object, Findings out) {
        switch (object.group() + "/" + object.kind()) {
            case "/ConfigMap" -> configuration(object, out);
            case "/Secret" -> secret(object, out);
            default -> {}
        }
    }

    private void configuration(KubernetesObject object, Findings out) {
        boolean isAny = false;
        for (Node.Entry entry : object.root().get("data").map(Node::entries).orElse(List.of())) {
            String text = entry.value().textAt().orElse("");
            boolean isFile = text.indexOf('\n') >= 0;
            Optional<Secret> secret = first(isFile ? "" : entry.key().text(), text);
            if (secret.isPresent()) {
                isAny = true;
                out.fail(SECRET_IN_CONFIGURATION, object.title(), place(entry, isFile, secret.get()))
                        .says("the key " + entry.key().text() + " of " + object.title() + " holds "
                                + described(secret.get()) + "; " + SECRET_IN_CONFIGURATION.why())
                        .fix("change it where it is valid, and keep it in a Secret that is not in this file")
                        .as(secret.get().severity(), reason(secret.get()))
                        .add();
            }
        }
        if (!isAny) {
            out.pass(SECRET_IN_CONFIGURATION, object.title(), object.place());
        }
    }

    /** A block begins on the line after its key. */
    private static Place place(Node.Entry entry, boolean isFile, Secret secret) {
        Place value = entry.value().place();
        if (!isFile || secret.line() < 1 || value.line() != entry.key().place().line()) {
            return value;
        }
        int line = Math.min(value.endLine(), value.line() + secret.line());
        return new Place(line, 1, line, 1);
    }

    private static void secret(KubernetesObject object, Findings out) {
        Optional<Node.Entry> held = held(object);
        boolean isSealed = object.root().get("sops").isPresent();
        if (held.isEmpty() || isSealed) {
            out.pass(PLAIN_SECRET, object.title(), object.place());
        } else {
            out.fail(PLAIN_SECRET, object.title(), held.get().key().place())
                    .says(object.title() + " holds the value of "
                            + held.get().key().text() + "; " + PLAIN_SECRET.why())
                    .fix("change the values where they are valid, and keep them out of the file: SealedSecret,"
                            + " ExternalSecret or SOPS")
                    .add();
        }
        String name = "kubectl.kubernetes.io/last-applied-configuration";
        Optional<Node.Entry> annotation = object.root().at("metadata", "annotations").stream()
                .flatMap(annotations -> annotations.entries().stream())
                .filter(entry -> entry.key().text().equals(name))
                .findFirst();
        boolean holds = annotation.isPresent()
                && annotation.get().value().textAt().orElse("").contains("ata\":{\"");
        if (holds) {
            out.fail(LAST_APPLIED, object.title(), annotation.get().key().place())
                    .says(object.title() + " repeats its values in the annotation " + name + "; " + LAST_APPLIED.why())
                    .fix("remove the annotation, and use kubectl apply --server-side")
                    .add();
        } else {
            out.pass(LAST_APPLIED, object.title(), object.place());
        }
    }

    /** The first entry that holds more than a placeholder. */
    private static Optional<Node.Entry> held(KubernetesObject object) {
        for (String list : List.of("data", "stringData")) {
            for (Node.Entry entry : object.root().get(list).map(Node::entries).orElse(List.of())) {
                String text = entry.value().textAt().orElse("").strip();
                String value = list.equals("data") ? decoded(text) : text;
                boolean isPublic = entry.key().text().endsWith(".crt") && value.contains("BEGIN CERTIFICATE")
                        || value.length() < LONGEST_OF_NO_CREDENTIAL
                                && NO_CREDENTIAL.matcher(entry.key().text()).matches()
                                && !value.contains("PRIVATE KEY");
                if (!PLACEHOLDER.matcher(value).matches()
                        && !PLACEHOLDER.matcher(text).matches()
                        && !isPublic) {
                    return Optional.of(entry);
                }
            }
        }
        return Optional.empty();
    }

    private static String decoded(String text) {
        try {
            byte[] bytes = java.util.Base64.getMimeDecoder().decode(text);
            return new String(bytes, StandardCharsets.UTF_8).strip();
        } catch (IllegalArgumentException noBase64) {
            return text;
        }
    }
}
