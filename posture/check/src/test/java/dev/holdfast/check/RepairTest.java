package dev.holdfast.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.Limits;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is mended in Dockerfiles, Compose files and ECS: the finding goes, nothing new comes, and everything else stays as it was. */
class RepairTest {
    /** The rules over these inputs whose findings a program can mend; docs/check.md names them. */
    private static final Set<String> MENDED = Set.of(
            "DOCKERFILE add-instead-of-copy",
            "DOCKERFILE copy-several-without-slash",
            "DOCKERFILE install-asks-back",
            "DOCKERFILE install-recommends",
            "DOCKERFILE instruction-without-effect",
            "DOCKERFILE maintainer-deprecated",
            "DOCKERFILE package-cache-left",
            "DOCKERFILE package-signatures-off",
            "DOCKERFILE secret-mount-not-required",
            "DOCKERFILE shell-form-command",
            "DOCKERFILE sudo-in-build",
            "DOCKERFILE world-writable-files",
            "COMPOSE apparmor-unconfined",
            "COMPOSE capabilities-not-dropped",
            "COMPOSE host-cgroup",
            "COMPOSE host-ipc",
            "COMPOSE host-network",
            "COMPOSE host-pid",
            "COMPOSE host-user-namespace",
            "COMPOSE host-uts",
            "COMPOSE logging-disabled",
            "COMPOSE pids-unlimited",
            "COMPOSE privilege-escalation-allowed",
            "COMPOSE privileged-container",
            "COMPOSE restart-without-end",
            "COMPOSE runtime-not-known",
            "COMPOSE seccomp-unconfined",
            "COMPOSE selinux-disabled",
            "COMPOSE system-paths-unmasked",
            "COMPOSE writable-root-filesystem",
            "ECS capabilities-not-dropped",
            "ECS efs-transit-not-encrypted",
            "ECS fargate-platform-fixed",
            "ECS host-ipc",
            "ECS host-network",
            "ECS host-pid",
            "ECS init-process-off",
            "ECS privilege-escalation-allowed",
            "ECS privileged-container",
            "ECS public-ip-assigned",
            "ECS writable-root-filesystem");

    private final Checker checker = new Checker(Limits.DEFAULT);
    private final Mender mender = new Mender(checker);

    private static CheckRequest strict(String name, String text) {
        return CheckRequest.ofText(name, text).profile(Rule.Profile.STRICT);
    }

    private String mended(String name, String text) throws Exception {
        return mender.mend(strict(name, text), name, text).map(Mended::after).orElse(text);
    }

    private List<String> repairable(String name, String text) throws Exception {
        return checker.check(strict(name, text)).failures().stream()
                .filter(failure -> failure.repair().isPresent())
                .map(Result::rule)
                .toList();
    }

