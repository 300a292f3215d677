package dev.holdfast.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.Gap;
import dev.holdfast.core.Limits;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckerTest {
    @TempDir
    private Path folder = Path.of("");

    private CheckReport check() throws Exception {
        return new Checker(Limits.DEFAULT).check(CheckRequest.of("folder", folder));
    }

    private void write(String name, String text) throws Exception {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    @Test
    void oneBrokenFileCostsNoOtherItsAnswer() throws Exception {
        write("a/broken.yaml", "apiVersion: v1\nkind: Pod\nspec: {containers: [\n");
        write("b/pod.yaml", "apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec: {hostPID: true}\n");
        CheckReport report = check();
        assertThat(report.failures()).extracting(Result::path).contains("b/pod.yaml");
        assertThat(report.gaps()).extracting(Gap::subject).anyMatch(subject -> subject.startsWith("a/broken.yaml:"));
        assertThat(report.verdict().outcome()).isEqualTo(Verdict.Outcome.FAIL);
    }

    @Test
    void aFolderWithNothingOfOursPassesAndCountsWhatItSaw() throws Exception {
        write("values.txt", "x");
        write("numbers.yaml", "a: 1\n");
        CheckReport report = check();
        assertThat(report.foreign()).isEqualTo(2);
        assertThat(report.gaps()).isEmpty();
    }

    @Test
    void whatCannotBeReadLeavesTheVerdictOpen() throws Exception {
        write("latin.yaml", "x");
        Files.write(folder.resolve("latin.yaml"), new byte[] {'k', (byte) 0xe9});
        CheckReport report = check();
        assertThat(report.verdict().outcome()).isEqualTo(Verdict.Outcome.COULD_NOT_TELL);
        assertThat(report.gaps()).extracting(Gap::code).isEqualTo(List.of(Gap.Code.UNREADABLE));
    }

    @Test
    void countsTheLimitsThatALimitRangeGives() throws Exception {
        String text = """
                apiVersion: v1
                kind: LimitRange
                metadata: {name: usual, namespace: shop}
                spec: {limits: [{type: Container, default: {memory: 128Mi}}, {type: Pod, max: {cpu: "2"}}]}
                ---
                apiVersion: v1
                kind: Pod
                metadata: {name: given, namespace: shop}
                spec: {containers: [{name: c, image: a}]}
                ---
                apiVersion: v1
                kind: Pod
                metadata: {name: bare, namespace: other}
                spec: {containers: [{name: c, image: a}]}
                """;
        CheckReport report = new Checker(Limits.DEFAULT)
                .check(CheckRequest.ofText("all.yaml", text).profile(Rule.Profile.STRICT));
        assertThat(report.failures())
                .filteredOn(result -> result.rule().equals("memory-unlimited"))
                .extracting(Result::subject)
                .allSatisfy(subject -> assertThat(subject).contains("other/bare"))
                .isNotEmpty();
        assertThat(report.failures())
                .filteredOn(result -> result.rule().equals("cpu-unlimited"))
                .extracting(Result::subject)
                .anySatisfy(subject -> assertThat(subject).contains("shop/given"));
    }
}
