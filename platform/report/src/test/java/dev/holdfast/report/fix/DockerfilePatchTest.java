package dev.holdfast.report.fix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.core.InputException;
import dev.holdfast.scan.fix.FixPlan;
import dev.holdfast.scan.fix.Step;
import dev.holdfast.scan.fix.Step.Kind;
import dev.holdfast.scan.fix.Step.Upgrade;
import java.util.List;
import org.junit.jupiter.api.Test;

class DockerfilePatchTest {
    private static String patch(String dockerfile, String user) throws InputException {
        Step step = new Step(
                Kind.DISTRIBUTION,
                List.of(new Upgrade("curl", "1", "2", false)),
                List.of(),
                "",
                1,
                0,
                0,
                List.of("apt-get update && apt-get install -y --only-upgrade curl"));
        return DockerfilePatch.of("Dockerfile", dockerfile, new FixPlan("shop", 1, 1, List.of(step), List.of()), user);
    }

    private static final String RUN =
            "+RUN apt-get update && apt-get install -y --only-upgrade curl && rm -rf /var/lib/apt/lists/*\n";

    @Test
    void theLastStageGetsTheUpgradeRightAfterItsFrom() throws Exception {
        assertThat(patch(
                        "FROM maven AS build\nRUN mvn package\n\nFROM debian:12\nCOPY --from=build /a /b\nCMD a\n", ""))
                .isEqualTo("--- Dockerfile\n+++ Dockerfile\n@@ -2,5 +2,6 @@\n RUN mvn package\n \n FROM debian:12\n"
                        + RUN + " COPY --from=build /a /b\n CMD a\n");
    }

    @Test
    void continuedFromEndsWithItsLastLine() throws Exception {
        assertThat(patch("from debian:12 \\\n  as run\nCMD a\n", "")).contains(" from debian:12 \\\n   as run\n" + RUN);
    }

    @Test
    void fromInAHeredocOrACommentOrAContinuedRunIsNone() throws Exception {
        String text = "FROM a\nRUN <<EOF\nFROM b\nEOF\nRUN echo \\\nFROM c\n# FROM d\n";

        assertThat(patch(text, "")).startsWith("--- Dockerfile\n+++ Dockerfile\n@@ -1,4 +1,5 @@\n FROM a\n" + RUN);
    }

    @Test
    void whatStandsInSeveralHeredocsOrBehindACommentInAContinuedRunIsNoFrom() throws Exception {
        String run = "--- Dockerfile\n+++ Dockerfile\n@@ -1,4 +1,5 @@\n FROM a\n" + RUN;

        assertThat(patch("FROM a\nRUN cat <<one <<two\none\nFROM b\ntwo\nUSER c\n", ""))
                .startsWith(run);
        assertThat(patch("FROM a\nCOPY <<-'a b' /x\nUSER app\n\ta b\nRUN x\n", "app"))
                .contains("+USER root\n" + RUN + "+USER app\n");
        assertThat(patch("FROM a\nRUN x \\\n# why\nFROM b\nONBUILD USER app\n", ""))
                .startsWith(run);
    }

    @Test
    void fromOverSeveralLinesEndsBehindItsComments() throws Exception {
        assertThat(patch("FROM \\\n# pinned\n\n debian:12\nCMD a\n", "")).contains("  debian:12\n" + RUN + " CMD a\n");
        assertThat(onto("FROM \\\n# pinned\n debian:11 AS run\nCMD a\n", "debian:12"))
                .contains("- debian:11 AS run\n+ debian:12 AS run\n");
    }

    @Test
    void byteOrderMarkStaysWhereItIs() throws Exception {
        assertThat(onto("\uFEFFFROM debian:11\n", "debian:12"))
                .contains("-\uFEFFFROM debian:11\n+\uFEFFFROM debian:12\n");
    }

    @Test
    void stageThatBeginsWithNothingHasNoBaseToExchange() throws Exception {
        assertThat(onto("FROM scratch\nCOPY a /\n", "debian:12")).isEmpty();
    }

    @Test
    void anotherEscapeCharacterIsRespected() throws Exception {
        assertThat(patch("# escape=`\nFROM a `\n AS b\nRUN c:\\\nCMD d\n", "")).contains("  AS b\n" + RUN);
    }

    @Test
    void fileWithoutALastLineFeedIsEndedFirst() throws Exception {
        assertThat(patch("FROM a", ""))
                .isEqualTo(
                        "--- Dockerfile\n+++ Dockerfile\n@@ -1,1 +1,2 @@\n-FROM a\n\\ No newline at end of file\n+FROM a\n"
                                + RUN);
        assertThat(patch("FROM a\nCMD b", "")).endsWith(RUN + " CMD b\n\\ No newline at end of file\n");
    }

    @Test
    void carriageReturnsStay() throws Exception {
        assertThat(patch("FROM a\r\nCMD b\r\n", "")).contains(" FROM a\r\n+RUN").contains("lists/*\r\n CMD b\r\n");
    }

    @Test
    void rootIsTakenAndGivenBackWhereTheBaseRunsAsAnotherUser() throws Exception {
        assertThat(patch("FROM a\nCMD b\n", "app")).contains("+USER root\n" + RUN + "+USER app\n");
        assertThat(patch("FROM a\nUSER app\nCMD b\n", "app")).doesNotContain("+USER");
        assertThat(patch("FROM a\nCMD b\n", "0")).doesNotContain("+USER");
    }

    private static String onto(String dockerfile, String image) throws InputException {
        Step base = new Step(
                Kind.BASE, List.of(new Upgrade(image, "old", image, false)), List.of(), "", 1, 0, 0, List.of("# x"));
        return DockerfilePatch.of("Dockerfile", dockerfile, new FixPlan("shop", 1, 1, List.of(base), List.of()), "");
    }

    @Test
    void anotherBaseIsWrittenWhereTheLastStageBegins() throws Exception {
        assertThat(onto("FROM --platform=linux/amd64 debian:11 AS run\nCMD a\n", "debian:12"))
                .contains("-FROM --platform=linux/amd64 debian:11 AS run\n"
                        + "+FROM --platform=linux/amd64 debian:12 AS run\n");
        assertThat(onto("FROM debian:11 as base\nFROM golang AS build\nFROM Base\nCMD a\n", "debian:12"))
                .contains("-FROM debian:11 as base\n+FROM debian:12 as base\n");
    }

    @Test
    void baseThatArgumentsMakeUpOrThatIsNoNameIsLeftAlone() throws Exception {
        assertThat(onto("ARG V=11\nFROM debian:$V\n", "debian:12")).isEmpty();
        assertThat(onto("FROM debian:11\n", "a\nRUN evil")).isEmpty();
        assertThat(onto("FROM debian:11\n", "/tmp/base.tar")).isEmpty();
    }

    @Test
    void whatHasNoFromIsNoDockerfile() {
        assertThatThrownBy(() -> patch("hello\n", ""))
                .isInstanceOf(InputException.class)
                .hasMessage("Dockerfile: no Dockerfile: it has no FROM");
    }

    @Test
    void withoutSuchAStepThereIsNothingToPatch() throws Exception {
        assertThat(DockerfilePatch.of("Dockerfile", "FROM a\n", new FixPlan("shop", 0, 0, List.of(), List.of()), ""))
                .isEmpty();
    }
}
