package dev.holdfast.check.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.check.CheckReport;
import dev.holdfast.check.CheckRequest;
import dev.holdfast.check.Checker;
import dev.holdfast.check.Result;
import dev.holdfast.check.Rule;
import dev.holdfast.check.Status;
import dev.holdfast.core.Limits;
import dev.holdfast.oci.testing.ArchiveBuilder;
import dev.holdfast.oci.testing.ImageBuilder;
import dev.holdfast.oci.testing.LayerBuilder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** For each rule over the files of an image one that has the weakness and one that nearly has it, as archives of layers. */
class ImageFilesTest {
    private static final String KEY =
            "-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7\n-----END PRIVATE KEY-----\n";

    @TempDir
    private Path folder = Path.of("");

    record Case(String rule, ImageBuilder failing, String says, ImageBuilder passing) {
        @Override
        public String toString() {
            return rule + " " + says;
        }
    }

    private static ImageBuilder image(LayerBuilder... layers) {
        ImageBuilder image = ImageBuilder.image().tag("shop:1").config("{\"User\":\"1000\"}");
        for (LayerBuilder layer : layers) {
            image.layer(layer);
        }
        return image;
    }

    private static LayerBuilder layer() {
        return LayerBuilder.layer();
    }

    private static LayerBuilder mode(String path, int mode) {
        return layer().entry(path, "", '0', mode, new byte[] {1});
    }

