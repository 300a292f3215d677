package dev.holdfast.inventory.ocaml;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.inventory.Cataloged;
import dev.holdfast.inventory.FakeFiles;
import org.junit.jupiter.api.Test;

class OpamCatalogerTest {
    private final OpamCataloger cataloger = new OpamCataloger();

    @Test
    void installedPackagesAreToldByTheirFolder() throws Exception {
        FakeFiles files = new FakeFiles()
                .put("/root/.opam/4.14.0/.opam-switch/packages/base.v0.16.3/opam", "opam-version: \"2.0\"\n")
                .put("/root/.opam/repo/packages/base/base.v0.16.3/opam", "opam-version: \"2.0\"\n");
        assertThat(files.catalog(cataloger))
                .extracting(each -> each.name() + " " + each.version())
                .containsExactly("base v0.16.3");
    }

    @Test
    void lockedDependenciesAreThoseWithAnExactVersion() throws Exception {
        Cataloged found = Cataloged.of(cataloger, "/app/mine.opam.locked", """
                opam-version: "2.0"
                name: "mine"
                version: "0.1"
                depends: [
                  "base" {= "v0.16.3"}
                  "alcotest" {= "1.7.0" & with-test}
                  "dune" {>= "3.0"}
                ]
                build: ["dune" {= "9"}]
                """);
        assertThat(found.namesAndVersions()).containsExactly("base v0.16.3", "alcotest 1.7.0");
    }
}
