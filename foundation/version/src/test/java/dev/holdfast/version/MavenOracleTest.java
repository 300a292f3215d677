package dev.holdfast.version;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.maven.artifact.versioning.ComparableVersion;
import org.junit.jupiter.api.Test;

/** Holds the Maven order against the released Maven itself. */
class MavenOracleTest {
    private static final long SEED = Long.getLong("holdfast.seed", 20_261_125L);

    @Test
    void ordersAllVectorsAsMaven39() throws IOException {
        List<Vectors.Vector> vectors = new ArrayList<>(Vectors.read("maven-versions.txt"));
        vectors.addAll(Vectors.read("maven-versions-generated.txt"));
        List<Vectors.Vector> answered = new ArrayList<>();
        for (Vectors.Vector vector : vectors) {
            answered.add(new Vectors.Vector(vector.first(), maven(vector.first(), vector.second()), vector.second()));
        }

        assertThat(vectors).hasSizeGreaterThanOrEqualTo(9_905);
        assertThat(Vectors.differing(Scheme.MAVEN, answered)).isEmpty();
    }

    /** The vectors were made before 3.9, which takes {@code .X} for {@code -X} where X is a word; they differ only there. */
    @Test
    void differsFromOlderMavenWhereAWordStandsBehindADot() throws IOException {
        List<Vectors.Vector> vectors = new ArrayList<>(Vectors.read("maven-versions.txt"));
        vectors.addAll(Vectors.read("maven-versions-generated.txt"));

        assertThat(Vectors.differing(Scheme.MAVEN, vectors))
                .hasSize(15)
                .allMatch(line -> line.matches(".*(\\.(RC|rc|sec|beta)[0-9].*|1-ga-1.*)"));
    }

    @Test
    void ordersRandomReleasesAsMaven39() {
        Random random = new Random(SEED);
        for (int i = 0; i < 20_000; i++) {
            String first = release(random);
            String second = release(random);
            assertThat(Vectors.compare(Scheme.MAVEN, first, second))
                    .as("seed %d: %s against %s", SEED, first, second)
                    .isEqualTo(maven(first, second));
        }
    }

    /** Where Maven's rules run in a circle, the end of a version decides. */
    @Test
    void keepsOneOrderWhereMavenHasACircle() {
        assertThat(maven("1.sp.1", "1-alpha")).isEqualTo("<");
        assertThat(maven("1-alpha", "1")).isEqualTo("<");
        assertThat(maven("1", "1.sp.1")).isEqualTo("<");

        assertThat(Vectors.compare(Scheme.MAVEN, "1-alpha", "1")).isEqualTo("<");
        assertThat(Vectors.compare(Scheme.MAVEN, "1", "1.sp.1")).isEqualTo("<");
        assertThat(Vectors.compare(Scheme.MAVEN, "1-alpha", "1.sp.1")).isEqualTo("<");
    }

    private static String release(Random random) {
        StringBuilder version = new StringBuilder().append(random.nextInt(3));
        for (int i = random.nextInt(4); i > 0; i--) {
            version.append('.').append(random.nextInt(4) == 0 ? "00" : random.nextInt(12));
        }
        List<String> tails = List.of(
                "",
                "",
                "-alpha",
                "-alpha-1",
                ".Alpha2",
                "a1",
                "b2",
                "-beta",
                "-M3",
                ".M1",
                "-rc1",
                "-RC-2",
                ".CR1",
                "-SNAPSHOT",
                ".Final",
                "-ga",
                ".RELEASE",
                "-sp1",
                ".SP2",
                "-jre",
                "-android",
                "-1",
                "-2-SNAPSHOT",
                "-20230101.101112-3",
                ".v2016",
                "-redhat-00001",
                "-b01",
                "_1",
                "x",
                ".sec02",
                "-99999999999999999999");
        return version.append(tails.get(random.nextInt(tails.size()))).toString();
    }

    private static String maven(String first, String second) {
        int order = new ComparableVersion(first).compareTo(new ComparableVersion(second));
        return order < 0 ? "<" : order > 0 ? ">" : "=";
    }
}
