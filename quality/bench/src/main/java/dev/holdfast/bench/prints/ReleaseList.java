package dev.holdfast.bench.prints;

import dev.holdfast.version.Scheme;
import dev.holdfast.version.VersionKey;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The releases of one library that the base knows: a line {@code group:artifact version version …}.
 *
 * @param versions oldest first
 */
record ReleaseList(String group, String artifact, List<String> versions) {
    private static final Pattern VERSION = Pattern.compile("<version>([^<]+)</version>");
    /** What is published before a release, for another platform, or again by a distributor: nobody's advisories speak of it. */
    private static final Pattern NO_RELEASE = Pattern.compile(
            "(?i)alpha|beta|[.-]rc|[.-]cr\\d|[.-]m\\d|snapshot|[.-]pre|\\.pr\\d|[.-]b\\d|[.-]ea\\b|milestone|android|-dev|"
                    + "jre[67]$|jdk5|redhat|noaop|groovyless|\\d{8}\\.?\\d{6}");
    /** So many of the newest are taken. */
    private static final int MOST = 150;

    ReleaseList {
        versions = versions.stream()
                .filter(version -> Scheme.MAVEN.key(version).isPresent())
                .sorted(Comparator.comparing(ReleaseList::key).thenComparing(Comparator.naturalOrder()))
                .toList();
    }

    private static VersionKey key(String version) {
        return Scheme.MAVEN.key(version).orElseThrow();
    }

    static ReleaseList parse(String line) {
        List<String> words = List.of(line.split(" ", -1));
        String[] name = words.getFirst().split(":", 2);
        return new ReleaseList(name[0], name[1], words.subList(1, words.size()));
    }

    /** The newest releases that Maven Central lists. */
    static ReleaseList published(String library, Central central) throws IOException, InterruptedException {
        ReleaseList empty = parse(library);
        List<String> found = new ArrayList<>();
        Matcher version = VERSION.matcher(central.metadata(empty));
        while (version.find()) {
            if (!NO_RELEASE.matcher(version.group(1)).find()) {
                found.add(version.group(1));
            }
        }
        List<String> sorted = new ReleaseList(empty.group, empty.artifact, found).versions();
        return new ReleaseList(
                empty.group, empty.artifact, sorted.subList(Math.max(0, sorted.size() - MOST), sorted.size()));
    }

    String name() {
        return group + ":" + artifact;
    }

    String line() {
        return versions.isEmpty() ? name() : name() + " " + String.join(" ", versions);
    }
}
