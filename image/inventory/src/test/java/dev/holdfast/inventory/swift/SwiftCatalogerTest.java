package dev.holdfast.inventory.swift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.core.InputException;
import dev.holdfast.inventory.Cataloged;
import dev.holdfast.inventory.Corpus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SwiftCatalogerTest {
    private final SwiftCataloger cataloger = new SwiftCataloger();

    @Test
    void pinsOfTheCorpusAreCalledByTheirRepositories() throws Exception {
        Cataloged found = Cataloged.of(
                cataloger, "/app/Package.resolved", Corpus.bytes("lockfiles/trivy-swift-happy-v2-Package.resolved"));
        assertThat(found.namesAndVersions())
                .containsExactly(
                        "github.com/mattgallagher/CwlCatchException 2.1.2",
                        "github.com/mattgallagher/CwlPreconditionTesting 2.1.2",
                        "github.com/Quick/Nimble 9.2.1",
                        "github.com/Quick/Quick 7.2.0",
                        "github.com/ReactiveCocoa/ReactiveSwift 7.1.1",
                        "github.com/element-hq/swift-ogg ");
    }

    @ParameterizedTest
    @CsvSource({
        "https://github.com/a/b.git, github.com/a/b",
        "git@github.com:a/b.git, github.com/a/b",
        "ssh://git@example.com/a/b, example.com/a/b",
        "https://user:word@example.com/a/b/, example.com/a/b",
        "https://example.com/a@2/b, example.com/a@2/b",
    })
    void addressesOfEveryKindGiveTheName(String address, String name) throws Exception {
        String one = "{\"object\":{\"pins\":[{\"package\":\"B\",\"repositoryURL\":\"" + address
                + "\",\"state\":{\"branch\":null,\"revision\":\"x\",\"version\":\"1.0.0\"}}]},\"version\":1}";
        assertThat(Cataloged.of(cataloger, "/app/Package.resolved", one).namesAndVersions())
                .containsExactly(name + " 1.0.0");
    }

    @Test
    void podsOfTheCorpusAreRead() throws Exception {
        Cataloged found =
                Cataloged.of(cataloger, "/app/Podfile.lock", Corpus.bytes("lockfiles/syft-swift-Podfile.lock"));
        assertThat(found.packages())
                .hasSize(23)
                .allMatch(each -> !each.version().isEmpty() && each.line() > 0);
        assertThat(found.namesAndVersions()).contains("Texture/Core 3.1.0", "Reveal-SDK 33");
    }

    @Test
    void cutOffLockFileSaysSo() {
        assertThatThrownBy(() -> Cataloged.of(cataloger, "/app/Package.resolved", "{\"pins\": [{\"location\": "))
                .isInstanceOf(InputException.class);
    }
}
