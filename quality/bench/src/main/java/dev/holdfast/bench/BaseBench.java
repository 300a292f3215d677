package dev.holdfast.bench;

import dev.holdfast.advisory.Advisories;
import dev.holdfast.advisory.AdvisoryBase;
import dev.holdfast.core.InputException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The advisory base that ships with the program ({@code holdfast.base}): opening it, and asking it about 10,000 packages, every tenth of which it
 * speaks of.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "-XX:+UseSerialGC")
public class BaseBench {
    private static final int PACKAGES = 10_000;
    private static final String[] KNOWN = {
        "openssl", "curl", "glibc", "expat", "libxml2", "nginx", "perl", "sqlite3", "krb5", "systemd"
    };

    private final Path file = Path.of(System.getProperty("holdfast.base", "platform/dist/target/app/facts.hfdb"));
    private final String[] names = names();
    private AdvisoryBase base;

    public BaseBench() {
        base = open(file);
    }

    @Setup
    public void reopen() {
        base.close();
        base = open(file);
    }

    @TearDown
    public void close() {
        base.close();
    }

    @Benchmark
    public int openAndClose() {
        try (AdvisoryBase opened = open(file)) {
            return opened.sources().size();
        }
    }

    @Benchmark
    public int askAboutTenThousandPackages() {
        int statements = 0;
        for (String name : names) {
            statements += base.about("debian:12", name).size();
        }
        return statements;
    }

    private static String[] names() {
        String[] names = new String[PACKAGES];
        for (int i = 0; i < PACKAGES; i++) {
            names[i] = i % 10 == 0 ? KNOWN[i / 10 % KNOWN.length] : "unknown-" + i;
        }
        return names;
    }

    private static AdvisoryBase open(Path file) {
        try {
            return Advisories.open(file);
        } catch (InputException | IOException e) {
            throw new IllegalStateException(file + " cannot be opened; ./holdfast --version puts it there", e);
        }
    }
}
