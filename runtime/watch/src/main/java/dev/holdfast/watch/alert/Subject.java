package dev.holdfast.watch.alert;

import dev.holdfast.rules.event.Event;
import dev.holdfast.rules.event.FieldCatalogue;
import dev.holdfast.rules.event.FieldUse;
import dev.holdfast.rules.event.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Who and what an alert is about, whatever the rule's output names.
 *
 * @param facts by the names of fields, such as {@code container.id}, {@code proc.cmdline} or {@code ka.user.name}; what is unknown is left
 *     out
 */
public record Subject(Map<String, String> facts) {
    private static final List<FieldUse> OF_KERNEL = uses(
            Event.SYSCALL,
            "container.id",
            "container.full_id",
            "container.name",
            "container.type",
            "container.image",
            "container.image.repository",
            "container.image.tag",
            "container.image.id",
            "container.image.digest",
            "k8s.ns.name",
            "k8s.pod.name",
            "k8s.pod.uid",
            "proc.name",
            "proc.cmdline",
            "proc.exepath",
            "proc.pid",
            "proc.pname",
            "proc.ppid",
            "user.name",
            "user.uid");

    private static final List<FieldUse> OF_AUDIT = uses(
            Event.K8S_AUDIT,
            "ka.user.name",
            "ka.verb",
            "ka.target.resource",
            "ka.target.subresource",
            "ka.target.namespace",
            "ka.target.name",
            "ka.response.code",
            "ka.auditid");

    /** What sources say, as Falco does, where rules are to find a value although nobody knows one. */
    private static final String UNKNOWN = "<NA>";

    public Subject {
        facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
    }

    private static List<FieldUse> uses(String source, String... names) {
        List<FieldUse> uses = new ArrayList<>();
        for (String name : names) {
            FieldCatalogue.standard().field(source, name).map(FieldUse::of).ifPresent(uses::add);
        }
        return List.copyOf(uses);
    }

    static Subject of(Event event) {
        Map<String, String> facts = new LinkedHashMap<>();
        Value value = new Value();
        for (FieldUse use : event.source().equals(Event.SYSCALL) ? OF_KERNEL : OF_AUDIT) {
            value.clear();
            event.read(use, value);
            String fact = value.toString();
            if (!value.isAbsent() && !fact.equals(UNKNOWN)) {
                facts.put(use.field().name(), fact);
            }
        }
        return new Subject(facts);
    }

    /** A fact, or the empty text. */
    public String fact(String name) {
        return facts.getOrDefault(name, "");
    }

    /** Whether it happened in a container. */
    public boolean isInContainer() {
        return !fact("container.id").isEmpty() && !fact("container.id").equals("host");
    }

    /** What repeated alerts have in common: the place, and who acts there. */
    String key() {
        return fact("container.id")
                + '\0'
                + fact("proc.name")
                + '\0'
                + fact("ka.user.name")
                + '\0'
                + fact("ka.target.namespace");
    }
}
