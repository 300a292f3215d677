package dev.holdfast.advisory.base;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.advisory.fact.Advisory;
import dev.holdfast.advisory.fact.Advisory.Kind;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trap 47: aliases form classes, and careless classes join strangers. */
class AliasClassesTest {
    @TempDir
    Path folder;

    @Test
    void joinsAliasesOfAliases() throws Exception {
        try (CompiledBase base = base(Facts.advisory("GHSA-1", "CVE-2024-0001"), Facts.advisory("GO-1", "GHSA-1"))) {
            assertThat(aliases(base, "CVE-2024-0001")).containsExactly("GHSA-1", "GO-1");
            assertThat(aliases(base, "GHSA-1")).containsExactly("CVE-2024-0001", "GO-1");
            assertThat(aliases(base, "GO-1")).containsExactly("CVE-2024-0001", "GHSA-1");
        }
    }

    @Test
    void advisoryWithTwoCvesDoesNotMakeThemOne() throws Exception {
        try (CompiledBase base = base(
                Facts.advisory("GHSA-1", "CVE-2024-0001", "CVE-2024-0002"), Facts.advisory("GO-1", "CVE-2024-0001"))) {
            assertThat(aliases(base, "CVE-2024-0001")).containsExactly("GHSA-1", "GO-1");
            assertThat(aliases(base, "CVE-2024-0002")).containsExactly("GHSA-1");
            assertThat(aliases(base, "GHSA-1")).containsExactly("CVE-2024-0001", "CVE-2024-0002", "GO-1");
        }
    }

    @Test
    void chainBetweenTwoCvesIsBrokenWhereTheyWouldMeet() throws Exception {
        try (CompiledBase base =
                base(Facts.advisory("GHSA-1", "CVE-2024-0001"), Facts.advisory("GO-1", "CVE-2024-0002", "GHSA-1"))) {
            assertThat(aliases(base, "CVE-2024-0001")).doesNotContain("CVE-2024-0002");
            assertThat(aliases(base, "CVE-2024-0002")).doesNotContain("CVE-2024-0001");
            assertThat(aliases(base, "GHSA-1")).contains("CVE-2024-0001", "GO-1");
        }
    }

    @Test
    void rejectedDuplicateDoesNotMakeAnAdvisoryPlural() throws Exception {
        Advisory rejected = new Advisory(
                "CVE-2024-0002", Kind.VULNERABILITY, List.of(), List.of(), "", "", true, List.of(), List.of());
        try (CompiledBase base = base(
                Facts.advisory("GHSA-1", "CVE-2024-0001", "CVE-2024-0002"),
                Facts.advisory("GO-1", "GHSA-1"),
                rejected)) {
            assertThat(aliases(base, "GO-1")).contains("CVE-2024-0001", "GHSA-1");
            assertThat(aliases(base, "CVE-2024-0001")).contains("GHSA-1", "GO-1");
        }
    }

    @Test
    void namesForOnePackagesShareDoNotCrowdTheFlaw() throws Exception {
        try (CompiledBase base = base(
                Facts.advisory("GHSA-1", "CVE-2024-0001"),
                Facts.advisory("CGA-1", "CVE-2024-0001"),
                Facts.advisory("CGA-2", "CVE-2024-0001", "GHSA-1"))) {
            assertThat(aliases(base, "CVE-2024-0001")).containsExactly("GHSA-1");
            assertThat(aliases(base, "CGA-1")).containsExactly("CVE-2024-0001", "GHSA-1");
            assertThat(aliases(base, "CGA-2")).containsExactly("CVE-2024-0001", "GHSA-1");
        }
        Facts facts = new Facts()
                .add("wolfi", to -> to.accept(Facts.advisory("CGA-1", "CVE-2024-0001")))
                .add("wolfi", to -> to.accept(Facts.fixed("CGA-1", "wolfi", "curl", "8.1-r0")));
        try (CompiledBase base = CompiledBase.open(facts.write(folder.resolve("wolfi")))) {
            assertThat(base.under("CVE-2024-0001")).hasSize(1);
        }
    }

    @Test
    void bulletinIsNoAliasOfWhatItCloses() throws Exception {
        Advisory bulletin = new Advisory(
                "DSA-1-1",
                Kind.VULNERABILITY,
                List.of(),
                List.of("CVE-2024-0001", "CVE-2024-0002"),
                "",
                "",
                false,
                List.of(),
                List.of());
        try (CompiledBase base = base(bulletin)) {
            assertThat(aliases(base, "CVE-2024-0001")).isEmpty();
            assertThat(aliases(base, "DSA-1-1")).isEmpty();
        }
    }

    private CompiledBase base(Advisory... advisories) throws Exception {
        Facts facts = new Facts();
        for (Advisory advisory : advisories) {
            facts.add("source", to -> to.accept(advisory));
        }
        Path file = facts.write(folder.resolve("base"));
        BaseVerifier.verify(file);
        return CompiledBase.open(file);
    }

    private static List<String> aliases(CompiledBase base, String id) {
        return base.advisory(id).orElseThrow().aliases();
    }
}
