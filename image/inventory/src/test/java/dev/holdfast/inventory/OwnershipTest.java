package dev.holdfast.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.inventory.apk.ApkOwnership;
import dev.holdfast.inventory.dpkg.DpkgOwnership;
import dev.holdfast.inventory.rpm.BerkeleyFile;
import dev.holdfast.inventory.rpm.HeaderBlob;
import dev.holdfast.inventory.rpm.RpmOwnership;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OwnershipTest {
    private static final String METADATA = "/usr/lib/python3/dist-packages/requests-2.28.1.egg-info/PKG-INFO";

    @Test
    void dpkgOwnsWhatItsListsName() throws Exception {
        Layers layers = new Layers()
                .file("/var/lib/dpkg/info/python3-requests.list", "/.\n/usr\n" + METADATA + "\n")
                .file("/var/lib/dpkg/info/libfoo:amd64.list", "/usr/lib/jar/a.jar")
                .file("/var/lib/dpkg/info/decoy.list", "/srv/elsewhere/PKG-INFO\n");

        assertThat(dpkg(layers, METADATA, "/usr/lib/jar/a.jar", "/srv/mine/PKG-INFO"))
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of(METADATA, "python3-requests", "/usr/lib/jar/a.jar", "libfoo"));
    }

    @Test
    void dpkgOwnsLinksAndConfigurationThatChecksumsLeaveOut() throws Exception {
        Layers layers = new Layers()
                .file("/var/lib/dpkg/info/a.list", "/etc/a/package.json\n")
                .file("/var/lib/dpkg/info/a.md5sums", "d41d8cd98f00b204e9800998ecf8427e  usr/lib/other\n");

        assertThat(dpkg(layers, "/etc/a/package.json")).containsValue("a");
    }

    @Test
    void dpkgOwnsFileThatItListsUnderTheFolderBeforeTheMergeOfUsr() throws Exception {
        Layers layers = new Layers()
                .link("/lib", "usr/lib")
                .file("/usr/lib/java/a.jar", "x")
                .file("/var/lib/dpkg/info/liba-java.list", "/lib\n/lib/java\n/lib/java/a.jar\n");

        assertThat(dpkg(layers, "/usr/lib/java/a.jar")).containsEntry("/usr/lib/java/a.jar", "liba-java");
    }

    @Test
    void dpkgGivesDivertedFileToTheOneThatDivertsIt() throws Exception {
        Layers layers = new Layers()
                .file("/var/lib/dpkg/diversions", "/usr/x/a.jar\n/usr/x/a.jar.distrib\nb\n/usr/y\n")
                .file("/var/lib/dpkg/info/a.list", "/usr/x/a.jar\n")
                .file("/var/lib/dpkg/info/b.list", "/usr/x/a.jar\n");

        assertThat(dpkg(layers, "/usr/x/a.jar", "/usr/x/a.jar.distrib")).containsEntry("/usr/x/a.jar", "b");
    }

    @Test
    void dpkgReadsChecksumsWhereImagesAreMadeWithoutIt() throws Exception {
        Layers layers = new Layers()
                .file("/var/lib/dpkg/status.d/py", "Package: python3.11-minimal\nVersion: 3.11\n")
                .file(
                        "/var/lib/dpkg/status.d/py.md5sums",
                        "d41d8cd98f00b204e9800998ecf8427e  usr/lib/a/METADATA\nshort\n")
                .file("/var/lib/dpkg/status.d/lone.md5sums", "d41d8cd98f00b204e9800998ecf8427e  usr/lib/b/METADATA");

        assertThat(dpkg(layers, "/usr/lib/a/METADATA", "/usr/lib/b/METADATA"))
                .containsEntry("/usr/lib/a/METADATA", "python3.11-minimal")
                .containsEntry("/usr/lib/b/METADATA", "lone");
    }

    @Test
    void apkOwnsWhatItsDatabaseNames() throws Exception {
        Layers layers = new Layers().file("/lib/apk/db/installed", """
                P:npm
                V:10.9.1-r0
                F:usr/lib/node_modules/npm
                M:0:0:755
                R:package.json
                a:0:0:644
                F:
                R:top.jar

                P:other
                V:1
                R:package.json
                """);

        assertThat(new ApkOwnership()
                        .ownersOf(
                                Set.of("/usr/lib/node_modules/npm/package.json", "/top.jar", "/srv/package.json"),
                                layers,
                                Limits.DEFAULT))
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("/usr/lib/node_modules/npm/package.json", "npm", "/top.jar", "npm"));
    }

    @Test
    void rpmOwnsWhatItsHeadersName() throws Exception {
        byte[] database = new BerkeleyFile(ByteOrder.LITTLE_ENDIAN)
                .offPage(HeaderBlob.of("python3-pip", "9", "1")
                        .files("/usr/lib/python3/", "METADATA", "RECORD")
                        .bytes())
                .offPage(HeaderBlob.of("old", "9", "1")
                        .oldFiles("/usr/old/a.jar", "/top.jar")
                        .bytes())
                .offPage(HeaderBlob.of("empty", "9", "1").bytes())
                .bytes();
        Layers layers = new Layers().file("/var/lib/rpm/Packages", database);

        assertThat(rpm(layers, "/usr/lib/python3/METADATA", "/usr/old/a.jar", "/top.jar", "/usr/lib/python3"))
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("/usr/lib/python3/METADATA", "python3-pip", "/usr/old/a.jar", "old", "/top.jar", "old"));
    }

    @Test
    void rpmRefusesFileInFolderThatItsHeaderDoesNotHave() {
        byte[] database = new BerkeleyFile(ByteOrder.LITTLE_ENDIAN)
                .offPage(HeaderBlob.of("liar", "9", "1")
                        .filesIn(7, "/usr/", "a.jar")
                        .bytes())
                .bytes();
        Layers layers = new Layers().file("/var/lib/rpm/Packages", database);

        assertThatThrownBy(() -> rpm(layers, "/usr/a.jar"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("in folder 7 of 1");
    }

    @Test
    void asksOnlyForWhatIsAsked() throws Exception {
        assertThat(dpkg(new Layers().file("/var/lib/dpkg/info/a.list", "/a\n"))).isEmpty();
        assertThat(dpkg(new Layers(), "/a")).isEmpty();
    }

    private static Map<String, String> dpkg(Layers layers, String... files) throws Exception {
        return new DpkgOwnership().ownersOf(Set.of(files), layers, Limits.DEFAULT);
    }

    private static Map<String, String> rpm(Layers layers, String... files) throws Exception {
        return new RpmOwnership().ownersOf(Set.of(files), layers, Limits.DEFAULT);
    }
}
