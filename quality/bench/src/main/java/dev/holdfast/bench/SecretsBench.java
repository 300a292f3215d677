package dev.holdfast.bench;

import dev.holdfast.core.Gaps;
import dev.holdfast.core.Limits;
import dev.holdfast.secrets.FileScan;
import dev.holdfast.secrets.SecretScanner;
import java.nio.charset.StandardCharsets;
import java.util.Random;
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

/** Looking through 16 MiB for secrets, as files of 64 KiB: operations a second times 16 are MiB a second on one core. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "-XX:+UseSerialGC")
public class SecretsBench {
    private static final int FILES = 256;
    private static final int SIZE = 64 << 10;
    private static final String SOURCE = """
            /** Opens the connection that the key of the session names, and keeps it. */
            public Connection open(String name, Duration timeout) throws IOException {
                if (name.isEmpty() || timeout.isNegative()) {
                    throw new IllegalArgumentException("no name, or a timeout below zero: " + timeout);
                }
                Token token = tokens.next("https://login.internal/oauth", name);
                return pool.computeIfAbsent(name, key -> new Connection(host, port, token, timeout));
            }

            """;

    @Param({"source", "binary"})
    String content = "";

    private byte[] file = new byte[0];
    private String path = "";
    private int found;
    private final FileScan files =
            new SecretScanner(new byte[] {1}, Limits.DEFAULT).files(secret -> found++, new Gaps());

    @Setup
    public void setUp() {
        if (content.equals("source")) {
            path = "/srv/app/Pool.java";
            file = SOURCE.repeat(SIZE / SOURCE.length()).getBytes(StandardCharsets.UTF_8);
        } else {
            path = "/usr/lib/libpool.so";
            file = new byte[SIZE];
            Random random = new Random(1);
            for (int i = 0; i < SIZE; i++) { // machine code is half small numbers
                file[i] = (byte) (random.nextBoolean() ? random.nextInt(8) : random.nextInt(256));
            }
        }
    }

    @Benchmark
    public int scan() {
        for (int i = 0; i < FILES; i++) {
            files.begin(path);
            files.content(file, 0, file.length);
            files.end();
        }
        return found;
    }
}
