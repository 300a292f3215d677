package dev.holdfast.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.cli.ProgramRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One verdict on images and configurations together. */
final class OneVerdictTest {
    private static final String CALM = """
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: words}
            data: {greeting: hello}
            """;
    private static final String WILD = """
            apiVersion: v1
            kind: Pod
            metadata: {name: web}
            spec:
              containers:
              - name: app
                image: registry.example/web:1.4
                securityContext: {privileged: true}
            """;

    @TempDir
    Path folder;

    private String image = "";
    private String base = "";

    @BeforeEach
    void make() throws Exception {
        Shop shop = Shop.in(folder);
        image = shop.image();
        base = shop.base();
        Files.writeString(Files.createDirectory(folder.resolve("calm")).resolve("words.yaml"), CALM);
        Files.writeString(Files.createDirectory(folder.resolve("wild")).resolve("pod.yaml"), WILD);
    }

    private ProgramRun gate(String... words) {
        String[] all = Arrays.copyOf(new String[] {"gate", "--db", base, "--no-cache"}, words.length + 4);
        System.arraycopy(words, 0, all, 4, words.length);
        return ProgramRun.of(all);
    }

    private static String text(ProgramRun run) {
        return new String(run.out(), java.nio.charset.StandardCharsets.UTF_8);
    }

    @Test
    void failsWhereTheScanFails() {
        ProgramRun run = gate(image, folder.resolve("calm").toString());
        assertThat(run.exit()).isEqualTo(1);
        assertThat(text(run)).contains("FAIL  " + image, "scan: ", "PASS  " + folder.resolve("calm"));
        assertThat(gate(image, "--fail-on", "critical").exit()).isNotEqualTo(1);
    }

    @Test
    void failsWhereTheCheckFails() {
        ProgramRun run = gate(folder.resolve("wild").toString());
        assertThat(run.exit()).isEqualTo(1);
        assertThat(text(run))
                .contains("check: 1 finding at or above high", "FAIL  " + folder.resolve("wild") + " fails");
    }

    @Test
    void passesWhatIsCalm() {
        ProgramRun run = gate(folder.resolve("calm").toString());
        assertThat(run.exit()).isZero();
        assertThat(text(run)).endsWith("PASS  " + folder.resolve("calm") + " passes\n");
    }

    @Test
    void anUnreadableTargetIsWrongInputAndHidesNoOther() {
        ProgramRun run = gate(
                folder.resolve("calm").toString(), folder.resolve("nowhere.tar").toString());
        assertThat(run.exit()).isEqualTo(3);
        assertThat(text(run)).contains("PASS  " + folder.resolve("calm"), "UNREADABLE  ");
    }

    @Test
    void takesAClusterForWhatIsCheckedNotForAnImage() {
        String absent = folder.resolve("kubeconfig").toString();
        ProgramRun run = ProgramRun.withEnvironment(Map.of("KUBECONFIG", absent), "gate", "cluster:");
        assertThat(run.exit()).isGreaterThan(2);
        assertThat(text(run)).contains(absent);
    }

    @Test
    void asksPolicies() throws Exception {
        Path policy = Files.writeString(folder.resolve("policy.yaml"), """
                apiVersion: admissionregistration.k8s.io/v1
                kind: ValidatingAdmissionPolicy
                metadata: {name: labelled}
                spec:
                  matchConstraints:
                    resourceRules:
                    - {apiGroups: [""], apiVersions: [v1], operations: [CREATE], resources: [configmaps]}
                  validations:
                  - expression: has(object.metadata.labels)
                    message: it has labels
                """);
        assertThat(gate(folder.resolve("calm").toString(), "--policy", policy.toString())
                        .exit())
                .isEqualTo(1);
    }

    @Test
    void writesOneObjectForMachines() {
        ProgramRun run = gate(folder.resolve("calm").toString(), "--format", "json");
        assertThat(text(run)).contains("\"schema\": \"holdfast-gate/1\"", "\"outcome\": \"pass\"");
    }
}