    static Stream<RuleExamplesTest.Example> examples() throws Exception {
        RepairTest test = new RepairTest();
        List<RuleExamplesTest.Example> repairable = new ArrayList<>();
        for (RuleExamplesTest.Example example : RuleExamplesTest.examples().toList()) {
            if (test.repairable(example.file(), example.failing()).contains(example.rule())) {
                repairable.add(example);
            }
        }
        return repairable.stream();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void mendsWhatItSaysAndNothingElse(RuleExamplesTest.Example example) throws Exception {
        String text = "# a comment at the top\n" + example.failing() + "\n# and one at the end\n";
        String file = example.file();
        String given = file.endsWith(".json") ? example.failing() : text;
        CheckReport before = checker.check(strict(file, given));
        String after = mended(file, given);
        CheckReport report = checker.check(strict(file, after));
        assertThat(repairable(file, after)).doesNotContain(example.rule());
        assertThat(report.gaps()).hasSameSizeAs(before.gaps());
        assertThat(mended(file, after)).as("done twice").isEqualTo(after);
        assertThat(comments(after)).isEqualTo(comments(given));
        String windows = given.replace("\n", "\r\n");
        assertThat(mended(file, windows)).as("line ends stay").isEqualTo(after.replace("\n", "\r\n"));
    }

    private static List<String> comments(String text) {
        return text.lines().filter(line -> line.strip().startsWith("#")).toList();
    }

    @Test
    void everyRuleThatIsMendedHasAnExample() throws Exception {
        Set<String> tried = new TreeSet<>();
        examples().forEach(example -> tried.add(example.kind() + " " + example.rule()));
        assertThat(tried).isEqualTo(new TreeSet<>(MENDED));
    }

    @Test
    void keepsTheFormOfADockerfile() throws Exception {
        String text = """
                # syntax=docker/dockerfile:1
                # the base
                FROM debian:13 AS base   # not a comment, BuildKit says
                FROM debian:13

                MAINTAINER Ann <ann@example.com>
                RUN apt-get update \\
                 # why these
                 && sudo apt-get install \\
                      curl \\
                      git   # no comment either
                ADD  a.txt   b.txt /srv
                COPY --chmod=0777 run.sh /run.sh

                RUN <<EOF
                set -e
                apt-get install --allow-unauthenticated -y vim
                EOF
                CMD a
                CMD ["b"]
                """.replace("FROM debian:13 AS base   # not a comment, BuildKit says\n", "");
        assertThat(mended("Dockerfile", text)).isEqualTo("""
                # syntax=docker/dockerfile:1
                # the base
                FROM debian:13

                LABEL org.opencontainers.image.authors="Ann <ann@example.com>"
                RUN apt-get update \\
                 # why these
                 && apt-get -y install --no-install-recommends \\
                      curl \\
                      git && rm -rf /var/lib/apt/lists/*   # no comment either
                COPY  a.txt   b.txt /srv/
                COPY --chmod=0755 run.sh /run.sh

                RUN <<EOF
                set -e
                apt-get install --no-install-recommends -y vim
                EOF
                CMD ["b"]
                """);
    }

    @Test
    void keepsTheFormOfAComposeFile() throws Exception {
        String text = """
                # the shop
                x-common: &common   # shared
                  restart: always
                services:
                  web:
                    image: "web:1"
                    # as root, for now
                    privileged: true   # sorry
                    pid: host
                    ports: ["127.0.0.1:80:80"]

                  db:
                    <<: *common
                    image: db:1
                    privileged: true
                volumes: {}
                """;
        assertThat(mended("compose.yaml", text)).isEqualTo("""
                # the shop
                x-common: &common   # shared
                  restart: on-failure:5
                services:
                  web:
                    image: "web:1"
                    # as root, for now
                    ports: ["127.0.0.1:80:80"]
                    read_only: true
                    pids_limit: 512
                    cap_drop: [ALL]
                    security_opt: ["no-new-privileges:true"]

                  db:
                    <<: *common
                    image: db:1
                    read_only: true
                    pids_limit: 512
                    cap_drop: [ALL]
                    security_opt: ["no-new-privileges:true"]
                volumes: {}
                """);
    }

    @Test
    void keepsTheFormOfATask() throws Exception {
        String text = """
                {
                  "family": "f", "pidMode": "host",
                  "networkMode": "awsvpc",
                  "ipcMode": "host",
                  "containerDefinitions": [
                    {"name": "a", "image": "a:1", "privileged": true, "user": "1000"}
                  ]
                }
                """;
        assertThat(mended("task.json", text)).isEqualTo("""
                {
                  "family": "f",
                  "networkMode": "awsvpc",
                  "containerDefinitions": [
                    {"name": "a", "image": "a:1", "privileged": false, "user": "1000", "readonlyRootFilesystem": true, "linuxParameters": {"initProcessEnabled": true, "capabilities": {"drop": ["ALL"]}}, "dockerSecurityOptions": ["no-new-privileges"]}
                  ]
                }
                """);
    }

    @Test
    void leavesSudoWhereAUserNeedsIt() throws Exception {
        String text = "FROM debian:13\nUSER app\nRUN sudo make install\n";
        assertThat(mended("Dockerfile", text)).isEqualTo(text);
    }

    @Test
    void leavesAloneWhatStandsInAnotherFile() throws Exception {
        String text = "services:\n  web:\n    extends: {file: base.yaml, service: web}\n    cap_add: [ALL]\n";
        Optional<Mended> mended = mender.mend(CheckRequest.ofText("compose.yaml", text), "compose.yaml", text);
        assertThat(mended.map(Mended::after).orElse(text)).contains("extends: {file: base.yaml, service: web}");
    }
}
