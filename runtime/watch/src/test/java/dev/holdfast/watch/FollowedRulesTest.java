package dev.holdfast.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.Limits;
import dev.holdfast.rules.RuleEngine;
import dev.holdfast.rules.RuleSelection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rules are read again when their file has changed, however it did. */
class FollowedRulesTest {
    private static final FileTime LONG_AGO = FileTime.from(Instant.parse("2020-01-01T00:00:00Z"));

    @TempDir
    Path folder;

    private final List<String> told = new CopyOnWriteArrayList<>();
    private Path file = Path.of("");

    @BeforeEach
    void writeTheFirst() throws Exception {
        file = write("rules.yaml", "One");
        Files.setLastModifiedTime(file, LONG_AGO);
    }

    private LiveRules follow(Path followed) throws Exception {
        LiveRules rules = LiveRules.read(
                new LiveRules.Choice(List.of(followed), RuleSelection.ALL, RuleEngine.Matching.ALL),
                Limits.DEFAULT,
                new Tally(),
                told::add);
        rules.follow(Duration.ofMillis(10));
        return rules;
    }

    private Path write(String name, String rule) throws Exception {
        return Files.writeString(folder.resolve(name), """
                - rule: NAME
                  desc: A program is started.
                  condition: evt.type = execve
                  output: "started"
                  priority: NOTICE
                """.replace("NAME", rule));
    }

    private void await(LiveRules rules, String name) throws Exception {
        for (int i = 0; i < 1_000; i++) {
            if (rules.get().rules().stream().anyMatch(rule -> rule.name().equals(name))) {
                return;
            }
            Thread.sleep(10);
        }
        throw new AssertionError(name + " was not read; told was " + told);
    }

    /** Until it has been looked at some times as it is. */
    private static void lookAtIt() throws Exception {
        Thread.sleep(200);
    }

    @Test
    void whenItIsWrittenAgain() throws Exception {
        try (LiveRules rules = follow(file)) {
            lookAtIt();
            write("rules.yaml", "Two");
            await(rules, "Two");
        }
    }

    @Test
    void whenAnotherOfTheSameLengthAndTimeTakesItsPlace() throws Exception {
        try (LiveRules rules = follow(file)) {
            lookAtIt();
            Path other = write("other.yaml", "Two");
            Files.setLastModifiedTime(other, LONG_AGO);
            exchange(other, file);
            await(rules, "Two");
        }
    }

    @Test
    void whenItIsWrittenTwiceWithinOneTickOfTheClock() throws Exception {
        try (LiveRules rules = follow(file)) {
            FileTime now = FileTime.from(Instant.now());
            write("rules.yaml", "Two");
            Files.setLastModifiedTime(file, now);
            await(rules, "Two");
            write("rules.yaml", "Six");
            Files.setLastModifiedTime(file, now);
            await(rules, "Six");
        }
    }

    @Test
    void whenItIsALinkThatLeadsElsewhereNow() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("link.yaml"), file);
        try (LiveRules rules = follow(link)) {
            lookAtIt();
            exchange(Files.createSymbolicLink(folder.resolve("next"), write("second.yaml", "Two")), link);
            await(rules, "Two");
        }
    }

    @Test
    void saysOnceThatItIsGoneAndReadsItWhenItIsBack() throws Exception {
        try (LiveRules rules = follow(file)) {
            Files.delete(file);
            for (int i = 0; i < 1_000 && told.isEmpty(); i++) {
                Thread.sleep(10);
            }
            lookAtIt();
            assertThat(told).singleElement().asString().contains("those from before stay", "rules.yaml");
            assertThat(rules.get().rules().getFirst().name()).isEqualTo("One");
            write("rules.yaml", "Two");
            await(rules, "Two");
        }
    }

    private static void exchange(Path from, Path to) throws Exception {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static void pipe(Path path) throws Exception {
        assertThat(new ProcessBuilder("mkfifo", path.toString()).start().waitFor())
                .isZero();
    }

    /** As a shell gives one for {@code <(…)}: it is empty when it is read once more. */
    @Test
    void aPipeKeepsWhatWasInIt() throws Exception {
        Path pipe = folder.resolve("pipe");
        pipe(pipe);
        String text = Files.readString(file);
        Thread writer = Thread.ofVirtual().start(() -> {
            try {
                Files.writeString(pipe, text);
            } catch (java.io.IOException failed) {
                told.add(failed.toString());
            }
        });
        Path other = write("other.yaml", "Other");
        try (LiveRules rules = LiveRules.read(
                new LiveRules.Choice(List.of(pipe, other), RuleSelection.ALL, RuleEngine.Matching.ALL),
                Limits.DEFAULT,
                new Tally(),
                told::add)) {
            writer.join();
            rules.follow(Duration.ofMillis(10));
            lookAtIt();
            write("other.yaml", "Changed");
            await(rules, "Changed");
            assertThat(rules.get().rules()).extracting(rule -> rule.name()).containsExactly("One", "Changed");
        }
    }

    /** Nobody is waited for who lays a pipe in the place of a file; the file that comes back is read. */
    @Test
    void aPipeInThePlaceOfAFileIsTold() throws Exception {
        try (LiveRules rules = follow(file)) {
            lookAtIt();
            Files.delete(file);
            pipe(file);
            for (int i = 0; i < 1_000 && told.isEmpty(); i++) {
                Thread.sleep(10);
            }
            assertThat(told).singleElement().asString().contains("is a pipe or a device now, and no file");
            assertThat(rules.get().rules()).hasSize(1);
            Files.delete(file);
            write("rules.yaml", "Two");
            await(rules, "Two");
        }
    }
}
