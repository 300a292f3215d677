package dev.holdfast.scan.fix;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.Finding;
import dev.holdfast.inventory.PackageType;
import dev.holdfast.scan.fix.Step.Upgrade;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandsTest {
    private static Upgrade to(String name, String version) {
        return new Upgrade(name, "1", version, false);
    }

    @ParameterizedTest
    @CsvSource({
        "deb, debian, apt-get update && apt-get install -y --no-install-recommends --only-upgrade curl tar",
        "apk, alpine, apk upgrade --no-cache curl tar",
        "rpm, rhel, dnf upgrade -y curl tar",
        "rpm, centos, yum update -y curl tar",
        "rpm, sles, zypper --non-interactive update curl tar",
        "rpm, photon, tdnf update -y curl tar",
    })
    void distributionsUpgradeWithTheirOwnTool(String type, String distribution, String command) {
        assertThat(Commands.forDistribution(
                        PackageType.ofWord(type).orElseThrow(), distribution, List.of(to("curl", "2"), to("tar", "2"))))
                .containsExactly(command);
    }

    @ParameterizedTest
    @ValueSource(strings = {"curl; rm -rf /", "$(id)", "--allow-downgrades", "a\nRUN evil", "`id`", "a b", ""})
    void hostileNamesNeverReachACommandLine(String name) {
        List<String> distribution =
                Commands.forDistribution(PackageType.DEB, "debian", List.of(to(name, "2"), to("tar", "2")));
        assertThat(distribution.getFirst()).endsWith("--only-upgrade tar");
        assertThat(distribution.getLast()).startsWith("# left out");

        assertThat(Commands.forLibrary(PackageType.NPM, to(name, "2"), List.of()))
                .allMatch(line -> line.startsWith("# its name"));
        assertThat(Commands.forLibrary(PackageType.NPM, to("left-pad", name), List.of()))
                .allMatch(line -> line.startsWith("# its name"));
    }

    @Test
    void npmIsToldTheProjectAndOverridesForWhatIsInsideOtherPackages() {
        List<Finding.Place> places = List.of(
                new Finding.Place("/srv/web/node_modules/axios/package.json", 0, 0),
                new Finding.Place("/srv/web/node_modules/a/node_modules/axios/package.json", 0, 0),
                new Finding.Place("/srv/$(id)/node_modules/axios/package.json", 0, 0));

        assertThat(Commands.forLibrary(PackageType.NPM, to("axios", "0.21.3"), places))
                .containsExactly(
                        "npm --prefix /srv/web install axios@0.21.3",
                        "# also inside another package; in package.json: \"overrides\": { \"axios\": \"0.21.3\" }");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "NPM, /web/yarn.lock, yarn up a@2",
                "NPM, /web/pnpm-lock.yaml, pnpm update a@2",
                "NPM, /web/package-lock.json, npm install a@2",
                "PYPI, /poetry.lock, poetry add 'a>=2'",
                "PYPI, /uv.lock, uv lock --upgrade-package a==2",
                "PYPI, /requirements.txt, # where it is required: a==2    (--format patch writes it)",
                "PYPI, /usr/lib/python3/a-1.dist-info, pip install --upgrade 'a>=2'",
            })
    void lockFilesAreLeftToTheToolsThatWroteThem(PackageType type, String place, String command) {
        assertThat(Commands.forLibrary(type, to("a", "2"), List.of(new Finding.Place(place, 0, 3))))
                .containsExactly(command);
    }

    @Test
    void whatTheDistributionInstalledIsLeftToTheDistribution() {
        assertThat(Commands.forOwned("ruby2.7"))
                .containsExactly("# part of the distribution's package ruby2.7: take its fix when the release has one,"
                        + " else a newer release");
    }

    @Test
    void goModulesAndTheStandardLibraryDiffer() {
        assertThat(Commands.forLibrary(PackageType.GOLANG, to("golang.org/x/net", "v0.23.0"), List.of()))
                .containsExactly("go get golang.org/x/net@v0.23.0 && go mod tidy");
        assertThat(Commands.forLibrary(PackageType.GOLANG, to("stdlib", "1.22.2"), List.of()))
                .containsExactly("# build the program again with Go 1.22.2 or newer");
    }
}
