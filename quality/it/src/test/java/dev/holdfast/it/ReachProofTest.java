package dev.holdfast.it;

import static dev.holdfast.oci.testing.LayerBuilder.layer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.holdfast.core.json.JsonValue;
import dev.holdfast.oci.testing.ImageBuilder;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What {@code scan --reach} says of archives that Maven's own plugins built from released libraries: Shade with and without relocation, and
 * Spring Boot. Slow, and needs the network: run with {@code -Dholdfast.slow}.
 */
class ReachProofTest {
    private static final List<String> LIBRARIES =
            List.of("com.google.code.gson:gson", "commons-collections:commons-collections", "org.yaml:snakeyaml");

    @TempDir
    Path folder;

    private Path base = Path.of("");

    @BeforeEach
    void facts() throws Exception {
        assumeTrue(System.getProperty("holdfast.slow") != null, "slow: set -Dholdfast.slow");
        base = new Facts()
                .say("osv", to -> {
                    for (String library : LIBRARIES) {
                        to.accept(Facts.fixed("CVE-2026-" + library.length(), "maven", library, "99", "high"));
                    }
                })
                .write(folder.resolve("facts.hfdb"));
    }

    /** A project that uses Gson in a class that runs, SnakeYAML in one that does not, and commons-collections through a constant name. */
    private void project(String main, String plugin) throws Exception {
        Path source = Files.createDirectories(folder.resolve("src/main/java/com/acme/shop"));
        Files.writeString(source.resolve("Main.java"), main);
        Files.writeString(
                source.resolve("Orders.java"),
                "package com.acme.shop; class Orders { static String read() { return new com.google.gson.Gson().toJson(1); } }");
        Files.writeString(
                source.resolve("Unused.java"),
                "package com.acme.shop; class Unused { Object read() { return new org.yaml.snakeyaml.Yaml(); } }");
        Files.writeString(folder.resolve("pom.xml"), String.format(Locale.ROOT, """
                <project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion>
                  <groupId>com.acme</groupId><artifactId>shop</artifactId><version>1.0</version>
                  <properties><maven.compiler.release>17</maven.compiler.release>
                    <project.build.sourceEncoding>UTF-8</project.build.sourceEncoding></properties>
                  <dependencies>
                    <dependency><groupId>com.google.code.gson</groupId><artifactId>gson</artifactId><version>2.8.5</version></dependency>
                    <dependency><groupId>commons-collections</groupId><artifactId>commons-collections</artifactId><version>3.2.1</version></dependency>
                    <dependency><groupId>org.yaml</groupId><artifactId>snakeyaml</artifactId><version>1.26</version></dependency>
                  </dependencies>
                  <build><finalName>shop</finalName><plugins>%s</plugins></build></project>
                """, plugin));
    }

    private static String shade(String relocations) {
        return String.format(Locale.ROOT, """
                <plugin><groupId>org.apache.maven.plugins</groupId><artifactId>maven-shade-plugin</artifactId><version>3.6.0</version>
                  <executions><execution><phase>package</phase><goals><goal>shade</goal></goals><configuration>
                    <createDependencyReducedPom>false</createDependencyReducedPom><relocations>%s</relocations>
                    <transformers><transformer implementation="org.apache.maven.plugins.shade.resource.ManifestResourceTransformer">
                      <mainClass>com.acme.shop.Main</mainClass></transformer></transformers>
                  </configuration></execution></executions></plugin>
                """, relocations);
    }

