package dev.holdfast.access;

import dev.holdfast.access.rbac.Request;
import dev.holdfast.access.rbac.ResourceTypes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A request as people write it.
 *
 * <pre>
 * resource = "/" path                                 a URL that stands for no object, such as /metrics
 *          | type [ "." group ] [ "/" rest ]          rest: a subresource of the type, or else the name of an object
 * type     = plural | singular | short name           pods, pod, po; any case
 * </pre>
 *
 * @param request what is asked
 * @param notes what one should know about how it was understood
 */
public record Question(Request request, List<String> notes) {
    private static final Set<String> SUBRESOURCES = Set.of(
            "approval",
            "attach",
            "binding",
            "ephemeralcontainers",
            "eviction",
            "exec",
            "finalize",
            "finalizers",
            "log",
            "portforward",
            "proxy",
            "resize",
            "scale",
            "status",
            "token");

    private static final ResourceTypes TYPES = new ResourceTypes();

    public Question {
        notes = List.copyOf(notes);
    }

    /**
     * Understands a resource.
     *
     * @param subresource empty when none was given on its own
     * @param name empty when none was given on its own
     * @param namespace empty for the whole cluster
     */
    public static Question of(String verb, String resource, String subresource, String name, String namespace) {
        if (resource.startsWith("/")) {
            return new Question(new Request.OnUrl(verb, resource), List.of());
        }
        int slash = resource.indexOf('/');
        String word = slash < 0 ? resource : resource.substring(0, slash);
        String rest = slash < 0 ? "" : resource.substring(slash + 1);
        boolean isSubresource = subresource.isEmpty() && SUBRESOURCES.contains(rest);
        List<String> notes = new ArrayList<>();
        Optional<ResourceTypes.Type> type = TYPES.named(word);
        int dot = word.indexOf('.');
        String plural = type.map(ResourceTypes.Type::plural).orElse(dot < 0 ? word : word.substring(0, dot));
        String group = type.map(ResourceTypes.Type::group).orElse(dot < 0 ? "" : word.substring(dot + 1));
        if (type.isEmpty() && !word.equals("*") && !List.of("users", "groups").contains(word)) {
            notes.add("\"" + word + "\" is no resource of a plain server"
                    + (dot < 0 ? "; a custom one is written with its group" : ""));
        }
        if (type.isPresent() && !type.get().isNamespaced() && !namespace.isEmpty()) {
            notes.add(plural + " lie in no namespace: only what is bound in the whole cluster counts in practice");
        }
        Request.OnResource request = new Request.OnResource(
                verb,
                group,
                plural,
                isSubresource ? rest : subresource,
                namespace,
                name.isEmpty() && !isSubresource ? rest : name);
        return new Question(request, notes);
    }
}
