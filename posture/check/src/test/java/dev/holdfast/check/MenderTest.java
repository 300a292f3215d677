package dev.holdfast.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.Limits;
import java.util.List;
import org.junit.jupiter.api.Test;

class MenderTest {
    private final Checker checker = new Checker(Limits.DEFAULT);
    private final Mender mender = new Mender(checker);

    private String mended(String name, String text) throws Exception {
        return mender.mend(CheckRequest.ofText(name, text), name, text)
                .map(Mended::after)
                .orElse(text);
    }

    private List<String> rules(String name, String text) throws Exception {
        CheckReport report = checker.check(CheckRequest.ofText(name, text));
        assertThat(report.gaps()).isEmpty();
        return report.failures().stream().map(Result::rule).toList();
    }

    @Test
    void keepsCommentsAndOrderInBlockAndFlow() throws Exception {
        String text = """
                # keep me
                apiVersion: v1
                kind: Pod
                metadata: {name: p}  # flow
                spec:
                  hostPID: true   # why
                  securityContext:
                  containers:
                  - {name: a, image: "nginx:1.2", securityContext: {privileged: false}}
                  - name: b
                    image: nginx:1.2
                    command:
                    - sh
                    - |
                      echo hi

                    # trailing comment
                """;
        String after = mended("p.yaml", text);
        assertThat(rules("p.yaml", after)).containsExactly("memory-unlimited");
        assertThat(after)
                .contains(
                        "# keep me\n",
                        "  # flow\n",
                        "      echo hi\n    securityContext:\n",
                        "    # trailing comment\n")
                .contains("  securityContext: {runAsNonRoot: true, seccompProfile: {type: RuntimeDefault}}\n")
                .doesNotContain("hostPID");
        assertThat(mended("p.yaml", after)).isEqualTo(after);
    }

    @Test
    void writesJsonIntoJson() throws Exception {
        String text = "{\"apiVersion\": \"v1\", \"kind\": \"Pod\", \"metadata\": {\"name\": \"j\"},\n"
                + "\t\"spec\": {\"containers\": [{\"name\": \"x\", \"image\": \"nginx:1.2\"}]}}\n";
        String after = mended("p.json", text);
        assertThat(rules("p.json", after)).containsExactly("memory-unlimited");
        assertThat(after).contains("\"seccompProfile\": {\"type\": \"RuntimeDefault\"}");
    }

    @Test
    void changesTheVersionAloneWhereTheFieldsAreTheSame() throws Exception {
        String text = "apiVersion: policy/v1beta1 # old\r\nkind: PodDisruptionBudget\r\nmetadata: {name: b}\r\n"
                + "spec: {maxUnavailable: 1}\r\n";
        assertThat(mended("b.yaml", text)).isEqualTo(text.replace("policy/v1beta1", "policy/v1"));
    }

    @Test
    void saysTheChangeAsADiff() throws Exception {
        String text = "apiVersion: v1\nkind: Namespace\nmetadata:\n  name: shop\n";
        Mended mended =
                mender.mend(CheckRequest.ofText("n.yaml", text), "n.yaml", text).orElseThrow();
        assertThat(mended.removed()).isEqualTo(1);
        assertThat(mended.diff())
                .isEqualTo("--- n.yaml\n+++ n.yaml\n@@ -2,3 +2,5 @@\n kind: Namespace\n metadata:\n   name: shop\n"
                        + "+  labels:\n+    pod-security.kubernetes.io/enforce: baseline\n");
    }

    @Test
    void leavesAloneWhatItCannotRead() throws Exception {
        String text = "apiVersion: v1\nkind: Pod\nspec: {containers: [\n";
        assertThat(mended("p.yaml", text)).isEqualTo(text);
    }
}
