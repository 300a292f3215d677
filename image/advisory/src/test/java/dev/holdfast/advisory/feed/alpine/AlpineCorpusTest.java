package dev.holdfast.advisory.feed.alpine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.advisory.fact.Statement;
import dev.holdfast.advisory.fact.Statement.Status;
import dev.holdfast.advisory.feed.Collected;
import dev.holdfast.advisory.feed.Corpus;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The figures that the corpus is known to hold, counted from what the importers make of it. */
class AlpineCorpusTest {
    @Test
    void readsTheYamlDatabaseOf2020() throws Exception {
        Collected facts = Corpus.read("alpine-secdb-2020.tar.zst", List.of(new SecDb("secdb", "")));
        assertThat(facts.dropped).isEmpty();
        assertThat(facts.statements).hasSize(12_031);
        assertThat(flaws(facts)).hasSize(2_444);
        assertThat(packages(facts)).hasSize(324);
    }

    @Test
    void readsTheJsonDatabaseOf2023() throws Exception {
        Collected facts = Corpus.read("alpine-secdb-rebuilt-2023.tar.zst", List.of(new SecDb("secdb", "")));
        assertThat(facts.dropped).isEmpty();
        assertThat(facts.statements).hasSize(39_624);
        assertThat(count(facts, Status.NOT_AFFECTED)).isEqualTo(251);
        assertThat(flaws(facts)).hasSize(5_599);
        assertThat(packages(facts)).hasSize(602);
    }

    @Test
    void readsTheLatestStateOfEveryWolfiAdvisory() throws Exception {
        Collected facts = Corpus.read("wolfi-advisories.tar.zst", List.of(new WolfiAdvisories()));
        assertThat(facts.dropped).isEmpty();
        assertThat(facts.advisories).hasSize(20_770);
        assertThat(packages(facts)).hasSize(1_278);
        assertThat(count(facts, Status.FIXED)).isEqualTo(14_607);
        assertThat(count(facts, Status.UNDER_INVESTIGATION)).isEqualTo(3_337);
        assertThat(count(facts, Status.NOT_AFFECTED)).isEqualTo(2_046);
        assertThat(count(facts, Status.WILL_NOT_FIX)).isEqualTo(149);
        assertThat(count(facts, Status.UNFIXED)).isEqualTo(624 + 7);
    }

    private static long count(Collected facts, Status status) {
        return facts.statements.stream().filter(it -> it.status() == status).count();
    }

    private static Set<String> packages(Collected facts) {
        Set<String> names = new HashSet<>();
        for (Statement statement : facts.statements) {
            names.add(statement.packageName());
        }
        return names;
    }

    private static Set<String> flaws(Collected facts) {
        Set<String> ids = new HashSet<>();
        for (Statement statement : facts.statements) {
            if (statement.advisory().startsWith("CVE-")) {
                ids.add(statement.advisory());
            }
        }
        return ids;
    }
}
