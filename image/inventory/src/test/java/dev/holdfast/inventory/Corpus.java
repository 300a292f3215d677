package dev.holdfast.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Files of the reference corpus, which lies beside the repository and not in it; where it is absent, its tests are skipped. */
public final class Corpus {
    private Corpus() {}

    public static Path path(String name) {
        Path path = Path.of(System.getProperty("holdfast.shared", "absent"), "fixtures", "corpus", name);
        assumeTrue(Files.exists(path), () -> "the reference corpus is not here: " + path);
        return path;
    }

    public static byte[] bytes(String name) throws IOException {
        return Files.readAllBytes(path(name));
    }

    public static List<String> lines(String name) throws IOException {
        List<String> lines = Files.readAllLines(path(name), StandardCharsets.UTF_8);
        assertThat(lines).isNotEmpty();
        return lines;
    }
}
