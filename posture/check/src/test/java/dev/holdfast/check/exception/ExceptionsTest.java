package dev.holdfast.check.exception;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.check.CheckReport;
import dev.holdfast.check.CheckRequest;
import dev.holdfast.check.Checker;
import dev.holdfast.check.Result;
import dev.holdfast.check.Status;
import dev.holdfast.check.Verdict;
import dev.holdfast.check.join.KnownImages;
import dev.holdfast.core.Limits;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Findings that somebody decided not to count. */
class ExceptionsTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 26);

    private static CheckReport check(String name, String text, Exemption... given) throws Exception {
        return new Checker(Limits.DEFAULT, new KnownImages(), new Exceptions(List.of(given), TODAY))
                .check(CheckRequest.ofText(name, text));
    }

    private static List<String> excepted(CheckReport report) {
        return report.excepted().stream()
                .map(one -> one.finding().rule() + ":" + one.finding().place().line())
                .toList();
    }

    private static List<String> told(CheckReport report) {
        return report.failures().stream()
                .filter(one -> one.rule().startsWith("exception-"))
                .map(one -> one.rule() + ":" + one.place().line())
                .toList();
    }

    private static String pod(String before, String behind) {
        return before + "apiVersion: v1\nkind: Pod\nmetadata: {name: p, namespace: shop}\nspec:\n  hostPID: true"
                + behind + "\n  hostNetwork: true\n  containers:\n  - name: a\n    image: web:1\n";
    }

    @Test
    void aCommentBehindAValueHoldsForItsLine() throws Exception {
        CheckReport report = check(
                "pod.yaml", pod("", " # holdfast:ignore host-pid,host-network reason=a debugger until=2026-12-31"));
        assertThat(excepted(report)).containsExactly("host-pid:5");
        assertThat(report.failures())
                .extracting(Result::rule)
                .contains("host-network")
                .doesNotContain("host-pid");
        assertThat(report.verdict().sentence()).endsWith("; 1 set aside by exceptions");
        assertThat(report.results())
                .filteredOn(one -> one.rule().equals("host-pid"))
                .allSatisfy(one -> {
                    assertThat(one.status()).isEqualTo(Status.NOT_APPLICABLE);
                    assertThat(one.message()).isEqualTo("set aside (pod.yaml:5, until 2026-12-31: a debugger)");
                });
    }

    @Test
    void aCommentBeforeADocumentHoldsForAllOfItAndNoOther() throws Exception {
        String two = pod("# holdfast:ignore host-pid host-network reason=\"node agent\" owner=platform\n", "") + "---\n"
                + pod("", "");
        CheckReport report = check("pod.yaml", two);
        assertThat(excepted(report)).containsExactlyInAnyOrder("host-pid:6", "host-network:7");
        assertThat(report.failures()).extracting(Result::rule).contains("host-pid", "host-network");
    }

    @Test
    void aCommentOnALineOfItsOwnHoldsForTheBlockThatFollows() throws Exception {
        String text = "apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec:\n  containers:\n"
                + "  # holdfast:ignore privileged-container reason=needs the disks\n  # and a word more\n  - name: a\n    image: web:1\n"
                + "    securityContext:\n      privileged: true\n"
                + "  - name: b\n    image: web:1\n    securityContext:\n      privileged: true\n";
        CheckReport report = check("pod.yaml", text);
        assertThat(excepted(report)).containsExactly("privileged-container:11");
        assertThat(report.failures())
                .filteredOn(one -> one.rule().equals("privileged-container"))
                .extracting(one -> one.place().line())
                .containsExactly(15);
    }

    @Test
    void aListAsFarLeftAsItsKeyBelongsToIt() throws Exception {
        String text =
                "services:\n  a:\n    image: web:1\n    # holdfast:ignore dangerous-capability reason=it mounts\n    cap_add:\n    - SYS_ADMIN\n    pid: host\n";
        CheckReport report = check("compose.yaml", text);
        assertThat(report.failures()).extracting(Result::rule).containsExactly("host-pid");
    }

    @Test
    void ofADockerfileTheWholeInstructionIsMeant() throws Exception {
        String text = "# holdfast:ignore runs-as-root reason=it drops root itself\nFROM debian:13\n"
                + "# holdfast:ignore world-writable-files reason=scratch space\nRUN mkdir /x && \\\n    chmod 777 /x\nRUN chmod 777 /y\n";
        CheckReport report = check("Dockerfile", text);
        assertThat(excepted(report)).containsExactlyInAnyOrder("runs-as-root:2", "world-writable-files:5");
        assertThat(report.failures())
                .extracting(one -> one.rule() + ":" + one.place().line())
                .contains("world-writable-files:6");
    }

    @Test
    void anAnnotationHoldsForItsObject() throws Exception {
        String text = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: p\n  annotations:\n"
                + "    ignore.holdfast.dev/host-pid: a debugger owner=ops until=2026-11-26\nspec: {hostPID: true, containers: []}\n"
                + "---\napiVersion: v1\nkind: Pod\nmetadata: {name: q}\nspec: {hostPID: true, containers: [{name: a, image: 'a:1'}]}\n";
        CheckReport report = check("pod.yaml", text);
        assertThat(report.excepted()).hasSizeLessThanOrEqualTo(1);
        assertThat(report.failures()).extracting(Result::subject).anyMatch(subject -> subject.startsWith("Pod q"));
        assertThat(report.failures())
                .filteredOn(one -> one.rule().equals("host-pid"))
                .extracting(Result::subject)
                .noneMatch(subject -> subject.startsWith("Pod p"));
    }

    @Test
    void anExpiredOneDoesNotHoldAndIsTold() throws Exception {
        CheckReport report = check("pod.yaml", pod("", " # holdfast:ignore host-pid reason=x until=2026-11-25"));
        assertThat(excepted(report)).isEmpty();
        assertThat(told(report)).containsExactly("exception-expired:5");
        assertThat(report.verdict().outcome()).isEqualTo(Verdict.Outcome.FAIL);
    }

    @Test
    void oneThatMeetsNothingIsTold() throws Exception {
        CheckReport report = check("pod.yaml", pod("", " # holdfast:ignore host-ipc reason=x"));
        assertThat(told(report)).containsExactly("exception-unused:5");
    }

    @Test
    void whatSaysTooLittleDoesNotHold() throws Exception {
        CheckReport report = check(
                "pod.yaml",
                pod(
                        "# holdfast:ignore reason=x\n# holdfast:ignore host-network reason=x until=tomorrow\n",
                        " # holdfast:ignore host-pid"));
        assertThat(excepted(report)).isEmpty();
        assertThat(told(report))
                .containsExactlyInAnyOrder("exception-not-valid:1", "exception-not-valid:2", "exception-not-valid:7");
    }

    @Test
    void thoseOfTheFileNameRuleObjectAndFile() throws Exception {
        Exemption met = given("host-pid", "shop/*", "*.yaml");
        Exemption other = given("host-network", "Pod bank/*", "");
        Exceptions exceptions = new Exceptions(List.of(met, other), TODAY);
        CheckReport report = new Checker(Limits.DEFAULT, new KnownImages(), exceptions)
                .check(CheckRequest.ofText("pod.yaml", pod("", "")));
        assertThat(excepted(report)).containsExactly("host-pid:5");
        assertThat(exceptions.unusedGiven(Set.of("host-pid", "host-network")))
                .extracting(Result::path, one -> one.place().line())
                .containsExactly(org.assertj.core.api.Assertions.tuple("ignore.yaml", 3));
        assertThat(exceptions.unusedGiven(Set.of("no-such-rule"))).isEmpty();
    }

    private static Exemption given(String id, String target, String path) {
        return new Exemption(
                List.of(id),
                path,
                target,
                Optional.empty(),
                "because",
                "",
                Optional.empty(),
                new Exemption.Spot("ignore.yaml", 3));
    }

    @Test
    void hostileCommentsEndSomewhere() throws Exception {
        String many = "# holdfast:ignore a reason=b\n".repeat(2_000);
        assertThat(told(check("pod.yaml", pod(many, "")))).hasSize(2_000);
        assertThat(told(check("Dockerfile", "FROM debian:13\n# holdfast:ignore a reason=b")))
                .containsExactly("exception-not-valid:2");
    }
}
