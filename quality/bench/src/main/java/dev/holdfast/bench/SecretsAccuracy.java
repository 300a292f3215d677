package dev.holdfast.bench;

import dev.holdfast.bench.PlantedSecrets.Planted;
import dev.holdfast.core.Gaps;
import dev.holdfast.core.Limits;
import dev.holdfast.secrets.FileScan;
import dev.holdfast.secrets.Secret;
import dev.holdfast.secrets.SecretScanner;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Measures what the search for secrets finds and what it takes for one: planted files first, then the ordinary trees given as arguments,
 * in which every finding is printed and counts as a false alarm.
 */
public final class SecretsAccuracy {
    private static final ThreadMXBean CLOCK = ManagementFactory.getThreadMXBean();

    private final SecretScanner scanner = new SecretScanner(new byte[] {1}, Limits.DEFAULT);
    private final List<Secret> found = new ArrayList<>();
    private final FileScan files = scanner.files(found::add, new Gaps());
    private final PrintStream out;
    /** One value is one finding of a scan, however many files hold it. */
    private final Set<String> values = new HashSet<>();

    private int planted;
    private int hit;
    private int falseAlarms;
    private long ordinary;
    private long bytes;
    /** Nanoseconds of the processor, without the reading of files. */
    private long searching;

    private SecretsAccuracy(PrintStream out) {
        this.out = out;
    }

    public static void main(String... folders) throws IOException {
        SecretsAccuracy accuracy = new SecretsAccuracy(System.out);
        accuracy.plant();
        for (String folder : folders) {
            accuracy.scan(Path.of(folder));
        }
        accuracy.tell();
    }

    private void plant() throws IOException {
        Map<String, Integer> missed = new TreeMap<>();
        for (Planted file : new PlantedSecrets(Long.getLong("holdfast.seed", 1)).files()) {
            files.begin(file.path());
            files.content(file.content(), 0, file.content().length);
            files.end();
            planted += file.isSecret() ? 1 : 0;
            hit += file.isSecret() && !found.isEmpty() ? 1 : 0;
            if (file.isSecret() && found.isEmpty()) {
                missed.merge(file.way() + " " + file.kind(), 1, Integer::sum);
            }
            if (!file.isSecret() && !found.isEmpty()) {
                falseAlarms++;
                out.println("false alarm: " + found);
            }
            found.clear();
        }
        missed.forEach((what, count) -> out.println("missed: " + what + " " + count));
    }

    private void scan(Path folder) throws IOException {
        byte[] piece = new byte[128 << 10];
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (attributes.isRegularFile()) {
                    scan(file, piece);
                }
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private void scan(Path file, byte[] piece) throws IOException {
        ordinary++;
        long begun = CLOCK.getCurrentThreadCpuTime();
        files.begin(file.toString());
        searching += CLOCK.getCurrentThreadCpuTime() - begun;
        try (InputStream in = Files.newInputStream(file)) {
            for (int got = in.read(piece); got > 0; got = in.read(piece)) {
                bytes += got;
                begun = CLOCK.getCurrentThreadCpuTime();
                files.content(piece, 0, got);
                searching += CLOCK.getCurrentThreadCpuTime() - begun;
            }
        }
        begun = CLOCK.getCurrentThreadCpuTime();
        files.end();
        searching += CLOCK.getCurrentThreadCpuTime() - begun;
        for (Secret secret : found) {
            out.println("ordinary: " + secret.kind() + (secret.isSample() ? " (sample) " : " ") + secret.path() + ":"
                    + secret.line());
            boolean isNew = values.add(secret.kind() + secret.fingerprint());
            falseAlarms += secret.isSample() || !isNew ? 0 : 1;
        }
        found.clear();
    }

    private void tell() {
        out.printf(
                Locale.ROOT,
                "recall %.4f (%d of %d)%nprecision %.4f (%d false alarms)%nordinary files %d, %.2f GB, findings per 10,000: %.2f%n%.0f MB a second of one core%n",
                (double) hit / planted,
                hit,
                planted,
                (double) hit / (hit + falseAlarms),
                falseAlarms,
                ordinary,
                bytes / 1e9,
                ordinary == 0 ? 0 : falseAlarms * 1e4 / ordinary,
                bytes * 1e3 / Math.max(1, searching));
    }
}
