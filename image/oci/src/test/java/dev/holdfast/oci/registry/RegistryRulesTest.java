package dev.holdfast.oci.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.core.ImageReference;
import dev.holdfast.core.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Expectations from containers-registries.conf(5). */
class RegistryRulesTest {
    private static final String USUAL = """
            unqualified-search-registries = ["docker.io"]

            [[registry]]
            location = "docker.io"
            [[registry.mirror]]
            location = "mirror.example/hub"
            insecure = true
            [[registry.mirror]]
            location = "second.example:5000"
            pull-from-mirror = "digest-only"

            [[registry]]
            prefix = "quay.example/team"
            location = "inside.example/quay/team"

            [[registry]]
            prefix = "*.bad.example"
            blocked = true

            [[registry]]
            location = "old.example"
            insecure = true
            """;

    @TempDir
    Path folder;

    private List<String> sources(String configuration, String image) throws InputException, IOException {
        Path file = Files.writeString(folder.resolve("registries.conf"), configuration);
        RegistryRules rules = new RegistryRules(Set.of(), Map.of(), RegistriesFile.of(file));
        return rules.sourcesOf(ImageReference.parse(image).orElseThrow()).stream()
                .map(each ->
                        (each.isPlain() ? "http " : "") + each.host() + " " + each.repository() + " " + each.pull())
                .toList();
    }

    @Test
    void mirrorsComeFirstUnderTheirOwnPath() throws Exception {
        assertThat(sources(USUAL, "nginx:1"))
                .containsExactly(
                        "http mirror.example hub/library/nginx ALL",
                        "second.example:5000 library/nginx DIGESTS",
                        "docker.io library/nginx ALL");
    }

    @ParameterizedTest
    @CsvSource({
        "quay.example/team/app, inside.example quay/team/app ALL",
        "quay.example/teams/app, quay.example teams/app ALL",
        "old.example/app, http old.example app ALL",
        "elsewhere.example/app, elsewhere.example app ALL",
    })
    void placeOfAnImageIsWhatTheLongestRuleSays(String image, String source) throws Exception {
        assertThat(sources(USUAL, image)).containsExactly(source);
    }

    @Test
    void blockedRegistryIsNotAskedAndSaysWhy() {
        assertThatThrownBy(() -> sources(USUAL, "a.bad.example/app"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("*.bad.example is blocked by")
                .hasMessageContaining("line 16");
    }

    @Test
    void filesInTheFolderBesideCountMore() throws Exception {
        Path more = Files.createDirectory(folder.resolve("registries.conf.d"));
        Files.writeString(more.resolve("10-own.conf"), "[[registry]]\nlocation = \"docker.io\"\nblocked = true\n");
        Files.writeString(more.resolve("20-notes.txt"), "not read\n");
        assertThatThrownBy(() -> sources(USUAL, "nginx")).hasMessageContaining("10-own.conf, line 1");
    }

    @ParameterizedTest
    @CsvSource({
        "'[[registry]]\nblocked = true', line 1",
        "'[[registry]]\nlocation = \"a\"\n[[registry.mirror]]\ninsecure = true', line 3",
        "'[[registry]]\nlocation = \"a\"\nblocked = \"maybe\"', line 1",
        "'[[registry]]\nlocation = \"a\"\n[[registry.mirror]]\nlocation = \"b\"\npull-from-mirror = \"x\"', line 3",
        "'[[registry', registries.conf",
    })
    void wrongFileIsRefusedWithItsLine(String text, String where) {
        assertThatThrownBy(() -> sources(text, "nginx"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("registries.conf")
                .hasMessageContaining(where);
    }

    @Test
    void optionsComeBeforeFiles() throws Exception {
        Path file = Files.writeString(folder.resolve("registries.conf"), USUAL);
        RegistryRules rules = new RegistryRules(
                Set.of("given.example"), Map.of("docker.io", List.of("given.example")), RegistriesFile.of(file));
        RegistrySource first =
                rules.sourcesOf(ImageReference.parse("nginx").orElseThrow()).getFirst();
        assertThat(first.host()).isEqualTo("given.example");
        assertThat(first.isPlain()).isTrue();
    }
}
