package dev.holdfast.server.admission;

import static dev.holdfast.server.admission.Reviews.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.InputException;
import dev.holdfast.store.Verdict;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ImageLookTest {
    private static final String SETTINGS = """
            mode: enforce
            images: {failOn: high, failing: deny, undecided: warn, unknown: deny, tagHolds: 1h}
            namespaces:
            - names: [lab]
              images: {unknown: allow}
            - names: [soft]
              mode: warn
            """;

    private final Reviews.Known known = new Reviews.Known();

    private static String running(String image) {
        return "{\"containers\":[{\"name\":\"app\",\"image\":\"" + image + "\"}]}";
    }

    private AdmissionAnswer ask(String image) throws InputException {
        return ask("shop", image);
    }

    private AdmissionAnswer ask(String namespace, String image) throws InputException {
        return Reviews.judge(SETTINGS, "", known, Namespaces.NOT_LOOKED_AT)
                .decide(Reviews.request("CREATE", namespace, "", "Pod", "pods", Reviews.pod(running(image)), ""));
    }

    @Test
    void anImageThatFailedIsDenied() throws InputException {
        known.verdict("bad", Verdict.Outcome.FAIL, 3, NOW);
        AdmissionAnswer answer = ask("shop/web@" + Reviews.digest("bad"));
        assertThat(answer.isAllowed()).isFalse();
        assertThat(answer.message())
                .startsWith("image shop/web@sha256:")
                .endsWith(
                        "(container \"app\"): 3 findings at or above high (0 critical, 3 high), scanned on 2026-11-26");
        assertThat(answer.unknownImages()).isEmpty();
    }

    @Test
    void anImageThatPassedIsAdmittedWithoutAWord() throws InputException {
        known.verdict("good", Verdict.Outcome.PASS, 0, NOW);
        assertThat(ask("web@" + Reviews.digest("good"))).isEqualTo(AdmissionAnswer.allowed());
    }

    @Test
    void anUnknownImageGetsTheNamespacesAnswerAndIsWanted() throws InputException {
        String image = "docker.io/library/web@" + Reviews.digest("new");
        AdmissionAnswer denied = ask(image);
        assertThat(denied.isAllowed()).isFalse();
        assertThat(denied.message()).contains("it was not scanned yet; a scan is wanted");
        assertThat(denied.unknownImages()).containsExactly(image);
        AdmissionAnswer admitted = ask("lab", image);
        assertThat(admitted.isAllowed()).isTrue();
        assertThat(admitted.warnings()).isEmpty();
        assertThat(admitted.unknownImages()).containsExactly(image);
        AdmissionAnswer warned = ask("soft", image);
        assertThat(warned.isAllowed()).isTrue();
        assertThat(warned.warnings()).hasSize(1);
    }

    @Test
    void aTagIsUnknownUnlessItWasLookedUpLately() throws InputException {
        known.verdict("bad", Verdict.Outcome.FAIL, 1, NOW);
        AdmissionAnswer never = ask("web");
        assertThat(never.message()).contains("which image this tag stands for was not looked up lately");
        assertThat(never.unknownImages()).containsExactly("docker.io/library/web:latest");
        known.name("docker.io/library/web:latest", "bad", NOW.minus(Duration.ofMinutes(59)));
        assertThat(ask("web").message()).contains("1 finding at or above high");
        known.name("docker.io/library/web:latest", "bad", NOW.minus(Duration.ofMinutes(61)));
        assertThat(ask("web").message()).contains("was not looked up lately");
    }

    @Test
    void aVerdictEndsAndIsRenewedBefore() throws InputException {
        String image = "docker.io/library/web@" + Reviews.digest("good");
        known.verdict("good", Verdict.Outcome.PASS, 0, NOW.minus(Duration.ofHours(25)));
        AdmissionAnswer old = ask(image);
        assertThat(old.isAllowed()).isTrue();
        assertThat(old.unknownImages()).as("half of its time is over").containsExactly(image);
        known.verdict("good", Verdict.Outcome.PASS, 0, NOW.minus(Duration.ofHours(49)));
        assertThat(ask(image).message()).contains("is from 2026-11-24 and counts no longer");
    }

    @Test
    void whatCouldNotBeJudgedIsToldApart() throws InputException {
        known.verdict("dark", Verdict.Outcome.COULD_NOT_TELL, 0, NOW);
        AdmissionAnswer answer = ask("web@" + Reviews.digest("dark"));
        assertThat(answer.isAllowed()).isTrue();
        assertThat(answer.warnings()).singleElement().asString().contains("could not be judged: said so");
    }

    @Test
    void whatMakesPodsIsWarnedOfAndNotHeld() throws InputException {
        known.verdict("bad", Verdict.Outcome.FAIL, 3, NOW);
        AdmissionAnswer answer = Reviews.judge(SETTINGS, "", known, Namespaces.NOT_LOOKED_AT)
                .decide(Reviews.create(
                        "Deployment", "deployments", Reviews.deployment(running("web@" + Reviews.digest("bad")))));
        assertThat(answer.isAllowed()).isTrue();
        assertThat(answer.warnings()).singleElement().asString().startsWith("its pods would be denied: image web@");
    }

    @Test
    void aPodThatRunsIsNotHeldToItsOwnImage() throws InputException {
        known.verdict("bad", Verdict.Outcome.FAIL, 3, NOW);
        String image = "web@" + Reviews.digest("bad");
        String debugged =
                running(image).replace("]}", "],\"ephemeralContainers\":[{\"name\":\"d\",\"image\":\"tools\"}]}");
        AdmissionAnswer answer = Reviews.judge(SETTINGS, "", known, Namespaces.NOT_LOOKED_AT)
                .decide(Reviews.request(
                        "UPDATE",
                        "shop",
                        "ephemeralcontainers",
                        "Pod",
                        "pods",
                        Reviews.pod(debugged),
                        Reviews.pod(running(image))));
        assertThat(answer.message()).contains("image tools (container \"d\")").doesNotContain("image web@");
    }

    @Test
    void aNameThatIsNoneIsUnknownAndNotWanted() throws InputException {
        AdmissionAnswer answer = ask("UPPER CASE");
        assertThat(answer.isAllowed()).isFalse();
        assertThat(answer.message()).contains("no name of an image");
        assertThat(answer.unknownImages()).isEmpty();
    }
}
