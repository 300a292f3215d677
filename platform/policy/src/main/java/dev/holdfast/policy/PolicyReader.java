package dev.holdfast.policy;

import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.manifest.tree.Document;
import dev.holdfast.manifest.tree.Node;
import dev.holdfast.manifest.tree.Schema;
import dev.holdfast.manifest.tree.YamlReader;
import dev.holdfast.policy.Binding.Action;
import dev.holdfast.policy.Binding.ParamRef;
import dev.holdfast.policy.Policy.ParamKind;
import dev.holdfast.policy.Policy.Reason;
import dev.holdfast.policy.Refusal.Cause;
import dev.holdfast.policy.Selector.Operator;
import dev.holdfast.policy.Selector.Requirement;
import dev.holdfast.policy.cel.ServerText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads policies and bindings from YAML or JSON, as they are written for {@code kubectl apply}: kinds {@code ValidatingAdmissionPolicy} and
 * {@code ValidatingAdmissionPolicyBinding} of any version of {@code admissionregistration.k8s.io}, in documents of their own or in a list.
 * Other objects are kept, for parameters are among them. What the server would refuse becomes a {@link Refusal} in its words.
 */
public final class PolicyReader {
    static final String POLICY = "ValidatingAdmissionPolicy";
    static final String BINDING = "ValidatingAdmissionPolicyBinding";
    private static final String GROUP = "admissionregistration.k8s.io/";

    private final String file;
    private final List<CompiledPolicy> policies = new ArrayList<>();
    private final List<Binding> bindings = new ArrayList<>();
    private final List<Refusal> refusals = new ArrayList<>();
    private final List<Map<String, Object>> objects = new ArrayList<>();

    private PolicyReader(String file) {
        this.file = file;
    }

    /**
     * Reads a file.
     *
     * @param file its name, for messages
     * @throws InputException when a document is not YAML
     */
    public static PolicySet read(String text, String file, Limits limits) throws InputException {
        PolicyReader reader = new PolicyReader(file);
        for (Document document : new YamlReader(Schema.KUBERNETES, limits).read(text)) {
            switch (document) {
                case Document.Read read -> reader.add(read.root());
                case Document.Broken broken ->
                    throw new InputException(
                            InputException.Code.MALFORMED,
                            file + ":" + broken.line() + ":" + broken.column() + ": " + broken.problem());
            }
        }
        return new PolicySet(reader.policies, reader.bindings, reader.refusals, reader.objects);
    }

    private void add(Node root) {
        boolean isOurs = root.textAt("apiVersion").orElse("").startsWith(GROUP);
        String kind = root.textAt("kind").orElse("");
        if (kind.endsWith("List") && root.get("items").isPresent()) {
            root.get("items").orElseThrow().elements().forEach(this::add);
        } else if (isOurs && kind.equals(POLICY)) {
            policy(root);
        } else if (isOurs && kind.equals(BINDING)) {
            binding(root);
        } else {
            ObjectValues.object(root).ifPresent(objects::add);
        }
    }

    private static String text(Node node, String... path) {
        return node.textAt(path).orElse("");
    }

    private static List<Node> list(Node node, String... path) {
        return node.at(path).map(Node::elements).orElse(List.of());
    }

    private static List<String> texts(Node node, String... path) {
        List<String> texts = new ArrayList<>();
        for (Node element : list(node, path)) {
            element.textAt().ifPresent(texts::add);
        }
        return texts;
    }

    private String place(Node node) {
        return file + ":" + node.place().line();
    }

    private void policy(Node root) {
        String name = text(root, "metadata", "name");
        List<Cause> causes = new ArrayList<>();
        Policy policy = new Policy(
                name,
                ignoresFaults(root, causes),
                paramKind(root, causes),
                constraints(root, causes),
                list(root, "spec", "matchConditions").stream()
                        .map(node -> new Policy.Condition(text(node, "name"), text(node, "expression")))
                        .toList(),
                list(root, "spec", "variables").stream()
                        .map(node -> new Policy.Variable(text(node, "name"), text(node, "expression")))
                        .toList(),
                validations(root, causes),
                list(root, "spec", "auditAnnotations").stream()
                        .map(node -> new Policy.Annotation(text(node, "key"), text(node, "valueExpression")))
                        .toList(),
                place(root));
        Optional<CompiledPolicy> compiled = new PolicyCompiler(policy, causes).compile();
        compiled.ifPresentOrElse(policies::add, () -> refusals.add(new Refusal(POLICY, name, causes, policy.place())));
    }

