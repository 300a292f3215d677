package dev.holdfast.server.admission;

import dev.holdfast.core.ImageReference;
import dev.holdfast.manifest.kubernetes.Container;
import dev.holdfast.manifest.kubernetes.KubernetesObject;
import dev.holdfast.manifest.kubernetes.PodForm;
import dev.holdfast.manifest.tree.Node;
import dev.holdfast.server.admission.AdmissionSettings.Change;
import dev.holdfast.server.admission.AdmissionSettings.Demands;
import dev.holdfast.server.admission.AdmissionSettings.ImageDemands;
import dev.holdfast.server.admission.AdmissionSettings.Mode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Fills in what nobody wrote. What is written stays, and nothing is filled in that the server would refuse or that could not work beside
 * what is written. Asked again about what came of it, it changes nothing more.
 *
 * <p>Left alone is what may not be changed or what somebody compares:
 *
 * <ul>
 *   <li>what another object controls, save pods: a Deployment that finds its ReplicaSet changed makes another one, without end;
 *   <li>a template that an update does not touch: scaling must not roll out;
 *   <li>of a pod that runs, all but a new image; and only the ephemeral containers that are new;
 *   <li>the template of a Job that exists; kinds that are not Kubernetes' own; fields that Windows does not have.
 * </ul>
 */
final class Mutator {
    private static final String TOKEN_VOLUME = "kube-api-access-";
    /** How long a tag is believed when the settings ask nothing of images. */
    private static final Duration USUAL_TAG_HOLDS = Duration.ofHours(1);

    private static final int LONGEST_NOTE = 4_000;

    private final ImageKnowledge images;
    private final InstantSource clock;

    Mutator(ImageKnowledge images, InstantSource clock) {
        this.images = images;
        this.clock = clock;
    }

    AdmissionAnswer change(AdmissionRequest request, Demands demands) {
        Patch patch = new Patch();
        Optional<PodForm> pod = request.object()
                .flatMap(object -> PodForm.of(new KubernetesObject(request.name(), object)))
                .filter(form -> mayBeChanged(form, request));
        if (pod.isPresent()) {
            new Changes(request, pod.get(), demands, patch).make();
        }
        if (patch.isEmpty()) {
            return AdmissionAnswer.allowed();
        }
        String note = patch.note();
        String fitting = note.length() <= LONGEST_NOTE ? note : note.substring(0, LONGEST_NOTE) + "…";
        boolean isMade = demands.mode() == Mode.ENFORCE;
        return new AdmissionAnswer(
                true,
                "",
                demands.mode() == Mode.WARN ? List.of("would fill in: " + fitting) : List.of(),
                Map.of("mode", demands.mode().word(), isMade ? "changed" : "would-change", fitting),
                isMade ? patch.json() : "",
                List.of());
    }

    private static boolean mayBeChanged(PodForm form, AdmissionRequest request) {
        boolean isWrite =
                request.operation().equals("CREATE") || request.operation().equals("UPDATE");
        boolean isWhole =
                request.subResource().isEmpty() || request.subResource().equals("ephemeralcontainers");
        if (!isWrite || !isWhole || !PodForm.isBuiltIn(form.owner())) {
            return false;
        }
        if (form.isPod()) {
            return true;
        }
        boolean isUpdate = request.operation().equals("UPDATE");
        return !isControlled(form.owner()) && !(isUpdate && (isJob(form.owner()) || isTemplateKept(form, request)));
    }

    private static boolean isJob(KubernetesObject owner) {
        return owner.kind().equals("Job");
    }

    private static boolean isControlled(KubernetesObject owner) {
        for (Node reference : owner.root()
                .at("metadata", "ownerReferences")
                .map(Node::elements)
                .orElse(List.of())) {
            if (reference.get("controller").filter(Node::isTrue).isPresent()) {
                return true;
            }
        }
        return false;
    }

