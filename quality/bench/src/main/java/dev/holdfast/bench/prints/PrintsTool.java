package dev.holdfast.bench.prints;

import dev.holdfast.jvm.identity.ClassPrint;
import dev.holdfast.jvm.identity.PrintIndexWriter;
import dev.holdfast.jvm.identity.ReleasePrints;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * {@code build RELEASES CACHE OUTPUT} compiles the base from a list of releases and the jars of a cache laid out like a Maven repository,
 * fetching what is missing; the same list gives the same bytes. {@code update LIBRARIES RELEASES CACHE} makes that list anew from what Maven
 * Central has.
 */
public final class PrintsTool {
    private static final PrintStream OUT = System.out;

    private PrintsTool() {}

    public static void main(String... arguments) throws IOException, InterruptedException {
        switch (arguments[0]) {
            case "build" -> build(Path.of(arguments[1]), Path.of(arguments[2]), Path.of(arguments[3]));
            case "update" -> update(Path.of(arguments[1]), Path.of(arguments[2]), Path.of(arguments[3]));
            default -> throw new IllegalArgumentException("build or update, not " + arguments[0]);
        }
    }

    private static void update(Path libraries, Path releases, Path cache) throws IOException, InterruptedException {
        Central central = new Central(cache);
        List<String> lines = new ArrayList<>();
        for (String library : Files.readAllLines(libraries)) {
            if (!library.isBlank() && !library.startsWith("#")) {
                ReleaseList list = ReleaseList.published(library, central);
                lines.add(list.line());
                OUT.println(list.name() + ": " + list.versions().size() + " releases");
            }
        }
        Files.write(releases, lines);
    }

    private static void build(Path releases, Path cache, Path output) throws IOException, InterruptedException {
        Central central = new Central(cache);
        PrintIndexWriter writer = new PrintIndexWriter();
        for (String line : Files.readAllLines(releases)) {
            ReleaseList list = ReleaseList.parse(line);
            central.fetch(list);
            List<ReleasePrints> prints = prints(list, central);
            writer.add(list.group(), list.artifact(), prints);
            OUT.println(list.name() + ": " + prints.size() + " releases");
        }
        Files.createDirectories(output);
        Files.write(output.resolve("classes.prints"), writer.base());
        Files.write(output.resolve("classes.names"), writer.names());
    }

    private static List<ReleasePrints> prints(ReleaseList list, Central central)
            throws IOException, InterruptedException {
        Map<String, Optional<ClassPrint>> met = new ConcurrentHashMap<>();
        List<Callable<ReleasePrints>> releases = new ArrayList<>();
        for (String version : list.versions()) {
            Path jar = central.jar(list, version);
            if (JarPrints.isThere(jar)) {
                releases.add(() -> new JarPrints(jar, met).of(version));
            } else {
                OUT.println(list.name() + " " + version + " has no jar");
            }
        }
        List<ReleasePrints> prints = new ArrayList<>();
        try (ExecutorService pool =
                Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors())) {
            for (Future<ReleasePrints> release : pool.invokeAll(releases)) {
                prints.add(release.get());
            }
        } catch (ExecutionException failed) {
            throw new IOException("reading " + list.name() + ": " + failed.getMessage(), failed);
        }
        return prints;
    }
}
