package dev.holdfast.policy;

import dev.holdfast.core.Gap;
import dev.holdfast.core.Gaps;
import dev.holdfast.policy.definition.Policy;
import dev.holdfast.policy.definition.PolicySet;
import dev.holdfast.policy.request.Creation;
import dev.holdfast.policy.request.Equivalents;
import dev.holdfast.policy.request.Request;
import dev.holdfast.policy.request.Resource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Asks policies about the objects of manifests, as if each were created now, and sets aside what exceptions cover. */
public final class PolicyJudge {
    private final PolicySet policies;
    private final List<Exemption> exemptions;
    private final LocalDate today;

    public PolicyJudge(PolicySet policies, List<Exemption> exemptions, LocalDate today) {
        this.policies = policies;
        this.exemptions = List.copyOf(exemptions);
        this.today = today;
    }

    /** @param gaps what could not be read of the objects */
    public PolicyReport judge(List<Resource> resources, Gaps gaps) {
        Session session = new Session(new Arbiter(policies, equivalents(resources)), namespaces(resources), gaps);
        mutating(resources, gaps);
        for (Resource resource : resources) {
            session.judge(resource);
        }
        return session.report(resources.size());
    }

    private Equivalents equivalents(List<Resource> resources) {
        List<Map<String, Object>> all = new ArrayList<>(policies.objects());
        resources.forEach(resource -> all.add(resource.object()));
        return Equivalents.of(all);
    }

    /** What changes objects before policies see them is named: what it would change is not known here. */
    private void mutating(List<Resource> resources, Gaps gaps) {
        List<Resource> all = new ArrayList<>(resources);
        policies.objects().forEach(object -> all.add(new Resource(object, "", 1)));
        for (Resource resource : all) {
            if (resource.kind().equals("MutatingAdmissionPolicy")) {
                gaps.add(
                        Gap.Code.UNSUPPORTED,
                        "MutatingAdmissionPolicy " + resource.name(),
                        "it changes objects before they are judged, and is not applied here");
            }
        }
    }

    /** The namespaces that are known: those among the objects, and those that stand beside the policies. */
    private Map<String, Map<String, Object>> namespaces(List<Resource> resources) {
        Map<String, Map<String, Object>> known = new LinkedHashMap<>();
        List<Resource> all = new ArrayList<>(resources);
        policies.objects().forEach(object -> all.add(new Resource(object, "", 1)));
        for (Resource resource : all) {
            if (resource.kind().equals("Namespace") && resource.apiVersion().equals("v1")) {
                known.put(resource.name(), labelled(resource));
            }
        }
        return known;
    }

    /** The server gives every namespace a label with its name. */
    private static Map<String, Object> labelled(Resource namespace) {
        Map<String, Object> object = new LinkedHashMap<>(namespace.object());
        Map<String, Object> metadata = new LinkedHashMap<>();
        if (object.get("metadata") instanceof Map<?, ?> given) {
            given.forEach((key, value) -> metadata.put(key.toString(), value));
        }
        Map<String, Object> labels = new LinkedHashMap<>(Request.labels(Optional.of(object)));
        labels.put("kubernetes.io/metadata.name", namespace.name());
        metadata.put("labels", labels);
        object.put("metadata", metadata);
        return object;
    }

    /** One run. */
    private final class Session {
        private final Arbiter arbiter;
        private final Map<String, Map<String, Object>> namespaces;
        private final Gaps gaps;
        private final List<Judged> judged = new ArrayList<>();
        private final List<PolicyReport.Note> notes = new ArrayList<>();
        private final Set<String> asked = new HashSet<>();
        private final Set<Exemption> used = new HashSet<>();
        private final Set<Exemption> expired = new LinkedHashSet<>();
        private final boolean asksForNamespaces = policies.policies().stream()
                        .anyMatch(policy -> !policy.policy()
                                .constraints()
                                .namespaces()
                                .requirements()
                                .isEmpty())
                || policies.bindings().stream()
                        .anyMatch(binding -> binding.scope().isPresent()
                                && !binding.scope()
                                        .get()
                                        .namespaces()
                                        .requirements()
                                        .isEmpty());

        private Session(Arbiter arbiter, Map<String, Map<String, Object>> namespaces, Gaps gaps) {
            this.arbiter = arbiter;
            this.namespaces = namespaces;
            this.gaps = gaps;
        }

        private void judge(Resource resource) {
            Optional<Map<String, Object>> namespace = namespace(Creation.namespace(resource));
            Creation creation = new Creation(resource, namespace);
            add(resource, false, arbiter.decide(creation.request()));
            creation.requestForPod().ifPresent(pod -> add(resource, true, arbiter.decide(pod)));
        }

        private Optional<Map<String, Object>> namespace(String name) {
            if (name.isEmpty()) {
                return Optional.empty();
            }
            Map<String, Object> known = namespaces.get(name);
            if (known != null) {
                return Optional.of(known);
            }
            if (asksForNamespaces) {
                gaps.add(
                        Gap.Code.UNSUPPORTED,
                        "namespace " + name,
                        "policies select namespaces by labels, and this one is not among the files");
            }
            Map<String, Object> assumed = labelled(new Resource(
                    Map.of("apiVersion", "v1", "kind", "Namespace", "metadata", Map.of("name", name)), "", 1));
            namespaces.put(name, assumed);
            return Optional.of(assumed);
        }

        private void add(Resource resource, boolean isOfPod, Decision decision) {
            if (!decision.annotations().isEmpty()) {
                notes.add(new PolicyReport.Note(resource, isOfPod, decision.annotations()));
            }
            for (Ruling ruling : decision.rulings()) {
                asked.add(ruling.policy().name());
                Optional<Exemption> exemption =
                        ruling.counts() ? exemption(ruling.policy(), resource) : Optional.empty();
                judged.add(new Judged(resource, isOfPod, ruling, exemption));
            }
        }

        private Optional<Exemption> exemption(Policy policy, Resource resource) {
            for (Exemption exemption : exemptions) {
                if (exemption.isAbout(policy, resource)) {
                    if (!exemption.hasExpired(today)) {
                        used.add(exemption);
                        return Optional.of(exemption);
                    }
                    expired.add(exemption);
                }
            }
            return Optional.empty();
        }

        private PolicyReport report(int resources) {
            List<String> idle = policies.policies().stream()
                    .map(policy -> policy.policy().name())
                    .filter(name -> !asked.contains(name))
                    .toList();
            List<Exemption> unmatched = exemptions.stream()
                    .filter(exemption -> !used.contains(exemption) && !expired.contains(exemption))
                    .toList();
            return new PolicyReport(
                    policies, resources, judged, notes, idle, List.copyOf(expired), unmatched, gaps.list());
        }
    }
}
