package dev.holdfast.check.pss;

import dev.holdfast.core.text.GoText;
import dev.holdfast.manifest.kubernetes.Container;
import dev.holdfast.manifest.kubernetes.PodForm;
import dev.holdfast.manifest.kubernetes.PodSecurityLists;
import dev.holdfast.manifest.tree.Node;
import dev.holdfast.manifest.tree.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The controls about the kernel's security modules: AppArmor, SELinux, seccomp. */
final class Profiles {
    private Profiles() {}

    static Optional<Violation> appArmor(PodForm pod, PodSecurityVersion version) {
        Offenders offenders = new Offenders();
        Optional<Node> ofPod = pod.securityContext("appArmorProfile");
        ofPod.filter(profile -> !isAllowed(type(profile))).ifPresent(profile -> {
            offenders.pod(profile.place());
            offenders.value(type(profile), profile.place());
        });
        for (Container container : pod.containers()) {
            Optional<Node> own = container.securityContext("appArmorProfile");
            Optional<String> type = own.map(Profiles::type)
                    .or(() -> ofAnnotation(pod, container)
                            .filter(annotated -> ofPod.isEmpty() || !annotated.equals(type(ofPod.get()))));
            if (type.isPresent() && !isAllowed(type.get())) {
                Place place = own.map(Node::place).orElse(container.place());
                offenders.container(container, place);
                offenders.value(type.get(), place);
            }
        }
        TreeMap<String, Place> annotations = new TreeMap<>();
        for (Node.Entry annotation : pod.annotations()) {
            String profile = annotation.value().textAt().orElse("");
            if (annotation.key().text().startsWith(PodSecurityLists.APP_ARMOR_OF) && !isAllowedAnnotation(profile)) {
                annotations.put(
                        annotation.key().text() + "=" + GoText.quoted(profile),
                        annotation.key().place());
            }
        }
        return said(offenders, annotations);
    }

    private static Optional<Violation> said(Offenders offenders, SortedMap<String, Place> annotations) {
        List<String> setters = new ArrayList<>();
        if (offenders.areAny()) {
            setters.add(offenders.setters());
        }
        List<String> values = new ArrayList<>(offenders.values());
        values.addAll(annotations.keySet());
        if (!annotations.isEmpty()) {
            setters.add(Offenders.plural("annotation", annotations.size()));
        }
        if (setters.isEmpty()) {
            return Optional.empty();
        }
        Place place = annotations.isEmpty()
                ? offenders.place()
                : annotations.sequencedValues().getFirst();
        return Optional.of(new Violation(
                Offenders.plural("forbidden AppArmor profile", values.size()),
                String.join(" and ", setters) + " must not set AppArmor profile type to " + Offenders.quoted(values),
                place));
    }

    /** What a pod's annotation becomes: the server copies it into the field of the container when that is not set. */
    private static Optional<String> ofAnnotation(PodForm pod, Container container) {
        if (!pod.isPod() || pod.isWindows()) {
            return Optional.empty();
        }
        String profile =
                pod.annotation(PodSecurityLists.APP_ARMOR_OF + container.name()).orElse("");
        return switch (profile) {
            case "unconfined" -> Optional.of("Unconfined");
            case "runtime/default" -> Optional.of("RuntimeDefault");
            default -> profile.startsWith("localhost/") ? Optional.of("Localhost") : Optional.empty();
        };
    }

    private static boolean isAllowedAnnotation(String profile) {
        return profile.isEmpty() || profile.equals("runtime/default") || profile.startsWith("localhost/");
    }

    private static String type(Node profile) {
        return profile.textAt("type").orElse("");
    }

    private static boolean isAllowed(String type) {
        return PodSecurityLists.PROFILE_TYPES.contains(type);
    }