    private static boolean ignoresFaults(Node root, List<Cause> causes) {
        String word = root.textAt("spec", "failurePolicy").orElse("Fail");
        if (!word.equals("Fail") && !word.equals("Ignore")) {
            causes.add(unsupported("spec.failurePolicy", word, "\"Fail\", \"Ignore\""));
        }
        return word.equals("Ignore");
    }

    private static Cause unsupported(String field, String value, String supported) {
        return new Cause(
                field,
                "FieldValueNotSupported",
                "Unsupported value: " + ServerText.quoted(value) + ": supported values: " + supported);
    }

    private static Optional<ParamKind> paramKind(Node root, List<Cause> causes) {
        Optional<Node> node = root.at("spec", "paramKind");
        if (node.isEmpty()) {
            return Optional.empty();
        }
        String version = text(node.get(), "apiVersion");
        String kind = text(node.get(), "kind");
        if (version.isEmpty()) {
            causes.add(Cause.required("spec.paramKind.apiVersion", ""));
        } else if (version.indexOf('/') != version.lastIndexOf('/')) {
            causes.add(Cause.invalid(
                    "spec.paramKind.apiVersion",
                    ServerText.quoted(version),
                    "unexpected GroupVersion string: " + version));
        }
        if (kind.isEmpty()) {
            causes.add(Cause.required("spec.paramKind.kind", ""));
        }
        return Optional.of(new ParamKind(version, kind));
    }

    private static MatchResources constraints(Node root, List<Cause> causes) {
        Optional<Node> node = root.at("spec", "matchConstraints");
        if (node.isEmpty()) {
            causes.add(Cause.required("spec.matchConstraints", ""));
            return new MatchResources(List.of(), List.of(), Selector.ALL, Selector.ALL);
        }
        MatchResources constraints = resources(node.get(), "spec.matchConstraints", causes);
        if (constraints.rules().isEmpty()) {
            causes.add(Cause.required("spec.matchConstraints.resourceRules", ""));
        }
        return constraints;
    }

    private static MatchResources resources(Node node, String field, List<Cause> causes) {
        return new MatchResources(
                rules(node, "resourceRules", field, causes),
                rules(node, "excludeResourceRules", field, causes),
                node.get("namespaceSelector")
                        .map(selector -> selector(selector, field + ".namespaceSelector", causes))
                        .orElse(Selector.ALL),
                node.get("objectSelector")
                        .map(selector -> selector(selector, field + ".objectSelector", causes))
                        .orElse(Selector.ALL));
    }

    private static List<MatchResources.Rule> rules(Node node, String key, String field, List<Cause> causes) {
        List<MatchResources.Rule> rules = new ArrayList<>();
        for (Node rule : list(node, key)) {
            String at = field + "." + key + "[" + rules.size() + "]";
            for (String wanted : List.of("apiGroups", "apiVersions", "operations", "resources")) {
                if (texts(rule, wanted).isEmpty()) {
                    causes.add(Cause.required(at + "." + wanted, ""));
                }
            }
            for (int i = 0; i < texts(rule, "operations").size(); i++) {
                String operation = texts(rule, "operations").get(i);
                if (!List.of("*", "CREATE", "UPDATE", "DELETE", "CONNECT").contains(operation)) {
                    causes.add(unsupported(
                            at + ".operations[" + i + "]",
                            operation,
                            "\"*\", \"CONNECT\", \"CREATE\", \"DELETE\", \"UPDATE\""));
                }
            }
            rules.add(new MatchResources.Rule(
                    texts(rule, "apiGroups"),
                    texts(rule, "apiVersions"),
                    texts(rule, "operations"),
                    texts(rule, "resources"),
                    texts(rule, "resourceNames"),
                    rule.textAt("scope").orElse("*")));
        }
        return rules;
    }

