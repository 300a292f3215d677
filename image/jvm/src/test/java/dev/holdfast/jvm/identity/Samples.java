package dev.holdfast.jvm.identity;

import dev.holdfast.jvm.identity.ReleasePrints.NamedPrint;
import java.util.ArrayList;
import java.util.List;

/** Classes of one archive or release. */
record Samples(List<Sample> classes) implements ArchiveClasses {
    /** Classes {@code C0} … of which those from a number on have another salt: what a release changed. */
    static Samples of(String place, String prefix, int count, int salt, int changedFrom, int changedSalt) {
        List<Sample> classes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            classes.add(Sample.of(place, prefix + i, i < changedFrom ? salt : changedSalt));
        }
        return new Samples(classes);
    }

    Samples and(Samples other) {
        List<Sample> both = new ArrayList<>(classes);
        both.addAll(other.classes);
        return new Samples(both);
    }

    Samples in(String place) {
        return new Samples(classes.stream().map(each -> each.in(place)).toList());
    }

    Samples part(int from, int to) {
        return new Samples(classes.subList(from, to));
    }

    ReleasePrints release(String version) {
        List<NamedPrint> prints = new ArrayList<>();
        for (Sample each : classes) {
            prints.add(new NamedPrint(each.path(), ClassPrint.of(each.bytes()).orElseThrow()));
        }
        return new ReleasePrints(version, prints);
    }

    @Override
    public List<String> paths() {
        return classes.stream().map(Sample::path).toList();
    }

    @Override
    public byte[] read(int index) {
        return classes.get(index).bytes();
    }
}
