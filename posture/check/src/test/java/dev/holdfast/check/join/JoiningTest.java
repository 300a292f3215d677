package dev.holdfast.check.join;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.check.CheckReport;
import dev.holdfast.check.CheckRequest;
import dev.holdfast.check.Checker;
import dev.holdfast.check.Result;
import dev.holdfast.check.Rule;
import dev.holdfast.check.Status;
import dev.holdfast.core.Limits;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Manifests with the images that they run: what neither of them shows alone. */
class JoiningTest {
    private static final Set<String> OURS = new TreeSet<>();

    static {
        Joining.rules().forEach(rule -> OURS.add(rule.id()));
    }

    @TempDir
    private Path folder = Path.of("");

    private void write(String name, String text) throws Exception {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private CheckReport check() throws Exception {
        return new Checker(Limits.DEFAULT).check(CheckRequest.of("", folder).profile(Rule.Profile.STRICT));
    }

    private static List<String> joined(CheckReport report) {
        return report.failures().stream()
                .filter(one -> OURS.contains(one.rule()))
                .map(one -> one.rule() + " " + one.path() + ":" + one.place().line())
                .toList();
    }

    private List<String> joined() throws Exception {
        return joined(check());
    }

    /** A pod with one container of the image, and a Compose file that says from what the image is built. */
    private void pod(String ofContainer, String ofPod) throws Exception {
        write("build/compose.yaml", "services:\n  web:\n    image: shop/web:1\n    build: ../web\n");
        write(
                "pod.yaml",
                "apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec:\n" + ofPod
                        + "  containers:\n  - name: app\n    image: docker.io/shop/web:1\n" + ofContainer);
    }

    private void image(String lines) throws Exception {
        write("web/Dockerfile", lines);
    }

    private static final String NON_ROOT = "    securityContext:\n      runAsNonRoot: true\n";

    @Test
    void aRootImageUnderADemandForAnotherUserDoesNotStart() throws Exception {
        pod(NON_ROOT, "");
        image("FROM debian:13\nUSER root\n");
        CheckReport report = check();
        assertThat(joined(report)).contains("image-user-contradiction pod.yaml:9");
        assertThat(report.failures())
                .filteredOn(one -> one.rule().equals("image-user-contradiction"))
                .extracting(Result::message)
                .allMatch(message -> message.contains("USER root (web/Dockerfile:2)"));
    }

    @Test
    void ofANameTheKubeletCannotTellThatItIsNotRoot() throws Exception {
        pod(NON_ROOT, "");
        image("FROM debian:13\nUSER app\n");
        assertThat(joined()).contains("image-user-contradiction pod.yaml:9");
    }

    @Test
    void aNumberMeetsTheDemand() throws Exception {
        pod(NON_ROOT, "");
        image("FROM debian:13\nARG ID=10001\nUSER ${ID}:${ID}\n");
        assertThat(joined()).doesNotContain("image-user-contradiction pod.yaml:9");
    }

    @Test
    void aUserOfTheManifestOutweighsThatOfTheImage() throws Exception {
        pod("    securityContext:\n      runAsNonRoot: true\n      runAsUser: 10001\n", "");
        image("FROM debian:13\nUSER app\n");
        assertThat(joined()).noneMatch(one -> one.startsWith("image-user-contradiction"));
    }

    @Test
    void rootIsProvenAndToldInPlaceOfADoubt() throws Exception {
        pod("", "");
        image("FROM golang:1.27 AS build\nUSER 1000\nFROM alpine:3.23\nCOPY --from=build /a /a\n");
        CheckReport report = check();
        assertThat(joined(report)).contains("runs-as-root pod.yaml:7");
        assertThat(report.failures()).extracting(Result::rule).doesNotContain("run-as-non-root-missing");
    }

    @Test
    void ofAnUnknownBaseNothingIsClaimed() throws Exception {
        pod("", "");
        image("FROM registry.example/base:1\nCMD [\"a\"]\n");
        CheckReport report = check();
        assertThat(joined(report)).noneMatch(one -> one.contains("pod.yaml"));
        assertThat(report.failures()).extracting(Result::rule).contains("run-as-non-root-missing");
    }

    @Test
    void whatTheBaseSetsIsKnownWhenItIsAmongTheFiles() throws Exception {
        pod(NON_ROOT, "");
        image("FROM registry.example/base:1\nCMD [\"a\"]\n");
        write(
                "base.json",
                "[{\"RepoTags\": [\"registry.example/base:1\"], \"Os\": \"linux\", \"RootFS\": {},\n \"Config\": {\"User\": \"nobody\"}}]");
        CheckReport report = check();
        assertThat(joined(report)).contains("image-user-contradiction pod.yaml:9");
        assertThat(report.failures())
                .filteredOn(one -> one.rule().equals("image-user-contradiction"))
                .extracting(Result::message)
                .allMatch(message -> message.contains("base.json:2"));
    }

    @Test
    void theStageThatIsBuiltCounts() throws Exception {
        pod(NON_ROOT, "");
        write(
                "build/compose.yaml",
                "services:\n  web:\n    image: shop/web:1\n    build: {context: .., dockerfile: web/Dockerfile, target: run}\n");
        image("FROM debian:13 AS run\nUSER 10001\nFROM debian:13\nUSER app\n");
        assertThat(joined()).noneMatch(one -> one.startsWith("image-user-contradiction"));
    }

    @Test
    void skaffoldSaysWhatIsBuiltToo() throws Exception {
        write(
                "skaffold.yaml",
                "apiVersion: skaffold/v4beta11\nkind: Config\nbuild:\n  artifacts:\n  - image: shop/web:1\n    context: web\n");
        write(
                "pod.yaml",
                "apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec:\n  containers:\n  - {name: a, image: 'shop/web:1'}\n");
        image("FROM debian:13\n");
        assertThat(joined()).contains("runs-as-root pod.yaml:6");
    }

    @Test
    void aShellIsMissingWhereNothingBringsOne() throws Exception {
        pod("    command: [sh, -c, 'exec /app']\n    livenessProbe: {exec: {command: [/app, check]}}\n", "");
        image("FROM golang:1.27 AS build\nFROM scratch\nCOPY --from=build /src/app /app\nUSER 65532\n");
        assertThat(joined()).contains("program-not-in-image pod.yaml:8");
        image("FROM golang:1.27 AS build\nFROM scratch\nCOPY --from=build /rootfs /\nUSER 65532\n");
        assertThat(joined()).noneMatch(one -> one.startsWith("program-not-in-image"));
    }

    @Test
    void whatIsMountedMayBringTheProgram() throws Exception {
        pod("    command: [/tools/sh]\n    volumeMounts: [{name: t, mountPath: /tools}]\n", "");
        image("FROM gcr.io/distroless/static:nonroot\nCOPY app /app\n");
        assertThat(joined()).noneMatch(one -> one.startsWith("program-not-in-image"));
    }

    @Test
    void aLineAsEntryPointReadsNoArguments() throws Exception {
        pod("    args: [--verbose]\n", "");
        image("FROM debian:13\nENTRYPOINT exec /app\nUSER 10001\n");
        assertThat(joined()).contains("arguments-not-used pod.yaml:8");
        image("FROM debian:13\nENTRYPOINT [\"/app\"]\nUSER 10001\n");
        assertThat(joined()).noneMatch(one -> one.startsWith("arguments-not-used"));
    }

    @Test
    void optionsAloneStartNothing() throws Exception {
        pod("    args: [--verbose]\n", "");
        image("FROM scratch\nCOPY app /app\nCMD [\"/app\"]\nUSER 10001\n");
        assertThat(joined()).contains("no-program-to-start pod.yaml:8");
        image("FROM debian:13\nCMD [\"/app\"]\nUSER 10001\n");
        assertThat(joined()).noneMatch(one -> one.startsWith("no-program-to-start"));
    }

    @Test
    void aVolumeUnderAReadOnlyRootWantsAMount() throws Exception {
        String context = "    securityContext: {readOnlyRootFilesystem: true}\n";
        pod(context, "");
        image("FROM debian:13\nUSER 10001\nVOLUME [\"/data\", \"/tmp/x\"]\n");
        assertThat(joined()).contains("image-volume-not-mounted pod.yaml:8");
        pod(context + "    volumeMounts: [{name: a, mountPath: /data/}, {name: b, mountPath: /tmp}]\n", "");
        assertThat(joined()).noneMatch(one -> one.startsWith("image-volume-not-mounted"));
    }

    @Test
    void portsAreComparedUnlessSomethingElseIsStarted() throws Exception {
        pod("    ports: [{containerPort: 80}]\n", "");
        image("FROM debian:13\nUSER 10001\nEXPOSE 8080/tcp 9090\n");
        assertThat(joined()).contains("port-not-of-image pod.yaml:8");
        pod("    ports: [{containerPort: 80}, {containerPort: 9090}]\n", "");
        assertThat(joined()).noneMatch(one -> one.startsWith("port-not-of-image"));
        pod("    ports: [{containerPort: 80}]\n    args: [--port=80]\n", "");
        assertThat(joined()).noneMatch(one -> one.startsWith("port-not-of-image"));
    }

    @Test
    void aUserCannotOpenALowPortEverywhere() throws Exception {
        pod("    ports: [{containerPort: 80}]\n", "");
        image("FROM debian:13\nUSER 10001\nEXPOSE 80\n");
        assertThat(joined()).contains("low-port-for-user pod.yaml:8");
        pod(
                "    ports: [{containerPort: 80}]\n",
                "  securityContext: {sysctls: [{name: net.ipv4.ip_unprivileged_port_start, value: '0'}]}\n");
        assertThat(joined()).noneMatch(one -> one.startsWith("low-port-for-user"));
    }

    @Test
    void theHealthCheckOfAnImageIsNotRunByTheKubelet() throws Exception {
        pod("", "");
        image("FROM debian:13\nUSER 10001\nHEALTHCHECK CMD [\"/check\"]\n");
        assertThat(joined()).contains("image-health-check-ignored pod.yaml:6");
        image("FROM debian:13\nUSER 10001\nHEALTHCHECK NONE\n");
        assertThat(joined()).noneMatch(one -> one.startsWith("image-health-check-ignored"));
    }

    @Test
    void filesOfTheImagesOwnUserAreNotThoseOfAnother() throws Exception {
        pod("    securityContext: {runAsUser: 20000}\n", "");
        image("FROM debian:13\nCOPY --chown=10001:10001 . /app\nUSER 10001\n");
        assertThat(joined()).contains("files-of-another-user pod.yaml:8");
        image("FROM debian:13\nCOPY --chown=10001:0 . /app\nUSER 10001\n");
        assertThat(joined()).noneMatch(one -> one.startsWith("files-of-another-user"));
    }

    @Test
    void anImageOfAnotherPlatformIsNamed() throws Exception {
        write(
                "web.json",
                "[{\"RepoTags\": [\"shop/web:1\"], \"Os\": \"linux\", \"Architecture\": \"arm64\", \"RootFS\": {}, \"Config\": {\"User\": \"5\"}}]");
        write(
                "task.json",
                "{\"family\": \"f\",\n\"runtimePlatform\": {\"cpuArchitecture\": \"X86_64\"},\n\"containerDefinitions\": [{\"name\": \"a\", \"image\": \"shop/web:1\"}]}");
        write("compose.yaml", "services:\n  a:\n    image: shop/web:1\n    platform: linux/arm64/v8\n");
        assertThat(joined())
                .contains("platform-mismatch task.json:2")
                .noneMatch(one -> one.startsWith("platform-mismatch compose.yaml"));
    }

    @Test
    void aTaskWithoutUserIsAnsweredByItsImage() throws Exception {
        write(
                "web.json",
                "[{\"RepoTags\": [\"shop/web:latest\"], \"Os\": \"linux\", \"RootFS\": {}, \"Config\": {\"User\": \"5\"}}]");
        write(
                "task.json",
                "{\"family\": \"f\", \"containerDefinitions\": [{\"name\": \"a\", \"image\": \"shop/web\"}]}");
        List<Result> answers = check().results().stream()
                .filter(one -> one.rule().equals("runs-as-root") && one.path().equals("task.json"))
                .toList();
        assertThat(answers).extracting(Result::status).containsExactly(Status.PASS);
    }

    @Test
    void whatIsNotAtHandIsSaidOnce() throws Exception {
        write(
                "pods.yaml",
                "apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec: {containers: [{name: a, image: a:1}, {name: b, image: 'b:1'}]}\n"
                        + "---\napiVersion: v1\nkind: Pod\nmetadata: {name: q}\nspec: {containers: [{name: a, image: '{{ x }}'}]}\n");
        write("compose.yaml", "services:\n  a:\n    image: c:1\n  b:\n    image: ${X}\n");
        List<Result> answers = check().results().stream()
                .filter(one -> one.rule().equals("image-not-at-hand"))
                .toList();
        assertThat(answers).hasSize(1);
        assertThat(answers.getFirst().status()).isEqualTo(Status.NOT_ASSESSED);
        assertThat(answers.getFirst().message()).startsWith("3 images (a:1, b:1, c:1) are not at hand");
    }

    @Test
    void anImageThatIsGivenBesideIsJoinedToo() throws Exception {
        write("web/Dockerfile", "FROM debian:13\nENV DB_PASSWORD=Xk29sLqpZ81mvTTa\nUSER app\n");
        write(
                "k8s/pod.yaml",
                "apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec:\n  containers:\n  - name: a\n    image: r.example/web:2\n"
                        + NON_ROOT);
        GivenImages images = new GivenImages(Limits.DEFAULT);
        images.read(folder.resolve("web/Dockerfile"), "r.example/web:2");
        CheckReport report =
                new Checker(Limits.DEFAULT, images.images()).check(CheckRequest.of("k8s", folder.resolve("k8s")));
        assertThat(joined(report)).contains("image-user-contradiction pod.yaml:9", "secret-in-environment pod.yaml:7");
        assertThat(report.failures()).extracting(Result::message).noneMatch(text -> text.contains("Xk29"));
    }

    @Test
    void anEngineServiceWhoseFileIsJudgedIsNotToldTwice() throws Exception {
        write("compose.yaml", "services:\n  web:\n    build: web\n");
        image("FROM debian:13\n");
        assertThat(joined()).containsExactly("runs-as-root web/Dockerfile:1");
    }
}
