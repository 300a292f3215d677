package dev.holdfast.advisory.base;

import dev.holdfast.advisory.Source;
import dev.holdfast.advisory.fact.Advisory;
import dev.holdfast.advisory.fact.Advisory.Kind;
import dev.holdfast.advisory.fact.Exoneration;
import dev.holdfast.advisory.fact.ExploitScore;
import dev.holdfast.advisory.fact.Exploited;
import dev.holdfast.advisory.fact.FactSink;
import dev.holdfast.advisory.fact.Lifecycle;
import dev.holdfast.advisory.fact.Rating;
import dev.holdfast.advisory.fact.Statement;
import dev.holdfast.advisory.fact.Statement.Qualifiers;
import dev.holdfast.advisory.fact.Statement.Range;
import dev.holdfast.advisory.fact.Statement.Status;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Made-up facts of a few sources, and the way to a file of them. */
final class Facts {
    private final List<Given> given = new ArrayList<>();

    /** One fact of one source. */
    record Given(String source, Consumer<FactSink> fact) {}

    Facts add(String source, Consumer<FactSink> fact) {
        given.add(new Given(source, fact));
        return this;
    }

    List<Given> list() {
        return given;
    }

    Compilation compilation() {
        Compilation facts = new Compilation();
        for (Given one : given) {
            try (Intake intake = facts.open(one.source(), "")) {
                one.fact().accept(intake);
            }
        }
        return facts;
    }

    static byte[] bytes(Compilation facts) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new BaseWriter(facts, Facts::described).write(Channels.newChannel(out));
        return out.toByteArray();
    }

    byte[] bytes() throws IOException {
        return bytes(compilation());
    }

    Path write(Path file) throws IOException {
        return Files.write(file, bytes());
    }

    static Source described(Source bare) {
        return new Source(bare.name(), bare.date(), "CC0-1.0", "credit " + bare.name(), bare.records(), bare.dropped());
    }

    static Statement statement(String id, String namespace, String name, Status status, Range... ranges) {
        return new Statement(id, namespace, name, status, List.of(ranges), List.of(), List.of(), Qualifiers.NONE, "");
    }

    static Statement fixed(String id, String namespace, String name, String fix) {
        return new Statement(
                id,
                namespace,
                name,
                Status.FIXED,
                List.of(Range.below(fix)),
                List.of(),
                List.of(fix),
                Qualifiers.NONE,
                "");
    }

    static Advisory advisory(String id, String... aliases) {
        return new Advisory(id, Kind.VULNERABILITY, List.of(aliases), List.of(), "", "", false, List.of(), List.of());
    }

    /** A small base with something of everything. */
    static Facts small() {
        return new Facts()
                .add("debian-tracker", to -> {
                    to.dated("2024-03-01");
                    to.accept(fixed("CVE-2024-0001", "debian:12", "openssl", "3.0.11-1"));
                })
                .add(
                        "debian-tracker",
                        to -> to.accept(statement("CVE-2024-0002", "debian:12", "openssl", Status.UNFIXED)))
                .add("debian-tracker", to -> to.accept(fixed("CVE-2024-0001", "debian:11", "openssl", "1.1.1n-1")))
                .add(
                        "almalinux",
                        to -> to.accept(new Advisory(
                                "ALSA-2024:0010",
                                Kind.VULNERABILITY,
                                List.of(),
                                List.of("CVE-2024-0001", "CVE-2024-0003"),
                                "2024-02-02",
                                "2024-02-03",
                                false,
                                List.of(new Rating("almalinux", "", "important")),
                                List.of())))
                .add(
                        "almalinux",
                        to -> to.accept(new Statement(
                                "ALSA-2024:0010",
                                "almalinux:8",
                                "nodejs",
                                Status.FIXED,
                                List.of(Range.below("18.19.0-1")),
                                List.of(),
                                List.of("18.19.0-1"),
                                new Qualifiers("nodejs:18", List.of("x86_64", "aarch64"), ""),
                                "important")))
                .add(
                        "ghsa",
                        to -> to.accept(new Advisory(
                                "GHSA-aaaa-bbbb-cccc",
                                Kind.VULNERABILITY,
                                List.of("CVE-2024-0004"),
                                List.of(),
                                "2024-01-05",
                                "2024-01-09",
                                false,
                                List.of(new Rating("ghsa", "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", "critical")),
                                List.of("CWE-79", "CWE-20"))))
                .add(
                        "ghsa",
                        to -> to.accept(new Statement(
                                "GHSA-aaaa-bbbb-cccc",
                                "maven",
                                "org.example:lib",
                                Status.FIXED,
                                List.of(new Range("2.0", true, "2.4", false), new Range("1.0", true, "1.9", true)),
                                List.of("0.7", "0.5"),
                                List.of("2.4"),
                                Qualifiers.NONE,
                                "")))
                .add("go-vulndb", to -> to.accept(advisory("GO-2024-0001", "CVE-2024-0004", "GHSA-aaaa-bbbb-cccc")))
                .add(
                        "go-vulndb",
                        to -> to.accept(statement("GO-2024-0001", "golang", "example.org/lib", Status.UNFIXED)))
                .add("kev", to -> {
                    to.accept(new Exploited("CVE-2024-0004", "2024-01-20", true));
                    to.accept(new Exploited("CVE-2023-9999", "2023-12-01", false));
                })
                .add("epss", to -> {
                    to.dated("2024-02-29");
                    for (int i = 1; i <= 200; i++) {
                        to.accept(new ExploitScore("CVE-2023-" + (1_000 + 7 * i), i / 1_000.0, i / 200.0));
                    }
                    to.accept(new ExploitScore("CVE-2024-0004", 0.97531, 0.99999));
                })
                .add(
                        "distro-info",
                        to -> to.accept(
                                new Lifecycle("debian", "12", "bookworm", "2023-06-10", "2026-06-10", "2028-06-30")))
                .add(
                        "endoflife-date",
                        to -> to.accept(
                                new Lifecycle("debian", "12", "Bookworm", "2023-06-10", "2026-06-10", "2028-06-30")))
                .add(
                        "endoflife-date",
                        to -> to.accept(new Lifecycle("debian", "9", "", "2017-06-17", "2020-07-18", "")))
                .add(
                        "vex",
                        to -> to.accept(new Exoneration(
                                "CVE-2024-0004",
                                "pkg:golang/example.org/app@v1.0.0",
                                "pkg:golang/example.org/lib@v0.9.0",
                                "not_affected",
                                "vulnerable_code_not_present",
                                "Example")))
                .add(
                        "vex",
                        to -> to.accept(new Exoneration(
                                "CVE-2024-0005", "pkg:golang/example.org/lib", "", "fixed", "", "Example")));
    }
}
