package dev.holdfast.bench;

import dev.holdfast.version.Scheme;
import dev.holdfast.version.VersionKey;
import java.util.Optional;
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

/** Making a version's key, and comparing two. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "-XX:+UseSerialGC")
public class VersionBench {
    @Param({"DEB", "APK", "RPM", "MAVEN", "NPM", "PYPI", "GOLANG"})
    public Scheme scheme = Scheme.DEB;

    private String text = "";
    private VersionKey first;
    private VersionKey second;

    public VersionBench() {
        first = key(Scheme.DEB, "1");
        second = first;
    }

    @Setup
    public void choose() {
        text = switch (scheme) {
            case DEB -> "1:9.2p1-2+deb12u2";
            case APK -> "1.36.1_p2-r5";
            case RPM -> "1:3.0.7-16.el9_2.0.1";
            case PYPI -> "2.0.0rc1.post3+local.1";
            case GOLANG -> "v0.0.0-20230811145659-89c5cff77bcb";
            default -> "2.14.1-beta.2";
        };
        first = key(scheme, text);
        second = key(scheme, text.replace('2', '3'));
    }

    @Benchmark
    public Optional<VersionKey> makeKey() {
        return scheme.key(text);
    }

    @Benchmark
    public int compareKeys() {
        return first.compareTo(second);
    }

    private static VersionKey key(Scheme scheme, String version) {
        return scheme.key(version)
                .orElseThrow(() -> new IllegalArgumentException(scheme + " does not allow " + version));
    }
}
