package dev.holdfast.bench;

import dev.holdfast.archive.TarEntry;
import dev.holdfast.archive.TarSink;
import dev.holdfast.archive.TarWalker;
import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
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

/** The headers of a layer of 10,000 files of 4 KiB, 45 MB, of which nobody wants any content. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "-XX:+UseSerialGC")
public class TarBench {
    private static final int FILES = 10_000;
    private static final int PIECE = 1 << 16;

    private final byte[] tar = tar();

    @Benchmark
    public long walkHeaders() throws InputException, IOException {
        TarWalker walker = new TarWalker(new Unwanting(), Limits.DEFAULT);
        for (int at = 0; at < tar.length; at += PIECE) {
            walker.accept(tar, at, Math.min(PIECE, tar.length - at));
        }
        walker.finish();
        return walker.entries();
    }

    private static final class Unwanting implements TarSink {
        @Override
        public boolean entry(TarEntry entry) {
            return false;
        }

        @Override
        public void content(byte[] bytes, int offset, int length) {}

        @Override
        public void contentEnd() {}
    }

    private static byte[] tar() {
        byte[] tar = new byte[FILES * (512 + 4096) + 1024];
        for (int i = 0; i < FILES; i++) {
            int at = i * (512 + 4096);
            put(tar, at, "usr/lib/folder" + i / 100 + "/file" + i);
            put(tar, at + 100, "0000644");
            put(tar, at + 124, "00000010000");
            put(tar, at + 136, "00000000000");
            put(tar, at + 148, "        ");
            tar[at + 156] = '0';
            put(tar, at + 257, "ustar");
            put(tar, at + 263, "00");
            int sum = 0;
            for (int j = at; j < at + 512; j++) {
                sum += tar[j] & 0xff;
            }
            put(tar, at + 148, String.format(Locale.ROOT, "%06o", sum));
            tar[at + 154] = 0;
        }
        return tar;
    }

    private static void put(byte[] target, int at, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(bytes, 0, target, at, bytes.length);
    }
}
