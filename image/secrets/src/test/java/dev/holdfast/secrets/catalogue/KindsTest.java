package dev.holdfast.secrets.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.Gaps;
import dev.holdfast.core.Limits;
import dev.holdfast.secrets.FileScan;
import dev.holdfast.secrets.Secret;
import dev.holdfast.secrets.SecretScanner;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Every kind of the catalogue against its own examples. */
class KindsTest {
    private static final long SEED = Long.getLong("holdfast.seed", 1);
    private final SecretScanner scanner = new SecretScanner(new byte[] {1}, Limits.DEFAULT);

    @Test
    void findsEveryKindInItsExamplesAndNothingInTheOthers() {
        List<String> wrong = new ArrayList<>();
        for (int round = 0; round < 5; round++) {
            for (Examples.Example example : Examples.all(new Random(SEED + round))) {
                List<Secret> found = scan("/app/settings.yml", example.text());
                boolean isRight = example.isSecret()
                        ? found.stream().anyMatch(secret -> secret.kind().equals(example.kind()))
                        : found.isEmpty();
                if (!isRight) {
                    wrong.add(example + " -> " + found);
                }
            }
        }
        assertThat(wrong).as("seed %d", SEED).isEmpty();
    }

    @Test
    void hasNoKindTwiceAndShowsBothSidesOfEach() {
        Set<String> seen = new HashSet<>();
        for (Kind kind : Kinds.all()) {
            assertThat(seen.add(kind.id())).as(kind.id()).isTrue();
            assertThat(kind.id()).matches("[a-z0-9]+(-[a-z0-9]+)*");
            assertThat(kind.yes()).as(kind.id()).isNotEmpty();
            assertThat(kind.no()).as(kind.id()).isNotEmpty();
        }
    }

    private List<Secret> scan(String path, String text) {
        List<Secret> found = new ArrayList<>();
        FileScan files = scanner.files(found::add, new Gaps());
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        files.begin(path);
        files.content(bytes, 0, bytes.length);
        files.end();
        return found;
    }
}
