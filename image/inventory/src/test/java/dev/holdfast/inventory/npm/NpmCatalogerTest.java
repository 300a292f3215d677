package dev.holdfast.inventory.npm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.Gap;
import dev.holdfast.core.Limits;
import dev.holdfast.inventory.Cataloged;
import dev.holdfast.inventory.Corpus;
import dev.holdfast.inventory.FakeFiles;
import dev.holdfast.inventory.PackageRecord;
import dev.holdfast.inventory.PackageRecord.Detail;
import dev.holdfast.oci.FileHeader;
import dev.holdfast.oci.FileType;
import dev.holdfast.oci.Want;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NpmCatalogerTest {
    private final NpmCataloger cataloger = new NpmCataloger();

    @ParameterizedTest
    @CsvSource({
        "/srv/node_modules/a/package.json, CONTENT",
        "/srv/node_modules/@s/a/package.json, CONTENT",
        "/srv/node_modules/a/node_modules/b/package.json, CONTENT",
        "/srv/node_modules/.pnpm/b@1.0.0/node_modules/b/package.json, CONTENT",
        "/node_modules/a/package.json, CONTENT",
        "/usr/share/nodejs/@types/node/package.json, CONTENT",
        "/usr/lib/x86_64-linux-gnu/nodejs/a/package.json, CONTENT",
        "/srv/package-lock.json, CONTENT",
        "/srv/npm-shrinkwrap.json, CONTENT",
        // The project itself, fixtures, hints for bundlers, and lock files that came along with packages are none.
        "/srv/package.json, NOTHING",
        "/srv/node_modules/a/test/fixtures/package.json, NOTHING",
        "/srv/node_modules/a/dist/esm/package.json, NOTHING",
        "/srv/node_modules/package.json, NOTHING",
        "/srv/my_node_modules/a/package.json, NOTHING",
        "/srv/node_modules/a/package-lock.json, NOTHING",
        "/srv/node_modules/.package-lock.json, NOTHING",
        "/package.json, NOTHING",
        "package.json, NOTHING",
    })
    void wantsInstalledPackagesAndLockFiles(String path, Want want) {
        assertThat(cataloger.wants(path, new FileHeader(FileType.REGULAR, 100, 0644)))
                .isEqualTo(want);
    }

    @Test
    void packageOfAScopeHasItsScopeInItsName() throws Exception {
        PackageRecord record = only(
                "/srv/node_modules/@babel/traverse/package.json",
                "{\"name\":\"@babel/traverse\",\"version\":\"7.16.0\"}");
        assertThat(record.name() + " " + record.version()).isEqualTo("@babel/traverse 7.16.0");
        assertThat(record.detail(Detail.ALIAS)).isEmpty();
    }

    @Test
    void anAliasIsReportedUnderItsRealName() throws Exception {
        PackageRecord record =
                only("/srv/node_modules/lodash-old/package.json", "{\"name\":\"lodash\",\"version\":\"4.17.4\"}");
        assertThat(record.name()).isEqualTo("lodash");
        assertThat(record.detail(Detail.ALIAS)).contains("lodash-old");
    }

    @Test
    void packageWithoutNameOrVersionIsNone() throws Exception {
        for (String text : List.of(
                "{\"type\":\"module\"}",
                "{\"name\":\"x\"}",
                "{\"version\":\"1\"}",
                "{\"name\":1,\"version\":[]}",
                "[]",
                "{}",
                "null")) {
            Cataloged found = Cataloged.of(cataloger, "/srv/node_modules/a/package.json", text);
            assertThat(found.packages()).as(text).isEmpty();
        }
    }

    @Test
    void onlyTheOutermostNameAndVersionCountAndReadingStopsThere() throws Exception {
        PackageRecord record = only(
                "/srv/node_modules/a/package.json",
                "{\"engines\":{\"name\":\"no\",\"version\":\"0\"},\"name\":\"a\",\"version\":\"1.0.0\", and then nonsense");
        assertThat(record.name() + " " + record.version()).isEqualTo("a 1.0.0");
    }

    @Test
    void packageThatCannotBeReadIsAGap() throws Exception {
        FakeFiles files = new FakeFiles().put("/srv/node_modules/a/package.json", "{\"name\": \"a\", oops");
        assertThat(files.catalog(cataloger)).isEmpty();
        assertThat(files.gaps())
                .singleElement()
                .satisfies(gap -> assertThat(gap.code()).isEqualTo(Gap.Code.UNREADABLE));
    }

    // --- lock files ---

    /** Entries, and distinct packages that are not for development alone: counted by a script over the files. */
    @ParameterizedTest
    @CsvSource({
        "trivy-npm-package-lock_v1.json, 33, 29",
        "trivy-npm-package-lock_v2.json, 33, 29",
        "trivy-npm-package-lock_v3.json, 33, 29",
        "trivy-npm-package-lock_v3_with_workspace.json, 6, 6",
        "syft-pkg-lock-alias-package-lock-2.json, 3, 3",
        "osv-scalibr-packagelockjson-nested-dependencies-dup.v1.json, 73, 39",
        "osv-scanner-in-place-npm-package-lock.json, 106, 106",
        "DependencyCheck-resources-nodeaudit-package-lock.json, 1198, 324",
        "stackrox-apps-platform-package-lock.json, 1657, 592",
    })
    void readsEveryLockFileOfTheCorpus(String file, int entries, int forProduction) throws Exception {
        Cataloged found = Cataloged.of(cataloger, "/app/package-lock.json", Corpus.bytes("lockfiles/" + file));
        assertThat(found.packages()).hasSize(entries);
        assertThat(found.packages())
                .allMatch(each -> each.detail(Detail.WITNESS).equals(java.util.Optional.of("lock")));
        long distinct = found.packages().stream()
                .filter(each -> each.detail(Detail.SCOPE).isEmpty())
                .map(each -> each.name() + "@" + each.version())
                .distinct()
                .count();
        assertThat(distinct).isEqualTo(forProduction);
        assertThat(found.gaps()).isEmpty();
    }

    @Test
    void aliasesOfAllLockFileVersionsHaveTheirRealNames() throws Exception {
        Cataloged three = Cataloged.of(
                cataloger, "/app/package-lock.json", Corpus.bytes("lockfiles/syft-pkg-lock-alias-package-lock-2.json"));
        assertThat(three.namesAndVersions())
                .containsExactly("case 1.6.2", "case 1.6.3", "@bundled-es-modules/chai 4.2.2");
        Cataloged one = lock("{\"dependencies\":{\"chai\":{\"version\":\"npm:@bundled-es-modules/chai@4.2.2\"}}}");
        assertThat(one.namesAndVersions()).containsExactly("@bundled-es-modules/chai 4.2.2");
        assertThat(one.packages().getFirst().detail(Detail.ALIAS)).contains("chai");
    }

    @Test
    void workspacesAreNamedByTheirLinks() throws Exception {
        Cataloged found = Cataloged.of(
                cataloger,
                "/app/package-lock.json",
                Corpus.bytes("lockfiles/trivy-npm-package-lock_v3_with_workspace.json"));
        assertThat(found.namesAndVersions())
                .containsExactly(
                        "function1 ", "nested_func 1.0.0", "debug 2.6.9", "debug 2.5.2", "ms 0.7.2", "ms 2.0.0");
        assertThat(found.packages().get(2).line()).isEqualTo(31);
    }

    @Test
    void dependencyFromACommitOrAFileHasNoVersion() throws Exception {
        assertThat(
                        lock("{\"dependencies\":{\"a\":{\"version\":\"git+ssh://git@example.org/a.git#0123abc\"},\"b\":{\"version\":\"file:../b\"}}}")
                                .namesAndVersions())
                .containsExactly("a ", "b ");
    }

    @Test
    void whatTheLockFileNamesIsMarked() throws Exception {
        String lock = "{\"lockfileVersion\":3,\"packages\":{\"\":{\"name\":\"app\"},"
                + "\"node_modules/a\":{\"version\":\"1.0.0\"},"
                + "\"node_modules/b\":{\"version\":\"2.0.0\"},"
                + "\"node_modules/c\":{\"version\":\"3.0.0\",\"dev\":true}}}";
        FakeFiles files = new FakeFiles()
                .put("/srv/package-lock.json", lock)
                .put("/srv/node_modules/a/package.json", "{\"name\":\"a\",\"version\":\"1.0.0\"}")
                .put("/srv/node_modules/b/package.json", "{\"name\":\"b\",\"version\":\"2.0.1\"}");
        assertThat(files.catalog(cataloger).stream()
                        .map(each -> each.name() + " " + each.version() + " " + each.details()))
                .containsExactly(
                        "a 1.0.0 {}",
                        "b 2.0.1 {}",
                        "a 1.0.0 {WITNESS=lock}",
                        "b 2.0.0 {WITNESS=lock}",
                        "c 3.0.0 {SCOPE=dev, WITNESS=lock}");
    }

    @Test
    void lockFileNestedBeyondTheLimitIsRefused() throws Exception {
        String deep = "{\"dependencies\":{\"a\":".repeat(40) + "{}" + "}}".repeat(40);
        FakeFiles files = new FakeFiles().put("/srv/package-lock.json", deep).limits(Limits.DEFAULT.withDepth(30));
        files.catalog(cataloger);
        assertThat(files.gaps()).hasSize(1);
    }

    @Test
    void placesThatLeaveTheProjectAreNotLookedUp() throws Exception {
        Cataloged found = lock("{\"packages\":{\"../../etc/node_modules/a\":{\"version\":\"1.0.0\"}}}");
        assertThat(found.namesAndVersions()).containsExactly("a 1.0.0");
    }

    @Test
    void noDamageGetsOutAsAnythingButAGap() throws Exception {
        byte[] sound =
                ("{\"packages\":{\"node_modules/a\":{\"version\":\"1.0.0\",\"dev\":true},\"w\":{\"name\":\"w\"}},"
                                + "\"dependencies\":{\"b\":{\"version\":\"npm:c@1\",\"dependencies\":{\"d\":{\"version\":\"2\"}}}}}")
                        .getBytes(StandardCharsets.UTF_8);
        long seed = Long.getLong("holdfast.seed", 1);
        Random random = new Random(seed);
        for (int round = 0; round < 5_000; round++) {
            byte[] bytes = sound.clone();
            for (int i = random.nextInt(4); i >= 0; i--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            FakeFiles files =
                    new FakeFiles().put("/srv/package-lock.json", bytes).put("/srv/node_modules/a/package.json", bytes);
            assertThat(files.catalog(cataloger)).as("seed " + seed).hasSizeLessThan(10);
        }
    }

    private Cataloged lock(String text) throws Exception {
        return Cataloged.of(cataloger, "/app/package-lock.json", text);
    }

    private PackageRecord only(String path, String text) throws Exception {
        Cataloged found = Cataloged.of(cataloger, path, text);
        assertThat(found.packages()).hasSize(1);
        return found.packages().getFirst();
    }
}
