package dev.holdfast.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.holdfast.inventory.golang.GoCataloger;
import dev.holdfast.inventory.java.JavaCataloger;
import dev.holdfast.inventory.npm.NpmCataloger;
import dev.holdfast.inventory.python.PythonCataloger;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** What Java archives, npm, Python and Go programs say of themselves. */
class LanguageFuzz {
    @MethodSource("jars")
    @FuzzTest
    void javaArchive(byte[] bytes) {
        Hostile.catalog(new JavaCataloger(), "/app/a-1.0.jar", bytes);
    }

    /** The two files of an archive that name it, without a zip around them to break first; a zero byte parts them. */
    @MethodSource("records")
    @FuzzTest
    void javaRecords(byte[] bytes) {
        String[] parts = new String(bytes, ISO_8859_1).split("\0", 2);
        byte[] jar =
                Seeds.zip(new String[] {"META-INF/MANIFEST.MF", "META-INF/maven/g/a/pom.properties"}, new byte[][] {
                    parts[0].getBytes(ISO_8859_1), parts.length > 1 ? parts[1].getBytes(ISO_8859_1) : new byte[0]
                });
        Hostile.catalog(new JavaCataloger(), "/app/a-1.0.jar", jar);
    }

    @MethodSource("packageJsons")
    @FuzzTest
    void npmInstalled(byte[] bytes) {
        Hostile.catalog(new NpmCataloger(), "/srv/node_modules/a/package.json", bytes);
    }

    @MethodSource("locks")
    @FuzzTest
    void npmLock(byte[] bytes) {
        Hostile.catalog(new NpmCataloger(), "/srv/package-lock.json", bytes);
    }

    @MethodSource("metadata")
    @FuzzTest
    void pythonMetadata(byte[] bytes) {
        Hostile.catalog(new PythonCataloger(), "/usr/lib/python3/dist-packages/a-1.0.dist-info/METADATA", bytes);
    }

    @MethodSource("eggs")
    @FuzzTest
    void pythonEgg(byte[] bytes) {
        Hostile.catalog(new PythonCataloger(), "/usr/lib/python3/dist-packages/a-1.0-py3.11.egg", bytes);
    }

    @MethodSource("programs")
    @FuzzTest
    void goProgram(byte[] bytes) {
        Hostile.catalog(new GoCataloger(), "/app/server", bytes);
    }

    static Stream<byte[]> jars() {
        byte[] inner = Seeds.zip("META-INF/maven/g/b/pom.properties", "groupId=g\nartifactId=b\nversion=2\n");
        return Stream.of(
                Seeds.zip(
                        "META-INF/MANIFEST.MF",
                        "Manifest-Version: 1.0\r\nImplementation-Title: a\r\nImplementation-Version: 1.0\r\n\r\n",
                        "META-INF/maven/g/a/pom.properties",
                        "groupId=g\nartifactId=a\nversion=1.0\n"),
                Seeds.zip(new String[] {"BOOT-INF/lib/b-2.jar", "c.class"}, new byte[][] {
                    inner, {(byte) 0xca, (byte) 0xfe}
                }));
    }

    static Stream<byte[]> records() {
        return Seeds.texts("""
                Manifest-Version: 1.0\r
                Bundle-SymbolicName: a.b;singleton:=true\r
                Bundle-Version: 1.2.3.v2\r
                 continued\r
                \r
                \0#comment
                groupId=g
                artifactId = a\\u0041
                version:1.0\\
                  .1
                """);
    }

    static Stream<byte[]> packageJsons() {
        return Seeds.texts(
                "{\"name\":\"a\",\"version\":\"1.0.0\",\"license\":\"MIT\",\"_resolved\":\"https://example.com/a.tgz\"}");
    }

    static Stream<byte[]> locks() {
        return Seeds.texts(
                "{\"lockfileVersion\":3,\"packages\":{\"\":{\"name\":\"x\"},\"node_modules/a\":{\"version\":\"1.0.0\",\"dev\":true}}}",
                "{\"lockfileVersion\":1,\"dependencies\":{\"a\":{\"version\":\"1.0.0\",\"dependencies\":{\"b\":{\"version\":\"2.0.0\"}}}}}");
    }

    static Stream<byte[]> metadata() {
        return Seeds.texts(
                "Metadata-Version: 2.1\nName: A_b.c\nVersion: 1.0rc1\nSummary: x\n  y\nRequires-Dist: z (>=1)\n\nbody\n");
    }

    static Stream<byte[]> eggs() {
        return Stream.of(Seeds.zip("EGG-INFO/PKG-INFO", "Metadata-Version: 1.0\nName: a\nVersion: 1.0\n"));
    }

    static Stream<byte[]> programs() {
        String info = "\u00ff Go buildinf:\b\2" + "\0".repeat(16)
                + "\bgo1.22.1 path\texample.com/a\nmod\texample.com/a\tv1.0.0\n";
        byte[] elf = new byte[512];
        byte[] head = {0x7f, 'E', 'L', 'F', 2, 1, 1};
        System.arraycopy(head, 0, elf, 0, head.length);
        byte[] text = info.getBytes(ISO_8859_1);
        System.arraycopy(text, 0, elf, 256, text.length);
        return Stream.of(elf, "MZ".getBytes(ISO_8859_1), new byte[] {
            (byte) 0xcf, (byte) 0xfa, (byte) 0xed, (byte) 0xfe, 7, 0, 0, 1
        });
    }
}