    /** Builds with the project's own Maven, and scans an image that starts the result. */
    private Map<String, String> scanned() throws Exception {
        Path wrapper =
                Path.of(System.getProperty("holdfast.root", "../.."), "mvnw").toAbsolutePath();
        File log = folder.resolve("log").toFile();
        Process maven = new ProcessBuilder(
                        wrapper.toString(),
                        "-B",
                        "-q",
                        "-f",
                        folder.resolve("pom.xml").toString(),
                        "package")
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log)
                .start();
        boolean isDone = maven.waitFor(10, TimeUnit.MINUTES);
        assumeTrue(isDone && maven.exitValue() == 0, () -> "Maven could not build: " + read(log));
        Scanned scanned = Scanned.image(
                folder,
                base,
                ImageBuilder.image()
                        .layer(layer().file("app/shop.jar", Files.readAllBytes(folder.resolve("target/shop.jar"))))
                        .config("{\"Entrypoint\": [\"java\", \"-jar\", \"/app/shop.jar\"]}"),
                "--reach");
        Map<String, String> answers = new TreeMap<>();
        for (JsonValue finding : scanned.target().get("findings").elements()) {
            String name = Scanned.text(finding, "package").replaceAll(".*/(.*)@.*", "$1");
            answers.put(name, Scanned.text(finding.get("reach"), "status"));
        }
        return answers;
    }

    private static String read(File log) {
        try {
            return Files.readString(log.toPath());
        } catch (java.io.IOException unreadable) {
            return unreadable.toString();
        }
    }

    private static final String MAIN =
            "package com.acme.shop; public class Main { public static void main(String[] args)"
                    + " throws Exception { Orders.read(); NAMED } }";

    private static final String BY_NAME =
            "Class.forName(\"org.apache.commons.collections.map.LRUMap\").getDeclaredConstructor().newInstance();";

    @Test
    void shadedLibrariesAreToldApart() throws Exception {
        project(MAIN.replace("NAMED", BY_NAME), shade(""));
        assertThat(scanned())
                .containsEntry("gson", "reached")
                .containsEntry("commons-collections", "reached")
                .containsEntry("snakeyaml", "not-reached");
    }

    @Test
    void relocatedLibrariesAreToldApart() throws Exception {
        project(
                MAIN.replace("NAMED", BY_NAME),
                shade(
                        "<relocation><pattern>com.google</pattern><shadedPattern>com.acme.hidden.google</shadedPattern></relocation>"
                                + "<relocation><pattern>org.</pattern><shadedPattern>com.acme.hidden.org.</shadedPattern></relocation>"));
        assertThat(scanned())
                .containsEntry("gson", "reached")
                .containsEntry("commons-collections", "reached")
                .containsEntry("snakeyaml", "not-reached");
    }

    @Test
    void aComputedNameLeavesTheRestUnknown() throws Exception {
        project(MAIN.replace("NAMED", "Class.forName(args[0]);"), shade(""));
        assertThat(scanned())
                .containsEntry("gson", "reached")
                .containsEntry("commons-collections", "unknown")
                .containsEntry("snakeyaml", "unknown");
    }

    @Test
    void springBootReachesItsComponentsAndLeavesTheRestUnknown() throws Exception {
        String boot =
                "<plugin><groupId>org.springframework.boot</groupId><artifactId>spring-boot-maven-plugin</artifactId><version>3.3.5</version>"
                        + "<executions><execution><goals><goal>repackage</goal></goals></execution></executions></plugin>";
        project(
                "package com.acme.shop; @org.springframework.boot.autoconfigure.SpringBootApplication public class Main {"
                        + " public static void main(String[] args) {"
                        + " org.springframework.boot.SpringApplication.run(Main.class, args); } }",
                boot);
        Path pom = folder.resolve("pom.xml");
        Files.writeString(
                pom,
                Files.readString(pom)
                        .replace(
                                "<dependencies>",
                                "<dependencies><dependency><groupId>org.springframework.boot</groupId>"
                                        + "<artifactId>spring-boot-autoconfigure</artifactId><version>3.3.5</version></dependency>"));
        Files.writeString(
                folder.resolve("src/main/java/com/acme/shop/Shop.java"),
                "package com.acme.shop; @org.springframework.stereotype.Component class Shop { Shop() { Orders.read(); } }");
        assertThat(scanned()).containsEntry("gson", "reached").containsEntry("commons-collections", "unknown");
    }
}
