package dev.holdfast.bench.prints;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Maven Central, through a folder laid out like it. What is there is never asked for again, not even what was absent; at most six files are
 * fetched at a time.
 */
final class Central {
    private static final String ROOT = "https://repo.maven.apache.org/maven2/";
    private static final int AT_A_TIME = 6;
    private static final int OK = 200;
    private static final int NOT_FOUND = 404;

    private final HttpClient client = HttpClient.newHttpClient();
    private final Path cache;

    Central(Path cache) {
        this.cache = cache;
    }

    Path jar(ReleaseList library, String version) {
        return cache.resolve(folder(library)).resolve(version).resolve(library.artifact() + "-" + version + ".jar");
    }

    private static String folder(ReleaseList library) {
        return library.group().replace('.', '/') + "/" + library.artifact();
    }

    String metadata(ReleaseList library) throws IOException, InterruptedException {
        Path file = cache.resolve(folder(library)).resolve("maven-metadata.xml");
        fetch(file);
        return Files.exists(file) ? Files.readString(file) : "";
    }

    /** Fetches the jars that are not there yet. */
    void fetch(ReleaseList library) throws IOException, InterruptedException {
        try (ExecutorService pool = Executors.newFixedThreadPool(AT_A_TIME)) {
            List<Callable<Boolean>> missing = new ArrayList<>();
            for (String version : library.versions()) {
                Path jar = jar(library, version);
                if (!JarPrints.isThere(jar)) {
                    missing.add(() -> fetch(jar));
                }
            }
            for (Future<Boolean> each : pool.invokeAll(missing)) {
                each.get();
            }
        } catch (ExecutionException failed) {
            throw new IOException("fetching " + library.name() + ": " + failed.getMessage(), failed);
        }
    }

    private boolean fetch(Path file) throws IOException, InterruptedException {
        Path absent = Path.of(file + ".none");
        if (Files.exists(file) || Files.exists(absent)) {
            return false;
        }
        Files.createDirectories(file.getParent());
        String path = cache.relativize(file).toString().replace('\\', '/');
        HttpRequest request = HttpRequest.newBuilder(URI.create(ROOT + path)).build();
        Path part = Path.of(file + ".part");
        HttpResponse<Path> response = client.send(request, HttpResponse.BodyHandlers.ofFile(part));
        if (response.statusCode() == OK) {
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
            return true;
        }
        Files.delete(part);
        if (response.statusCode() != NOT_FOUND) {
            throw new IOException(path + ": the server answers " + response.statusCode());
        }
        Files.write(absent, "absent\n".getBytes(StandardCharsets.UTF_8));
        return false;
    }
}
