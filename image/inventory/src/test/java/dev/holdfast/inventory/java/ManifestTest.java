package dev.holdfast.inventory.java;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.inventory.Corpus;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ManifestTest {
    /** Name, Implementation-Version and Bundle-Version of each manifest of the corpus, read off by hand. */
    private static final Map<String, String> FACTS = new TreeMap<>(Map.of(
            "cassandra-driver-core-3.11.0-shaded.jar", "com.datastax.driver.core||3.11.0",
            "commons-cli-1.1.jar", "|1.1|",
            "commons-codec-1.9.jar", "org.apache.commons.codec|1.9|1.9.0",
            "guava-27.0-jre.jar", "com.google.guava||27.0.0.jre",
            "jackson-databind-2.9.10.8.jar", "com.fasterxml.jackson.core.jackson-databind|2.9.10.8|2.9.10.8",
            "jna-5.6.0.jar", "com.sun.jna|5.6.0|5.6.0",
            "logback-classic-1.2.3.jar", "ch.qos.logback.classic||1.2.3",
            "lz4-java-1.7.1.jar", "lz4-java||1.7.1",
            "slf4j-api-1.7.25.jar", "slf4j.api|1.7.25|1.7.25",
            "snakeyaml-1.26.jar", "org.yaml.snakeyaml||1.26.0"));

    @Test
    void readsTheMainSectionsOfRealManifests() throws IOException {
        for (Map.Entry<String, String> fact : FACTS.entrySet()) {
            byte[] bytes = Corpus.bytes("java-manifests/" + fact.getKey());
            Manifest manifest = Manifest.parse(bytes);
            assertThat(manifest.symbolicName()
                            + "|" + manifest.version("Implementation-Version")
                            + "|" + manifest.version("Bundle-Version"))
                    .as(fact.getKey())
                    .isEqualTo(fact.getValue());
        }
    }

    /** The peer's {@code .want} files are main sections again; the JDK's own reader is the second oracle. */
    @Test
    void agreesWithThePeerAndTheJdkOnEveryAttribute() throws IOException {
        try (Stream<Path> files = Files.list(Corpus.path("java-manifests"))) {
            for (Path want : files.filter(file -> file.toString().endsWith(".want"))
                    .sorted()
                    .toList()) {
                Path source = Path.of(want.toString().replace(".want", ""));
                Manifest ours = Manifest.parse(Files.readAllBytes(source));
                Map<String, String> jdk = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
                new java.util.jar.Manifest(new ByteArrayInputStream(Files.readAllBytes(want)))
                        .getMainAttributes()
                        .forEach((name, value) ->
                                jdk.put(name.toString(), value.toString().strip()));
                assertThat(ours.attributes()).as(source.toString()).isEqualTo(jdk);
                assertThat(ours).isEqualTo(Manifest.parse(Files.readAllBytes(want)));
            }
        }
    }

    @Test
    void onlyTheMainSectionCounts() {
        Manifest manifest = manifest("Manifest-Version: 1.0\n\nName: org/evil/\nImplementation-Version: 6.6.6\n");
        assertThat(manifest.value("Implementation-Version")).isEmpty();
    }

    @Test
    void joinsLinesFoldedInTheMiddleOfACharacter() {
        byte[] umlaut = "ü".getBytes(StandardCharsets.UTF_8);
        byte[] folded = new byte[4 + umlaut.length + 3 + 1];
        System.arraycopy("T: ".getBytes(StandardCharsets.UTF_8), 0, folded, 0, 3);
        folded[3] = umlaut[0];
        folded[4] = '\r';
        folded[5] = '\n';
        folded[6] = ' ';
        folded[7] = umlaut[1];
        folded[8] = '\n';
        folded[9] = '\n';
        assertThat(Manifest.parse(folded).value("t")).isEqualTo("ü");
    }

    @Test
    void takesAllLineEndsAndABomAndNoEndAtAll() {
        assertThat(manifest("A: 1\rB: 2\r\nC: 3\nD: 4").attributes()).hasSize(4);
        assertThat(manifest("\ufeffA: 1\n").value("A")).isEqualTo("1");
        assertThat(manifest("").attributes()).isEmpty();
        assertThat(manifest(" continued from nowhere\n:\nnonsense\n").attributes())
                .isEmpty();
    }

    @Test
    void tellsVersionsFromPlaceholdersAndCommits() {
        assertThat(version("1.2.3 (b0)")).isEqualTo("1.2.3");
        assertThat(version("\"4.5\"")).isEqualTo("4.5");
        assertThat(version("${project.version}")).isEmpty();
        assertThat(version("unknown")).isEmpty();
        assertThat(version("9f00af1b1e77a19f00af1b1e77a19f00af1b1e7a")).isEmpty();
    }

    private static String version(String value) {
        return manifest("V: " + value + "\n").version("V");
    }

    private static Manifest manifest(String text) {
        return Manifest.parse(text.getBytes(StandardCharsets.UTF_8));
    }
}