    private static boolean isTemplateKept(PodForm form, AdmissionRequest request) {
        return request.oldObject()
                .flatMap(old -> PodForm.of(new KubernetesObject(request.name(), old)))
                .filter(old -> Sameness.of(old.template(), form.template()))
                .isPresent();
    }

    /** The changes of one request. */
    private final class Changes {
        private final PodForm pod;
        private final Set<Change> wanted;
        private final Duration tagHolds;
        private final Instant now = clock.instant();
        private final Patch patch;
        private final String root;
        /** A pod that runs: only images may change. */
        private final boolean isRunning;
        /** Only what is new among the ephemeral containers. */
        private final boolean isDebugging;

        private final Set<String> oldNames = new HashSet<>();
        private final Set<String> oldImages = new HashSet<>();

        private Changes(AdmissionRequest request, PodForm pod, Demands demands, Patch patch) {
            this.pod = pod;
            this.wanted = demands.changes();
            this.tagHolds = demands.images().map(ImageDemands::tagHolds).orElse(USUAL_TAG_HOLDS);
            this.patch = patch;
            this.root = "/" + pod.fieldPath().replace('.', '/');
            boolean isUpdate = request.operation().equals("UPDATE");
            this.isDebugging = request.subResource().equals("ephemeralcontainers");
            this.isRunning = pod.isPod() && isUpdate && !isDebugging;
            Optional<PodForm> old =
                    request.oldObject().flatMap(object -> PodForm.of(new KubernetesObject(request.name(), object)));
            for (Container container : old.map(PodForm::containers).orElse(List.of())) {
                oldNames.add(container.name());
                container.node().textAt("image").ifPresent(oldImages::add);
            }
        }

        private void make() {
            if (!isRunning && !isDebugging) {
                ofPod();
            }
            for (Container container : pod.containers()) {
                boolean isOpen = !isDebugging
                        || container.role() == Container.Role.EPHEMERAL && !oldNames.contains(container.name());
                if (isOpen) {
                    if (!isRunning && !pod.isWindows()) {
                        settings(container);
                    }
                    pin(container);
                }
            }
        }

        private void ofPod() {
            if (wanted.contains(Change.NO_TOKEN)
                    && pod.spec().get("automountServiceAccountToken").isEmpty()) {
                token();
            }
            if (wanted.contains(Change.SECCOMP_DEFAULT)
                    && !pod.isWindows()
                    && pod.securityContext("seccompProfile").isEmpty()) {
                fill(pod.spec(), root, Map.of("seccompProfile", "{\"type\":\"RuntimeDefault\"}"));
            }
        }

        /** The server gives a pod its token before it asks; who names an account of its own wants its token. */
        private void token() {
            String account = pod.spec().textAt("serviceAccountName").orElse("default");
            boolean hasToken = pod.volumes().stream()
                    .anyMatch(volume -> volume.textAt("name").orElse("").startsWith(TOKEN_VOLUME));
            if (account.equals("default") && !hasToken) {
                patch.add(root + "/automountServiceAccountToken", "false");
            }
        }

