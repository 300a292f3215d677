package dev.holdfast.manifest.kustomize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.manifest.tree.Document;
import dev.holdfast.manifest.tree.Schema;
import dev.holdfast.manifest.tree.YamlReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KustomizerTest {
    @TempDir
    Path folder;

    private static List<String> rendered(Path overlay) throws InputException, IOException {
        return new Kustomizer(Limits.DEFAULT)
                .render(overlay).objects().stream()
                        .map(object -> OneLine.of(object.root()))
                        .toList();
    }

    @Test
    void rendersAndRefusesAsKubectlDoes() throws IOException {
        String shared = System.getProperty("holdfast.shared", "");
        Path cases = Path.of(shared, "fixtures/kube/kustomize");
        assumeTrue(
                !shared.isEmpty() && Files.isDirectory(cases),
                "the recorded overlays are not at hand (-Dholdfast.shared)");
        List<String> differences = new ArrayList<>();
        int overlays = 0;
        try (Stream<Path> folders = Files.list(cases)) {
            for (Path each : folders.filter(Files::isDirectory).sorted().toList()) {
                overlays++;
                List<String> wanted = new ArrayList<>();
                for (Document document : new YamlReader(Schema.KUBERNETES, Limits.DEFAULT)
                        .read(Files.readString(each.resolve("expected.yaml")))) {
                    wanted.add(OneLine.of(document));
                }
                List<String> ours;
                try {
                    ours = rendered(each.resolve("in/overlay"));
                } catch (InputException refused) {
                    ours = List.of();
                    String message = String.valueOf(refused.getMessage());
                    if (!wanted.isEmpty()) {
                        differences.add(each.getFileName() + " is refused: " + message);
                    }
                }
                if (!ours.equals(wanted)) {
                    differences.add(each.getFileName() + "\nours:  " + ours + "\nwanted: " + wanted);
                }
            }
        }
        assertThat(differences).isEmpty();
        assertThat(overlays).isPositive();
    }

    private void write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    @Test
    void keepsThePlaceOfWhatIsRendered() throws IOException, InputException {
        write("base/kustomization.yaml", "resources: [pod.yaml]\n");
        write("base/pod.yaml", "# one\napiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec:\n  hostNetwork: true\n");
        write("over/kustomization.yaml", "resources: [../base]\nnamePrefix: x-\n");
        Kustomizer.Rendering rendering = new Kustomizer(Limits.DEFAULT).render(folder.resolve("over"));
        Kustomizer.Rendered pod = rendering.objects().getFirst();
        assertThat(pod.file().toString()).endsWith("base/pod.yaml");
        assertThat(pod.root().at("spec", "hostNetwork").orElseThrow().place().line())
                .isEqualTo(6);
        assertThat(pod.root().textAt("metadata", "name")).contains("x-p");
        assertThat(rendering.files()).hasSize(3);
    }

    @Test
    void refusesALinkThatLeadsOutOfItsFolder() throws IOException {
        write("secret.yaml", "apiVersion: v1\nkind: Pod\nmetadata: {name: p}\n");
        write("over/kustomization.yaml", "resources: [link.yaml]\n");
        Files.createSymbolicLink(folder.resolve("over/link.yaml"), folder.resolve("secret.yaml"));
        assertThatThrownBy(() -> rendered(folder.resolve("over")))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("is not in or below");
    }

    @Test
    void fetchesNothing() throws IOException {
        for (String remote :
                List.of("https://x.invalid/y.yaml", "git@x.invalid:a/b", "github.com/a/b?ref=v1", "ssh://x/y")) {
            write("over/kustomization.yaml", "resources: ['" + remote + "']\n");
            assertThatThrownBy(() -> rendered(folder.resolve("over")))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("it is remote");
        }
    }

    @Test
    void endsOnATargetThatBacktracksForEver() throws IOException {
        write("over/pod.yaml", "apiVersion: v1\nkind: Pod\nmetadata: {name: " + "a".repeat(60) + "b}\n");
        write(
                "over/kustomization.yaml",
                "resources: [pod.yaml]\npatches: [{target: {name: '.*.*.*.*.*.*.*.*.*c'}, patch: '[{op: remove, path: /x}]'}]\n");
        assertThatThrownBy(() -> rendered(folder.resolve("over")))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("takes too long");
    }

    @Test
    void endsOnBasesThatMultiply() throws IOException {
        write("b0/kustomization.yaml", "resources: [pod.yaml]\n");
        write("b0/pod.yaml", "apiVersion: v1\nkind: Pod\nmetadata: {name: p}\n");
        for (int i = 1; i < 30; i++) {
            String below = "../b" + (i - 1);
            write("b" + i + "/kustomization.yaml", "resources: ['../l" + i + "', '../r" + i + "']\n");
            write("l" + i + "/kustomization.yaml", "namePrefix: l-\nresources: ['" + below + "']\n");
            write("r" + i + "/kustomization.yaml", "namePrefix: r-\nresources: ['" + below + "']\n");
        }
        assertThatThrownBy(() -> rendered(folder.resolve("b29"))).isInstanceOf(InputException.class);
    }
}
