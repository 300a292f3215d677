package dev.holdfast.inventory.python;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.core.InputException;
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
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PythonLockCatalogerTest {
    private final PythonLockCataloger cataloger = new PythonLockCataloger();

    @ParameterizedTest
    @CsvSource({
        "/app/poetry.lock, CONTENT",
        "/app/pylock.toml, CONTENT",
        "/app/pylock.dev.toml, CONTENT",
        "/app/requirements.txt, CONTENT",
        "/app/requirements-dev.txt, CONTENT",
        "/app/dev_requirements.txt, CONTENT",
        "/app/requirements/base.txt, CONTENT",
        "/app/pyproject.toml, NOTHING",
        "/app/notes.txt, NOTHING",
        "/app/Cargo.lock, NOTHING",
        "/usr/lib/python3/dist-packages/a/requirements.txt, NOTHING",
        "/venv/lib/python3.12/site-packages/a/poetry.lock, NOTHING",
    })
    void wantsLockFilesOfProjects(String path, Want want) {
        assertThat(cataloger.wants(path, new FileHeader(FileType.REGULAR, 100, 0644)))
                .isEqualTo(want);
    }

    /** Distinct packages, and those of them that are for development alone, counted by another TOML reader. */
    @ParameterizedTest
    @CsvSource({
        "trivy-happy-uv.lock, uv.lock, 13, 0",
        "syft-uv-multiple-extras-uv.lock, uv.lock, 17, 0",
        "osv-scalibr-uvlock-grouped-packages.lock, uv.lock, 15, 0",
        "syft-pdm-lock-separate-files-pdm.lock, pdm.lock, 57, 0",
        "trivy-poetry-poetry_v2_flask.lock, poetry.lock, 15, 7",
        "trivy-with-groups-poetry.lock, poetry.lock, 22, 0",
        "DependencyCheck-test-resources-poetry.lock, poetry.lock, 88, 42",
        "trivy-repo-trivy-ci-test-Pipfile.lock, Pipfile.lock, 92, 37",
    })
    void readsEveryLockFileOfTheCorpus(String file, String name, int entries, int development) throws Exception {
        Cataloged found = Cataloged.of(cataloger, "/app/" + name, Corpus.bytes("lockfiles/" + file));
        assertThat(found.packages()).hasSize(entries);
        assertThat(found.packages())
                // One package comes from a git repository, at a commit.
                .allMatch(each -> !each.version().isEmpty() || each.name().equals("django-postgres-extra"))
                .allMatch(each -> each.line() > 0)
                .filteredOn(each -> each.detail(Detail.SCOPE).isPresent())
                .hasSize(development);
        assertThat(found.gaps()).isEmpty();
    }

    @Test
    void pylockHasItsOwnTableNameAndNamesAreNormalised() throws Exception {
        Cataloged found = Cataloged.of(cataloger, "/app/pylock.toml", """
                lock-version = '1.0'
                [[packages]]
                name = 'Zope.Interface'
                version = '7.0'
                wheels = [{name = 'x.whl', hashes = {sha256 = 'ab'}}]
                [[packages]]
                name = "local"
                directory = {path = "."}
                """);
        assertThat(found.namesAndVersions()).containsExactly("zope-interface 7.0", "local ");
        assertThat(found.packages().getFirst().evidence()).isEqualTo("pylock.toml");
    }

    @Test
    void onlyPinnedRequirementsNameAVersion() throws Exception {
        Cataloged found = Cataloged.of(cataloger, "/app/requirements.txt", """
                # comment == 1.0
                flask==2.0.1
                Flask_Login[email, x] == 0.5.0 ; python_version < "3.8"  # why
                requests>=2.0
                django==3.2.*
                numpy (==1.21.0)
                celery>=4,==5.2.0
                odd===1.0-custom
                urllib3==1.26.5 \\
                    --hash=sha256:aa \\
                    --hash=sha256:bb
                git+https://example.com/a.git@v1#egg=a==9
                -e .
                --index-url https://example.com/simple
                six==1.16.0 --hash=sha256:cc
                """);
        assertThat(found.namesAndVersions())
                .containsExactly(
                        "flask 2.0.1",
                        "flask-login 0.5.0",
                        "numpy 1.21.0",
                        "celery 5.2.0",
                        "odd 1.0-custom",
                        "urllib3 1.26.5",
                        "six 1.16.0");
        assertThat(found.named("urllib3").line()).isEqualTo(9);
    }

    @Test
    void includedFilesAreReadOnceThoughTheyIncludeOneAnother() throws Exception {
        Map<String, byte[]> beside = Map.of(
                "/app/common/base.in", bytes("-r ../requirements.txt\n-r base.in\na==1\n"),
                "/app/other.in", bytes("b==2\n"));
        Cataloged found = Cataloged.of(
                cataloger,
                "/app/requirements.txt",
                bytes("-r common/base.in\n--requirement=./other.in\n-c none.txt\n-r absent.txt\nc==3\n"),
                beside);
        assertThat(found.namesAndVersions()).containsExactlyInAnyOrder("a 1", "b 2", "c 3");
        assertThat(found.gaps())
                .singleElement()
                .satisfies(gap -> assertThat(gap.detail()).contains("/app/absent.txt"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "poetry.lock | [[package]]\\nname = \"a",
                "uv.lock | [[package",
                "uv.lock | name = = 1",
                "Pipfile.lock | {\"default\": {\"a\": {",
                "Pipfile.lock | []",
            })
    void brokenLockFilesSayWhere(String name, String text) {
        assertThatThrownBy(() -> Cataloged.of(cataloger, "/app/" + name, text.replace("\\n", "\n")))
                .isInstanceOf(InputException.class);
    }

    @Test
    void deeplyNestedArraysAreALimitAndNoStackOverflow() {
        String bomb = "a = " + "[".repeat(500_000);
        assertThatThrownBy(() -> Cataloged.of(cataloger, "/app/uv.lock", bomb))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("nest deeper");
    }

    @Test
    void endlesslyLongLineIsALimit() throws Exception {
        FakeFiles files = new FakeFiles()
                .put("/app/requirements.txt", "a".repeat((1 << 20) + 1))
                .limits(Limits.DEFAULT);
        List<PackageRecord> found = files.catalog(cataloger);
        assertThat(found).isEmpty();
        assertThat(files.gaps()).hasSize(1);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
