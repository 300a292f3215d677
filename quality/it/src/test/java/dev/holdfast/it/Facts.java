package dev.holdfast.it;

import dev.holdfast.advisory.base.BaseWriter;
import dev.holdfast.advisory.base.Compilation;
import dev.holdfast.advisory.base.Intake;
import dev.holdfast.advisory.fact.FactSink;
import dev.holdfast.advisory.fact.Statement;
import dev.holdfast.advisory.fact.Statement.Qualifiers;
import dev.holdfast.advisory.fact.Statement.Range;
import dev.holdfast.advisory.fact.Statement.Status;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.function.Consumer;

/** Made-up facts, compiled to a base in a file. */
final class Facts {
    private final Compilation facts = new Compilation();

    Facts say(String source, Consumer<FactSink> told) {
        try (Intake intake = facts.open(source, "2026-11-20")) {
            told.accept(intake);
        }
        return this;
    }

    static Statement fixed(String id, String namespace, String name, String fix, String rating) {
        return new Statement(
                id,
                namespace,
                name,
                Status.FIXED,
                List.of(Range.below(fix)),
                List.of(),
                List.of(fix),
                Qualifiers.NONE,
                rating);
    }

    static Statement unfixed(String id, String namespace, String name, Status status, String rating) {
        return new Statement(id, namespace, name, status, List.of(), List.of(), List.of(), Qualifiers.NONE, rating);
    }

    /** Debian 12 with one package of which everything is known. */
    static Facts small() {
        return new Facts()
                .say("debian-tracker", to -> {
                    to.accept(fixed("CVE-2023-4911", "debian:12", "glibc", "2.36-9+deb12u3", "high"));
                    to.accept(fixed("CVE-2024-2961", "debian:12", "glibc", "2.36-9+deb12u7", "medium"));
                    to.accept(unfixed("CVE-2010-4756", "debian:12", "glibc", Status.UNFIXED, "unimportant"));
                })
                .say("ghsa", to -> {
                    to.accept(fixed("CVE-2019-10744", "npm", "lodash", "4.17.12", "critical"));
                    to.accept(fixed("CVE-2021-44228", "maven", "org.apache.logging.log4j:log4j-core", "2.15.0", ""));
                });
    }

    Path write(Path file) throws IOException {
        try (FileChannel out = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            new BaseWriter(facts, source -> source).write(out);
        }
        return file;
    }
}
