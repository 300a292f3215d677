package dev.holdfast.manifest.helm;

import dev.holdfast.core.Gap;
import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.manifest.helm.functions.HelmFunctions;
import dev.holdfast.manifest.template.FunctionTable;
import dev.holdfast.manifest.template.Values;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.GZIPInputStream;

/**
 * Renders a chart as {@code helm template} does: released as {@code release-name} into {@code default}, on a cluster of the newest Kubernetes,
 * or of the newest one that the chart takes. A template that fails costs only itself. Values of {@code ci/*-values.yaml} are tried for the
 * templates that the chart's own values do not suffice for.
 */
public final class ChartRenderer {
    /** Templates call templates, and each call needs some frames; 1,000 deep they fit into this, which is only taken as it is used. */
    private static final long STACK_BYTES = 512L << 20;

    /** The first field of a header of tar. */
    private static final int NAME_BYTES = 100;

    private final Limits limits;

    public ChartRenderer(Limits limits) {
        this.limits = limits;
    }

    /** Whether a folder holds a chart. */
    public static boolean isChart(Path folder) {
        return Files.isRegularFile(folder.resolve("Chart.yaml"));
    }

    /** Whether a file is a packed chart; the packer writes its {@code Chart.yaml} first. */
    public static boolean isPacked(Path file) {
        if (!Files.isRegularFile(file) || !file.toString().endsWith(".tgz")) {
            return false;
        }
        try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
            String first = new String(in.readNBytes(NAME_BYTES), StandardCharsets.UTF_8);
            int end = first.indexOf('\0');
            return first.substring(0, Math.max(0, end)).endsWith("/Chart.yaml");
        } catch (IOException unreadable) {
            return false;
        }
    }

    /** Renders a chart: a folder, or a packed one. */
    public Rendering render(Path chart, GivenValues given) throws InputException, IOException {
        AtomicReference<Rendering> rendered = new AtomicReference<>();
        AtomicReference<Exception> failed = new AtomicReference<>();
        Thread thread = new Thread(
                null,
                () -> {
                    try {
                        rendered.set(inOwnThread(chart, given));
                    } catch (InputException | IOException wrong) {
                        failed.set(wrong);
                    } catch (StackOverflowError | OutOfMemoryError _) {
                        failed.set(new InputException(
                                InputException.Code.LIMIT, "the chart takes more memory than is there"));
                    } catch (RuntimeException bug) {
                        failed.set(bug);
                    }
                },
                "chart",
                STACK_BYTES);
        thread.start();
        try {
            thread.join();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new java.io.InterruptedIOException("interrupted while a chart was rendered");
        }
        switch (failed.get()) {
            case null -> {}
            case InputException wrong -> throw wrong;
            case IOException wrong -> throw wrong;
            case RuntimeException bug -> throw bug;
            default -> throw new IllegalStateException(failed.get());
        }
        return rendered.get();
    }

    private Rendering inOwnThread(Path path, GivenValues given) throws InputException, IOException {
        List<Gap> gaps = new ArrayList<>();
        Chart chart = new ChartReader(limits, gaps).read(path);
        if (chart.isLibrary()) {
            return new Rendering(chart.name, List.of(), gaps, List.of()); // only charts that use it make objects
        }
        FunctionTable functions = HelmFunctions.all(limits);
        Release release = new Release(limits, functions);
        Release.Outcome outcome = release.of(chart, values(given), given, gaps);
        Map<String, RenderedFile> files = outcome.files();
        if (!outcome.failures().isEmpty() && Files.isDirectory(path)) {
            retry(path, given, release, outcome);
        }
        outcome.failures().values().forEach(gaps::add);
        return new Rendering(chart.name, List.copyOf(files.values()), gaps, outcome.placeholders());
    }

    private static Map<String, Object> values(GivenValues given) throws InputException {
        Map<String, Object> values = Values.map();
        for (GivenValues.Tree tree : given.trees()) {
            overlay(values, ChartReader.table(tree.root(), tree.name()));
        }
        for (String set : given.sets()) {
            SetValues.put(set, values);
        }
        return values;
    }

    /** A later file beats an earlier one; maps are merged. */
    private static void overlay(Map<String, Object> values, Map<String, Object> later) {
        later.forEach((key, value) -> {
            Map<String, Object> inner = Coalescing.table(value);
            Map<String, Object> known = Coalescing.table(values.get(key));
            if (inner != null && known != null) {
                overlay(known, inner);
            } else {
                values.put(key, value);
            }
        });
    }

    /** Tries the templates that failed with the values that the chart is tested with. */
    private void retry(Path folder, GivenValues given, Release release, Release.Outcome outcome)
            throws InputException, IOException {
        Path tests = folder.resolve("ci");
        if (!Files.isDirectory(tests)) {
            return;
        }
        List<Path> sets = new ArrayList<>();
        try (var stream = Files.newDirectoryStream(tests, "*-values.yaml")) {
            stream.forEach(sets::add);
        }
        sets.sort(null);
        for (Path set : sets) {
            if (outcome.failures().isEmpty()) {
                return;
            }
            Optional<GivenValues.Tree> tree = GivenValues.tree(set, limits);
            GivenValues more = tree.isPresent() ? given.and(tree.get()) : given;
            List<Gap> ignored = new ArrayList<>();
            Chart chart = new ChartReader(limits, ignored).read(folder);
            Release.Outcome other = release.of(chart, values(more), more, ignored);
            for (String path : List.copyOf(outcome.failures().keySet())) {
                if (other.files().containsKey(path)) {
                    outcome.files().put(path, other.files().get(path));
                    outcome.failures().remove(path);
                }
            }
        }
    }
}
