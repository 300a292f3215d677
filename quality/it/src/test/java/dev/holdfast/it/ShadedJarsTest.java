package dev.holdfast.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.holdfast.core.json.JsonValue;
import dev.holdfast.it.ShadeCase.Form;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Libraries in archives made by real runs of Maven Shade from releases on Maven Central: every one named, and no other. Takes minutes and
 * a network or a filled local repository: runs with -Dholdfast.slow. {@code -Dholdfast.shaded=FOLDER} keeps the archives there, and takes
 * those that are there already.
 */
final class ShadedJarsTest {
    private static final List<ShadeCase> CASES = List.of(
            ShadeCase.of("renamed-snakeyaml", "org.yaml:snakeyaml:1.33"),
            ShadeCase.of("renamed-gson", "com.google.code.gson:gson:2.8.5"),
            ShadeCase.of("renamed-commons-io", "commons-io:commons-io:2.6"),
            ShadeCase.of("renamed-log4j1", "log4j:log4j:1.2.17"),
            ShadeCase.of("renamed-reload4j", "ch.qos.reload4j:reload4j:1.2.22"),
            ShadeCase.of("renamed-bcprov", "org.bouncycastle:bcprov-jdk15on:1.60"),
            ShadeCase.of("renamed-netty-all", "io.netty:netty-all:4.1.42.Final"),
            ShadeCase.of("renamed-tomcat", "org.apache.tomcat.embed:tomcat-embed-core:9.0.30"),
            ShadeCase.of(
                            "log4j-relocated",
                            "org.apache.logging.log4j:log4j-core:2.14.1",
                            "org.apache.logging.log4j:log4j-api:2.14.1")
                    .relocate("org.apache.logging.log4j", "acme.hidden.logging"),
            ShadeCase.of(
                    "log4j-fixed",
                    "org.apache.logging.log4j:log4j-core:2.17.1",
                    "org.apache.logging.log4j:log4j-api:2.17.1"),
            ShadeCase.of(
                            "jackson-relocated",
                            "com.fasterxml.jackson.core:jackson-databind:2.9.10.3",
                            "com.fasterxml.jackson.core:jackson-core:2.9.10",
                            "com.fasterxml.jackson.core:jackson-annotations:2.9.10")
                    .relocate("com.fasterxml.jackson", "acme.json"),
            ShadeCase.of(
                            "jackson-minimised",
                            "com.fasterxml.jackson.core:jackson-databind:2.13.2",
                            "com.fasterxml.jackson.core:jackson-core:2.13.2",
                            "com.fasterxml.jackson.core:jackson-annotations:2.13.2")
                    .relocate("com.fasterxml.jackson", "acme.json")
                    .minimise("com.fasterxml.jackson.databind.ObjectMapper"),
            ShadeCase.of("snakeyaml-relocated", "org.yaml:snakeyaml:1.26").relocate("org.yaml.snakeyaml", "acme.yaml"),
            ShadeCase.of("commons-text-relocated", "org.apache.commons:commons-text:1.9")
                    .relocate("org.apache.commons", "acme.shaded"),
            ShadeCase.of("collections-relocated", "commons-collections:commons-collections:3.2.1")
                    .relocate("org.apache.commons.collections", "acme.repackaged.collections"),
            ShadeCase.of("collections4-minimised", "org.apache.commons:commons-collections4:4.0")
                    .minimise(
                            "org.apache.commons.collections4.functors.InvokerTransformer",
                            "org.apache.commons.collections4.map.LazyMap"),
            ShadeCase.of(
                            "fileupload-in-war",
                            "commons-fileupload:commons-fileupload:1.3.1",
                            "commons-io:commons-io:2.2")
                    .in(Form.WAR),
            ShadeCase.of("compress-relocated", "org.apache.commons:commons-compress:1.20")
                    .relocate("org.apache", "acme.org.apache"),
            ShadeCase.of(
                            "beanutils-in-boot",
                            "commons-beanutils:commons-beanutils:1.9.3",
                            "commons-logging:commons-logging:1.2")
                    .relocate("org.apache.commons.beanutils", "acme.beans")
                    .in(Form.BOOT),
            ShadeCase.of(
                            "httpclient-relocated",
                            "org.apache.httpcomponents:httpclient:4.5.12",
                            "org.apache.httpcomponents:httpcore:4.4.13",
                            "commons-codec:commons-codec:1.11")
                    .relocate("org.apache.http", "acme.http")
                    .relocate("org.apache.commons.codec", "acme.codec"),
            ShadeCase.of(
                            "httpclient-minimised",
                            "org.apache.httpcomponents:httpclient:4.5.3",
                            "org.apache.httpcomponents:httpcore:4.4.6",
                            "commons-codec:commons-codec:1.9",
                            "commons-logging:commons-logging:1.2")
                    .relocate("org.apache", "acme.apache")
                    .minimise("org.apache.http.impl.client.HttpClients"),
            ShadeCase.of("guava-relocated", "com.google.guava:guava:28.2-jre")
                    .relocate("com.google.common", "acme.guava"),
            ShadeCase.of("guava-minimised", "com.google.guava:guava:24.1-jre")
                    .relocate("com.google", "shaded.google")
                    .minimise("com.google.common.collect.ImmutableMap", "com.google.common.io.Files"),
            ShadeCase.of("protobuf-relocated", "com.google.protobuf:protobuf-java:3.15.0")
                    .relocate("com.google.protobuf", "acme.proto"),
            ShadeCase.of(
                            "netty-relocated",
                            "io.netty:netty-codec-http:4.1.59.Final",
                            "io.netty:netty-codec:4.1.59.Final",
                            "io.netty:netty-handler:4.1.59.Final",
                            "io.netty:netty-common:4.1.59.Final",
                            "io.netty:netty-buffer:4.1.59.Final",
                            "io.netty:netty-transport:4.1.59.Final")
                    .relocate("io.netty", "acme.shaded.io.netty"),
            ShadeCase.of(
                    "spring-shaded",
                    "org.springframework:spring-core:5.3.17",
                    "org.springframework:spring-beans:5.3.17",
                    "org.springframework:spring-expression:5.3.16",
                    "org.springframework:spring-web:5.3.17",
                    "org.springframework:spring-webmvc:5.3.17"),
            ShadeCase.of("xstream-relocated", "com.thoughtworks.xstream:xstream:1.4.17")
                    .relocate("com.thoughtworks.xstream", "acme.xs"),
            ShadeCase.of("struts-in-war", "org.apache.struts:struts2-core:2.5.25")
                    .in(Form.WAR),
            ShadeCase.of(
                            "jetty-relocated",
                            "org.eclipse.jetty:jetty-server:9.4.39.v20210325",
                            "org.eclipse.jetty:jetty-util:9.4.39.v20210325",
                            "org.eclipse.jetty:jetty-http:9.4.39.v20210325",
                            "org.eclipse.jetty:jetty-io:9.4.39.v20210325")
                    .relocate("org.eclipse", "acme.org.eclipse"),
            ShadeCase.of("fastjson-relocated", "com.alibaba:fastjson:1.2.68").relocate("com.alibaba", "hidden"),
            ShadeCase.of("json-in-boot", "org.json:json:20220924", "net.minidev:json-smart:2.4.7")
                    .in(Form.BOOT),
            ShadeCase.of("shiro-shaded", "org.apache.shiro:shiro-core:1.7.0", "org.apache.shiro:shiro-web:1.7.0"),
            ShadeCase.of(
                            "velocity-freemarker",
                            "org.apache.velocity:velocity-engine-core:2.2",
                            "org.freemarker:freemarker:2.3.29")
                    .relocate("org.apache.velocity", "x.velocity")
                    .relocate("freemarker", "x.freemarker"),
            ShadeCase.of("h2-in-boot", "com.h2database:h2:2.0.206").in(Form.BOOT),
            ShadeCase.of("postgresql-relocated", "org.postgresql:postgresql:42.2.18")
                    .relocate("org.postgresql", "acme.pg"),
            ShadeCase.of("jsoup-dom4j", "org.jsoup:jsoup:1.14.1", "org.dom4j:dom4j:2.1.1")
                    .relocate("org", "acme.org"),
            ShadeCase.of("nothing-known", "org.tukaani:xz:1.9", "com.github.stephenc.jcip:jcip-annotations:1.0-1"),
            ShadeCase.of("nothing-at-all"));

