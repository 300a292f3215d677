package dev.holdfast.policy.definition;

import dev.holdfast.policy.request.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything that decides: what the files of a run hold together.
 *
 * @param policies ready to run
 * @param bindings where they hold
 * @param refusals policies and bindings that the server would not accept
 * @param objects everything else in the files; parameters are found among them
 */
public record PolicySet(
        List<CompiledPolicy> policies,
        List<Binding> bindings,
        List<Refusal> refusals,
        List<Map<String, Object>> objects) {
    /** Nothing decides. */
    public static final PolicySet NONE = new PolicySet(List.of(), List.of(), List.of(), List.of());

    public PolicySet {
        policies = List.copyOf(policies);
        bindings = List.copyOf(bindings);
        refusals = List.copyOf(refusals);
        objects = List.copyOf(objects);
    }

    /** This set and another one. */
    public PolicySet and(PolicySet other) {
        return new PolicySet(
                joined(policies, other.policies),
                joined(bindings, other.bindings),
                joined(refusals, other.refusals),
                joined(objects, other.objects));
    }

    private static <T> List<T> joined(List<T> one, List<T> other) {
        List<T> both = new ArrayList<>(one);
        both.addAll(other);
        return both;
    }

    /** The bindings of a policy. One for which no file has any, not even a wrong one, holds everywhere and denies. */
    public List<Binding> bindingsOf(Policy policy) {
        List<Binding> bound = new ArrayList<>();
        for (Binding binding : bindings) {
            if (binding.policy().equals(policy.name())) {
                bound.add(binding);
            }
        }
        boolean hasAnyBinding = !bindings.isEmpty()
                || refusals.stream().anyMatch(refusal -> refusal.kind().equals(PolicyReader.BINDING));
        return bound.isEmpty() && !hasAnyBinding ? List.of(Binding.everywhere(policy)) : bound;
    }

    /** The objects that a binding names as parameters. */
    public List<Map<String, Object>> params(Policy.ParamKind kind, Binding.ParamRef ref, String namespaceOfObject) {
        List<Map<String, Object>> found = new ArrayList<>();
        for (Map<String, Object> object : objects) {
            boolean isOfKind = kind.apiVersion().equals(object.get("apiVersion"))
                    && kind.kind().equals(object.get("kind"));
            if (isOfKind && isNamed(object, ref, namespaceOfObject)) {
                found.add(object);
            }
        }
        return found;
    }

    private static boolean isNamed(Map<String, Object> object, Binding.ParamRef ref, String namespaceOfObject) {
        if (!(object.get("metadata") instanceof Map<?, ?> metadata)) {
            return false;
        }
        String wanted = ref.namespace().isEmpty() ? namespaceOfObject : ref.namespace();
        Object namespace = metadata.get("namespace");
        boolean isThere = namespace == null || wanted.isEmpty() || wanted.equals(namespace);
        boolean isIt = ref.selector().isPresent()
                ? ref.selector().get().matches(Request.labels(Optional.of(object)))
                : ref.name().equals(metadata.get("name"));
        return isThere && isIt;
    }
}
