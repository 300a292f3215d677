package dev.holdfast.inventory.haskell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.inventory.Cataloged;
import dev.holdfast.inventory.Corpus;
import java.util.List;
import org.junit.jupiter.api.Test;

class HackageCatalogerTest {
    private final HackageCataloger cataloger = new HackageCataloger();

    /** Ten packages, one of them from a repository. */
    @Test
    void stackLockOfTheCorpusIsRead() throws Exception {
        Cataloged found =
                Cataloged.of(cataloger, "/app/stack.yaml.lock", Corpus.bytes("lockfiles/syft-haskell-stack.yaml.lock"));
        assertThat(found.packages()).hasSize(9);
        assertThat(found.namesAndVersions()).contains("HTTP 4000.3.16", "configurator-pg 0.2.6", "ptr 0.16.8.2");
    }

    @Test
    void cabalFreezeIsReadWithoutItsFlags() throws Exception {
        Cataloged found = Cataloged.of(cataloger, "/app/cabal.project.freeze", """
                active-repositories: hackage.example.org:merge
                constraints: any.Cabal ==3.2.1.0,
                             any.aeson ==1.5.6.0,
                             aeson -bytestring-builder +fast,
                             any.base-compat ==0.11.2
                index-state: hackage.example.org 2022-07-07T01:01:53Z
                """);
        assertThat(found.namesAndVersions()).containsExactly("Cabal 3.2.1.0", "aeson 1.5.6.0", "base-compat 0.11.2");
        assertThat(found.named("aeson").line()).isEqualTo(3);
    }

    @Test
    void nonsenseNamesNothing() throws Exception {
        for (String text : List.of("hackage:", "hackage: -1", "any.", "any.a ==", "==", "hackage: a@")) {
            assertThat(Cataloged.of(cataloger, "/app/stack.yaml.lock", text).packages())
                    .isEmpty();
            assertThat(Cataloged.of(cataloger, "/app/cabal.project.freeze", text)
                            .packages())
                    .allMatch(each -> each.version().isEmpty());
        }
    }
}