    private static Selector selector(Node node, String field, List<Cause> causes) {
        List<Requirement> requirements = new ArrayList<>();
        for (Node.Entry label : node.get("matchLabels").map(Node::entries).orElse(List.of())) {
            requirements.add(new Requirement(
                    label.key().text(),
                    Operator.IN,
                    List.of(label.value().textAt().orElse(""))));
        }
        int place = 0;
        for (Node expression : list(node, "matchExpressions")) {
            String word = text(expression, "operator");
            Optional<Operator> operator = switch (word) {
                case "In" -> Optional.of(Operator.IN);
                case "NotIn" -> Optional.of(Operator.NOT_IN);
                case "Exists" -> Optional.of(Operator.EXISTS);
                case "DoesNotExist" -> Optional.of(Operator.DOES_NOT_EXIST);
                default -> Optional.empty();
            };
            if (operator.isPresent()) {
                requirements.add(new Requirement(text(expression, "key"), operator.get(), texts(expression, "values")));
            } else {
                causes.add(Cause.invalid(
                        field + ".matchExpressions[" + place + "].operator",
                        ServerText.quoted(word),
                        "not a valid selector operator"));
            }
            place++;
        }
        return new Selector(requirements);
    }

    private static List<Policy.Validation> validations(Node root, List<Cause> causes) {
        List<Policy.Validation> validations = new ArrayList<>();
        for (Node node : list(root, "spec", "validations")) {
            Optional<String> word = node.textAt("reason");
            Optional<Reason> reason = word.map(Reason::of).orElse(Optional.of(Reason.INVALID));
            if (reason.isEmpty()) {
                causes.add(unsupported(
                        "spec.validations[" + validations.size() + "].reason",
                        word.orElse(""),
                        "\"Forbidden\", \"Invalid\", \"RequestEntityTooLarge\""));
            }
            validations.add(new Policy.Validation(
                    text(node, "expression"),
                    text(node, "message"),
                    text(node, "messageExpression"),
                    reason.orElse(Reason.INVALID)));
        }
        return validations;
    }

    private void binding(Node root) {
        String name = text(root, "metadata", "name");
        List<Cause> causes = new ArrayList<>();
        if (text(root, "spec", "policyName").isEmpty()) {
            causes.add(Cause.required("spec.policyName", ""));
        }
        Optional<ParamRef> params = root.at("spec", "paramRef").map(node -> paramRef(node, causes));
        Optional<MatchResources> scope =
                root.at("spec", "matchResources").map(node -> resources(node, "spec.matchResources", causes));
        Binding binding =
                new Binding(name, text(root, "spec", "policyName"), actions(root, causes), params, scope, place(root));
        if (causes.isEmpty()) {
            bindings.add(binding);
        } else {
            refusals.add(new Refusal(BINDING, name, causes, binding.place()));
        }
    }

    private static List<Action> actions(Node root, List<Cause> causes) {
        List<Action> actions = new ArrayList<>();
        List<String> words = texts(root, "spec", "validationActions");
        if (words.isEmpty()) {
            causes.add(Cause.required("spec.validationActions", "at least one validation action is required"));
        }
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            String field = "spec.validationActions[" + i + "]";
            Optional<Action> action = Action.of(word);
            if (action.isEmpty()) {
                causes.add(unsupported(field, word, "\"Audit\", \"Deny\", \"Warn\""));
            } else if (actions.contains(action.get())) {
                causes.add(new Cause(field, "FieldValueDuplicate", "Duplicate value: " + ServerText.quoted(word)));
            } else {
                actions.add(action.get());
            }
        }
        if (actions.contains(Action.DENY) && actions.contains(Action.WARN)) {
            causes.add(Cause.invalid(
                    "spec.validationActions",
                    words.stream().map(ServerText::quoted).toList().toString().replace(", ", ","),
                    "must not contain both Deny and Warn (repeating the same validation failure information in the API"
                            + " response and headers serves no purpose)"));
        }
        return actions;
    }

    private static ParamRef paramRef(Node node, List<Cause> causes) {
        String name = text(node, "name");
        Optional<Selector> selector =
                node.get("selector").map(given -> selector(given, "spec.paramRef.selector", causes));
        if (name.isEmpty() && selector.isEmpty()) {
            causes.add(Cause.required("spec.paramRef", "one of name or selector must be specified"));
        }
        if (!name.isEmpty() && selector.isPresent()) {
            causes.add(new Cause(
                    "spec.paramRef.name",
                    "FieldValueForbidden",
                    "Forbidden: name and selector are mutually exclusive"));
        }
        String action = text(node, "parameterNotFoundAction");
        String field = "spec.paramRef.parameterNotFoundAction";
        if (action.isEmpty()) {
            causes.add(Cause.required(field, ""));
        } else if (!action.equals("Allow") && !action.equals("Deny")) {
            causes.add(unsupported(field, action, "\"Allow\", \"Deny\""));
        }
        return new ParamRef(name, text(node, "namespace"), selector, action.equals("Deny"));
    }
}
