package dev.holdfast.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.Gaps;
import dev.holdfast.core.Limits;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a lock file says, and what is installed: one component with two witnesses. */
class WitnessTest {
    private static final String SITE = "/usr/local/lib/python3.12/site-packages/";

    @Test
    void lockFileOfAVirtualEnvironmentIsASecondWitness() throws Exception {
        Layers layers = new Layers()
                .file("/app/poetry.lock", poetry("flask", "3.0.0") + poetry("pytest", "8.0.0"))
                .file(
                        "/app/.venv/lib/python3.12/site-packages/flask-3.0.0.dist-info/METADATA",
                        metadata("Flask", "3.0.0"));

        assertThat(told(layers))
                .containsExactly(
                        "flask 3.0.0 [/app/.venv/lib/python3.12/site-packages/flask-3.0.0.dist-info/METADATA, /app/poetry.lock]");
    }

    @Test
    void packagesInstalledForTheSystemAreTheHomeOfALockFileThatNamesThem() throws Exception {
        Layers layers = new Layers()
                .file(
                        "/app/poetry.lock",
                        poetry("flask", "3.0.0") + poetry("six", "1.16.0") + poetry("pytest", "8.0.0"))
                .file(SITE + "flask-3.0.0.dist-info/METADATA", metadata("flask", "3.0.0"))
                .file(SITE + "six-1.16.0.dist-info/METADATA", metadata("six", "1.16.0"));

        assertThat(told(layers)).extracting(each -> each.split(" ")[0]).containsExactly("flask", "six");
    }

    @Test
    void lockFileOfWhichLittleIsInstalledIsBelieved() throws Exception {
        Layers layers = new Layers()
                .file(
                        "/app/poetry.lock",
                        poetry("flask", "3.0.0") + poetry("six", "1.16.0") + poetry("pytest", "8.0.0"))
                .file(SITE + "six-1.16.0.dist-info/METADATA", metadata("six", "1.16.0"));

        assertThat(told(layers)).extracting(each -> each.split(" ")[0]).containsExactly("flask", "pytest", "six");
    }

    @Test
    void lockFilesOfRubyAndPhpAreWeighedLikeOthers() throws Exception {
        Layers layers = new Layers()
                .file("/app/Gemfile.lock", "GEM\n  specs:\n    rack (3.0.0)\n    rspec (3.12.0)\n")
                .file(
                        "/app/vendor/bundle/ruby/3.2.0/specifications/rack-3.0.0.gemspec",
                        "# stub: rack 3.0.0 ruby lib\n")
                .file(
                        "/web/composer.lock",
                        "{\"packages\":[{\"name\":\"a/b\",\"version\":\"1.0.0\"}],\"packages-dev\":[{\"name\":\"a/dev\",\"version\":\"2\"}]}")
                .file(
                        "/web/vendor/composer/installed.json",
                        "{\"packages\":[{\"name\":\"a/b\",\"version\":\"1.0.0\"}]}");

        assertThat(told(layers)).extracting(each -> each.split(" ")[0]).containsExactly("a/b", "rack");
    }

    @Test
    void programThatAPackageOwnsIsNotNamedAgain() throws Exception {
        String busybox = "\0".repeat(50_000) + "BusyBox v1.36.1 (" + "\0".repeat(50_000);
        String status = "Package: busybox\nStatus: install ok installed\nVersion: 1:1.35\n";
        Layers layers = new Layers()
                .file("/etc/os-release", "ID=debian\nVERSION_ID=12\n")
                .file("/var/lib/dpkg/status", status)
                .file("/var/lib/dpkg/info/busybox.list", "/opt/owned/busybox\n")
                .file("/bin/busybox", busybox)
                .file("/opt/owned/busybox", busybox)
                .file("/opt/own/busybox", busybox);

        assertThat(told(layers))
                .containsExactly("busybox 1:1.35 [/var/lib/dpkg/status]", "busybox 1.36.1 [/opt/own/busybox]");
        assertThat(told(new Layers().file("/bin/busybox", busybox))).containsExactly("busybox 1.36.1 [/bin/busybox]");
    }

    @Test
    void pathsOfTheNixStoreArePackages() throws Exception {
        String store = "/nix/store/0123456789abcdfghijklmnpqrsvwxyz-";
        Layers layers = new Layers()
                .file(store + "glibc-2.38-44/lib/libc.so.6", "x")
                .file(store + "openssl-3.0.10-bin/bin/openssl", "x")
                .file(store + "python3.11-requests-2.31.0/lib/x.py", "x")
                .file(store + "source/a", "x")
                .file(store + "a-1.0.drv", "x")
                .next()
                .delete(store + "glibc-2.38-44");

        assertThat(told(layers))
                .extracting(each -> each.substring(0, each.indexOf(" [")))
                .contains("openssl 3.0.10", "python3.11-requests 2.31.0")
                .doesNotContain("a 1.0");
    }

    private static String poetry(String name, String version) {
        return "[[package]]\nname = \"" + name + "\"\nversion = \"" + version + "\"\n\n";
    }

    private static String metadata(String name, String version) {
        return "Metadata-Version: 2.1\nName: " + name + "\nVersion: " + version + "\n";
    }

    private static List<String> told(Layers layers) throws Exception {
        return new Inventory(Limits.DEFAULT)
                .of(layers, new Gaps()).components().stream()
                        .map(each -> each.record().name() + " " + each.record().version() + " "
                                + each.locations().stream()
                                        .map(Component.Location::path)
                                        .toList())
                        .toList();
    }
}
