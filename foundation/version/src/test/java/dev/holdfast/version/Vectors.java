package dev.holdfast.version;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the comparison vectors of the reference corpus: one {@code A < B}, {@code =} or {@code >} a line. */
final class Vectors {
    private static final Pattern LINE = Pattern.compile("(\\S+) ([<=>]) (\\S+)(\\s+#.*)?");

    private Vectors() {}

    record Vector(String first, String symbol, String second) {
        @Override
        public String toString() {
            return first + " " + symbol + " " + second;
        }
    }

    static Path file(String name) {
        String shared = System.getProperty("holdfast.shared", "");
        Path path = Path.of(shared, "fixtures", "corpus", "versions", name);
        assumeTrue(
                Files.exists(path), "no reference corpus: system property holdfast.shared names no folder that has it");
        return path;
    }

    static List<Vector> read(String name) throws IOException {
        List<Vector> vectors = new ArrayList<>();
        for (String line : Files.readAllLines(file(name))) {
            Matcher matcher = LINE.matcher(line);
            if (!line.startsWith("#") && !line.startsWith("//") && matcher.matches()) {
                vectors.add(new Vector(matcher.group(1), matcher.group(2), matcher.group(3)));
            }
        }
        return vectors;
    }

    /** Those that the scheme orders differently, with what it says. */
    static List<String> differing(Scheme scheme, List<Vector> vectors) {
        List<String> differing = new ArrayList<>();
        for (Vector vector : vectors) {
            String said = symbol(Versions.compare(scheme, vector.first(), vector.second()));
            if (!said.equals(vector.symbol())) {
                differing.add(vector + " but " + said);
            }
        }
        return differing;
    }

    static String symbol(Versions.Comparison comparison) {
        return switch (comparison) {
            case Versions.Comparison.Ordered ordered -> ordered.symbol();
            case Versions.Comparison.NotAllowed notAllowed -> "? " + notAllowed.reason();
        };
    }

    static String compare(Scheme scheme, String first, String second) {
        String forth = symbol(Versions.compare(scheme, first, second));
        String back = symbol(Versions.compare(scheme, second, first));
        assertThat(back).isEqualTo(forth.equals("<") ? ">" : forth.equals(">") ? "<" : back);
        return forth;
    }
}
