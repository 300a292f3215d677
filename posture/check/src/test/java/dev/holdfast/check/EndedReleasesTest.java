package dev.holdfast.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.airlift.compress.v3.zstd.ZstdInputStream;
import java.io.BufferedInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class EndedReleasesTest {
    private static String ended(String repository, String tag) {
        return EndedReleases.of(repository, tag)
                .map(EndedReleases.Release::name)
                .orElse("");
    }

    @Test
    void knowsReleasesByTheBeginningOfTheTag() {
        assertThat(ended("debian", "bullseye-slim")).isEqualTo("debian 11 (2026-08-31)");
        assertThat(ended("debian", "12.5")).isEmpty();
        assertThat(ended("python", "2")).isEqualTo("python 2 (2020-01-01)");
        assertThat(ended("python", "3")).as("it moves on").isEmpty();
        assertThat(ended("python", "3.1")).isEqualTo("python 3.1 (2012-04-09)");
        assertThat(ended("python", "3.14-slim")).as("3.1 is not its beginning").isEmpty();
        assertThat(ended("node", "iron-alpine")).isEqualTo("node 20 (2026-04-30)");
        assertThat(ended("mongo", "6")).isEqualTo("mongo 6 (2025-07-31)");
        assertThat(ended("mysql", "8")).as("8.4 is mended until 2032").isEmpty();
        assertThat(ended("mcr.microsoft.com/dotnet/aspnet", "8.0-noble"))
                .isEqualTo("mcr.microsoft.com/dotnet 8 (2026-11-10)");
        assertThat(ended("mcr.microsoft.com/dotnet/core/sdk", "3.1")).contains("mcr.microsoft.com/dotnet");
        assertThat(ended("registry.access.redhat.com/ubi7/ubi-minimal", "7.9"))
                .startsWith("registry.access.redhat.com/ubi7");
        assertThat(ended("example.com/debian", "10")).isEmpty();
    }

    @Test
    void everyLineEndedByTheDayOfTheList() {
        assertThat(EndedReleases.list()).hasSizeGreaterThan(400).allSatisfy(release -> {
            assertThat(release.end()).matches("|\\d{4}-\\d{2}-\\d{2}");
            assertThat(release.end()).isLessThanOrEqualTo(EndedReleases.AS_OF);
        });
    }

    /** The page of the feed that speaks of a repository's releases. */
    private static final Map<String, String> PAGES = Map.ofEntries(
            Map.entry("debian.md", "debian"),
            Map.entry("ubuntu.md", "ubuntu"),
            Map.entry("alpine-linux.md", "alpine"),
            Map.entry("fedora.md", "fedora"),
            Map.entry("nodejs.md", "node"),
            Map.entry("python.md", "python"),
            Map.entry("go.md", "golang"),
            Map.entry("php.md", "php"),
            Map.entry("ruby.md", "ruby"),
            Map.entry("postgresql.md", "postgres"),
            Map.entry("mysql.md", "mysql"),
            Map.entry("mongodb.md", "mongo"),
            Map.entry("amazon-linux.md", "amazonlinux"),
            Map.entry("oracle-linux.md", "oraclelinux"),
            Map.entry("redis.md", "redis"),
            Map.entry("mariadb.md", "mariadb"),
            Map.entry("nginx.md", "nginx"),
            Map.entry("eclipse-temurin.md", "eclipse-temurin"),
            Map.entry("docker-engine.md", "docker-engine"));

    private static final Pattern FIELD = Pattern.compile("\\s+(?:- +)?(releaseCycle|eol|eoes): *\"?([^\" ]+)\"?.*");

    @Test
    void agreesWithTheFeedThatScansUse() throws Exception {
        Path feed = Path.of(System.getProperty("holdfast.shared", "absent"), "advisories/endoflife-date.tar.zst");
        assumeTrue(Files.isRegularFile(feed), "the feed of ends of life is absent");
        int compared = 0;
        try (InputStream in = new BufferedInputStream(new ZstdInputStream(Files.newInputStream(feed)))) {
            byte[] header = new byte[512];
            while (in.readNBytes(header, 0, 512) == 512 && header[0] != 0) {
                String name = new String(header, 0, 100, StandardCharsets.UTF_8)
                        .replaceFirst("\0.*", "")
                        .strip();
                String size = new String(header, 124, 11, StandardCharsets.UTF_8).strip();
                byte[] content = in.readNBytes(Integer.parseInt(size, 8));
                in.skipNBytes((512 - content.length % 512) % 512);
                String page = name.substring(name.lastIndexOf('/') + 1);
                if (PAGES.containsKey(page) && name.contains("products/")) {
                    compared += compare(PAGES.getOrDefault(page, ""), new String(content, StandardCharsets.UTF_8));
                }
            }
        }
        assertThat(compared).isGreaterThan(250);
    }

    private static int compare(String repository, String page) {
        Map<String, Map<String, String>> releases = new LinkedHashMap<>();
        String cycle = "";
        for (String line : page.substring(page.indexOf("\nreleases:")).lines().toList()) {
            Matcher field = FIELD.matcher(line);
            if (field.matches()) {
                cycle = field.group(1).equals("releaseCycle") ? field.group(2) : cycle;
                releases.computeIfAbsent(cycle, _ -> new LinkedHashMap<>()).put(field.group(1), field.group(2));
            }
        }
        releases.forEach((release, fields) -> {
            String eol = fields.getOrDefault("eol", "");
            String end = repository.equals("debian") ? fields.getOrDefault("eoes", eol) : eol;
            boolean hasEnded =
                    end.equals("true") || end.matches("\\d{4}-.*") && end.compareTo(EndedReleases.AS_OF) <= 0;
            Optional<EndedReleases.Release> known = EndedReleases.of(repository, release)
                    .filter(found -> found.version().equals(release));
            assertThat(known.isPresent())
                    .as(repository + " " + release + " ends " + end)
                    .isEqualTo(hasEnded);
            known.filter(found -> !found.end().isEmpty())
                    .ifPresent(found -> assertThat(found.end())
                            .as(repository + " " + release)
                            .isEqualTo(end));
        });
        return releases.size();
    }
}
