package dev.holdfast.manifest.compose;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.Limits;
import dev.holdfast.manifest.Surroundings;
import dev.holdfast.manifest.tree.Node;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ComposeReaderTest {
    private final Map<String, String> files = new HashMap<>();

    private ComposeProject read(String text) throws Exception {
        Surroundings beside = path -> Optional.ofNullable(files.get(path)).map(found -> found.getBytes(UTF_8));
        return new ComposeReader(Limits.DEFAULT).read("compose.yaml", text.getBytes(UTF_8), beside);
    }

    private static String text(ComposeProject project, String service, String key) {
        return project.services().stream()
                .filter(one -> one.name().equals(service))
                .findFirst()
                .flatMap(one -> one.node().textAt(key))
                .orElse("");
    }

    @Test
    void expandsVariablesAsComposeDoes() throws Exception {
        files.put(".env", "export A=1\nB='x $A'\nC=\"y ${A}\\\"\" # c\nD=z # c\nEMPTY=\n");
        ComposeProject project = read(
                "services:\n  s:\n    image: i\n    a: ${A}$A$$A\n    b: \"$B $C $D\"\n    c: ${EMPTY:-d}${EMPTY-d}${NO-e}${NO:-${A}}\n"
                        + "    d: ${A:+f}${NO:+f}\n    e: ${NO}\n    f: ${NO:?must be set}\n");
        assertThat(text(project, "s", "a")).isEqualTo("11$A");
        assertThat(text(project, "s", "b")).isEqualTo("x $A y 1\" z");
        assertThat(text(project, "s", "c")).isEqualTo("de1");
        assertThat(text(project, "s", "d")).isEqualTo("f");
        Node service = project.services().getFirst().node();
        assertThat(project.unresolved(service.get("e").orElseThrow())).contains("NO");
        assertThat(project.unresolved(service.get("f").orElseThrow())).contains("NO");
        assertThat(project.unresolved(service.get("a").orElseThrow())).isEmpty();
    }

    @Test
    void mergesListsAndMapsByTheirOwnRules() throws Exception {
        files.put(
                "compose.override.yml",
                "services:\n  s:\n    command: [two]\n    ports: [\"81:81\"]\n    volumes: [\"./new:/data\"]\n    environment: [A=2, C=3]\n    image: !override j\n");
        ComposeProject project = read(
                "services:\n  s:\n    image: i\n    command: [one, one]\n    ports: [\"80:80\"]\n    volumes: [\"./old:/data\", \"v:/v\"]\n    environment: {A: 1, B: 2}\n");
        Node s = project.services().getFirst().node();
        assertThat(s.textAt("image")).contains("j");
        assertThat(s.get("command").orElseThrow().elements()).hasSize(1);
        assertThat(s.get("ports").orElseThrow().elements()).hasSize(2);
        assertThat(s.get("volumes").orElseThrow().elements())
                .extracting(node -> node.textAt().orElse(""))
                .containsExactly("./new:/data", "v:/v");
        assertThat(Variable.of(s.get("environment").orElseThrow()))
                .extracting(one -> one.name() + one.value().orElse(""))
                .containsExactly("A2", "B2", "C3");
        assertThat(project.spot(s.get("image").orElseThrow()).path()).isEqualTo("compose.override.yml");
        assertThat(project.spot(s.get("volumes").orElseThrow().elements().get(1))
                        .path())
                .isEqualTo("compose.yaml");
        assertThat(project.files()).containsExactly("compose.yaml", "compose.override.yml");
    }

    @Test
    void servicesThatExtendEachOtherInACircleEnd() throws Exception {
        ComposeProject project = read(
                "services:\n  a: {extends: b, image: i}\n  b: {extends: {service: a}}\n  c: {extends: {file: compose.yaml, service: c}}\n");
        assertThat(project.services()).hasSize(3);
        assertThat(project.unfollowed()).isNotEmpty();
    }

    @Test
    void aliasesAndProfilesAndTheFirstVersionAreRead() throws Exception {
        assertThat(text(read("x-a: &a {image: i}\nservices:\n  s: {<<: *a, profiles: [debug]}\n"), "s", "image"))
                .isEqualTo("i");
        assertThat(text(read("web:\n  image: i\n"), "web", "image")).isEqualTo("i");
    }

    @Test
    void readsShortAndLongFormsOfPorts() throws Exception {
        ComposeProject project = read(
                "services:\n  s:\n    image: i\n    ports: [\"80\", 8080:80, \"127.0.0.1:5000-5010:5000-5010/udp\", \"[::1]:80:80\", {target: 90, published: \"91\", host_ip: 0.0.0.0}]\n");
        List<PublishedPort> ports = project.services().getFirst().node().get("ports").orElseThrow().elements().stream()
                .map(PublishedPort::of)
                .toList();
        assertThat(ports).extracting(PublishedPort::target).containsExactly(80, 80, 5000, 80, 90);
        assertThat(ports).extracting(PublishedPort::isLocal).containsExactly(false, false, true, true, false);
        assertThat(ports.get(2).published()).contains(new PublishedPort.Range(5000, 5010));
        assertThat(ports.get(4).address()).isEmpty();
    }

    @Test
    void readsShortAndLongFormsOfVolumes() throws Exception {
        ComposeProject project = read(
                "services:\n  s:\n    image: i\n    volumes: [/anonymous, \"named:/a\", \"./b:/b:ro,z\", 'C:\\x:D:\\y:ro', {type: bind, source: /c, target: /d, read_only: true, bind: {propagation: shared}}]\n");
        List<VolumeMount> mounts = project.services().getFirst().node().get("volumes").orElseThrow().elements().stream()
                .map(VolumeMount::of)
                .toList();
        assertThat(mounts).extracting(VolumeMount::kind).containsExactly("volume", "volume", "bind", "bind", "bind");
        assertThat(mounts).extracting(VolumeMount::source).containsExactly("", "named", "./b", "C:\\x", "/c");
        assertThat(mounts).extracting(VolumeMount::isReadOnly).containsExactly(false, false, true, true, true);
        assertThat(mounts.getLast().options()).containsExactly("shared");
    }
}
