package dev.holdfast.policy.definition;

import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.core.text.GoText;
import dev.holdfast.manifest.kubernetes.ListItems;
import dev.holdfast.manifest.tree.Document;
import dev.holdfast.manifest.tree.Node;
import dev.holdfast.manifest.tree.Schema;
import dev.holdfast.manifest.tree.YamlReader;
import dev.holdfast.policy.definition.Binding.Action;
import dev.holdfast.policy.definition.Binding.ParamRef;
import dev.holdfast.policy.definition.Policy.ParamKind;
import dev.holdfast.policy.definition.Policy.Reason;
import dev.holdfast.policy.definition.Refusal.Cause;
import dev.holdfast.policy.request.ObjectValues;
import dev.holdfast.policy.request.Selector;
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
    public static final String POLICY = "ValidatingAdmissionPolicy";
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
                case Document.Read read -> ListItems.each(read.root(), reader::add);
                case Document.Broken broken ->
                    throw new InputException(
                            InputException.Code.MALFORMED,
                            file + ":" + broken.line() + ":" + broken.column() + ": " + broken.problem());
            }
        }
        return new PolicySet(reader.policies, reader.bindings, reader.refusals, reader.objects);
    }

    private void add(Node.Mapping root) {
        boolean isOurs = root.textAt("apiVersion").orElse("").startsWith(GROUP);
        String kind = root.textAt("kind").orElse("");
        if (isOurs && kind.equals(POLICY)) {
            policy(root);
        } else if (isOurs && kind.equals(BINDING)) {
            binding(root);
        } else {
            ObjectValues.object(root).ifPresent(objects::add);
        }
    }

    private String place(Node node) {
        return file + ":" + node.place().line();
    }

    private void policy(Node root) {
        String name = Parts.text(root, "metadata", "name");
        List<Cause> causes = new ArrayList<>();
        Policy policy = new Policy(
                name,
                ignoresFaults(root, causes),
                paramKind(root, causes),
                constraints(root, causes),
                Parts.list(root, "spec", "matchConditions").stream()
                        .map(node -> new Policy.Condition(Parts.text(node, "name"), Parts.text(node, "expression")))
                        .toList(),
                Parts.list(root, "spec", "variables").stream()
                        .map(node -> new Policy.Variable(Parts.text(node, "name"), Parts.text(node, "expression")))
                        .toList(),
                validations(root, causes),
                Parts.list(root, "spec", "auditAnnotations").stream()
                        .map(node ->
                                new Policy.Annotation(Parts.text(node, "key"), Parts.text(node, "valueExpression")))
                        .toList(),
                place(root));
        Optional<CompiledPolicy> compiled = new PolicyCompiler(policy, causes).compile();
        compiled.ifPresentOrElse(policies::add, () -> refusals.add(new Refusal(POLICY, name, causes, policy.place())));
    }

    private static boolean ignoresFaults(Node root, List<Cause> causes) {
        String word = root.textAt("spec", "failurePolicy").orElse("Fail");
        if (!word.equals("Fail") && !word.equals("Ignore")) {
            causes.add(Cause.unsupported("spec.failurePolicy", word, "\"Fail\", \"Ignore\""));
        }
        return word.equals("Ignore");
    }

    private static Optional<ParamKind> paramKind(Node root, List<Cause> causes) {
        Optional<Node> node = root.at("spec", "paramKind");
        if (node.isEmpty()) {
            return Optional.empty();
        }
        String version = Parts.text(node.get(), "apiVersion");
        String kind = Parts.text(node.get(), "kind");
        if (version.isEmpty()) {
            causes.add(Cause.required("spec.paramKind.apiVersion", ""));
        } else if (version.indexOf('/') != version.lastIndexOf('/')) {
            causes.add(Cause.invalid(
                    "spec.paramKind.apiVersion", GoText.quoted(version), "unexpected GroupVersion string: " + version));
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
            return MatchResources.ALL;
        }
        MatchResources constraints = MatchReader.resources(node.get(), "spec.matchConstraints", causes);
        if (constraints.rules().isEmpty()) {
            causes.add(Cause.required("spec.matchConstraints.resourceRules", ""));
        }
        return constraints;
    }

    private static List<Policy.Validation> validations(Node root, List<Cause> causes) {
        List<Policy.Validation> validations = new ArrayList<>();
        for (Node node : Parts.list(root, "spec", "validations")) {
            Optional<String> word = node.textAt("reason");
            Optional<Reason> reason = word.map(Reason::of).orElse(Optional.of(Reason.INVALID));
            if (reason.isEmpty()) {
                causes.add(Cause.unsupported(
                        "spec.validations[" + validations.size() + "].reason",
                        word.orElse(""),
                        "\"Forbidden\", \"Invalid\", \"RequestEntityTooLarge\""));
            }
            validations.add(new Policy.Validation(
                    Parts.text(node, "expression"),
                    Parts.text(node, "message"),
                    Parts.text(node, "messageExpression"),
                    reason.orElse(Reason.INVALID)));
        }
        return validations;
    }

    private void binding(Node root) {
        String name = Parts.text(root, "metadata", "name");
        List<Cause> causes = new ArrayList<>();
        if (Parts.text(root, "spec", "policyName").isEmpty()) {
            causes.add(Cause.required("spec.policyName", ""));
        }
        Optional<ParamRef> params = root.at("spec", "paramRef").map(node -> paramRef(node, causes));
        Optional<MatchResources> scope = root.at("spec", "matchResources")
                .map(node -> MatchReader.resources(node, "spec.matchResources", causes));
        Binding binding = new Binding(
                name, Parts.text(root, "spec", "policyName"), actions(root, causes), params, scope, place(root));
        if (causes.isEmpty()) {
            bindings.add(binding);
        } else {
            refusals.add(new Refusal(BINDING, name, causes, binding.place()));
        }
    }

    private static List<Action> actions(Node root, List<Cause> causes) {
        List<Action> actions = new ArrayList<>();
        List<String> words = Parts.texts(root, "spec", "validationActions");
        if (words.isEmpty()) {
            causes.add(Cause.required("spec.validationActions", "at least one validation action is required"));
        }
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            String field = "spec.validationActions[" + i + "]";
            Optional<Action> action = Action.of(word);
            if (action.isEmpty()) {
                causes.add(Cause.unsupported(field, word, "\"Audit\", \"Deny\", \"Warn\""));
            } else if (actions.contains(action.get())) {
                causes.add(new Cause(field, "FieldValueDuplicate", "Duplicate value: " + GoText.quoted(word)));
            } else {
                actions.add(action.get());
            }
        }
        if (actions.contains(Action.DENY) && actions.contains(Action.WARN)) {
            causes.add(Cause.invalid(
                    "spec.validationActions",
                    words.stream().map(GoText::quoted).toList().toString().replace(", ", ","),
                    "must not contain both Deny and Warn (repeating the same validation failure information in the API"
                            + " response and headers serves no purpose)"));
        }
        return actions;
    }

    private static ParamRef paramRef(Node node, List<Cause> causes) {
        String name = Parts.text(node, "name");
        Optional<Selector> selector =
                node.get("selector").map(given -> MatchReader.selector(given, "spec.paramRef.selector", causes));
        if (name.isEmpty() && selector.isEmpty()) {
            causes.add(Cause.required("spec.paramRef", "one of name or selector must be specified"));
        }
        if (!name.isEmpty() && selector.isPresent()) {
            causes.add(new Cause(
                    "spec.paramRef.name",
                    "FieldValueForbidden",
                    "Forbidden: name and selector are mutually exclusive"));
        }
        String action = Parts.text(node, "parameterNotFoundAction");
        String field = "spec.paramRef.parameterNotFoundAction";
        if (action.isEmpty()) {
            causes.add(Cause.required(field, ""));
        } else if (!action.equals("Allow") && !action.equals("Deny")) {
            causes.add(Cause.unsupported(field, action, "\"Allow\", \"Deny\""));
        }
        return new ParamRef(name, Parts.text(node, "namespace"), selector, action.equals("Deny"));
    }
}
