package dev.holdfast.manifest.kustomize;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.manifest.tree.Document;
import dev.holdfast.manifest.tree.Schema;
import dev.holdfast.manifest.tree.YamlReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Overlays of our own with what kubectl makes of them: {@code overlays.txt}, which says how it is written. */
class RecordedOverlaysTest {
    private static final String EXPECTED = "expected.yaml";

    @TempDir
    Path folder;

    record Overlay(String name, Map<String, String> files) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Stream<Overlay> overlays() throws IOException {
        String text;
        try (InputStream in = Objects.requireNonNull(RecordedOverlaysTest.class.getResourceAsStream("overlays.txt"))) {
            text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        List<Overlay> overlays = new ArrayList<>();
        for (String block : text.split("(?m)^=== ")) {
            String[] parts = block.split("(?m)^-- ");
            Map<String, String> files = new LinkedHashMap<>();
            for (int i = 1; i < parts.length; i++) {
                int end = parts[i].indexOf(" --\n");
                files.put(parts[i].substring(0, end), parts[i].substring(end + 4));
            }
            overlays.add(new Overlay(parts[0].strip(), files));
        }
        return overlays.stream().skip(1); // what stands before the first is about the file
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void comesOutAsKubectlPrintsIt(Overlay overlay) throws IOException {
        for (Map.Entry<String, String> file : overlay.files().entrySet()) {
            Path path = folder.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue());
        }
        List<String> wanted = new ArrayList<>();
        for (Document document : new YamlReader(Schema.KUBERNETES, Limits.DEFAULT)
                .read(overlay.files().getOrDefault(EXPECTED, ""))) {
            wanted.add(OneLine.of(document));
        }
        assertThat(rendered(folder.resolve("overlay"))).isEqualTo(String.join("\n", wanted));
    }

    private static String rendered(Path overlay) throws IOException {
        try {
            return String.join(
                    "\n",
                    new Kustomizer(Limits.DEFAULT)
                            .render(overlay).objects().stream()
                                    .map(object -> OneLine.of(object.root()))
                                    .toList());
        } catch (InputException refused) {
            return "";
        }
    }
}
