package dev.holdfast.bench;

import dev.holdfast.core.InputException;
import dev.holdfast.inventory.java.JavaCataloger;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** A jar of 2,000 classes with a manifest and Maven's record, and an executable jar that holds 50 of them. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "-XX:+UseSerialGC")
public class JarBench {
    private final byte[] library;
    private final byte[] application;

    public JarBench() {
        try {
            library = library();
            application = application(library);
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible); // memory does not fail
        }
    }

    @Benchmark
    public int oneLibrary() throws InputException, IOException {
        return Catalog.count(new JavaCataloger(), "/app/library-1.0.jar", library);
    }

    @Benchmark
    public int applicationOfFiftyLibraries() throws InputException, IOException {
        return Catalog.count(new JavaCataloger(), "/app/application.jar", application);
    }

    private static byte[] library() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            put(zip, "META-INF/MANIFEST.MF", text("Manifest-Version: 1.0\r\nImplementation-Title: library\r\n\r\n"));
            put(zip, "META-INF/maven/g/library/pom.properties", text("groupId=g\nartifactId=library\nversion=1.0\n"));
            for (int i = 0; i < 2_000; i++) {
                put(zip, "g/library/part" + i / 50 + "/Class" + i + ".class", new byte[200]);
            }
        }
        return bytes.toByteArray();
    }

    private static byte[] application(byte[] library) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            put(zip, "META-INF/MANIFEST.MF", text("Manifest-Version: 1.0\r\nSpring-Boot-Version: 3.2.3\r\n\r\n"));
            for (int i = 0; i < 50; i++) {
                put(zip, "BOOT-INF/lib/library" + i + "-1.0.jar", library);
            }
        }
        return bytes.toByteArray();
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static void put(ZipOutputStream zip, String name, byte[] content) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(content);
        zip.closeEntry();
    }
}