    @TempDir
    Path folder;

    @TestFactory
    List<DynamicTest> everyLibraryIsNamedAndNoOther() throws Exception {
        assumeTrue(System.getProperty("holdfast.slow") != null, "slow: set -Dholdfast.slow");
        Path kept = Path.of(
                System.getProperty("holdfast.shaded", folder.resolve("archives").toString()));
        Files.createDirectories(kept);
        make(kept);
        Path base = Facts.small().write(folder.resolve("facts.hfdb"));
        List<DynamicTest> tests = new ArrayList<>();
        for (int i = 0; i < CASES.size(); i++) {
            ShadeCase shade = CASES.get(i);
            Path place = kept.resolve(shade.name);
            tests.add(DynamicTest.dynamicTest(
                    shade.name,
                    () -> assertThat(named(Scanned.path(place, base), shade.libraries))
                            .isEqualTo(new TreeSet<>(shade.name.startsWith("nothing") ? List.of() : shade.libraries))));
        }
        return tests;
    }

    private void make(Path kept) throws IOException, InterruptedException {
        List<ShadeCase> missing = new ArrayList<>();
        for (int i = 0; i < CASES.size(); i++) {
            if (!Files.exists(archive(kept, i))) {
                missing.add(CASES.get(i));
            }
        }
        if (missing.isEmpty()) {
            return;
        }
        ShadeProject project = new ShadeProject(Files.createDirectories(folder.resolve("project")));
        String failure =
                project.build(Path.of(System.getProperty("holdfast.root", ".")).resolve("mvnw"), missing);
        assumeTrue(failure.isEmpty(), "the archives cannot be made here: " + failure);
        for (int i = 0; i < CASES.size(); i++) {
            if (missing.contains(CASES.get(i))) {
                Files.createDirectories(kept.resolve(CASES.get(i).name));
                project.deliver(CASES.get(i), archive(kept, i));
            }
        }
    }

    private static Path archive(Path kept, int number) {
        boolean isWar = CASES.get(number).form == Form.WAR;
        return kept.resolve(CASES.get(number).name).resolve("archive" + (isWar ? ".war" : ".jar"));
    }

    /**
     * {@code group:artifact:version} of all Maven packages that classes named. Where the classes leave several versions open, the true one
     * when it is among them.
     */
    private static Set<String> named(Scanned scanned, List<String> libraries) {
        Set<String> named = new TreeSet<>();
        for (JsonValue each : scanned.target().get("packages").elements()) {
            String name = Scanned.text(each, "name");
            for (JsonValue place : each.get("locations").elements()) {
                String evidence = Scanned.text(place, "evidence");
                if (evidence.startsWith("classes: ")) {
                    String version = Scanned.text(each, "version");
                    named.add(name + ":" + (version.isEmpty() ? among(evidence, name, libraries) : version));
                }
            }
        }
        return named;
    }

    private static String among(String evidence, String name, List<String> libraries) {
        for (String library : libraries) {
            String version = library.substring(library.lastIndexOf(':') + 1);
            if (library.equals(name + ":" + version)
                    && (evidence + ",").replace(' ', ',').contains("," + version + ",")) {
                return version;
            }
        }
        return "";
    }
}
