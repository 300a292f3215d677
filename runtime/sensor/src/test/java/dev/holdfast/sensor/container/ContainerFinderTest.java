package dev.holdfast.sensor.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.sensor.container.Container.Engine;
import dev.holdfast.sensor.container.Container.Mount;
import dev.holdfast.sensor.container.Container.Pod;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContainerFinderTest {
    private static final String ID = "3ad7b26ded6d8e7b23da7d48fe889434573036c27ae5a74837233de441c3601e";

    @TempDir
    Path root;

    private void write(String file, String text) throws IOException {
        Path path = root.resolve(file.replace("#ID", ID));
        Files.createDirectories(path.getParent());
        Files.writeString(path, text.replace("#ID", ID).replace("ROOT", root.toString()));
    }

    private Optional<Container> find(String id, Engine engine) {
        return find(id, engine, Optional.empty());
    }

    private Optional<Container> find(String id, Engine engine, Optional<RuntimeCall> call) {
        return new ContainerFinder(root).find(new CgroupName(id, engine), call, group("/any/" + id));
    }

    private GroupFolder group(String path) {
        return new CgroupTree(root.resolve("cgroup")).group(path);
    }

    @Test
    void readsDocker() throws IOException {
        write("var/lib/docker/containers/#ID/config.v2.json", """
                {"ID":"#ID","Name":"/web","Created":"2026-01-02T03:04:05.5Z","State":{"StartedAt":"0001-01-01T00:00:00Z"},
                 "Image":"sha256:abcd","Config":{"Image":"nginx:1.25","Labels":{"team":"shop"}},
                 "MountPoints":{"/data":{"Source":"/srv/data","Destination":"/data","RW":true,"Mode":"z","Propagation":"rprivate"}}}""");
        write("var/lib/docker/containers/#ID/hostconfig.json", """
                {"Privileged":true,"NetworkMode":"host","PidMode":"","IpcMode":"private"}""");
        write("var/lib/docker/image/overlay2/repositories.json", """
                {"Repositories":{"nginx":{"nginx:1.25":"sha256:abcd","nginx@sha256:ffff":"sha256:abcd"}}}""");
        Container container = find(ID, Engine.DOCKER).orElseThrow();
        assertThat(container.shortId()).isEqualTo("3ad7b26ded6d");
        assertThat(container.name()).hasValue("web");
        assertThat(container.repository()).hasValue("nginx");
        assertThat(container.tag()).hasValue("1.25");
        assertThat(container.imageId()).hasValue("abcd");
        assertThat(container.digest()).hasValue("sha256:ffff");
        assertThat(container.labels()).containsEntry("team", "shop");
        assertThat(container.isPrivileged()).hasValue(true);
        assertThat(container.host().network()).isTrue();
        assertThat(container.host().pid()).isFalse();
        assertThat(container.mounts()).containsExactly(new Mount("/srv/data", "/data", "z", true, "rprivate"));
        assertThat(container.startedNanos()).isEqualTo(1_767_323_045_500_000_000L);
    }

    /** As the steps of a build are: an id has neither repository nor tag. */
    @Test
    void takesTheIdOfAnImageForNoName() throws IOException {
        write("var/lib/docker/containers/#ID/config.v2.json", """
                {"ID":"#ID","Name":"/step","Image":"sha256:abcd","Config":{"Image":"sha256:abcd"}}""");
        Container container = find(ID, Engine.DOCKER).orElseThrow();
        assertThat(container.repository()).isEmpty();
        assertThat(container.tag()).isEmpty();
        assertThat(container.imageId()).hasValue("abcd");
    }

    @Test
    void readsContainerdOfKubernetes() throws IOException {
        write("run/containerd/io.containerd.runtime.v2.task/k8s.io/#ID/config.json", """
                {"ociVersion":"1.1.0","annotations":{"io.kubernetes.cri.container-name":"app",
                 "io.kubernetes.cri.image-name":"registry.example:5000/shop/api@sha256:1111",
                 "io.kubernetes.cri.sandbox-name":"api-7f","io.kubernetes.cri.sandbox-namespace":"shop","io.kubernetes.cri.sandbox-uid":"u1"},
                 "linux":{"namespaces":[{"type":"pid"},{"type":"ipc"},{"type":"network","path":"/proc/1/ns/net"}],"maskedPaths":["/proc/kcore"]}}""");
        Container container = find(ID, Engine.OCI).orElseThrow();
        assertThat(container.engine()).isEqualTo(Engine.CONTAINERD);
        assertThat(container.name()).hasValue("app");
        assertThat(container.repository()).hasValue("registry.example:5000/shop/api");
        assertThat(container.digest()).hasValue("sha256:1111");
        assertThat(container.tag()).isEmpty();
        assertThat(container.pod()).hasValue(new Pod("api-7f", "shop", "u1"));
        assertThat(container.isPrivileged()).hasValue(false);
        assertThat(container.host().network()).isFalse();
    }

    @Test
    void readsCriO() throws IOException {
        write("run/containers/storage/overlay-containers/#ID/userdata/config.json", """
                {"ociVersion":"1.0.2","annotations":{"io.kubernetes.cri-o.ImageName":"quay.io/x/y:2","io.kubernetes.container.name":"y",
                 "io.kubernetes.pod.name":"p","io.kubernetes.pod.namespace":"n","io.kubernetes.cri-o.Labels":"{\\"app\\":\\"y\\"}"}}""");
        Container container = find(ID, Engine.CRIO).orElseThrow();
        assertThat(container.engine()).isEqualTo(Engine.CRIO);
        assertThat(container.image()).hasValue("quay.io/x/y:2");
        assertThat(container.name()).hasValue("y");
        assertThat(container.pod()).hasValue(new Pod("p", "n", ""));
        assertThat(container.labels()).containsEntry("app", "y");
    }

    @Test
    void readsPodman() throws IOException {
        write("var/lib/containers/storage/overlay-containers/#ID/userdata/config.json", """
                {"ociVersion":"1.0.2","annotations":{},"mounts":[{"destination":"/d","type":"bind","source":"/s","options":["rbind","ro"]}]}""");
        write("var/lib/containers/storage/overlay-containers/containers.json", """
                [{"id":"#ID","names":["web"],"image":"abcd","metadata":"{\\"image-name\\":\\"docker.io/library/nginx:1\\",\\"name\\":\\"web\\"}"}]""");
        Container container = find(ID, Engine.PODMAN).orElseThrow();
        assertThat(container.name()).hasValue("web");
        assertThat(container.image()).hasValue("docker.io/library/nginx:1");
        assertThat(container.imageId()).hasValue("abcd");
        assertThat(container.mounts()).containsExactly(new Mount("/s", "/d", "", false, ""));
    }

    @Test
    void readsRuncByItsState() throws IOException {
        write("run/runc/jb1/state.json", """
                {"id":"jb1","config":{"labels":["bundle=ROOT/srv/jb1"]}}""");
        write("srv/jb1/config.json", """
                {"ociVersion":"1.0.2","process":{"capabilities":{"bounding":["CAP_SYS_ADMIN","CAP_SYS_MODULE","CAP_SYS_RAWIO"]}},
                 "annotations":{"org.opencontainers.image.ref.name":"job:3"}}""");
        Container container = find("jb1", Engine.OCI).orElseThrow();
        assertThat(container.shortId()).isEqualTo("jb1");
        assertThat(container.image()).hasValue("job:3");
        assertThat(container.isPrivileged()).hasValue(true);
        assertThat(container.engine()).isEqualTo(Engine.OCI);
    }

    @Test
    void readsTheBundleThatTheRuntimeWasCalledWith() throws IOException {
        write("elsewhere/config.json", """
                {"ociVersion":"1.0.2"}""");
        Optional<RuntimeCall> call = Optional.of(new RuntimeCall("jb2", root.resolve("elsewhere")));
        assertThat(find("jb2", Engine.OCI, call)).isPresent();
        assertThat(find("jb3", Engine.OCI, call)).isEmpty();
    }

    @Test
    void findsDockersFolderWhereTheBundlesMountsComeFrom() throws IOException {
        write("b/config.json", """
                {"ociVersion":"1.0.2","mounts":[{"destination":"/etc/hostname","type":"bind","source":"ROOT/data/containers/#ID/hostname"}]}""");
        write("data/containers/#ID/config.v2.json", """
                {"ID":"#ID","Name":"/odd","Config":{"Image":"x"}}""");
        Optional<RuntimeCall> call = Optional.of(new RuntimeCall(ID, root.resolve("b")));
        assertThat(find(ID, Engine.OCI, call).flatMap(Container::name)).hasValue("odd");
    }

    /** A container that has another one's network is shown the other one's files. */
    @Test
    void findsDockersFolderOfAContainerInAnothersNetwork() throws IOException {
        write("b/config.json", """
                {"ociVersion":"1.0.2","root":{"path":"ROOT/data/overlay2/d114/merged"},
                 "mounts":[{"destination":"/etc/hostname","type":"bind","source":"ROOT/data/containers/other/hostname"}]}""");
        write("data/containers/other/config.v2.json", """
                {"ID":"other","Name":"/other","Config":{"Image":"x"}}""");
        write("data/containers/#ID/config.v2.json", """
                {"ID":"#ID","Name":"/second","Config":{"Image":"x"}}""");
        Optional<RuntimeCall> call = Optional.of(new RuntimeCall(ID, root.resolve("b")));
        assertThat(find(ID, Engine.OCI, call).flatMap(Container::name)).hasValue("second");
    }

    @Test
    void isNotFooledByBrokenOrForeignFiles() throws IOException {
        write("b/config.json", """
                {"ociVersion":"1.0.2","root":{"path":"/\\u0000"},"mounts":[{"destination":"/etc/hostname","type":"bind","source":"/\\u0000"}]}""");
        Optional<RuntimeCall> call = Optional.of(new RuntimeCall(ID, root.resolve("b")));
        assertThat(find(ID, Engine.OCI, call))
                .hasValueSatisfying(container -> assertThat(container.engine()).isEqualTo(Engine.OCI));
        write("var/lib/docker/containers/#ID/config.v2.json", "{\"ID\":\"other\"}");
        write("run/runc/#ID/state.json", "{\"config\":{\"labels\":[\"bundle=\\u0000\"]}}");
        write("run/crun/#ID/status", "{\"bundle\":");
        Files.createDirectories(root.resolve("run/containerd/io.containerd.runtime.v2.task/x")
                .resolve(ID)
                .resolve("config.json"));
        assertThat(find(ID, Engine.DOCKER)).isEmpty();
    }
}
