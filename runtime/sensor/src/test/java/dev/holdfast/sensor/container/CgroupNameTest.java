package dev.holdfast.sensor.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.sensor.container.Container.Engine;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CgroupNameTest {
    private static final String ID = "3ad7b26ded6d8e7b23da7d48fe889434573036c27ae5a74837233de441c3601e";

    @ParameterizedTest
    @CsvSource({
        "/docker/ID, DOCKER",
        "/system.slice/docker-ID.scope, DOCKER",
        "/kubepods/besteffort/podaa/ID, OCI",
        "/kubepods.slice/kubepods-besteffort.slice/kubepods-besteffort-podaa.slice/cri-containerd-ID.scope, CONTAINERD",
        "/kubepods-besteffort-podaa.slice:cri-containerd:ID, CONTAINERD",
        "/kubepods.slice/kubepods-podaa.slice/crio-ID.scope, CRIO",
        "/machine.slice/libpod-ID.scope, PODMAN",
        "/machine.slice/libpod-ID.scope/container, PODMAN",
        "/libpod_parent/libpod-ID, PODMAN",
        "/user.slice/user-1000.slice/user@1000.service/user.slice/nerdctl-ID.scope, CONTAINERD",
        "/default/ID, OCI",
        "/docker/ID/system.slice/sshd.service, DOCKER",
    })
    void findsTheContainerThatAnEngineNames(String path, Engine engine) {
        assertThat(CgroupName.certain(path.replace("ID", ID))).hasValue(new CgroupName(ID, engine));
    }

    /** Whoever may make groups in a container could give one the name of another container. */
    @Test
    void findsTheOutermostOfNestedContainers() {
        String inner = "f".repeat(64);
        assertThat(CgroupName.certain("/docker/" + ID + "/docker/" + inner))
                .hasValue(new CgroupName(ID, Engine.DOCKER));
    }

    @Test
    void takesPodsAndMonitorsOfPodmanForNoContainers() {
        String pod = "f".repeat(64);
        CgroupName inside = new CgroupName(ID, Engine.PODMAN);
        assertThat(CgroupName.certain("/libpod_parent/" + pod + "/libpod-" + ID))
                .hasValue(inside);
        assertThat(CgroupName.certain("/own/" + pod + "/libpod-" + ID)).hasValue(inside);
        assertThat(CgroupName.certain(
                        "/machine.slice/machine-libpod_pod_" + pod + ".slice/libpod-" + ID + ".scope/container"))
                .hasValue(inside);
        for (String none : List.of(
                "/libpod_parent/" + pod,
                "/libpod_parent/" + pod + "/conmon",
                "/own/" + pod + "/conmon",
                "/machine.slice/libpod-conmon-" + ID + ".scope",
                "/kubepods.slice/kubepods-pod1.slice/crio-conmon-" + ID + ".scope")) {
            assertThat(CgroupName.certain(none)).as(none).isEmpty();
        }
    }

    @Test
    void findsContainersOfLxc() {
        for (String path : List.of("/lxc.payload.web", "/lxc/web/init.scope", "/lxc.payload/web")) {
            assertThat(CgroupName.certain(path)).as(path).hasValue(new CgroupName("web", Engine.LXC));
        }
        assertThat(CgroupName.certain("/lxc.monitor.web")).isEmpty();
    }

    @Test
    void findsAChosenNameInItsScope() {
        assertThat(CgroupName.certain("/system.slice/runc-jb1.scope")).hasValue(new CgroupName("jb1", Engine.OCI));
    }

    /** runc lets ids begin with any character that they may have. */
    @Test
    void findsNamesThatAreCalledLikeOptions() {
        assertThat(CgroupName.certain("/system.slice/runc---act.scope")).hasValue(new CgroupName("--act", Engine.OCI));
        assertThat(CgroupName.possible("/--act")).extracting(CgroupName::id).containsExactly("--act");
    }

    @ParameterizedTest
    @CsvSource({
        "/",
        "/init.scope",
        "/system.slice/ssh.service",
        "/user.slice/user-0.slice/session-1.scope",
        "/jb1",
        "/system.slice/docker-3ad7.scope",
        "/system.slice/runc-...scope"
    })
    void takesNothingElseForAContainer(String path) {
        assertThat(CgroupName.certain(path)).isEmpty();
    }

    @Test
    void offersChosenNamesToBeConfirmed() {
        assertThat(CgroupName.possible("/a/jb1")).extracting(CgroupName::id).containsExactly("jb1", "a");
        assertThat(CgroupName.possible("/system.slice/ssh.service")).isEmpty();
        assertThat(CgroupName.possible("/../..")).isEmpty();
    }
}
