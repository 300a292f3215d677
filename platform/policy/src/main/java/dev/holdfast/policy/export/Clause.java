package dev.holdfast.policy.export;

/**
 * Something that is asked of a pod, in CEL. The expressions say what is wrong; they may use {@code variables.spec} and
 * {@code variables.annotations} of the pod or template, {@code variables.containers} (all three kinds of them), {@code variables.windows} and
 * {@code variables.ownUsers}.
 *
 * @param id of the control or rule
 * @param exempt when this is true nothing is wrong; {@code false} when nothing is exempt
 * @param pod what is wrong with the pod itself; {@code false} when only containers can be wrong
 * @param container what is wrong with a container {@code c}; {@code false} when only the pod can be wrong
 * @param says what must not be, or must be
 */
public record Clause(String id, String exempt, String pod, String container, String says) {
    private static final String NEVER = "false";

    static Clause ofPod(String id, String pod, String says) {
        return new Clause(id, NEVER, pod, NEVER, says);
    }

    static Clause ofContainers(String id, String container, String says) {
        return new Clause(id, NEVER, NEVER, container, says);
    }

    static Clause ofBoth(String id, String pod, String container, String says) {
        return new Clause(id, NEVER, pod, container, says);
    }

    Clause unless(String condition) {
        return new Clause(id, condition, pod, container, says);
    }

    /** True for a pod with which nothing is wrong. */
    public String expression() {
        StringBuilder all = new StringBuilder(exempt.equals(NEVER) ? "" : exempt + " || ");
        String wrong = container.equals(NEVER)
                ? "!(" + pod + ")"
                : pod.equals(NEVER)
                        ? "!variables.containers.exists(c, " + container + ")"
                        : "!(" + pod + ") && !variables.containers.exists(c, " + container + ")";
        return all.append(exempt.equals(NEVER) ? wrong : "(" + wrong + ")").toString();
    }

    /** Names what is wrong; empty when the fixed message says it all. */
    public String messageExpression() {
        if (container.equals(NEVER)) {
            return "";
        }
        String containers = "variables.containers.filter(c, " + container + ").map(c, 'container ' + c.name)";
        String who = pod.equals(NEVER) ? containers : "((" + pod + ") ? ['the pod'] : []) + " + containers;
        return Cel.quoted(message() + ": ") + " + (" + who + ").join(', ')";
    }

    public String message() {
        return id + ": " + says;
    }
}
