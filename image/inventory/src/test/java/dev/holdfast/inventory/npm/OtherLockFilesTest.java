package dev.holdfast.inventory.npm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.core.InputException;
import dev.holdfast.inventory.Cataloged;
import dev.holdfast.inventory.Corpus;
import dev.holdfast.inventory.PackageRecord;
import dev.holdfast.inventory.PackageRecord.Detail;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The lock files of yarn, pnpm, bun and deno. */
class OtherLockFilesTest {
    private final NpmCataloger cataloger = new NpmCataloger();

    /** Entries, and those that are not for development alone, counted over the files by other means. */
    @ParameterizedTest
    @CsvSource({
        "trivy-yarn-yarn_happy.lock, yarn.lock, 18, 18",
        "copacetic-website-yarn.lock, yarn.lock, 1295, 1295",
        // 19 entries, one of which is the project itself; 11 with the project itself, one of them twice.
        "trivy-yarn-yarn_v2_happy.lock, yarn.lock, 17, 17",
        "syft-yarn-berry-yarn.lock, yarn.lock, 9, 9",
        "trivy-pnpm-pnpm-lock_many.yaml, pnpm-lock.yaml, 134, 56",
        "trivy-pnpm-pnpm-lock_v6_with_dev.yaml, pnpm-lock.yaml, 85, 6",
        "trivy-pnpm-pnpm-lock_v9.yaml, pnpm-lock.yaml, 22, 19",
    })
    void readsEveryLockFileOfTheCorpus(String file, String name, int entries, int forProduction) throws Exception {
        Cataloged found = Cataloged.of(cataloger, "/app/" + name, Corpus.bytes("lockfiles/" + file));
        assertThat(found.packages()).hasSize(entries);
        assertThat(found.packages())
                // package1@file:package1 is a folder, which has none.
                .allMatch(each -> !each.version().isEmpty() || each.name().equals("package1"))
                .allMatch(each -> each.line() > 0)
                .allMatch(each -> each.detail(Detail.WITNESS).orElse("").equals("lock"))
                .filteredOn(each -> each.detail(Detail.SCOPE).isEmpty())
                .hasSize(forProduction);
        assertThat(found.gaps()).isEmpty();
    }

    @Test
    void yarnOneNamesScopesAliasesAndSeveralWishes() throws Exception {
        Cataloged found = Cataloged.of(cataloger, "/app/yarn.lock", """
                # yarn lockfile v1


                "@babel/core@^7.0.0", "@babel/core@^7.1.0":
                  version "7.1.2"
                  dependencies:
                    version "^1.0.0"

                old@npm:lodash@^3.0.0:
                  version "3.10.1"

                "here@link:../here":
                  version "0.0.0"
                """);
        assertThat(found.namesAndVersions()).containsExactly("@babel/core 7.1.2", "lodash 3.10.1");
        assertThat(found.named("lodash").detail(Detail.ALIAS)).contains("old");
        assertThat(found.named("lodash").line()).isEqualTo(9);
    }

