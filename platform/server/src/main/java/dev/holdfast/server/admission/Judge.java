package dev.holdfast.server.admission;

import dev.holdfast.check.ObjectChecker;
import dev.holdfast.check.Result;
import dev.holdfast.check.Status;
import dev.holdfast.check.pss.PodSecurity;
import dev.holdfast.check.pss.Violation;
import dev.holdfast.core.Limits;
import dev.holdfast.core.Severity;
import dev.holdfast.manifest.kubernetes.KubernetesObject;
import dev.holdfast.manifest.kubernetes.PodForm;
import dev.holdfast.manifest.tree.Node;
import dev.holdfast.policy.Arbiter;
import dev.holdfast.policy.Binding;
import dev.holdfast.policy.Decision;
import dev.holdfast.policy.PolicySet;
import dev.holdfast.policy.Ruling;
import dev.holdfast.server.admission.AdmissionSettings.Demands;
import dev.holdfast.server.admission.AdmissionSettings.Mode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Decides about one request at a time, from what stands in it alone: it looks nothing up, so it takes no longer when something else is slow.
 * May be used by several threads at once.
 */
public final class Judge {
    private static final String POD_SECURITY = "pod-security-violations";
    private static final String CHECKS = "check-findings";
    private static final String ERROR = "error";

    private final AdmissionSettings settings;
    private final Arbiter arbiter;
    private final Limits limits;
    /** A checker belongs to one thread at a time, and costs more to make than to ask. */
    private final Queue<ObjectChecker> idle = new ConcurrentLinkedQueue<>();

    public Judge(AdmissionSettings settings, PolicySet policies, Limits limits) {
        this.settings = settings;
        this.arbiter = new Arbiter(policies);
        this.limits = limits;
    }

    /** Answers whatever happens: an error of ours is a denial or an admission with a warning, as the settings say. */
    public AdmissionAnswer decide(AdmissionRequest request) {
        Demands demands = settings.in(namespaceOf(request));
        if (demands.mode() == Mode.OFF) {
            return AdmissionAnswer.allowed();
        }
        Objections objections = new Objections();
        try {
            demands.podSecurity().ifPresent(standards -> podSecurity(request, standards, objections));
            demands.checks().ifPresent(threshold -> checks(request, threshold, objections));
            policies(request, objections);
        } catch (RuntimeException | StackOverflowError bug) {
            return brokeOff(request, demands.mode(), bug);
        }
        return objections.answer(demands.mode());
    }

    /** A namespace is judged as what is in it. */
    private static String namespaceOf(AdmissionRequest request) {
        boolean isNamespace = request.kind().kind().equals("Namespace")
                && request.kind().group().isEmpty();
        return isNamespace ? request.name() : request.namespace();
    }

    private AdmissionAnswer brokeOff(AdmissionRequest request, Mode mode, Throwable bug) {
        String what = "Holdfast could not judge " + request.subject() + " ("
                + bug.getClass().getSimpleName() + "); please report it";
        boolean isDenied = mode == Mode.ENFORCE && settings.deniesOnError();
        return new AdmissionAnswer(!isDenied, isDenied ? what : "", List.of(what), Map.of(ERROR, what));
    }

    /** Pods are held to the standards; for what makes pods they are a warning, as the server's own admission has it. */
    private static void podSecurity(AdmissionRequest request, PodSecurity standards, Objections objections) {
        boolean isWritten =
                request.subResource().isEmpty() || request.subResource().equals("ephemeralcontainers");
        Optional<PodForm> pod = request.object()
                .filter(object -> isWritten && !isUnchanged(request))
                .flatMap(object -> PodForm.of(new KubernetesObject(request.name(), object)));
        if (pod.isEmpty()) {
            return;
        }
        List<Violation> violations = standards.violations(pod.get());
        if (!violations.isEmpty()) {
            String sentence = standards.sentence(violations);
            objections.annotate(POD_SECURITY, sentence);
            if (pod.get().isPod()) {
                objections.deny(sentence);
            } else {
                objections.warn("would " + sentence.replaceFirst("^violates", "violate"));
            }
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
            if (result.status() == Status.FAIL && result.severity().atLeast(threshold)) {
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

    private void policies(AdmissionRequest request, Objections objections) {
        Decision decision = arbiter.decide(PolicyRequests.of(request));
        for (Ruling ruling : decision.rulings()) {
            if (!ruling.counts()) {
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

    /** What speaks against a request. */
    private static final class Objections {
        private final List<String> denials = new ArrayList<>();
        private final List<String> warnings = new ArrayList<>();
        private final Map<String, String> annotations = new TreeMap<>();

        private void deny(String reason) {
            denials.add(reason);
        }

        private void warn(String reason) {
            warnings.add(reason);
        }

        private void annotate(String key, String value) {
            annotations.merge(key, value, (before, more) -> before + "; " + more);
        }

        private AdmissionAnswer answer(Mode mode) {
            if (denials.isEmpty() && warnings.isEmpty() && annotations.isEmpty()) {
                return AdmissionAnswer.allowed();
            }
            Map<String, String> audit = new TreeMap<>(annotations);
            audit.put("mode", mode.word());
            List<String> told = new ArrayList<>();
            if (mode != Mode.ENFORCE) {
                told.addAll(denials);
            }
            told.addAll(warnings);
            boolean isDenied = mode == Mode.ENFORCE && !denials.isEmpty();
            return new AdmissionAnswer(
                    !isDenied,
                    isDenied ? String.join("; ", denials) : "",
                    mode == Mode.AUDIT ? List.of() : told,
                    audit);
        }
    }
}