    static Stream<Case> cases() {
        return Stream.of(
                new Case(
                        "secret-file-in-layer",
                        image(
                                layer().file("root/.npmrc", "//registry.example/:_authToken=Xk29sLqpZ81mvTTaQ9w2\n"),
                                layer().file("app/index.js", "1"),
                                layer().whiteout("root/.npmrc")),
                        "layer 1 of shop:1 holds /root/.npmrc, which a later layer deletes and everybody can still read",
                        image(
                                layer().file(
                                                "root/.npmrc",
                                                "registry=https://registry.example\n//registry.example/:_authToken=${NPM_TOKEN}\n"))),
                new Case(
                        "secret-file-in-layer",
                        image(
                                layer().file("home/app/.ssh/id_rsa", KEY),
                                layer().opaque("home/app/.ssh").file("home/app/.ssh/known_hosts", "a\n")),
                        "layer 1 of shop:1 holds /home/app/.ssh/id_rsa, which a later layer deletes",
                        image(layer().file("home/app/.ssh/id_rsa.pub", "ssh-rsa AAAA\n"))),
                new Case(
                        "secret-file-in-layer",
                        image(
                                layer().file("root/.aws/credentials", "[default]\naws_secret_access_key = abc\n"),
                                layer().file("root/.aws/credentials", "")),
                        "layer 1 of shop:1 holds /root/.aws/credentials",
                        image(layer().file("root/.aws/config", "[default]\nregion = eu-west-1\n"))),
                new Case(
                        "empty-password",
                        image(layer().file("etc/shadow", "root:*:1::::::\napp::1::::::\n")),
                        "the account app of shop:1 has an empty password",
                        image(layer().file("etc/shadow", "root:!:1::::::\napp:!!:1::::::\n"))),
                new Case(
                        "second-root-account",
                        image(layer().file("etc/passwd", "root:x:0:0::/:/bin/sh\nsupport:x:0:0::/:/bin/sh\n")),
                        "the account support of shop:1 has the number 0",
                        image(layer().file(
                                        "etc/passwd", "root:x:0:0::/:/bin/sh\ntoor:x:0:0::/:\nsupport:x:10:0::/:\n"))),
                new Case(
                        "duplicate-account",
                        image(layer().file("etc/passwd", "root:x:0:0::/:\na:x:1000:1::/:\nb:x:1000:2::/:\n")),
                        "/etc/passwd of shop:1 has b and a with the number 1000",
                        image(layer().file("etc/passwd", "root:x:0:0::/:\na:x:1000:1::/:\nb:x:1001:1::/:\n"))),
                new Case(
                        "duplicate-account",
                        image(layer().file("etc/group", "root:x:0:\nweb:x:33:a\nweb:x:34:b\n")),
                        "/etc/group of shop:1 has the name web twice",
                        image(layer().file("etc/group", "root:x:0:\nweb:x:33:a\nwebs:x:34:b\n"))),
                new Case(
                        "host-key-baked-in",
                        image(layer().file("etc/ssh/ssh_host_ed25519_key", KEY)),
                        "/etc/ssh/ssh_host_ed25519_key",
                        image(layer().file("etc/ssh/ssh_host_ed25519_key.pub", "ssh-ed25519 AAAA\n"))),
                new Case(
                        "host-key-baked-in",
                        image(layer().file("etc/nginx/tls/server.key", KEY)),
                        "/etc/nginx/tls/server.key",
                        image(layer().file("etc/nginx/tls/server.key", "placeholder\n")
                                .file("app/node_modules/tls/test/server.key", KEY)
                                .file("etc/ssl/certs/ca.pem", "-----BEGIN CERTIFICATE-----\n"))),
                new Case(
                        "machine-id-baked-in",
                        image(layer().file("etc/machine-id", "0123456789abcdef0123456789abcdef\n")),
                        "shop:1 holds /etc/machine-id with a number",
                        image(layer().file("etc/machine-id", "uninitialized\n"))),
                new Case(
                        "setuid-files",
                        image(mode("opt/tool/helper", 04755)),
                        "1 programs of shop:1 run as their owner: /opt/tool/helper",
                        image(mode("usr/bin/su", 04755), mode("opt/tool/helper", 02755))),
                new Case(
                        "world-writable-files",
                        image(layer().entry("app/", "", '5', 0777, new byte[0])),
                        "can be changed by everybody: /app",
                        image(layer().entry("tmp/", "", '5', 01777, new byte[0]), mode("app/a", 0775))),
                new Case(
                        "ssh-server",
                        image(mode("usr/sbin/sshd", 0755)),
                        "shop:1 holds an SSH server",
                        image(mode("usr/bin/ssh", 0755), layer().file("etc/ssh/sshd_config.d/x", "1"))),
                new Case(
                        "unneeded-files",
                        image(layer().file(
                                        "var/lib/apt/lists/deb.debian.org_debian_dists_trixie_InRelease",
                                        "x".repeat(200_000))),
                        "shop:1 holds caches of package managers, 1 file, 0.2 MB",
                        image(
                                layer().file("var/lib/apt/lists/deb.debian.org_InRelease", "x")
                                        .file("tmp/a", "x"),
                                layer().opaque("var/lib/apt/lists")
                                        .opaque("tmp")
                                        .file("var/lib/apt/lists/lock", ""))),
                new Case(
                        "unneeded-files",
                        image(layer().file("app/.git/HEAD", "ref: refs/heads/main\n")
                                .file("app/.git/objects/ab/cd", "x")),
                        "shop:1 holds histories of repositories, 2 files",
                        image(layer().file("app/.gitignore", "a\n").file("app/.github/HEAD", "a\n"))),
                new Case(
                        "intruders-tools",
                        image(mode("usr/bin/nmap", 0755), mode("usr/local/bin/gdb", 0755)),
                        "shop:1 holds /usr/bin/nmap, /usr/local/bin/gdb",
                        image(
                                mode("usr/bin/perl", 0755),
                                layer().link("usr/bin/nc", "/bin/busybox"),
                                layer().file("usr/share/bash-completion/completions/nmap", "x"))),
                new Case(
                        "base-end-of-life",
                        image(
                                layer().file(
                                                "usr/lib/os-release",
                                                "NAME=\"Alpine Linux\"\nID=alpine\nVERSION_ID=3.18.4\n"),
                                layer().link("etc/os-release", "../usr/lib/os-release")),
                        "shop:1 stands on alpine 3.18 (2025-05-09), of which support has ended",
                        image(layer().file(
                                        "etc/os-release", "ID=debian\nVERSION_ID=\"13\"\nVERSION_CODENAME=trixie\n"))));
    }