    @Test
    void yarnBerryNamesWhatWasResolved() throws Exception {
        Cataloged found = Cataloged.of(cataloger, "/app/yarn.lock", """
                __metadata:
                  version: 8

                "alias@npm:real@^1.0.0":
                  version: 1.0.3
                  resolution: "real@npm:1.0.3"

                "typescript@patch:typescript@^4#~builtin<compat/typescript>":
                  version: 4.9.5
                  resolution: "typescript@patch:typescript@npm%3A4.9.5#~builtin<compat/typescript>::version=4.9.5"

                "mine@workspace:packages/mine":
                  version: 0.0.0-use.local
                  resolution: "mine@workspace:packages/mine"
                """);
        assertThat(found.namesAndVersions()).containsExactly("real 1.0.3", "typescript 4.9.5");
        assertThat(found.named("real").detail(Detail.ALIAS)).contains("alias");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "/@babel/runtime/7.18.3, @babel/runtime 7.18.3",
                "/a/1.0.0_b@2.0.0, a 1.0.0",
                "/a/1.0.0_@s+b@2.0.0, a 1.0.0",
                "registry.example.org/@s/a/1.0.0, @s/a 1.0.0",
                "/@babel/runtime@7.22.3, @babel/runtime 7.22.3",
                "/a@1.0.0(b@2.0.0)(@s/c@3.0.0), a 1.0.0",
                "a@1.0.0-rc.1+build, a 1.0.0-rc.1+build",
                "@s/a@1.0.0, @s/a 1.0.0",
            })
    void pnpmKeysOfEveryVersionNameTheirPackage(String key, String expected) throws Exception {
        Cataloged found = Cataloged.of(
                cataloger, "/app/pnpm-lock.yaml", "packages:\n  '" + key + "':\n    resolution: {integrity: x}\n");
        assertThat(found.namesAndVersions()).containsExactly(expected);
    }

    @Test
    void pnpmPackagesFromNoRegistrySayWhatTheyAre() throws Exception {
        Cataloged found = Cataloged.of(cataloger, "/app/pnpm-lock.yaml", """
                lockfileVersion: 5.4
                packages:
                  github.com/u/r/2fa0531ab04e300a24ef4fd7fb3a280eccb7ccc5:
                    resolution: {tarball: x}
                    name: is-negative
                    version: 2.0.1
                    dev: true
                """);
        assertThat(found.namesAndVersions()).containsExactly("is-negative 2.0.1");
        assertThat(found.packages().getFirst().detail(Detail.SCOPE)).contains("dev");
    }

    @Test
    void bunsRelaxedJsonIsRead() throws Exception {
        Cataloged found = Cataloged.of(cataloger, "/app/bun.lock", """
                {
                  // written by bun
                  "lockfileVersion": 1,
                  "workspaces": { "": { "name": "app", "dependencies": { "a": "^1.0.0", }, }, },
                  "packages": {
                    "a": ["a@1.0.1", "", { "dependencies": { "@s/b": "2" } }, "sha512-x"],
                    "a/@s/b": ["@s/b@2.0.0", "", {}, "sha512-y"],
                    "alias": ["real@3.0.0", "", {}, "sha512-z"],
                    "mine": ["mine@workspace:packages/mine"],
                    "git": ["git@github:u/git#abc", {}, "u-git-abc"],
                  },
                }
                """);
        assertThat(found.namesAndVersions()).containsExactly("a 1.0.1", "@s/b 2.0.0", "real 3.0.0", "git ");
        assertThat(found.named("real").detail(Detail.ALIAS)).contains("alias");
        assertThat(found.named("@s/b").detail(Detail.ALIAS)).isEmpty();
        assertThat(found.named("real").line()).isEqualTo(8);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "{\"version\":\"2\",\"npm\":{\"specifiers\":{\"chalk@5\":\"chalk@5.3.0\"},\"packages\":{\"chalk@5.3.0\":{}}}}",
                "{\"version\":\"3\",\"packages\":{\"specifiers\":{\"npm:chalk@5\":\"npm:chalk@5.3.0\"},\"npm\":{\"chalk@5.3.0\":{}}}}",
                "{\"version\":\"4\",\"specifiers\":{\"npm:chalk@5\":\"5.3.0\"},\"npm\":{\"chalk@5.3.0\":{},\"chalk@5.3.0_x@1.0.0\":{}},\"remote\":{\"https://deno.land/x/a@1.0.0/m.ts\":\"ab\"}}",
            })
    void everyVersionOfDenosLockFileIsRead(String text) throws Exception {
        assertThat(Cataloged.of(cataloger, "/app/deno.lock", text).namesAndVersions())
                .containsExactly("chalk 5.3.0");
    }

    @Test
    void packagesOfJsrAreTheirOwnKind() throws Exception {
        PackageRecord found = Cataloged.of(
                        cataloger, "/app/deno.lock", "{\"version\":\"4\",\"jsr\":{\"@std/path@1.0.8\":{}}}")
                .packages()
                .getFirst();
        assertThat(found.type().word() + " " + found.name() + " " + found.version())
                .isEqualTo("jsr @std/path 1.0.8");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "pnpm-lock.yaml | packages: [1, {",
                "pnpm-lock.yaml | - a",
                "bun.lock | {\"packages\": {\"a\": [\"a@1\"",
                "bun.lock | []",
                "deno.lock | {\"npm\": ",
                "deno.lock | 7",
            })
    void whatIsNoLockFileOrCutOffSaysSo(String name, String text) {
        assertThatThrownBy(() -> Cataloged.of(cataloger, "/app/" + name, text)).isInstanceOf(InputException.class);
    }

    @Test
    void aliasBombInYamlIsNotUnfolded() throws Exception {
        StringBuilder bomb = new StringBuilder("a0: &a0 {name: x, version: 1.0.0}\n");
        for (int i = 1; i < 40; i++) {
            bomb.append("a" + i + ": &a" + i + " [*a" + (i - 1) + ", *a" + (i - 1) + "]\n");
        }
        bomb.append("packages:\n  /a/1.0.0: *a39\n");
        assertThat(Cataloged.of(cataloger, "/app/pnpm-lock.yaml", bomb.toString())
                        .namesAndVersions())
                .containsExactly("a 1.0.0");
    }
}
