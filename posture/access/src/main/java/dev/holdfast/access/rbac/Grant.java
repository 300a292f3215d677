package dev.holdfast.access.rbac;

/** The chain behind a right: who is bound to which role, and which of its rules speaks. */
public record Grant(Binding binding, Subject subject, Role role, Rule rule) {
    /** Where it holds: a namespace, or empty for the whole cluster. */
    public String namespace() {
        return binding.namespace();
    }
}
