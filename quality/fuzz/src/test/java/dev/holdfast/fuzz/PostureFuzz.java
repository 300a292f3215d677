package dev.holdfast.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.holdfast.check.CheckReport;
import dev.holdfast.check.CheckRequest;
import dev.holdfast.check.Checker;
import dev.holdfast.check.Mender;
import dev.holdfast.check.Result;
import dev.holdfast.check.Rule;
import dev.holdfast.check.Status;
import dev.holdfast.core.InputException;
import dev.holdfast.manifest.compose.ComposeReader;
import dev.holdfast.manifest.dockerfile.DockerfileReader;
import dev.holdfast.manifest.shell.ShellReader;
import dev.holdfast.manifest.text.SourceText;
import dev.holdfast.manifest.tree.JsonReader;
import dev.holdfast.manifest.tree.Schema;
import dev.holdfast.manifest.tree.YamlReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;

/** What teams write to build and run containers, and the files of hosts: read, judged by every rule, and mended. */
class PostureFuzz {
    /** Where files of hosts are put; each is the same bytes. */
    private static final List<String> HOST_FILES = List.of(
            "etc/passwd",
            "etc/group",
            "etc/docker/daemon.json",
            "etc/audit/rules.d/a.rules",
            "etc/kubernetes/manifests/kube-apiserver.yaml",
            "etc/kubernetes/given.yaml",
            "lib/systemd/system/docker.service",
            "lib/systemd/system/docker.socket",
            "lib/systemd/system/kubelet.service",
            "etc/systemd/system/kubelet.service.d/10-a.conf",
            "var/lib/kubelet/config.yaml",
            "var/lib/docker/swarm/docker-state.json");

    @TempDir
    private static Path host = Path.of("");

    @MethodSource("dockerfiles")
    @FuzzTest
    void dockerfile(byte[] bytes) {
        Hostile.feedTo(() -> new DockerfileReader(Hostile.LIMITS).read(bytes));
        judge("Dockerfile", bytes);
    }

    @MethodSource("scripts")
    @FuzzTest
    void shell(byte[] bytes) {
        SourceText.Builder text = new SourceText.Builder();
        int line = 1;
        for (String one : new String(bytes, UTF_8).split("(?<=\n)", -1)) {
            text.append(one, line++, 1);
        }
        Hostile.feedTo(() -> ShellReader.read(text.build()));
    }

    @MethodSource("projects")
    @FuzzTest
    void compose(byte[] bytes) {
        // every file beside is the same one, so that what refers to others leads in circles
        Hostile.feedTo(() -> new ComposeReader(Hostile.LIMITS).read("compose.yaml", bytes, path -> Optional.of(bytes)));
        judge("compose.yaml", bytes);
    }

    @MethodSource("tasks")
    @FuzzTest
    void ecs(byte[] bytes) {
        judge("task.json", bytes);
    }

    @MethodSource("configurations")
    @FuzzTest
    void imageConfiguration(byte[] bytes) {
        judge("image.json", bytes);
    }

    @MethodSource("objects")
    @FuzzTest
    void kubernetes(byte[] bytes) {
        judge("pod.yaml", bytes);
    }

    @MethodSource("objects")
    @FuzzTest
    void yamlTree(byte[] bytes) {
        String text = new String(bytes, UTF_8);
        Hostile.feedTo(() -> new YamlReader(Schema.CORE, Hostile.LIMITS).read(text));
        Hostile.feedTo(() -> new YamlReader(Schema.KUBERNETES, Hostile.LIMITS).read(text));
    }

    @MethodSource("tasks")
    @FuzzTest
    void jsonTree(byte[] bytes) {
        Hostile.feedTo(() -> new JsonReader(Hostile.LIMITS).read(bytes));
        Hostile.feedTo(() -> new JsonReader(Hostile.LIMITS).read(new String(bytes, UTF_8)));
    }

    @MethodSource("hostFiles")
    @FuzzTest
    void hostFiles(byte[] bytes) {
        Hostile.feedTo(() -> {
            for (String name : HOST_FILES) {
                Path file = host.resolve(name);
                Files.createDirectories(file.resolveSibling("."));
                Files.write(file, bytes);
            }
            answered(new Checker(Hostile.LIMITS)
                    .check(CheckRequest.ofHost("host", host).profile(Rule.Profile.STRICT)));
        });
    }

    private static void judge(String name, byte[] bytes) {
        Hostile.feedTo(() -> {
            String text = new String(bytes, UTF_8);
            Checker checker = new Checker(Hostile.LIMITS);
            CheckRequest request = CheckRequest.ofText(name, text).profile(Rule.Profile.STRICT);
            answered(checker.check(request));
            if (bytes.length < 2_000) {
                mend(new Mender(checker), request, name, text);
            }
        });
    }

    private static void mend(Mender mender, CheckRequest request, String name, String text)
            throws InputException, IOException {
        mender.mend(request, name, text).ifPresent(mended -> {
            if (mended.after().equals(text) || mended.diff().isEmpty()) {
                throw new AssertionError("mended, and nothing changed");
            }
        });
    }

    private static void answered(CheckReport report) {
        for (Result result : report.results()) {
            if (result.status() == Status.ERROR || result.place().line() < 1) {
                throw new AssertionError("no answer: " + result);
            }
        }
    }

