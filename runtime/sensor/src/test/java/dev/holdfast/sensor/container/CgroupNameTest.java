package dev.holdfast.sensor.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.sensor.container.Container.Engine;
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

    @Test
    void findsTheInnermostOfNestedContainers() {
        String inner = "f".repeat(64);
        assertThat(CgroupName.certain("/docker/" + ID + "/docker/" + inner))
                .hasValue(new CgroupName(inner, Engine.DOCKER));
    }

    @Test
    void findsAChosenNameInItsScope() {
        assertThat(CgroupName.certain("/system.slice/runc-jb1.scope")).hasValue(new CgroupName("jb1", Engine.OCI));
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
