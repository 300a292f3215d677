package dev.holdfast.check;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Releases that nobody mends any more. The list is part of the program, as of {@link #AS_OF}, so that an answer does not depend on the day; the
 * days are those of the feeds that scans use, which a test holds them against.
 */
public final class EndedReleases {
    /** The day of the list; what ended later is not in it. */
    public static final String AS_OF = "2026-11-26";

    /** By repository; those that end in a star are beginnings. */
    private static final Map<String, List<Release>> ALL = new HashMap<>();

    private EndedReleases() {}

    /**
     * A release that has ended.
     *
     * @param repository of the image, as Docker Hub's short names have it
     * @param version the beginning of a tag, up to a dot or dash; a star is every tag
     * @param codename another such beginning; empty when there is none
     * @param end the day, empty when only the fact is known
     */
    public record Release(String repository, String version, String codename, String end) {
        /** What people call it. */
        public String name() {
            String product = repository.replaceFirst("/?\\*$", "");
            return (version.equals("*") ? product : product + " " + version) + (end.isEmpty() ? "" : " (" + end + ")");
        }

        private boolean isOf(String tag) {
            return version.equals("*") || begins(tag, version) || !codename.isEmpty() && begins(tag, codename);
        }

        private static boolean begins(String tag, String word) {
            return tag.equals(word)
                    || tag.startsWith(word) && (tag.charAt(word.length()) == '.' || tag.charAt(word.length()) == '-');
        }
    }

    /** The release that a tag of a repository is of, when it has ended. */
    public static Optional<Release> of(String repository, String tag) {
        List<Release> candidates = new ArrayList<>(all().getOrDefault(repository, List.of()));
        all().forEach((name, releases) -> {
            if (name.endsWith("*") && repository.startsWith(name.substring(0, name.length() - 1))) {
                candidates.addAll(releases);
            }
        });
        return candidates.stream()
                .filter(release -> release.isOf(tag))
                .max(Comparator.comparingInt(release -> release.version().length()));
    }

    /** The release of Debian whose name is part of a tag: images of others say so what they are based on. */
    public static Optional<Release> debianIn(String tag) {
        return all().getOrDefault("debian", List.of()).stream()
                .filter(release ->
                        tag.endsWith("-" + release.codename()) || tag.contains("-" + release.codename() + "-"))
                .findFirst();
    }

    /** All of them. */
    public static List<Release> list() {
        return all().values().stream().flatMap(List::stream).toList();
    }

    private static Map<String, List<Release>> all() {
        synchronized (ALL) {
            if (ALL.isEmpty()) {
                read();
            }
            return ALL;
        }
    }

    private static void read() {
        try (InputStream in = EndedReleases.class.getResourceAsStream("ended-releases.tsv")) {
            if (in == null) {
                throw new IllegalStateException("the list of ended releases is missing");
            }
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList()) {
                String[] cells = line.split("\t", -1);
                if (!line.startsWith("#") && cells.length == 4) {
                    ALL.computeIfAbsent(cells[0], _ -> new ArrayList<>())
                            .add(new Release(cells[0], cells[1], cells[2], cells[3]));
                }
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
