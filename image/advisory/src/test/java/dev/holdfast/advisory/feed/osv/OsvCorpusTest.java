package dev.holdfast.advisory.feed.osv;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.advisory.fact.Advisory;
import dev.holdfast.advisory.fact.Statement;
import dev.holdfast.advisory.fact.Statement.Status;
import dev.holdfast.advisory.feed.Collected;
import dev.holdfast.advisory.feed.Corpus;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** The figures that the corpus is known to hold, counted from what the importers make of it. */
class OsvCorpusTest {
    @Test
    void readsEveryGoRecord() throws Exception {
        Collected go = Corpus.read("osv-go.zip", OsvFeed.all());
        assertThat(go.advisories).hasSize(4_291);
        assertThat(count(go.advisories, Advisory::withdrawn)).isEqualTo(17);
        assertThat(go.statements).hasSize(6_125).allMatch(it -> it.namespace().equals("golang"));
        assertThat(count(go.statements, it -> it.status() == Status.UNFIXED)).isEqualTo(2_250);
        assertThat(names(go)).hasSize(1_373).contains("stdlib", "toolchain");
    }

    @Test
    void readsEveryPythonRecordAlikeFromJsonAndYaml() throws Exception {
        Collected json = Corpus.read("osv-pypi.zip", OsvFeed.all());
        assertThat(json.advisories).hasSize(2_661);
        assertThat(count(json.advisories, Advisory::withdrawn)).isEqualTo(10);
        assertThat(names(json)).hasSize(664);
        Collected yaml = Corpus.read("pypa-advisory-db.tar.zst", List.of(new PypaFeed()));
        assertThat(yaml.advisories).hasSameSizeAs(json.advisories);
        assertThat(new HashSet<>(yaml.advisories)).isEqualTo(new HashSet<>(json.advisories));
        assertThat(new HashSet<>(yaml.statements)).isEqualTo(new HashSet<>(json.statements));
    }

    @Test
    void readsEveryAlmaLinuxBulletin() throws Exception {
        Collected alma = Corpus.read("osv-almalinux.zip", OsvFeed.all());
        assertThat(alma.advisories).hasSize(5_680);
        assertThat(new HashSet<>(alma.advisories)).hasSize(5_637);
    }

    @Test
    void readsEveryBitnamiRecord() throws Exception {
        Collected bitnami = Corpus.read("bitnami-vulndb.tar.zst", OsvFeed.all());
        assertThat(bitnami.advisories).hasSize(7_444);
        assertThat(names(bitnami)).hasSize(177);
    }

    @Test
    void readsEveryMaliciousPackage() throws Exception {
        Collected malicious = Corpus.read("osv-malicious-sample.zip", OsvFeed.all());
        assertThat(malicious.advisories).hasSize(2_667).allMatch(it -> it.kind() == Advisory.Kind.MALWARE);
        assertThat(count(malicious.advisories, Advisory::withdrawn)).isEqualTo(56);
    }

    private static <T> long count(List<T> facts, Predicate<T> claim) {
        return facts.stream().filter(claim).count();
    }

    private static Set<String> names(Collected facts) {
        Set<String> names = new HashSet<>();
        for (Statement statement : facts.statements) {
            names.add(statement.packageName());
        }
        return names;
    }
}
