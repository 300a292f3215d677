package dev.holdfast.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.Limits;
import dev.holdfast.core.Severity;
import java.util.List;
import org.junit.jupiter.api.Test;

/** SELinux, AppArmor, seccomp and capabilities of a container are judged together: one cause, one finding. */
class SetOfPowersTest {
    private static List<Result> failures(String name, String text) throws Exception {
        return new Checker(Limits.DEFAULT)
                .check(CheckRequest.ofText(name, text))
                .failures();
    }

    @Test
    void ofAPrivilegedServiceNothingLessIsSaid() throws Exception {
        String text = "services:\n  a:\n    image: a:1\n    privileged: true\n    cap_add: [ALL]\n"
                + "    security_opt: [seccomp=unconfined, apparmor=unconfined, label=disable]\n";
        assertThat(failures("compose.yaml", text)).extracting(Result::rule).containsExactly("privileged-container");
        assertThat(failures("compose.yaml", text.replace("true", "false")))
                .extracting(Result::rule)
                .containsExactlyInAnyOrder(
                        "dangerous-capability", "apparmor-unconfined", "seccomp-unconfined", "selinux-disabled");
    }

    @Test
    void aCapabilityWithoutAnythingBesideItIsAsGoodAsPrivileged() throws Exception {
        String text = "services:\n  a:\n    image: a:1\n    cap_add: [SYS_ADMIN]\n    security_opt: [%s]\n";
        assertThat(severity("compose.yaml", text.replace("%s", "seccomp=unconfined")))
                .isEqualTo(Severity.HIGH);
        assertThat(severity("compose.yaml", text.replace("%s", "seccomp=unconfined, apparmor:unconfined")))
                .isEqualTo(Severity.CRITICAL);
        String task =
                "{\"family\":\"f\",\"containerDefinitions\":[{\"name\":\"a\",\"image\":\"a:1\",\"privileged\":false,"
                        + "\"linuxParameters\":{\"capabilities\":{\"add\":[\"SYS_ADMIN\"]}},\"dockerSecurityOptions\":[\"seccomp:unconfined\",\"apparmor:unconfined\"]}]}";
        assertThat(severity("task.json", task)).isEqualTo(Severity.CRITICAL);
        assertThat(failures("task.json", task.replace("\"privileged\":false", "\"privileged\":true")))
                .extracting(Result::rule)
                .contains("privileged-container")
                .doesNotContain("dangerous-capability", "seccomp-unconfined", "apparmor-unconfined");
    }

    private static Severity severity(String name, String text) throws Exception {
        return failures(name, text).stream()
                .filter(failure -> failure.rule().equals("dangerous-capability"))
                .findFirst()
                .orElseThrow()
                .severity();
    }
}
