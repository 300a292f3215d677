package dev.holdfast.policy.trial;

import dev.holdfast.policy.Arbiter;
import dev.holdfast.policy.Decision;
import dev.holdfast.policy.Ruling;
import dev.holdfast.policy.Ruling.Outcome;
import dev.holdfast.policy.definition.CompiledPolicy;
import dev.holdfast.policy.definition.Policy;
import dev.holdfast.policy.definition.PolicySet;
import dev.holdfast.policy.request.Creation;
import dev.holdfast.policy.request.Equivalents;
import dev.holdfast.policy.request.Request;
import dev.holdfast.policy.request.Request.Operation;
import dev.holdfast.policy.request.Resource;
import dev.holdfast.policy.trial.PolicyTest.Case;
import dev.holdfast.policy.trial.PolicyTest.Expectation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Asks policies what a test expects of them, and tells which validations no case saw refuse anything. */
public final class PolicyTester {
    private final PolicySet policies;
    private final List<Resource> resources;
    private final Set<String> refusing = new LinkedHashSet<>();

    public PolicyTester(PolicySet policies, List<Resource> resources) {
        this.policies = policies;
        this.resources = List.copyOf(resources);
    }

    /**
     * How a case came out.
     *
     * @param got what became of the request; empty when the case could not be asked
     * @param said what was said about it
     */
    public record CaseResult(Case given, Optional<Expectation> got, String said, boolean isAsExpected) {}

    /**
     * How a test came out.
     *
     * @param untested validations that refused nothing in any case: a test would not notice if they broke
     */
    public record TestResult(PolicyTest test, List<CaseResult> cases, List<String> untested) {
        public TestResult {
            cases = List.copyOf(cases);
            untested = List.copyOf(untested);
        }

        public long failures() {
            return cases.stream().filter(one -> !one.isAsExpected()).count();
        }
    }

    public TestResult test(PolicyTest test) {
        List<CaseResult> results = new ArrayList<>();
        for (Case given : test.cases()) {
            results.add(ask(given));
        }
        List<String> untested = new ArrayList<>();
        for (CompiledPolicy policy : policies.policies()) {
            for (int i = 0; i < policy.validations().size(); i++) {
                String name = validation(policy.policy(), i);
                if (!refusing.contains(name)) {
                    untested.add(name);
                }
            }
        }
        return new TestResult(test, results, untested);
    }

    private static String validation(Policy policy, int index) {
        return policy.name() + ": spec.validations[" + index + "]";
    }

    private CaseResult ask(Case given) {
        Optional<Resource> resource = given.object()
                .or(given::oldObject)
                .map(object -> new Resource(object, "", given.line()))
                .or(() -> resources.stream()
                        .filter(one -> one.subject().equals(given.resource()))
                        .findFirst());
        if (resource.isEmpty()) {
            return new CaseResult(given, Optional.empty(), "no resource is called " + given.resource(), false);
        }
        boolean isPolicyKnown = given.policy().isEmpty()
                || policies.policies().stream()
                        .anyMatch(policy -> policy.policy().name().equals(given.policy()));
        if (!isPolicyKnown) {
            return new CaseResult(given, Optional.empty(), "no policy is called " + given.policy(), false);
        }
        Decision whole = new Arbiter(policies, equivalents()).decide(request(given, resource.get()));
        List<Ruling> rulings = whole.rulings().stream()
                .filter(ruling ->
                        given.policy().isEmpty() || ruling.policy().name().equals(given.policy()))
                .toList();
        Decision decision = new Decision(rulings, whole.annotations());
        for (Ruling ruling : rulings) {
            if (ruling.outcome() == Outcome.FAIL) {
                refusing.add(validation(ruling.policy(), ruling.index()));
            }
        }
        Expectation got = outcome(decision);
        String said = said(decision);
        boolean isAsExpected = got == given.expect() && said.contains(given.message());
        return new CaseResult(given, Optional.of(got), said, isAsExpected);
    }

    private Equivalents equivalents() {
        List<Map<String, Object>> all = new ArrayList<>(policies.objects());
        resources.forEach(resource -> all.add(resource.object()));
        return Equivalents.of(all);
    }

    private static Expectation outcome(Decision decision) {
        if (decision.denial().isPresent()) {
            return decision.denial().get().outcome() == Outcome.ERROR ? Expectation.ERROR : Expectation.DENY;
        }
        boolean isUnanswered = decision.rulings().stream().anyMatch(ruling -> ruling.outcome() == Outcome.ERROR);
        if (!decision.warnings().isEmpty()) {
            return Expectation.WARN;
        }
        return isUnanswered ? Expectation.ERROR : Expectation.ALLOW;
    }

    private static String said(Decision decision) {
        for (Ruling ruling : decision.rulings()) {
            if (decision.denial().isEmpty() && ruling.outcome() != Outcome.PASS) {
                return ruling.message();
            }
        }
        return decision.denial().map(Ruling::message).orElse("");
    }

    private static Request request(Case given, Resource resource) {
        String namespace = Creation.namespace(resource);
        Map<String, Object> labels = new LinkedHashMap<>(given.namespaceLabels());
        labels.put("kubernetes.io/metadata.name", namespace);
        Map<String, Object> namespaceObject = Map.of(
                "apiVersion", "v1",
                "kind", "Namespace",
                "metadata", Map.of("name", namespace, "labels", labels));
        Request creation =
                new Creation(resource, namespace.isEmpty() ? Optional.empty() : Optional.of(namespaceObject)).request();
        boolean isDeletion = given.operation() == Operation.DELETE;
        Request.User user = given.user().isEmpty() && given.groups().isEmpty()
                ? creation.user()
                : new Request.User(given.user(), "", given.groups(), Map.of());
        return new Request(
                given.operation(),
                creation.resource(),
                creation.kind(),
                "",
                creation.name(),
                creation.namespace(),
                user,
                false,
                isDeletion ? Optional.empty() : creation.object(),
                isDeletion ? given.oldObject().or(creation::object) : given.oldObject(),
                Creation.options(given.operation()),
                creation.namespaceObject(),
                creation.access());
    }
}
