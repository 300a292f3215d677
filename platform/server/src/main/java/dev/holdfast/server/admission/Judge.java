package dev.holdfast.server.admission;

import dev.holdfast.check.ObjectChecker;
import dev.holdfast.check.Result;
import dev.holdfast.check.Status;
import dev.holdfast.core.Limits;
import dev.holdfast.core.Severity;
import dev.holdfast.manifest.kubernetes.KubernetesObject;
import dev.holdfast.manifest.kubernetes.PodForm;
import dev.holdfast.manifest.tree.Node;
import dev.holdfast.policy.Arbiter;
import dev.holdfast.policy.Decision;
import dev.holdfast.policy.Ruling;
import dev.holdfast.policy.definition.Binding;
import dev.holdfast.policy.definition.PolicySet;
import dev.holdfast.server.admission.AdmissionSettings.Demands;
import dev.holdfast.server.admission.AdmissionSettings.Mode;
import dev.holdfast.server.admission.AdmissionSettings.Standards;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Decides about one request at a time, from what stands in it and from what is in memory: it looks nothing up outside, so it takes no longer
 * when something else is slow. May be used by several threads at once.
 */
public final class Judge {
    private static final String CHECKS = "check-findings";
    private static final String ERROR = "error";

    private final AdmissionSettings settings;
    private final PolicySet policies;
    private final Arbiter arbiter;
    private final Limits limits;
    private final Namespaces namespaces;
    private final Exceptions exceptions;
    private final PodSecurityLook podSecurity;
    private final ImageLook images;
    private final Mutator mutator;
    /** A checker belongs to one thread at a time, and costs more to make than to ask. */
    private final Queue<ObjectChecker> idle = new ConcurrentLinkedQueue<>();

    public Judge(AdmissionSettings settings, PolicySet policies, Limits limits, Surroundings surroundings) {
        this.settings = settings;
        this.policies = policies;
        this.arbiter = new Arbiter(policies);
        this.limits = limits;
        this.namespaces = surroundings.namespaces();
        this.exceptions = new Exceptions(settings.exceptions(), surroundings.clock());
        this.podSecurity = new PodSecurityLook(exceptions);
        this.images = new ImageLook(surroundings, exceptions);
        this.mutator = new Mutator(surroundings.images(), surroundings.clock());
    }

    /** Answers whatever happens: an error of ours is a denial or an admission with a warning, as the settings say. */
    public AdmissionAnswer decide(AdmissionRequest request) {
        Demands demands = settings.in(namespaceOf(request));
        if (demands.mode() == Mode.OFF) {
            return AdmissionAnswer.allowed();
        }
        Objections objections = new Objections();
        try {
            Namespaces.Answer namespace = namespace(request, demands);
            Optional<PodForm> pod = writtenPod(request);
            if (pod.isPresent()) {
                podSecurity(request, pod.get(), demands.standards(), namespace, objections);
                demands.images().ifPresent(asked -> images.look(request, pod.get(), asked, objections));
            }
            demands.checks().ifPresent(threshold -> checks(request, threshold, objections));
            policies(request, namespace, objections);
        } catch (RuntimeException | StackOverflowError bug) {
            return brokeOff(request, demands.mode(), bug);
        }
        return objections.answer(demands.mode());
    }

    /**
     * What is filled in where nothing is written. It is never refused here: what came of it is judged when the server asks about it. Under
     * {@code warn} and {@code audit} nothing is changed, and what would be is told.
     */
    public AdmissionAnswer change(AdmissionRequest request) {
        Demands demands = settings.in(namespaceOf(request));
        if (demands.mode() == Mode.OFF || demands.changes().isEmpty()) {
            return AdmissionAnswer.allowed();
        }
        try {
            return mutator.change(request, demands);
        } catch (RuntimeException | StackOverflowError bug) {
            String what = "Holdfast could not fill in defaults of " + request.subject() + " ("
                    + bug.getClass().getSimpleName() + "); please report it";
            return new AdmissionAnswer(true, "", List.of(what), Map.of(ERROR, what), "", List.of());
        }
    }

    /** A namespace is judged as what is in it. */
    private static String namespaceOf(AdmissionRequest request) {
        return isNamespace(request) ? request.name() : request.namespace();
    }

    private static boolean isNamespace(AdmissionRequest request) {
        return request.kind().kind().equals("Namespace")
                && request.kind().group().isEmpty();
    }

    /** The namespace that the request is in, when anybody asks for it; a namespace is in none. */
    private Namespaces.Answer namespace(AdmissionRequest request, Demands demands) {
        boolean isAsked = demands.standards() instanceof Standards.OfLabels
                || !policies.policies().isEmpty();
        return isAsked && !request.namespace().isEmpty() && !isNamespace(request)
                ? namespaces.find(request.namespace())
                : new Namespaces.Answer.NotLookedAt();
    }

