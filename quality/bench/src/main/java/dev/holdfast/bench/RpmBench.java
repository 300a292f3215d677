package dev.holdfast.bench;

import dev.holdfast.core.InputException;
import dev.holdfast.inventory.rpm.RpmCataloger;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The three kinds of rpm database, each a real one of the reference corpus ({@code holdfast.shared}). */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "-XX:+UseSerialGC")
public class RpmBench {
    /** A file of the corpus: SQLite, NDB, Berkeley DB. */
    @Param({"amazonlinux2023-plain__rpmdb.sqlite", "sle15-bci__Packages.db", "libuuid__Packages"})
    private String database = "";

    private byte[] bytes = new byte[0];

    @Setup
    public void read() {
        Path file = Path.of(System.getProperty("holdfast.shared", "../shared"), "fixtures/corpus/rpmdb", database);
        try {
            bytes = Files.readAllBytes(file);
        } catch (IOException absent) {
            throw new UncheckedIOException("this benchmark needs the reference corpus", absent);
        }
    }

    @Benchmark
    public int parseDatabase() throws InputException, IOException {
        String name = database.substring(database.indexOf("__") + 2);
        return Catalog.count(new RpmCataloger(), "/var/lib/rpm/" + name, bytes);
    }
}
