package dev.holdfast.check;

import static org.assertj.core.api.Assertions.assertThat;

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
}