    private AdmissionAnswer brokeOff(AdmissionRequest request, Mode mode, Throwable bug) {
        String what = "Holdfast could not judge " + request.subject() + " ("
                + bug.getClass().getSimpleName() + "); please report it";
        boolean isDenied = mode == Mode.ENFORCE && settings.deniesOnError();
        return new AdmissionAnswer(
                !isDenied,
                isDenied ? what : "",
                List.of(what),
                Map.of(ERROR, what, "mode", mode.word()),
                "",
                List.of());
    }

    /** The pod that is written, unless the update leaves it alone. */
    private static Optional<PodForm> writtenPod(AdmissionRequest request) {
        boolean isWritten =
                request.subResource().isEmpty() || request.subResource().equals("ephemeralcontainers");
        return request.object()
                .filter(object -> isWritten && !isUnchanged(request))
                .flatMap(object -> PodForm.of(new KubernetesObject(request.name(), object)));
    }

    private void podSecurity(
            AdmissionRequest request,
            PodForm pod,
            Standards standards,
            Namespaces.Answer namespace,
            Objections objections) {
        switch (standards) {
            case Standards.NotAsked _ -> {}
            case Standards.Fixed(var level) -> podSecurity.fixed(request, pod, level, objections);
            case Standards.OfLabels _ -> {
                switch (namespace) {
                    case Namespaces.Answer.Known(var object) -> podSecurity.ofLabels(request, pod, object, objections);
                    case Namespaces.Answer.Unknown(String why) ->
                        notAssessed("Pod Security Standards of the namespace", why, objections);
                    case Namespaces.Answer.NotLookedAt _ ->
                        notAssessed(
                                "Pod Security Standards of the namespace",
                                "nothing was set up to look at labels of namespaces",
                                objections);
                }
            }
        }
    }

    /** What could not be seen is as an error of ours. */
    private void notAssessed(String what, String why, Objections objections) {
        String sentence = "not assessed: " + what + " (" + why + ")";
        objections.annotate("not-assessed", sentence);
        if (settings.deniesOnError()) {
            objections.deny(sentence);
        } else {
            objections.warn(sentence);
        }
    }

    /** An update that leaves the spec and the annotations alone cannot make a pod worse. */
    private static boolean isUnchanged(AdmissionRequest request) {
        if (!request.operation().equals("UPDATE")
                || request.object().isEmpty()
                || request.oldObject().isEmpty()) {
            return false;
        }
        Node now = request.object().get();
        Node before = request.oldObject().get();
        return isSame(now.get("spec"), before.get("spec"))
                && isSame(now.at("metadata", "annotations"), before.at("metadata", "annotations"));
    }

    private static boolean isSame(Optional<Node> now, Optional<Node> before) {
        return now.isPresent() == before.isPresent() && (now.isEmpty() || Sameness.of(now.get(), before.get()));
    }

    private void checks(AdmissionRequest request, Severity threshold, Objections objections) {
        if (request.object().isEmpty() || !request.subResource().isEmpty() || isUnchanged(request)) {
            return;
        }
        for (Result result : results(request.object().get(), request.name())) {
            boolean counts = result.status() == Status.FAIL && result.severity().atLeast(threshold);
            if (counts && !exceptions.cover(result.rule(), request, objections)) {
                String sentence = result.rule() + ": " + result.message();
                objections.deny(sentence);
                objections.annotate(CHECKS, sentence);
            }
        }
    }

    private List<Result> results(Node.Mapping object, String name) {
        ObjectChecker checker = Optional.ofNullable(idle.poll()).orElseGet(() -> new ObjectChecker(limits));
        List<Result> results = checker.check(object, name); // one that broke off is not used again
        idle.add(checker);
        return results;
    }

    private void policies(AdmissionRequest request, Namespaces.Answer namespace, Objections objections) {
        if (policies.policies().isEmpty()) {
            return;
        }
        Optional<Map<String, Object>> object = Optional.empty();
        switch (namespace) {
            case Namespaces.Answer.Known(var known) -> object = Optional.of(known);
            case Namespaces.Answer.Unknown(String why) -> notAssessed("policies about namespaces", why, objections);
            case Namespaces.Answer.NotLookedAt _ -> {}
        }
        Decision decision = arbiter.decide(PolicyRequests.of(request, object));
        for (Ruling ruling : decision.rulings()) {
            if (!ruling.counts() || exceptions.cover(ruling.policy().name(), request, objections)) {
                continue;
            }
            if (ruling.denies()) {
                objections.deny(ruling.denial());
            }
            if (ruling.binding().actions().contains(Binding.Action.WARN)) {
                objections.warn(ruling.warning());
            }
            if (ruling.binding().actions().contains(Binding.Action.AUDIT)) {
                objections.annotate("policy-failures", ruling.policy().name() + ": " + ruling.message());
            }
        }
        decision.annotations().forEach((key, value) -> objections.annotate(key.replace('/', '.'), value));
    }
}