    private CheckReport check(ImageBuilder image) throws Exception {
        Path archive = folder.resolve("image.tar");
        Files.write(archive, ArchiveBuilder.dockerArchive(image));
        return check(archive);
    }

    private static CheckReport check(Path path) throws Exception {
        CheckRequest request = CheckRequest.of("image", path).profile(Rule.Profile.STRICT);
        return new Checker(Limits.DEFAULT).check(request);
    }

    private static List<Result> failures(CheckReport report, String rule) {
        return report.failures().stream()
                .filter(result -> result.rule().equals(rule))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void blamesTheImageAndNotItsHarmlessNeighbour(Case one) throws Exception {
        List<Result> failures = failures(check(one.failing()), one.rule());
        assertThat(failures).hasSize(1);
        assertThat(failures.getFirst().message()).contains(one.says());
        assertThat(failures.getFirst().fix()).isNotBlank();
        assertThat(failures(check(one.passing()), one.rule())).isEmpty();
    }

    @Test
    void everyRuleOverFilesHasAnExample() {
        Set<String> rules = new HashSet<>();
        FileChecks.rules().forEach(rule -> rules.add(rule.id()));
        cases().forEach(one -> rules.remove(one.rule()));
        assertThat(rules).isEmpty();
    }

    @Test
    void aLayoutShowsWhatLiesWithItsImage() throws Exception {
        ImageBuilder image = image(layer().file("a", "1"));
        Path bare = folder.resolve("bare");
        ArchiveBuilder.ociFolder(bare, image);
        CheckReport none = check(bare);
        assertThat(failures(none, "no-signature")).hasSize(1);
        assertThat(failures(none, "no-sbom-or-provenance")).hasSize(1);
        Path signed = folder.resolve("signed");
        ArchiveBuilder.ociFolder(signed, image);
        String digest = ImageBuilder.digestOf(image.manifest());
        byte[] signature = utf8("{\"schemaVersion\":2,\"mediaType\":\"application/vnd.oci.image.manifest.v1+json\","
                + "\"artifactType\":\"application/vnd.cncf.notary.signature\",\"config\":{\"mediaType\":\"application/vnd.oci.empty.v1+json\"},"
                + "\"layers\":[],\"subject\":{\"digest\":\"" + digest + "\"}}");
        byte[] statement = utf8("{\"schemaVersion\":2,\"layers\":[]}");
        for (byte[] blob : List.of(signature, statement)) {
            Files.write(
                    signed.resolve("blobs/sha256/" + ImageBuilder.digestOf(blob).substring(7)), blob);
        }
        Map<String, byte[]> more = Map.of(
                "", signature, ",\"annotations\":{\"vnd.docker.reference.type\":\"attestation-manifest\"}", statement);
        StringBuilder all = new StringBuilder(ArchiveBuilder.manifestDescriptor(image));
        more.forEach((annotations, blob) -> all.append(
                        ",{\"mediaType\":\"application/vnd.oci.image.manifest.v1+json\",\"digest\":\"")
                .append(ImageBuilder.digestOf(blob))
                .append("\",\"size\":")
                .append(blob.length)
                .append(",\"platform\":{\"os\":\"unknown\",\"architecture\":\"unknown\"}")
                .append(annotations)
                .append("}"));
        Files.write(signed.resolve("index.json"), ArchiveBuilder.index(all.toString()));
        CheckReport report = check(signed);
        assertThat(failures(report, "no-signature")).isEmpty();
        assertThat(failures(report, "no-sbom-or-provenance")).isEmpty();
    }

    @Test
    void anArchiveCannotTellWhetherTheImageIsSigned() throws Exception {
        assertThat(check(image(layer().file("a", "1"))).results())
                .filteredOn(result -> result.rule().equals("no-signature"))
                .singleElement()
                .satisfies(result -> assertThat(result.status()).isEqualTo(Status.NOT_ASSESSED));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
