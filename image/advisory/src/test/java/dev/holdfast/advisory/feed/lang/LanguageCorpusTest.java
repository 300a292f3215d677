package dev.holdfast.advisory.feed.lang;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.advisory.Feeds;
import dev.holdfast.advisory.fact.Advisory;
import dev.holdfast.advisory.fact.Advisory.Kind;
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
class LanguageCorpusTest {
    @Test
    void readsEveryRustAdvisory() throws Exception {
        Collected rust = Corpus.read("rustsec-advisory-db.tar.zst", Feeds.all());
        assertThat(rust.advisories.size()).isEqualTo(1_225);
        assertThat(count(rust.advisories, it -> it.kind() == Kind.VULNERABILITY))
                .isEqualTo(749);
        assertThat(count(rust.advisories, it -> it.kind() == Kind.UNMAINTAINED)).isEqualTo(267);
        assertThat(count(rust.advisories, it -> it.kind() == Kind.UNSOUND)).isEqualTo(203);
        assertThat(count(rust.advisories, it -> it.kind() == Kind.NOTICE)).isEqualTo(6);
        assertThat(count(rust.advisories, Advisory::withdrawn)).isEqualTo(13);
        assertThat(rust.statements.size()).isEqualTo(1_225);
        assertThat(packages(rust).size()).isEqualTo(911);
    }

    @Test
    void readsEveryRubyAdvisory() throws Exception {
        Collected ruby = Corpus.read("ruby-advisory-db.tar.zst", Feeds.all());
        assertThat(ruby.advisories.size()).isEqualTo(1_381);
        assertThat(ruby.dropped.size()).isEqualTo(2); // both lists together hold every version
        assertThat(packages(ruby).size()).isEqualTo(469);
        assertThat(count(ruby.statements, it -> it.status() == Status.UNFIXED))
                .isEqualTo(99 + 2); // two only say that something newer is patched
    }

    @Test
    void readsEveryPhpAdvisory() throws Exception {
        Collected php = Corpus.read("php-security-advisories.tar.zst", Feeds.all());
        assertThat(php.advisories.size()).isEqualTo(1_592);
        assertThat(php.statements.size()).isEqualTo(1_592);
        assertThat(packages(php).size()).isEqualTo(350);
    }

    @Test
    void readsEveryNodeAdvisory() throws Exception {
        Collected node = Corpus.read("node-security-wg.tar.zst", Feeds.all());
        // 467 + 171 records, of which some have several CVEs.
        assertThat(node.advisories.size()).isEqualTo(663);
        assertThat(packages(node).size()).isEqualTo(409);
    }

    @Test
    void readsEveryRetiredLibrary() throws Exception {
        Collected retire = Corpus.read("retirejs.tar.zst", Feeds.all());
        Set<String> ids = new HashSet<>();
        for (Advisory advisory : retire.advisories) {
            ids.add(advisory.id());
            ids.addAll(advisory.aliases());
        }
        ids.removeIf(id -> id.startsWith("RETIREJS-"));
        // 795 with the example's CVE-XXXX-XXXX, one ill-formed CVE, and four GHSA that stand for two CVEs each.
        assertThat(ids.size()).isEqualTo(789);
    }

    @Test
    void readsEveryVerdictOfProjectKb() throws Exception {
        Collected kb = Corpus.read("sap-project-kb.tar.zst", Feeds.all());
        assertThat(kb.advisories.size()).isEqualTo(1_297);
        // 20,712 verdicts, of which 437 say again, three times the opposite of, what another says.
        assertThat(packages(kb).size()).isEqualTo(474);
        assertThat(kb.statements.stream().mapToInt(it -> it.versions().size()).sum())
                .isEqualTo(20_275);
    }

    @Test
    void readsEveryVictimsRecord() throws Exception {
        Collected victims = Corpus.read("victims-cve-db.tar.zst", Feeds.all());
        assertThat(victims.advisories.size()).isEqualTo(218);
        assertThat(packages(victims).size()).isEqualTo(132 + 28);
    }

    private static <T> long count(List<T> facts, Predicate<T> claim) {
        return facts.stream().filter(claim).count();
    }

    private static Set<String> packages(Collected facts) {
        Set<String> names = new HashSet<>();
        for (Statement statement : facts.statements) {
            names.add(statement.namespace() + " " + statement.packageName());
        }
        return names;
    }
}
