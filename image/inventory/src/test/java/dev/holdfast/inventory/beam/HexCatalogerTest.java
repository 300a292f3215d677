package dev.holdfast.inventory.beam;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.inventory.Cataloged;
import dev.holdfast.inventory.Corpus;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HexCatalogerTest {
    private final HexCataloger cataloger = new HexCataloger();

    /** The second has one package from a repository, at a commit, and one from a folder, which is none. */
    @ParameterizedTest
    @CsvSource({"trivy-repo-mixlock-mix.lock, 10, 0", "syft-elixir-mix.lock, 16, 1"})
    void readsEveryLockFileOfTheCorpus(String file, int entries, int withoutVersion) throws Exception {
        Cataloged found = Cataloged.of(cataloger, "/app/mix.lock", Corpus.bytes("lockfiles/" + file));
        assertThat(found.packages())
                .hasSize(entries)
                .allMatch(each -> each.line() > 0)
                .filteredOn(each -> each.version().isEmpty())
                .hasSize(withoutVersion);
    }

    @Test
    void applicationMayHaveAnotherNameThanItsPackage() throws Exception {
        Cataloged found = Cataloged.of(
                cataloger,
                "/app/mix.lock",
                "%{\n  \"a\": {:hex, :\"b-c\", \"1.0.0\", \"x\", [:mix], [{:d, \"~> 2.0\", [hex: :d]}], \"hexpm\", \"y\"},\n}\n");
        assertThat(found.namesAndVersions()).containsExactly("b-c 1.0.0");
    }

    @Test
    void rebarLockIsRead() throws Exception {
        Cataloged found = Cataloged.of(cataloger, "/app/rebar.lock", """
                {"1.2.0",
                [{<<"certifi">>,{pkg,<<"certifi">>,<<"2.8.0">>},0},
                 {<<"mine">>,{git,"https://example.com/mine.git",{ref,"abc"}},1},
                 {<<"idna">>,{pkg,<<"idna_real">>,<<"6.1.1">>},1}]}.
                [{pkg_hash,[{<<"certifi">>, <<"D4FB0A6B">>}]}].
                """);
        assertThat(found.namesAndVersions()).containsExactly("certifi 2.8.0", "idna_real 6.1.1");
        assertThat(found.named("idna_real").line()).isEqualTo(4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{:hex,", "\"a\": {:hex, :", "\"a\": {:hex, :b, \"1", "{:git,", "{pkg,<<\"a", "{pkg,"})
    void cutOffEntryNamesNoVersion(String text) throws Exception {
        for (String name : List.of("mix.lock", "rebar.lock")) {
            assertThat(Cataloged.of(cataloger, "/app/" + name, text).packages())
                    .allMatch(each -> each.version().isEmpty());
        }
    }
}
