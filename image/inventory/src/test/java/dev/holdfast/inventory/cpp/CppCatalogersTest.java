package dev.holdfast.inventory.cpp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.core.InputException;
import dev.holdfast.inventory.Cataloged;
import dev.holdfast.inventory.Corpus;
import dev.holdfast.inventory.PackageRecord.Detail;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CppCatalogersTest {
    private final ConanCataloger conan = new ConanCataloger();
    private final VcpkgCataloger vcpkg = new VcpkgCataloger();

    @ParameterizedTest
    @CsvSource({"trivy-repo-conan-conan.lock, 7", "trivy-conan-happy_v1_case2.lock, 2", "syft-cpp-conan.lock, 6"})
    void readsEveryLockFileOfTheCorpus(String file, int entries) throws Exception {
        Cataloged found = Cataloged.of(conan, "/app/conan.lock", Corpus.bytes("lockfiles/" + file));
        assertThat(found.packages())
                .hasSize(entries)
                .allMatch(each -> !each.version().isEmpty() && each.line() > 0);
    }

    @Test
    void referencesOfConanTwoLoseRevisionAndTime() throws Exception {
        Cataloged found = Cataloged.of(
                conan,
                "/app/conan.lock",
                "{\"version\":\"0.5\",\"requires\":[\"zlib/1.2.13#e377bee6%1682023\",\"a/cci.20210118@u/c#r\",\"zlib/1.2.13#other\"],"
                        + "\"build_requires\":[\"cmake/3.26.3#x%1\"],\"python_requires\":[7]}");
        assertThat(found.namesAndVersions()).containsExactly("zlib 1.2.13", "a cci.20210118", "cmake 3.26.3");
        assertThat(found.named("cmake").detail(Detail.SCOPE)).contains("dev");
    }

    @Test
    void cutOffLockFileSaysSo() {
        assertThatThrownBy(() -> Cataloged.of(conan, "/app/conan.lock", "{\"graph_lock\": {\"nodes\": {\"1\": {"))
                .isInstanceOf(InputException.class);
    }

    @Test
    void installedPortsOfVcpkgAreRead() throws Exception {
        Cataloged found = Cataloged.of(vcpkg, "/app/vcpkg_installed/vcpkg/status", """
                Package: zlib
                Version: 1.2.13
                Port-Version: 2
                Architecture: x64-linux
                Description: a
                 continued: line
                Status: install ok installed

                Package: curl
                Feature: ssl
                Status: install ok installed

                Package: curl
                Version: 8.0.1
                Status: install ok installed

                Package: gone
                Version: 1
                Status: purge ok not-installed
                """);
        assertThat(found.namesAndVersions()).containsExactly("zlib 1.2.13#2", "curl 8.0.1");
        assertThat(vcpkg.isRecord("/var/lib/dpkg/status")).isFalse();
    }
}
