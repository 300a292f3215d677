package dev.holdfast.bench;

import dev.holdfast.core.InputException;
import dev.holdfast.inventory.dpkg.DpkgCataloger;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** A dpkg status file of 1,600 packages, 1.5 MB, as a large image has. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "-XX:+UseSerialGC")
public class DpkgBench {
    private final byte[] status = status(1_600);

    @Benchmark
    public int parseStatus() throws InputException, IOException {
        return Catalog.count(new DpkgCataloger(), "/var/lib/dpkg/status", status);
    }

    private static byte[] status(int packages) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < packages; i++) {
            text.append(String.format(Locale.ROOT, """
                    Package: library%d
                    Status: install ok installed
                    Priority: optional
                    Section: libs
                    Installed-Size: 12%d
                    Maintainer: Somebody <somebody@example.com>
                    Architecture: amd64
                    Multi-Arch: same
                    Source: source%d (1:2.3.%d-4)
                    Version: 1:2.3.%d-4+b1
                    Depends: libc6 (>= 2.36), zlib1g (>= 1:1.2.0), libssl3 (>= 3.0.0)
                    Conffiles:
                     /etc/library/a.conf 0123456789abcdef0123456789abcdef
                     /etc/library/b.conf 0123456789abcdef0123456789abcdef
                    Description: a library for doing what libraries do
                     The long text goes on for a few lines, which a parser should pass over quickly,
                     since nobody asked for it and there is a lot of it in every status file.
                     .
                     It ends here, after another line that holds nothing of interest to anyone.
                    Homepage: https://example.com/library

                    """, i, i, i / 3, i % 50, i % 50));
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }
}
