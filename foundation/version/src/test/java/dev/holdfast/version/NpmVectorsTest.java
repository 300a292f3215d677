package dev.holdfast.version;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.core.json.Json;
import dev.holdfast.core.json.JsonValue;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** npm's own vectors. We read as npm's client does, loosely, so both the strict and the loose ones hold; we have no {@code includePrerelease}. */
class NpmVectorsTest {

    @Test
    void ordersAsNpm() throws IOException, InputException {
        for (List<JsonValue> vector : vectors("npm-comparisons.json")) {
            assertThat(Vectors.compare(Scheme.NPM, text(vector, 0), text(vector, 1)))
                    .as(vector.toString())
                    .isEqualTo(">");
        }
    }

    @Test
    void findsEqualWhatNpmFindsEqual() throws IOException, InputException {
        for (List<JsonValue> vector : vectors("npm-equality.json")) {
            assertThat(Scheme.NPM.key(text(vector, 0)))
                    .as(vector.toString())
                    .isPresent()
                    .isEqualTo(Scheme.NPM.key(text(vector, 1)));
        }
    }

    @Test
    void allowsWhatNpmAllows() throws IOException, InputException {
        for (List<JsonValue> vector : vectors("npm-valid-versions.json")) {
            assertThat(Scheme.NPM.key(text(vector, 0))).as(vector.toString()).isPresent();
        }
        for (List<JsonValue> vector : vectors("npm-invalid-versions.json")) {
            Optional<String> version = vector.getFirst().text();
            version.ifPresent(text -> assertThat(Scheme.NPM.key(text)).as(text).isEmpty());
        }
    }

    @Test
    void readsRangesAsNpm() throws IOException, InputException {
        for (List<JsonValue> vector : withoutOption(vectors("npm-range-parse.json"))) {
            Optional<String> expected = vector.get(1).text();
            if (expected.equals(Optional.of("<0.0.0-0"))) {
                assertThat(VersionRange.parse(Scheme.NPM, text(vector, 0)).isEmpty())
                        .as(vector.toString())
                        .isTrue();
            } else if (expected.isPresent()) {
                assertThat(VersionRange.parse(Scheme.NPM, text(vector, 0)))
                        .as(vector.toString())
                        .isEqualTo(VersionRange.parse(Scheme.NPM, expected.get()));
            }
        }
    }

    @Test
    void refusesWhatIsNoRangeEvenLoosely() {
        for (String range : List.of("blerg", ">1.2.3 foo", "1.x.3", "^1.2.3.4", "1.2.3 - ", "=>1")) {
            assertThatThrownBy(() -> VersionRange.parse(Scheme.NPM, range))
                    .as(range)
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("of npm");
        }
    }

    @Test
    void findsWhatNpmFindsInRanges() throws IOException, InputException {
        for (List<JsonValue> vector : withoutOption(vectors("npm-range-include.json"))) {
            assertThat(Versions.contains(Scheme.NPM, text(vector, 0), text(vector, 1)))
                    .as(vector.toString())
                    .isTrue();
        }
    }

    @Test
    void doesNotFindWhatNpmFindsAboveOrBelow() throws IOException, InputException {
        for (String file : List.of("npm-version-gt-range.json", "npm-version-lt-range.json")) {
            for (List<JsonValue> vector : withoutOption(vectors(file))) {
                assertThat(Versions.contains(Scheme.NPM, text(vector, 0), text(vector, 1)))
                        .as(vector.toString())
                        .isFalse();
            }
        }
    }

    private static List<List<JsonValue>> vectors(String name) throws IOException, InputException {
        List<List<JsonValue>> vectors = new ArrayList<>();
        for (JsonValue vector : Json.parse(Files.readAllBytes(Vectors.file(name)), Limits.DEFAULT)
                .elements()) {
            vectors.add(vector.elements());
        }
        assertThat(vectors).isNotEmpty();
        return vectors;
    }

    private static List<List<JsonValue>> withoutOption(List<List<JsonValue>> vectors) {
        return vectors.stream()
                .filter(vector -> vector.size() < 3 || !vector.get(2).toString().contains("includePrerelease"))
                .toList();
    }

    private static String text(List<JsonValue> vector, int index) {
        return vector.get(index).text().orElseThrow();
    }
}