    static Optional<Violation> seLinux(PodForm pod, PodSecurityVersion version) {
        Offenders offenders = new Offenders();
        List<Node> bad = new ArrayList<>();
        pod.securityContext("seLinuxOptions")
                .filter(options -> isBadSeLinux(options, version, offenders))
                .ifPresent(options -> {
                    offenders.pod(options.place());
                    bad.add(options);
                });
        for (Container container : pod.containers()) {
            container
                    .securityContext("seLinuxOptions")
                    .filter(options -> isBadSeLinux(options, version, offenders))
                    .ifPresent(options -> {
                        offenders.container(container, options.place());
                        bad.add(options);
                    });
        }
        if (bad.isEmpty()) {
            return Optional.empty();
        }
        List<String> details = new ArrayList<>();
        if (!offenders.values().isEmpty()) {
            details.add(Offenders.plural("type", offenders.values().size()) + " " + offenders.quotedValues());
        }
        for (String field : List.of("user", "role")) {
            if (bad.stream().anyMatch(options -> isSet(options, field))) {
                details.add(field + " may not be set");
            }
        }
        return Optional.of(new Violation(
                "seLinuxOptions",
                offenders.setters() + " set forbidden securityContext.seLinuxOptions: " + String.join("; ", details),
                offenders.place()));
    }

    private static boolean isBadSeLinux(Node options, PodSecurityVersion version, Offenders offenders) {
        String type = type(options);
        boolean isBadType = !PodSecurityLists.seLinuxTypes(version.minor()).contains(type);
        if (isBadType) {
            offenders.value(type, options.place());
        }
        return isBadType || isSet(options, "user") || isSet(options, "role");
    }

    private static boolean isSet(Node options, String field) {
        return options.textAt(field).filter(value -> !value.isEmpty()).isPresent();
    }

    static Optional<Violation> seccompOfBaseline(PodForm pod, PodSecurityVersion version) {
        return version.atLeast(19) ? seccompFields(pod) : seccompAnnotations(pod);
    }

    private static Optional<Violation> seccompAnnotations(PodForm pod) {
        TreeMap<String, Place> forbidden = new TreeMap<>();
        List<String> keys = new ArrayList<>(List.of(PodSecurityLists.SECCOMP_OF_POD));
        pod.containers().forEach(container -> keys.add(PodSecurityLists.SECCOMP_OF + container.name()));
        for (Node.Entry annotation : pod.annotations()) {
            String key = annotation.key().text();
            String profile = annotation.value().textAt().orElse("");
            boolean isAllowed = profile.equals("runtime/default")
                    || profile.equals("docker/default")
                    || profile.startsWith("localhost/");
            if (keys.contains(key) && !isAllowed) {
                forbidden.put(
                        key + "=" + GoText.quoted(profile), annotation.key().place());
            }
        }
        return forbidden.isEmpty()
                ? Optional.empty()
                : Optional.of(new Violation(
                        "seccompProfile",
                        "forbidden " + Offenders.plural("annotation", forbidden.size()) + " "
                                + String.join(", ", forbidden.keySet()),
                        forbidden.firstEntry().getValue()));
    }

    private static Optional<Violation> seccompFields(PodForm pod) {
        Offenders offenders = new Offenders();
        pod.securityContext("seccompProfile")
                .filter(profile -> !isAllowed(type(profile)))
                .ifPresent(profile -> {
                    offenders.pod(profile.place());
                    offenders.value(type(profile), profile.place());
                });
        for (Container container : pod.containers()) {
            container
                    .securityContext("seccompProfile")
                    .filter(profile -> !isAllowed(type(profile)))
                    .ifPresent(profile -> {
                        offenders.container(container, profile.place());
                        offenders.value(type(profile), profile.place());
                    });
        }
        return offenders.areAny()
                ? Optional.of(new Violation(
                        "seccompProfile",
                        offenders.setters() + " must not set securityContext.seccompProfile.type to "
                                + offenders.quotedValues(),
                        offenders.place()))
                : Optional.empty();
    }

    static Optional<Violation> seccompOfRestricted(PodForm pod, PodSecurityVersion version) {
        if (version.atLeast(25) && pod.isWindows()) {
            return Optional.empty();
        }
        Optional<Violation> forbidden = seccompFields(pod);
        if (forbidden.isPresent() || pod.securityContext("seccompProfile").isPresent()) {
            return forbidden;
        }
        Offenders silent = new Offenders();
        for (Container container : pod.containers()) {
            if (container.securityContext("seccompProfile").isEmpty()) {
                silent.container(
                        container, container.securityContext().map(Node::place).orElse(container.place()));
            }
        }
        return silent.areAny()
                ? Optional.of(new Violation(
                        "seccompProfile",
                        "pod or " + silent.named()
                                + " must set securityContext.seccompProfile.type to \"RuntimeDefault\" or \"Localhost\"",
                        silent.place()))
                : Optional.empty();
    }
}