        private void settings(Container container) {
            boolean isPrivileged =
                    container.securityContext("privileged").filter(Node::isTrue).isPresent();
            Set<String> added = capabilities(container);
            Map<String, String> fields = new LinkedHashMap<>();
            if (isPrivileged) {
                return; // the server refuses the one, and the others would say what is not so
            }
            if (wanted.contains(Change.RUN_AS_NON_ROOT) && mayRunAsNonRoot(container)) {
                fields.put("runAsNonRoot", "true");
            }
            boolean isStrong = added.contains("SYS_ADMIN") || added.contains("ALL");
            if (wanted.contains(Change.NO_PRIVILEGE_ESCALATION)
                    && !isStrong
                    && container.securityContext("allowPrivilegeEscalation").isEmpty()) {
                fields.put("allowPrivilegeEscalation", "false");
            }
            boolean isEphemeral = container.role() == Container.Role.EPHEMERAL;
            if (wanted.contains(Change.SECCOMP_DEFAULT)
                    && isEphemeral
                    && isDebugging
                    && pod.inherited(container, "seccompProfile").isEmpty()) {
                fields.put("seccompProfile", "{\"type\":\"RuntimeDefault\"}");
            }
            String at = at(container);
            if (wanted.contains(Change.DROP_CAPABILITIES)
                    && !added.contains("ALL")
                    && container.securityContext("capabilities", "drop").isEmpty()) {
                if (container.securityContext("capabilities").isPresent()) {
                    patch.add(at + "/securityContext/capabilities/drop", "[\"ALL\"]");
                } else {
                    fields.put("capabilities", "{\"drop\":[\"ALL\"]}");
                }
            }
            fill(container.node(), at, fields);
        }

        private boolean mayRunAsNonRoot(Container container) {
            boolean isRoot = pod.inherited(container, "runAsUser")
                    .flatMap(Node::wholeNumber)
                    .filter(user -> user == 0)
                    .isPresent();
            return !isRoot && pod.inherited(container, "runAsNonRoot").isEmpty();
        }

        private static Set<String> capabilities(Container container) {
            Set<String> added = new HashSet<>();
            for (Node name : container
                    .securityContext("capabilities", "add")
                    .map(Node::elements)
                    .orElse(List.of())) {
                String word = name.textAt().orElse("");
                added.add(word.startsWith("CAP_") ? word.substring("CAP_".length()) : word);
            }
            return added;
        }

        private void pin(Container container) {
            String image = container.node().textAt("image").orElse("");
            if (!wanted.contains(Change.PIN_IMAGES) || oldImages.contains(image)) {
                return;
            }
            ImageReference.parse(image)
                    .filter(reference -> reference.digest().isEmpty())
                    .flatMap(reference -> images.named(reference.toString()))
                    .filter(named -> named.seen().plus(tagHolds).isAfter(now))
                    .ifPresent(named ->
                            patch.replace(at(container) + "/image", "\"" + image + "@" + named.digest() + "\""));
        }

        private String at(Container container) {
            return root + "/" + container.fieldPath().replace('[', '/').replace("]", "");
        }

        /** Puts fields into the security context, which is made when it is not there. */
        private void fill(Node.Mapping owner, String at, Map<String, String> fields) {
            if (fields.isEmpty()) {
                return;
            }
            if (owner.get("securityContext").isPresent()) {
                fields.forEach((name, value) -> patch.add(at + "/securityContext/" + name, value));
                return;
            }
            StringBuilder whole = new StringBuilder("{");
            fields.forEach((name, value) -> whole.append(whole.length() == 1 ? "" : ",")
                    .append('"')
                    .append(name)
                    .append("\":")
                    .append(value));
            patch.add(at + "/securityContext", whole.append('}').toString());
        }
    }

    /** A JSON Patch (RFC 6902) as it grows. Paths and values hold no character that would need escaping. */
    private static final class Patch {
        private final StringBuilder json = new StringBuilder();
        private final StringBuilder note = new StringBuilder();

        private void add(String path, String value) {
            put("add", path, value);
        }

        private void replace(String path, String value) {
            put("replace", path, value);
        }

        private void put(String operation, String path, String value) {
            json.append(json.isEmpty() ? "[" : ",")
                    .append("{\"op\":\"")
                    .append(operation)
                    .append("\",\"path\":\"")
                    .append(path)
                    .append("\",\"value\":")
                    .append(value)
                    .append('}');
            note.append(note.isEmpty() ? "" : "; ").append(path).append(' ').append(value);
        }

        private boolean isEmpty() {
            return json.isEmpty();
        }

        private String json() {
            return json + "]";
        }

        /** For a person. */
        private String note() {
            return note.toString();
        }
    }
}
