package dev.holdfast.manifest.helm;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;

/** What a chart may ask the cluster for: the versions of the API, and the kinds in each, that the newest Kubernetes client knows. */
final class KnownApi {
    /** The cluster that is assumed, unless the chart wants another one. */
    static final String NEWEST = "v1.37.0";

    private static final Set<String> NAMES = read();

    private KnownApi() {}

    /** {@code apps/v1} and {@code apps/v1/Deployment} for each. */
    static Set<String> names() {
        return NAMES;
    }

    private static Set<String> read() {
        Set<String> names = new LinkedHashSet<>();
        try (InputStream in = Objects.requireNonNull(KnownApi.class.getResourceAsStream("api-versions.txt"));
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] words = line.split(" ");
                names.add(words[0]);
                for (int i = 1; i < words.length; i++) {
                    names.add(words[0] + "/" + words[i]);
                }
            }
        } catch (IOException broken) { // the program's own file
            throw new UncheckedIOException(broken);
        }
        return names;
    }
}
