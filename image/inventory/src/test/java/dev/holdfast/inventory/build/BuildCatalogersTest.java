package dev.holdfast.inventory.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.core.InputException;
import dev.holdfast.inventory.Cataloged;
import dev.holdfast.inventory.Corpus;
import dev.holdfast.inventory.PackageRecord.Detail;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BuildCatalogersTest {
    private final GradleCataloger gradle = new GradleCataloger();
    private final MavenProjectCataloger maven = new MavenProjectCataloger();

    @Test
    void gradleLockFileNamesModulesAndTheirConfigurations() throws Exception {
        Cataloged found = Cataloged.of(gradle, "/src/gradle.lockfile", """
                # This is a Gradle generated file for dependency locking.
                com.google.guava:guava:31.1-jre=compileClasspath,runtimeClasspath
                junit:junit:4.13=testCompileClasspath,testRuntimeClasspath
                empty=annotationProcessor
                nonsense
                """);
        assertThat(found.namesAndVersions()).containsExactly("com.google.guava:guava 31.1-jre", "junit:junit 4.13");
        assertThat(found.named("junit:junit").detail(Detail.SCOPE)).contains("dev");
        assertThat(found.named("com.google.guava:guava").detail(Detail.SCOPE)).isEmpty();
    }

    @Test
    void verificationMetadataOfTheCorpusIsRead() throws Exception {
        Cataloged found = Cataloged.of(
                gradle,
                "/src/gradle/verification-metadata.xml",
                Corpus.bytes("lockfiles/osv-scalibr-gradleverificationmetadataxml-odd-versions.xml"));
        assertThat(found.namesAndVersions())
                .contains(
                        "com.google:google 1",
                        "com.google.errorprone:javac 9+181-r4173-1",
                        "com.android.tools.build:aapt2 8.3.0-10880808");
        assertThat(found.packages()).hasSize(28);
    }

    @Test
    void sbtLockOfTheCorpusIsRead() throws Exception {
        Cataloged found =
                Cataloged.of(gradle, "/src/build.sbt.lock", Corpus.bytes("lockfiles/trivy-lockfile-v1_happy.sbt.lock"));
        assertThat(found.namesAndVersions())
                .containsExactly(
                        "org.apache.commons:commons-lang3 3.9",
                        "org.scala-lang:scala-library 2.12.10",
                        "org.typelevel:cats-core_2.12 2.9.0",
                        "org.scalatest:scalatest-core_2.13 3.2.15");
        assertThat(found.packages().getLast().detail(Detail.SCOPE)).contains("dev");
    }

    @Test
    void versionsOfAProjectComeFromItsPropertiesAndParents() throws Exception {
        String parent = """
                <project><groupId>g</groupId><artifactId>parent</artifactId><version>7</version>
                <properties><jackson.version>2.9.8</jackson.version><major>2</major></properties>
                <dependencyManagement><dependencies>
                  <dependency><groupId>m</groupId><artifactId>managed</artifactId><version>${jackson.version}</version></dependency>
                </dependencies></dependencyManagement></project>
                """;
        Cataloged found = Cataloged.of(
                maven,
                "/src/app/pom.xml",
                """
                <project xmlns="http://maven.apache.org/POM/4.0.0">
                  <parent><groupId>g</groupId><artifactId>parent</artifactId><version>7</version></parent>
                  <artifactId>app</artifactId>
                  <properties><log>${major}.17</log></properties>
                  <dependencies>
                    <dependency><groupId>${project.groupId}</groupId><artifactId>own</artifactId><version>${project.version}</version></dependency>
                    <dependency><groupId>m</groupId><artifactId>managed</artifactId>
                      <exclusions><exclusion><groupId>x</groupId><artifactId>y</artifactId></exclusion></exclusions></dependency>
                    <dependency><groupId>l</groupId><artifactId>log</artifactId><version>${log}</version><scope>test</scope></dependency>
                    <dependency><groupId>u</groupId><artifactId>unknown</artifactId><version>${nowhere}</version></dependency>
                    <dependency><groupId>r</groupId><artifactId>range</artifactId><version>[1,2)</version></dependency>
                  </dependencies>
                  <build><plugins><plugin><dependencies><dependency><groupId>p</groupId><artifactId>p</artifactId><version>1</version></dependency></dependencies></plugin></plugins></build>
                </project>
                """.getBytes(StandardCharsets.UTF_8),
                Map.of("/src/pom.xml", parent.getBytes(StandardCharsets.UTF_8)));
        assertThat(found.namesAndVersions())
                .containsExactly("g:own 7", "m:managed 2.9.8", "l:log 2.17", "u:unknown ", "r:range ");
        assertThat(found.named("l:log").detail(Detail.SCOPE)).contains("dev");
        assertThat(found.named("m:managed").line()).isEqualTo(7);
    }

    @Test
    void propertiesThatNameOneAnotherOrGrowEnd() throws Exception {
        StringBuilder properties = new StringBuilder("<a>${b}</a><b>${a}</b><g0>aaaaaaaaaaaaaaaa</g0>");
        for (int i = 1; i < 30; i++) {
            properties
                    .append("<g" + i + ">")
                    .append(("${g" + (i - 1) + "}").repeat(8))
                    .append("</g" + i + ">");
        }
        Cataloged found = Cataloged.of(
                maven,
                "/pom.xml",
                "<project><properties>" + properties + "</properties><dependencies>"
                        + "<dependency><groupId>g</groupId><artifactId>a</artifactId><version>${a}</version></dependency>"
                        + "<dependency><groupId>g</groupId><artifactId>b</artifactId><version>${g29}</version></dependency>"
                        + "</dependencies></project>");
        assertThat(found.namesAndVersions()).containsExactly("g:a ", "g:b ");
    }

    @Test
    void projectThatIsItsOwnParentEnds() throws Exception {
        byte[] project =
                ("<project><parent><groupId>g</groupId><artifactId>a</artifactId><relativePath>pom.xml</relativePath>"
                                + "</parent><groupId>g</groupId><artifactId>a</artifactId></project>")
                        .getBytes(StandardCharsets.UTF_8);
        assertThat(Cataloged.of(maven, "/src/pom.xml", project, Map.of("/src/pom.xml", project))
                        .packages())
                .isEmpty();
    }

    @Test
    void endlesslyNestedProjectFileIsALimit() {
        assertThatThrownBy(() -> Cataloged.of(maven, "/pom.xml", "<a>".repeat(100_000)))
                .isInstanceOf(InputException.class);
    }

    @Test
    void ivyRevisionsThatAreExactAreVersions() throws Exception {
        Cataloged found = Cataloged.of(maven, "/src/ivy.xml", """
                <ivy-module version="2.0"><info organisation="o" module="m"/>
                  <dependencies>
                    <dependency org="commons-lang" name="commons-lang" rev="2.0"/>
                    <dependency org="a" name="dynamic" rev="1.+"/>
                    <dependency org="junit" name="junit" rev="4.13" conf="test->default"/>
                  </dependencies></ivy-module>
                """);
        assertThat(found.namesAndVersions())
                .containsExactly("commons-lang:commons-lang 2.0", "a:dynamic ", "junit:junit 4.13");
        assertThat(found.named("junit:junit").detail(Detail.SCOPE)).contains("dev");
    }
}
