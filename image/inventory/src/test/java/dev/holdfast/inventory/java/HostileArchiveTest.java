package dev.holdfast.inventory.java;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.Gap;
import dev.holdfast.core.Limits;
import dev.holdfast.inventory.FakeFiles;
import dev.holdfast.inventory.PackageRecord;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HostileArchiveTest {
    private final FakeFiles files = new FakeFiles();

    @Test
    void jarThatIsCutOff() throws IOException {
        byte[] jar = new Jar().pom("g", "a", "1").bytes();
        assertThat(catalog("/x/a.jar", Arrays.copyOf(jar, jar.length - 30))).isEmpty();
        assertThat(gap().code()).isEqualTo(Gap.Code.UNREADABLE);
        assertThat(gap().detail()).contains("cut off");
    }

    @Test
    void jarThatIsNoZip() throws IOException {
        catalog(
                "/x/a.jar",
                "<html>404 Not Found, this is what the download brought</html>"
                        .getBytes(java.nio.charset.StandardCharsets.UTF_8));
        assertThat(gap().detail()).isEqualTo("this is no zip archive");
    }

    @Test
    void rarOfAnotherKindIsNobodysBusiness() throws IOException {
        assertThat(catalog(
                        "/x/a.rar",
                        "Rar!\u001a\u0007 not an archive of Java".getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                .isEmpty();
        assertThat(files.gaps()).isEmpty();
    }

    @Test
    void encryptedLibraryIsAGapAndTheRestIsRead() throws IOException {
        byte[] library = new Jar().pom("g", "secret", "1").bytes();
        byte[] war = new Jar()
                .put("WEB-INF/lib/secret.jar", library)
                .put("WEB-INF/lib/open.jar", new Jar().pom("g", "open", "1").bytes())
                .bytes();
        assertThat(catalog("/x/a.war", Jar.encrypted(war, "WEB-INF/lib/secret.jar")))
                .extracting(PackageRecord::name)
                .containsExactly("g:open");
        assertThat(gap().code()).isEqualTo(Gap.Code.ENCRYPTED);
        assertThat(gap().subject()).isEqualTo("/x/a.war ▸ WEB-INF/lib/secret.jar");
    }

    @Test
    void encryptedDescriptor() throws IOException {
        byte[] jar = new Jar().pom("g", "a", "1").bytes();
        catalog("/x/a.jar", Jar.encrypted(jar, "META-INF/maven/g/a/pom.properties"));
        assertThat(gap().code()).isEqualTo(Gap.Code.ENCRYPTED);
    }

    @Test
    void brokenInnerJarDoesNotHideItsNeighbour() throws IOException {
        byte[] good = new Jar().pom("g", "good", "1").bytes();
        byte[] war = new Jar()
                .put("lib/bad.jar", "PK\u0003\u0004 no")
                .put("lib/good.jar", good)
                .bytes();
        assertThat(catalog("/x/a.war", war)).extracting(PackageRecord::name).containsExactly("g:good");
        assertThat(gap().subject()).isEqualTo("/x/a.war ▸ lib/bad.jar");
    }

    @Test
    void innerArchiveThatIsABomb() throws IOException {
        byte[] war = new Jar().put("lib/bomb.jar", new byte[20 << 20]).bytes();
        assertThat(catalog("/x/a.war", war)).isEmpty();
        assertThat(gap().code()).isEqualTo(Gap.Code.LIMIT);
        assertThat(gap().detail()).contains("bomb");
    }

    @Test
    void archivesInsideAreBoundedInBytes() throws IOException {
        files.limits(Limits.DEFAULT.withTotalBytes(100_000));
        Jar war = new Jar();
        for (int i = 0; i < 40; i++) {
            byte[] zeros = new byte[10_000];
            war.put(
                    "lib/" + i + ".jar",
                    new Jar().pom("g", "a" + i, "1").putStored("zeros", zeros).bytes());
        }
        assertThat(catalog("/x/a.war", war.bytes())).hasSizeBetween(1, 39);
        assertThat(files.gaps()).isNotEmpty().allMatch(gap -> gap.code() == Gap.Code.LIMIT);
    }

    @Test
    void twoManifestsAreToldAndTheLastIsBelieved() throws IOException {
        byte[] jar = new Jar()
                .put("META-INF/MANIFEST.MF", "Implementation-Title: spring-web\nImplementation-Version: 9.9\n\n")
                .put(
                        "meta-inf/manifest.mf",
                        "Implementation-Title: spring-web\nImplementation-Version: 5.2.0.RELEASE\n\n")
                .classes("org/springframework/web/A")
                .bytes();
        assertThat(catalog("/x/a.jar", jar)).extracting(PackageRecord::version).containsExactly("5.2.0.RELEASE");
        assertThat(gap().detail()).contains("2 manifests");
    }

    @Test
    void zipSlipNamesAreOnlyPlaces() throws IOException {
        byte[] inner = new Jar().pom("g", "a", "1").bytes();
        byte[] jar = new Jar().put("../../../etc/cron.d/evil.jar", inner).bytes();
        assertThat(catalog("/x/a.war", jar))
                .extracting(PackageRecord::place)
                .containsExactly("../../../etc/cron.d/evil.jar");
    }

    @Test
    void coordinatesThatAreNoNamesAreDropped() throws IOException {
        byte[] jar = new Jar()
                .put("pom.properties", "groupId=g\u0007\nartifactId=../../a\nversion=1\n")
                .bytes();
        assertThat(catalog("/x/.jar", jar)).isEmpty();
    }

    @Test
    void malformedPropertiesAreAGap() throws IOException {
        byte[] jar = new Jar()
                .put("META-INF/maven/g/a/pom.properties", "groupId=\\u12\n")
                .bytes();
        catalog("/x/app.jar", jar);
        assertThat(gap().code()).isEqualTo(Gap.Code.UNREADABLE);
    }

    @Test
    void noDamageGetsOutAsAnythingButAGap() throws IOException {
        byte[] inner = new Jar()
                .manifest("Implementation-Title: x")
                .pom("g", "a", "1")
                .classes("g/A")
                .bytes();
        byte[] sound = new Jar()
                .manifest("Bundle-SymbolicName: y")
                .pom("g", "b", "1")
                .put("lib/a.jar", inner)
                .putStored("lib/b.jar", inner)
                .bytes();
        long seed = Long.getLong("holdfast.seed", 1);
        Random random = new Random(seed);
        for (int round = 0; round < 2_000; round++) {
            byte[] bytes = sound.clone();
            for (int i = random.nextInt(5); i >= 0; i--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            FakeFiles one = new FakeFiles().put("/x/a.jar", bytes);
            assertThat(one.catalog(new JavaCataloger())).as("seed " + seed).hasSizeLessThan(20);
        }
    }

    private List<PackageRecord> catalog(String path, byte[] bytes) throws IOException {
        return files.put(path, bytes).catalog(new JavaCataloger());
    }

    private Gap gap() {
        assertThat(files.gaps()).hasSize(1);
        return files.gaps().getFirst();
    }
}
