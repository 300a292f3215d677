package dev.holdfast.rules.event;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class FieldCatalogueTest {
    private final FieldCatalogue catalogue = FieldCatalogue.standard();

    @Test
    void numbersAreDense() {
        for (int i = 0; i < catalogue.all().size(); i++) {
            assertThat(catalogue.all().get(i).number()).isEqualTo(i);
        }
        assertThat(catalogue.all()).extracting(Field::name).doesNotHaveDuplicates();
    }

    @Test
    void fieldsBelongToSources() {
        assertThat(catalogue.field("syscall", "proc.name")).isPresent();
        assertThat(catalogue.field("k8s_audit", "proc.name")).isEmpty();
        assertThat(catalogue.field("k8s_audit", "ka.verb")).isPresent();
        assertThat(catalogue.field("k8s_audit", "jevt.value")).isPresent();
        assertThat(catalogue.field("syscall", "jevt.value")).isEmpty();
        assertThat(catalogue.field("k8s_audit", "evt.num")).isPresent();
        assertThat(catalogue.field("k8s_audit", "evt.type")).isEmpty();
    }

    @Test
    void argumentsMayBeJoinedWithADot() {
        assertThat(catalogue.use("syscall", "evt.arg.flags"))
                .map(FieldUse::written)
                .contains("evt.arg[flags]");
        assertThat(catalogue.use("syscall", "k8s.pod.label.app.kubernetes.io"))
                .map(FieldUse::written)
                .contains("k8s.pod.label[app.kubernetes.io]");
        assertThat(catalogue.use("syscall", "evt.type.is.open"))
                .map(FieldUse::written)
                .contains("evt.type.is[open]");
        assertThat(catalogue.use("syscall", "proc.name.x")).isEmpty();
        assertThat(catalogue.use("syscall", "evt.arg", "0"))
                .map(FieldUse::index)
                .contains(0L);
    }

    @Test
    void fieldsMayHaveSecondNames() {
        assertThat(catalogue.use("syscall", "k8smeta.pod.name"))
                .map(FieldUse::written)
                .contains("k8s.pod.name");
        assertThat(catalogue.use("syscall", "k8smeta.ns.name"))
                .map(FieldUse::written)
                .contains("k8s.ns.name");
        assertThat(catalogue.use("syscall", "k8smeta.pod.label", "app"))
                .map(FieldUse::written)
                .contains("k8s.pod.label[app]");
        assertThat(catalogue.use("k8s_audit", "k8smeta.pod.name")).isEmpty();
    }

    @Test
    void namesOfOtherMachinesCallsAreKnown() {
        for (String name : new String[] {"geteuid32", "llseek", "sched_switch", "unknown", "s390_sthyi"}) {
            assertThat(EventType.of(name)).as(name).isPresent();
        }
    }

    @Test
    void eventTypesAreKnownByName() {
        assertThat(EventType.of("openat").map(EventType::name)).contains("openat");
        assertThat(EventType.of("no-such-call")).isEmpty();
        for (EventType type : EventType.all()) {
            assertThat(EventType.all().get(type.number())).isSameAs(type);
        }
    }
}
