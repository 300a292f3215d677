package dev.holdfast.inventory.java;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.inventory.Cataloged;
import dev.holdfast.inventory.Confidence;
import dev.holdfast.inventory.Corpus;
import dev.holdfast.inventory.PackageRecord;
import dev.holdfast.inventory.PackageRecord.Detail;
import dev.holdfast.oci.FileHeader;
import dev.holdfast.oci.FileType;
import dev.holdfast.oci.Want;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JavaCatalogerTest {
    private final JavaCataloger cataloger = new JavaCataloger();

    @ParameterizedTest
    @CsvSource({
        "/a/x.jar, CONTENT", "/a/x.WAR, CONTENT", "/a/x.ear, CONTENT", "/a/x.hpi, CONTENT", "/a/x.lpkg, CONTENT",
        "/a/x.aar, CONTENT", "/a/x.zip, CONTENT", "/a/x.jar.txt, NOTHING", "/a/jar, NOTHING", "/a/x.class, NOTHING"
    })
    void wantsArchivesByName(String path, Want want) {
        assertThat(cataloger.wants(path, new FileHeader(FileType.REGULAR, 1000, 0644)))
                .isEqualTo(want);
        assertThat(cataloger.wants(path, new FileHeader(FileType.DIRECTORY, 0, 0755)))
                .isEqualTo(Want.NOTHING);
    }

    // --- the corpus: every archive, every library in it ---

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "bootable-0.1.0.jar | org.owasp.testing:bootable 0.1.0; org.owasp.testing:lib 0.1.0",
                "example-java-app-maven-0.1.0.jar | org.anchore:example-java-app-maven 0.1.0; joda-time:joda-time 2.9.2",
                "example-jenkins-plugin.hpi | io.jenkins.plugins:example-jenkins-plugin 1.0-SNAPSHOT;"
                        + " io.jenkins.plugins:example-jenkins-plugin 1.0-SNAPSHOT",
                // The war itself has neither name nor version; its file name is all there is.
                "gradle.war | gradle:gradle ; commons-dbcp:commons-dbcp 1.4; commons-pool:commons-pool 1.6; log4j:log4j 1.2.17;"
                        + " org.apache.commons:commons-compress 1.19",
                "hadoop-shaded-guava-1.1.0-SNAPSHOT.jar | org.apache.hadoop.thirdparty:hadoop-shaded-guava 1.1.0-SNAPSHOT;"
                        + " com.google.j2objc:j2objc-annotations 1.3; com.google.guava:guava 29.0-jre;"
                        + " com.google.guava:failureaccess 1.0.1;"
                        + " com.google.guava:listenablefuture 9999.0-empty-to-avoid-conflict-with-guava",
                "io.quarkus.gizmo.gizmo-1.1.jar | io.quarkus.gizmo:gizmo 1.1; com.fasterxml.jackson.core:jackson-databind 2.12.3;"
                        + " com.fasterxml.jackson.core:jackson-databind 2.13.4; com.fasterxml.jackson.core:jackson-databind 2.12.3;"
                        + " com.fasterxml.jackson.core:jackson-databind 2.13.4; log4j:log4j 1.2.16; log4j:log4j 1.2.17",
                "jackson-annotations-2.15.0-rc2.jar | com.fasterxml.jackson.core:jackson-annotations 2.15.0-rc2",
                "maven.war | com.example:web-app 1.0-SNAPSHOT; org.glassfish:javax.el 3.0.0;"
                        + " com.fasterxml.jackson.core:jackson-databind 2.9.10.6; com.fasterxml.jackson.core:jackson-annotations 2.9.10;"
                        + " com.fasterxml.jackson.core:jackson-core 2.9.10; org.slf4j:slf4j-api 1.7.30; com.cronutils:cron-utils 9.1.2;"
                        + " org.apache.commons:commons-lang3 3.11",
                "nested.jar | test:nested 0.0.1; test:nested2 0.0.2; test:nested3 0.0.3",
                "spring-core-3.0.0.RELEASE.jar | org.springframework:spring-core 3.0.0.RELEASE",
                "test.par | com.example:par-app 3.0.0; com.fasterxml.jackson.core:jackson-core 2.9.10",
                "velocity-1.7.jar | org.apache.velocity:velocity 1.7",
            })
    void namesEveryLibraryOfTheCorpus(String file, String expected) throws Exception {
        Cataloged found = Cataloged.of(cataloger, "/opt/" + file, Corpus.bytes("java/" + file));
        assertThat(String.join("; ", found.namesAndVersions())).isEqualTo(expected);
        assertThat(found.gaps()).isEmpty();
    }

    @Test
    void anArchiveNestedOneHundredDeepIsBoundedAndSaysSo() throws Exception {
        Cataloged found = Cataloged.of(cataloger, "/opt/deep.jar", Corpus.bytes("java/nested_at_100.jar"));
        assertThat(found.packages()).isEmpty();
        assertThat(found.gaps())
                .singleElement()
                .satisfies(gap -> assertThat(gap.detail()).contains("deeper than 64"));
    }

    // --- identity by content ---

    @Test
    void aRenamedJarKeepsItsIdentity() throws Exception {
        byte[] jar = new Jar()
                .pom("org.apache.logging.log4j", "log4j-core", "2.14.1")
                .classes("org/apache/logging/log4j/core/A")
                .bytes();
        for (String path : List.of("/lib/logging.jar", "/lib/yaml.zip", "/lib/log4j-core-2.14.1.jar")) {
            PackageRecord record = only(path, jar);
            assertThat(record.name()).isEqualTo("org.apache.logging.log4j:log4j-core");
            assertThat(record.version()).isEqualTo("2.14.1");
            assertThat(record.confidence()).isEqualTo(Confidence.HIGH);
        }
    }

    @Test
    void ofSeveralDescriptorsTheOneThatTheManifestNamesIsTheArchivesOwn() throws Exception {
        byte[] driver = new Jar()
                .manifest(
                        "Implementation-Vendor-Id: org.postgresql",
                        "Implementation-Version: 42.2.5",
                        "Bundle-SymbolicName: org.postgresql.jdbc42")
                .pom("com.ongres.scram", "client", "1.0.0")
                .pom("org.postgresql", "postgresql", "42.2.5")
                .classes("org/postgresql/Driver")
                .bytes();
        Cataloged found = Cataloged.of(cataloger, "/lib/driver.jar", driver);
        assertThat(found.namesAndVersions())
                .containsExactly("org.postgresql:postgresql 42.2.5", "com.ongres.scram:client 1.0.0");
        assertThat(found.packages().get(0).place()).isEmpty();
        assertThat(found.packages().get(1).place()).isEqualTo("META-INF/maven/com.ongres.scram/client/pom.properties");
    }

    @Test
    void aShadedApplicationWithoutADescriptorOfItsOwnIsNotTakenForOneOfItsLibraries() throws Exception {
        byte[] jar = new Jar()
                .pom("joda-time", "joda-time", "2.9.2")
                .classes("com/acme/app/Main", "org/joda/time/A")
                .bytes();
        Cataloged found = Cataloged.of(cataloger, "/app/billing-4.5.jar", jar);
        assertThat(found.namesAndVersions())
                .contains("joda-time:joda-time 2.9.2")
                .anyMatch(name -> name.endsWith("billing 4.5"));
        assertThat(found.named("joda-time:joda-time").evidence()).isEqualTo("pom.properties of a merged library");
    }

    @Test
    void aLoneDescriptorOfAnotherVersionThanTheManifestsCameWithAMergedLibrary() throws Exception {
        byte[] jar = new Jar()
                .manifest("Bundle-SymbolicName: com.google.inject", "Bundle-Name: guice", "Bundle-Version: 4.2.3")
                .pom("cglib", "cglib", "3.2.12")
                .classes("com/google/inject/A", "com/google/inject/internal/cglib/B")
                .bytes();
        Cataloged found = Cataloged.of(cataloger, "/usr/share/java/guice.jar", jar);
        assertThat(found.namesAndVersions()).containsExactly("com.google.inject:guice 4.2.3", "cglib:cglib 3.2.12");
    }

    @Test
    void aDistributionsSpellingOfAFileNameStillTellsTheOwnDescriptor() throws Exception {
        byte[] jar = new Jar()
                .pom("org.slf4j", "slf4j-simple", "1.7.32")
                .pom("org.apache.maven", "maven-slf4j-provider", "3.8.7")
                .classes("org/slf4j/impl/A")
                .bytes();
        Cataloged found = Cataloged.of(cataloger, "/usr/share/java/maven3-slf4j-provider.jar", jar);
        assertThat(found.packages().getFirst().name()).isEqualTo("org.apache.maven:maven-slf4j-provider");
        assertThat(found.packages().getFirst().place()).isEmpty();
    }

    @Test
    void descriptorsOfShadedContentThatIsNoLongerThereAreDoubted() throws Exception {
        byte[] jar = new Jar()
                .pom("org.example", "app", "1")
                .pom("com.google.guava", "guava", "18.0")
                .put("data.txt", "x")
                .bytes();
        PackageRecord guava = Cataloged.of(cataloger, "/app/app-1.jar", jar).named("com.google.guava:guava");
        assertThat(guava.confidence()).isEqualTo(Confidence.LOW);
        assertThat(guava.evidence()).isEqualTo("pom.properties, and no class is there");
    }

    @Test
    void somebodyElsesSpringWebIsNotSpring() throws Exception {
        byte[] theirs = new Jar()
                .manifest("Implementation-Version: 0.7.5")
                .classes("org/myorg/web/A", "org/myorg/web/B")
                .bytes();
        assertThat(only("/lib/spring-web-0.7.5.jar", theirs).name()).isEqualTo("org.myorg.web:spring-web");
        byte[] real = new Jar()
                .manifest("Implementation-Title: spring-web", "Implementation-Version: 5.2.0.RELEASE")
                .classes("org/springframework/web/A")
                .bytes();
        PackageRecord spring = only("/lib/anything.jar", real);
        assertThat(spring.name()).isEqualTo("org.springframework:spring-web");
        assertThat(spring.confidence()).isEqualTo(Confidence.MEDIUM);
        assertThat(spring.evidence()).isEqualTo("manifest and packages");
    }

    @Test
    void moduleNameActivatorAndSymbolicNameAreNoGroupIds() throws Exception {
        byte[] jar = new Jar()
                .manifest(
                        "Automatic-Module-Name: com.trap.module",
                        "Bundle-Activator: com.trap.Activator",
                        "Bundle-SymbolicName: com.trap.bundle")
                .classes("net/real/thing/A")
                .bytes();
        assertThat(only("/lib/thing-1.0.jar", jar).name()).isEqualTo("net.real.thing:thing");
    }

    @Test
    void anInstrumentationStubIsNotTheLibraryItWeavesItselfInto() throws Exception {
        byte[] stub = new Jar()
                .manifest(
                        "Implementation-Title: com.newrelic.instrumentation.log4j-2.11", "Implementation-Version: 1.0")
                .classes("org/apache/logging/log4j/core/config/LoggerConfig_Instrumentation")
                .bytes();
        PackageRecord record = only("/agent/log4j-core-2.11.jar", stub);
        assertThat(record.name()).startsWith("com.newrelic.instrumentation:");
    }

    @Test
    void testsAndSourcesAreNotTheLibrary() throws Exception {
        byte[] tests = new Jar()
                .pom("org.example", "lib", "1.0")
                .classes("org/example/ATest")
                .bytes();
        assertThat(only("/lib/lib-1.0-tests.jar", tests).confidence()).isEqualTo(Confidence.LOW);
        byte[] sources = new Jar().put("org/example/A.java", "class A {}").bytes();
        assertThat(Cataloged.of(cataloger, "/lib/lib-1.0-sources.jar", sources).packages())
                .isEmpty();
    }

    @Test
    void coordinatesOfAProjectFileHelpWhereThereAreNoProperties() throws Exception {
        byte[] jar = new Jar()
                .put(
                        "META-INF/maven/g/a/pom.xml",
                        "<project><parent><groupId>org.g</groupId><version>3</version></parent><artifactId>a</artifactId></project>")
                .classes("org/g/A")
                .bytes();
        assertThat(only("/lib/whatever.jar", jar).name()).isEqualTo("org.g:a");
    }

    @Test
    void placeholdersInADescriptorAreFilledFromItsFolderAndTheFileName() throws Exception {
        byte[] jar = new Jar()
                .put(
                        "META-INF/maven/org.g/a/pom.properties",
                        "groupId=${project.groupId}\nartifactId=a\nversion=${revision}\n")
                .classes("org/g/A")
                .bytes();
        PackageRecord record = only("/lib/a-1.5.jar", jar);
        assertThat(record.name() + " " + record.version()).isEqualTo("org.g:a 1.5");
    }

    @Test
    void libraryThatMovedToAnotherGroupIsNamedByItsMajorVersion() throws Exception {
        byte[] jar = new Jar().classes("org/dom4j/Document").bytes();
        assertThat(only("/lib/dom4j-1.6.1.jar", jar).name()).isEqualTo("dom4j:dom4j");
        assertThat(only("/lib/dom4j-2.1.1.jar", jar).name()).isEqualTo("org.dom4j:dom4j");
    }

    @Test
    void tomcatsFilesDoNotBearTheirArtifactsNames() throws Exception {
        byte[] jar = new Jar()
                .manifest("Implementation-Title: Apache Tomcat", "Implementation-Version: 9.0.50")
                .classes("org/apache/catalina/A")
                .bytes();
        PackageRecord record = only("/usr/local/tomcat/lib/catalina.jar", jar);
        assertThat(record.name() + " " + record.version()).isEqualTo("org.apache.tomcat:tomcat-catalina 9.0.50");
    }

    // --- nesting ---

    @Test
    void libraryInAWarInAnEarIsFoundStoredOrDeflated() throws Exception {
        byte[] library = new Jar()
                .pom("org.example", "lib", "1.0")
                .classes("org/example/A")
                .bytes();
        byte[] war = new Jar().putStored("WEB-INF/lib/lib-1.0.jar", library).bytes();
        byte[] ear =
                new Jar().put("web.war", war).put("lib/lib-1.0.jar", library).bytes();
        Cataloged found = Cataloged.of(cataloger, "/opt/shop.ear", ear);
        assertThat(found.packages().stream().map(PackageRecord::place))
                .containsExactly("web.war ▸ WEB-INF/lib/lib-1.0.jar", "lib/lib-1.0.jar");
        assertThat(found.packages()).allMatch(each -> each.name().equals("org.example:lib"));
    }

    @Test
    void aZipOfOtherThingsIsNoJar() throws Exception {
        byte[] zip = new Jar()
                .put("photo.png", "x")
                .put("lib/a.jar", new Jar().pom("g", "a", "1").bytes())
                .bytes();
        assertThat(Cataloged.of(cataloger, "/data/backup.zip", zip).packages()).isEmpty();
        assertThat(Cataloged.of(cataloger, "/data/broken.zip", "PK\u0003\u0004 broken")
                        .gaps())
                .isEmpty();
    }

    @Test
    void aJarInABuildToolsCacheIsPresentAndNotInstalled() throws Exception {
        byte[] jar = new Jar().pom("g", "a", "1").classes("g/A").bytes();
        assertThat(only("/root/.m2/repository/g/a/1/a-1.jar", jar).detail(Detail.WITNESS))
                .contains("cache");
        assertThat(only("/opt/a-1.jar", jar).detail(Detail.WITNESS)).isEmpty();
    }

    private PackageRecord only(String path, byte[] bytes) throws Exception {
        Cataloged found = Cataloged.of(cataloger, path, bytes);
        assertThat(found.packages()).hasSize(1);
        return found.packages().getFirst();
    }
}