    static Stream<byte[]> dockerfiles() {
        return Seeds.texts(
                "# syntax=docker/dockerfile:1\nARG V=1\nFROM a:${V:-2} AS b\nENV A=b C='d e'\nRUN --mount=type=cache,target=/c set -e; \\\n # c\n curl -k x | sh\n",
                "FROM a\nRUN <<EOF\nif x; then y $(z); fi\nEOF\nCOPY <<-'E' /f\n\tx\n\tE\nONBUILD RUN [\"sh\", \"-c\", \"a && b\"]\n",
                "# escape=`\nFROM mcr.microsoft.com/windows/nanoserver\nRUN dir `\n C:\\\nEXPOSE 1-2/udp\nHEALTHCHECK --interval=1s CMD a\n",
                "FROM debian:13\nMAINTAINER a\nRUN apt-get install x && sudo rm -rf $X/ && cd /a\nADD a b /c\nCMD a b\nLABEL org.opencontainers.image.created=a\nENTRYPOINT [\"/s\"]\n");
    }

    static Stream<byte[]> scripts() {
        return Seeds.texts(
                "a=b c \"$d ${e:-$(f `g`)}\" 'h' | i && j || k; { l; } & (m) >n 2>&1 <<E\n$o\nE\n",
                "case $a in b|c) d;; *) e;& esac; for i in 1 2; do [[ a =~ b ]]; ((x++)); done; f() { g; }; while h <(i); do j; done <<<k\n");
    }

    static Stream<byte[]> projects() {
        return Seeds.texts(
                "x-a: &a {cap_add: [ALL]}\nservices:\n  s:\n    <<: *a\n    image: ${I:-a:$T}\n    extends: {file: b.yml, service: s}\n    ports: ['1.2.3.4:80-81:90-91/udp']\n",
                "include: [a.yml]\nservices:\n  s: {build: {context: ., privileged: true}, volumes: ['/:/h:ro,shared', v:/v], environment: [A=b, C], runtime: r}\nnetworks: {n: {driver: overlay}}\nvolumes: {v: {driver_opts: {type: nfs, o: addr=a}}}\n");
    }

    static Stream<byte[]> tasks() {
        return Seeds.texts(
                "{\"family\":\"f\",\"pidMode\":\"host\",\"containerDefinitions\":[{\"name\":\"a\",\"image\":\"b\",\"privileged\":true,\"environment\":[{\"name\":\"T\",\"value\":\"v\"}]}]}",
                "{\"services\":[{\"serviceName\":\"s\",\"launchType\":\"EC2\"}],\"clusters\":[{\"clusterName\":\"c\",\"settings\":[]}]}");
    }

    static Stream<byte[]> configurations() {
        return Seeds.texts(
                "{\"architecture\":\"amd64\",\"created\":\"1970-01-01T00:00:00Z\",\"config\":{\"User\":\"a\",\"Env\":[\"A=b\"],\"Cmd\":[\"/bin/sh\",\"-c\",\"a\"],"
                        + "\"Labels\":{\"org.opencontainers.image.licenses\":\"MIT\"},\"ExposedPorts\":{\"80/tcp\":{}}},\"rootfs\":{},"
                        + "\"history\":[{\"created_by\":\"RUN |1 A=b /bin/sh -c apt-get update # buildkit\"}]}");
    }

    static Stream<byte[]> objects() {
        return Seeds.texts(
                "apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec:\n  hostPID: true\n  containers:\n  - &a {name: a, image: b, securityContext: {privileged: true}}\n  - *a\n",
                "a: &a [*a]\n? {b: c}\n: d\n---\n!!binary aGk=\n--- |\n e\n...\n",
                "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: d}\nspec: {template: {spec: {containers: [{name: c, image: 'x:1'}]}}}\n");
    }

    static Stream<byte[]> hostFiles() {
        return Seeds.texts(
                "[Service]\nEnvironment=\"A=--config=/var/lib/kubelet/config.yaml --v=2\" B=c\nEnvironmentFile=-/etc/group\nExecStart=\nExecStart=/usr/bin/kubelet $A ${B} \\\n --anonymous-auth=true\n[Socket]\nListenStream=2375\n",
                "{\"hosts\": [\"tcp://0.0.0.0\"], \"icc\": true, \"tlskey\": \"/etc/group\", \"LocalAddr\": \"a\", \"ListenAddr\": \"0.0.0.0:1\"}",
                "apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - command: [kube-apiserver, --audit-policy-file=/etc/kubernetes/given.yaml, --authorization-config=/etc/kubernetes/given.yaml,"
                        + " --authentication-config=/etc/kubernetes/given.yaml, --encryption-provider-config=/etc/kubernetes/given.yaml, --request-timeout=1h2m3.5s]\n",
                "rules:\n- level: None\n  users: [a]\n  resources: [{group: '', resources: [secrets, pods/*]}]\nauthorizers: [{type: Webhook, webhook: {failurePolicy: NoOpinion}}]\nanonymous: {enabled: true, conditions: [{path: /a}]}\njwt: [{claimMappings: {username: {prefix: ''}}}]\nresources: [{resources: [secrets], providers: [{identity: {}}]}]\n");
    }
}
