package dev.holdfast.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.cli.ProgramRun;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReachCommandTest {
    private static final String PODS = """
            {apiVersion: v1, kind: Pod, metadata: {name: web, namespace: shop, labels: {app: web}}, spec: {containers: [{name: c}]}}
            ---
            {apiVersion: v1, kind: Pod, metadata: {name: db, namespace: shop, labels: {app: db}}, spec: {containers: [{name: c}]}}
            ---
            """;

    private static final String POLICY = """
            apiVersion: networking.k8s.io/v1
            kind: NetworkPolicy
            metadata: {name: db, namespace: shop}
            spec:
              podSelector: {matchLabels: {app: db}}
              ingress:
              - from: [{podSelector: {matchLabels: {app: web}}}]
                ports: [{port: 5432}]
            """;

    @TempDir
    Path folder;

    @BeforeEach
    void write() throws IOException {
        Files.createDirectories(folder.resolve("old"));
        Files.createDirectories(folder.resolve("new"));
        Files.writeString(folder.resolve("old/pods.yaml"), PODS);
        Files.writeString(folder.resolve("old/policy.yaml"), POLICY);
        Files.writeString(folder.resolve("new/pods.yaml"), PODS);
        Files.writeString(folder.resolve("new/policy.yaml"), POLICY.replace("5432", "5433"));
    }

    private String given(String name) {
        return folder.resolve(name).toString();
    }

    @Test
    void tellsWhatMayTalk() {
        ProgramRun map = ProgramRun.of("reach", "map", given("old"));
        assertThat(map.exit()).isZero();
        assertThat(map.text())
                .startsWith("2 workloads, 1 policy: 2 ways between workloads, 1 from outside, 2 to outside.")
                .contains("→ shop/db[Pod]   TCP 5432")
                .contains("No policy is about what comes in to 1 of 2: shop/web[Pod].");
        ProgramRun why = ProgramRun.of("reach", "why", "external", "shop/db", given("old"));
        assertThat(why.exit()).isZero();
        assertThat(why.text())
                .startsWith("external → shop/db[Pod]: nothing is allowed.")
                .contains("policy.yaml:1");
    }

    @Test
    void isAGateForChanges() {
        assertThat(ProgramRun.of("reach", "diff", given("old"), given("old"), "--fail-on", "any")
                        .exit())
                .isZero();
        ProgramRun opened = ProgramRun.of("reach", "diff", given("old"), given("new"), "--fail-on", "opened");
        assertThat(opened.exit()).isEqualTo(1);
        assertThat(opened.text()).startsWith("1 opened, 1 closed.");
        assertThat(ProgramRun.of("reach", "diff", given("old"), given("new")).exit())
                .isZero();
        assertThat(ProgramRun.of("reach", "diff", given("old"), given("new"), "--fail-on", "maybe")
                        .exit())
                .isEqualTo(3);
    }

    @Test
    void whatCannotBeToldIsTheExitCode() throws IOException {
        Files.writeString(folder.resolve("old/broken.yaml"), "a: [1, 2\n");
        ProgramRun map = ProgramRun.of("reach", "map", given("old"));
        assertThat(map.exit()).isEqualTo(2);
        assertThat(map.text()).contains("could not tell 1").contains("broken.yaml");
        assertThat(ProgramRun.of("reach", "map", given("nowhere")).exit()).isEqualTo(3);
        assertThat(ProgramRun.of("reach", "why", "nobody", "db", given("new")).err())
                .contains("nobody: no workload is called so");
        ProgramRun piped = ProgramRun.withInput(PODS.getBytes(StandardCharsets.UTF_8), "reach", "map", "-");
        assertThat(piped.text()).startsWith("2 workloads, 0 policies");
    }
}
