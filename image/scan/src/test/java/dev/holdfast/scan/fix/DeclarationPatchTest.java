package dev.holdfast.scan.fix;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.Finding;
import dev.holdfast.scan.fix.Step.Kind;
import dev.holdfast.scan.fix.Step.Upgrade;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeclarationPatchTest {
    private static Step library(String name, String from, String to, String path, int line) {
        return new Step(
                Kind.LIBRARY,
                List.of(new Upgrade(name, from, to, false)),
                List.of(new Finding.Place(path, 0, line)),
                "",
                1,
                0,
                0,
                List.of());
    }

    private static String patch(Map<String, String> files, Step... steps) throws IOException {
        return DeclarationPatch.of(
                new FixPlan("project", 1, 1, List.of(steps), List.of()), path -> Optional.ofNullable(files.get(path)));
    }

    /** The lines that a patch adds to a file with that one line. */
    private static List<String> added(String path, String line, String to) throws IOException {
        List<String> added = new ArrayList<>();
        for (String each : patch(Map.of(path, line + "\n"), library("a", "1.0", to, path, 1))
                .split("\n", -1)) {
            if (each.startsWith("+") && !each.startsWith("+++")) {
                added.add(each.substring(1));
            }
        }
        return added;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/requirements.txt | a==1.0 | a==2.0",
                "/requirements/dev.txt | a[x] == 1.0 ; python_version > '3'  # why | a[x] == 2.0 ; python_version > '3'  # why",
                "/requirements.txt | a===1.0 | a===2.0",
                "/go.mod | require example.com/a v1.0 // indirect | require example.com/a v2.0 // indirect",
                "/ivy.xml | <dependency org='o' name='a' rev='1.0'/> | <dependency org='o' name='a' rev='2.0'/>",
                "/packages.config | <package id='A' version='1.0' /> | <package id='A' version='2.0' />",
                "/Directory.Packages.props | <PackageVersion Include='A' Version='[1.0]' /> | <PackageVersion Include='A' Version='[2.0]' />",
                "/pom.xml | <dependency><artifactId>a</artifactId><version>1.0</version></dependency> | <dependency><artifactId>a</artifactId><version>2.0</version></dependency>",
            })
    void versionIsChangedWhereItIsDeclared(String path, String line, String changed) throws Exception {
        assertThat(added(path, line, "2.0")).containsExactly(changed);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/requirements.txt | a==1.0 --hash=sha256:00",
                "/requirements.txt | a==1.0 \\",
                "/requirements.txt | a>=1.0",
                "/package-lock.json | \"version\": \"1.0\"",
                "/poetry.lock | version = \"1.0\"",
                "/pom.xml | <dependency><artifactId>a</artifactId></dependency>",
            })
    void whatAToolMustWriteOrIsNotSaidThereIsLeft(String path, String line) throws Exception {
        assertThat(added(path, line, "2.0")).isEmpty();
    }

    @Test
    void propertyThatHoldsTheVersionIsChanged() throws Exception {
        String pom = """
                <project>
                  <properties>
                    <a.version>1.0</a.version>
                  </properties>
                  <dependency>
                    <artifactId>a</artifactId>
                    <version>${a.version}</version>
                  </dependency>
                  <dependency>
                    <artifactId>b</artifactId>
                    <version>1.0</version>
                  </dependency>
                </project>
                """;
        assertThat(patch(Map.of("/app/pom.xml", pom), library("g:a", "1.0", "2.0", "/app/pom.xml", 5)))
                .contains("--- app/pom.xml\n+++ app/pom.xml\n")
                .contains("-    <a.version>1.0</a.version>\n+    <a.version>2.0</a.version>\n")
                .doesNotContain("<version>2.0");
    }

    @Test
    void twoChangesOfOneFileAreOnePatch() throws Exception {
        String patch = patch(
                Map.of("/requirements.txt", "a==1.0\r\nb==1.0\r\n"),
                library("a", "1.0", "2.0", "/requirements.txt", 1),
                library("b", "1.0", "3.0", "/requirements.txt", 2));
        assertThat(patch)
                .isEqualTo("--- requirements.txt\n+++ requirements.txt\n@@ -1,2 +1,2 @@\n"
                        + "-a==1.0\r\n+a==2.0\r\n-b==1.0\r\n+b==3.0\r\n");
    }

    @Test
    void fileThatIsGoneOrShorterIsLeft() throws Exception {
        assertThat(patch(Map.of(), library("a", "1.0", "2.0", "/requirements.txt", 1)))
                .isEmpty();
        assertThat(patch(Map.of("/requirements.txt", "x\n"), library("a", "1.0", "2.0", "/requirements.txt", 9)))
                .isEmpty();
    }
}
