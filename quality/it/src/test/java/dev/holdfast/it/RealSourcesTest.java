package dev.holdfast.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.holdfast.cli.ProgramRun;
import dev.holdfast.core.json.JsonValue;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example image out of a real registry and a real container engine, started here, is what it is as a file. */
final class RealSourcesTest {
    private static final Path SHOP = Path.of(System.getProperty("holdfast.root", "."), "examples", "shop.tar");

    @TempDir
    Path folder;

    private RealPrograms programs = new RealPrograms(Path.of(""));
    private String base = "";

    @BeforeEach
    void makeBase() throws Exception {
        programs = new RealPrograms(folder);
        base = Facts.small().write(folder.resolve("facts.hfdb")).toString();
    }

    @AfterEach
    void stop() throws Exception {
        programs.stop();
    }

    private ProgramRun scan(String... words) {
        List<String> all = new ArrayList<>(List.of("scan", "--db", base, "--format", "json"));
        all.addAll(List.of(words));
        return ProgramRun.withEnvironment(
                Map.of(
                        "XDG_CACHE_HOME",
                        folder.resolve("cache").toString(),
                        "CONTAINERD_ROOT",
                        folder.resolve("containerd").toString(),
                        "DOCKER_HOST",
                        "unix://" + folder.resolve("docker.sock")),
                all.toArray(String[]::new));
    }

    private static List<String> packages(ProgramRun run) throws Exception {
        List<String> packages = new ArrayList<>();
        for (JsonValue one :
                run.json().get("targets").elements().getFirst().get("packages").elements()) {
            packages.add(one.get("purl").text().orElse(""));
        }
        assertThat(packages).isNotEmpty();
        return packages;
    }

    private static String kind(ProgramRun run) throws Exception {
        return run.json()
                .get("targets")
                .elements()
                .getFirst()
                .at("target", "kind")
                .text()
                .orElse("");
    }

    @Test
    void registryGivesWhatTheFileHolds() throws Exception {
        RealPrograms.need("docker-registry");
        RealPrograms.need("skopeo");
        int port = RealPrograms.freePort();
        Path config = Files.writeString(
                folder.resolve("registry.yml"),
                "version: 0.1\nstorage:\n  filesystem:\n    rootdirectory: " + folder.resolve("registry")
                        + "\nhttp:\n  addr: 127.0.0.1:" + port + "\n");
        programs.start("docker-registry", "serve", config.toString());
        RealPrograms.awaitPort(port);
        String name = "127.0.0.1:" + port + "/team/shop:1.4";
        programs.run("skopeo", "copy", "--dest-tls-verify=false", "docker-archive:" + SHOP, "docker://" + name);

        ProgramRun first = scan(name);
        ProgramRun again = scan("registry:" + name);

        assertThat(first.err()).isEmpty();
        assertThat(kind(first)).isEqualTo("registry");
        assertThat(packages(first)).isEqualTo(packages(scan(SHOP.toString())));
        assertThat(packages(again)).isEqualTo(packages(first));
        ProgramRun missing = scan("127.0.0.1:" + port + "/team/shop:2");
        assertThat(missing.exit()).isEqualTo(3);
        assertThat(missing.err()).contains("the registry has no 127.0.0.1:" + port + "/team/shop with tag 2");
    }

    @Test
    void engineGivesWhatTheFileHolds() throws Exception {
        String host = programs.startEngine();
        programs.run("docker", "--host", host, "load", "--input", SHOP.toString());
        programs.run("docker", "--host", host, "create", "--name", "box", "shop:1.4", "true");

        assertThat(kind(scan("shop:1.4"))).isEqualTo("engine");
        assertThat(packages(scan("docker:shop:1.4"))).isEqualTo(packages(scan(SHOP.toString())));
        ProgramRun container = scan("container:box");
        assertThat(kind(container)).isEqualTo("container");
        assertThat(installed(container)).isEqualTo(installed(scan(SHOP.toString())));
        assertThat(scan("docker:absent").exit()).isEqualTo(3);
    }

    @Test
    void containerdGivesWhatTheFileHolds() throws Exception {
        RealPrograms.need("containerd");
        RealPrograms.need("ctr");
        RealPrograms.needRoot();
        Path config = Files.writeString(folder.resolve("containerd.toml"), """
                version = 2
                root = "%1$s/containerd"
                state = "%1$s/state"
                disabled_plugins = ["io.containerd.grpc.v1.cri"]
                [grpc]
                  address = "%1$s/containerd.sock"
                """.replace("%1$s", folder.toString()));
        Process containerd = programs.start("containerd", "--config", config.toString());
        assumeTrue(
                RealPrograms.awaitFile(containerd, folder.resolve("containerd.sock")),
                "containerd does not start here");
        String socket = folder.resolve("containerd.sock").toString();
        programs.run("ctr", "-a", socket, "-n", "k8s.io", "images", "import", "--no-unpack", SHOP.toString());

        ProgramRun run = scan("containerd:shop:1.4");
        assertThat(kind(run)).isEqualTo("containerd");
        assertThat(packages(run)).isEqualTo(packages(scan(SHOP.toString())));
        assertThat(scan("containerd:absent").err()).contains("containerd has no image absent");
    }

    /** A container has no lower layers, so it does not remember what was removed. */
    private static List<String> installed(ProgramRun run) throws Exception {
        List<String> packages = new ArrayList<>();
        for (JsonValue one :
                run.json().get("targets").elements().getFirst().get("packages").elements()) {
            if (one.get("state").text().orElse("").equals("installed")) {
                packages.add(one.get("purl").text().orElse(""));
            }
        }
        assertThat(packages).isNotEmpty();
        return packages;
    }
}
