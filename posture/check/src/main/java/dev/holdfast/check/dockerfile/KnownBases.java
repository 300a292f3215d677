package dev.holdfast.check.dockerfile;

import dev.holdfast.check.ImageName;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What is known of public base images without looking at them. */
final class KnownBases {
    /** Repositories whose images set a user other than root, as their makers document it. */
    private static final Set<String> WITH_USER = Set.of(
            "nginxinc/nginx-unprivileged",
            "jenkins/jenkins",
            "jenkins/agent",
            "jenkins/inbound-agent",
            "grafana/grafana",
            "grafana/loki",
            "prom/prometheus",
            "prom/alertmanager",
            "prom/node-exporter",
            "quay.io/prometheus/prometheus",
            "quay.io/keycloak/keycloak",
            "curlimages/curl",
            "apache/airflow",
            "sonarqube",
            "solr",
            "memcached",
            "haproxy",
            "varnish",
            "kong",
            "docker.elastic.co/elasticsearch/elasticsearch",
            "docker.elastic.co/kibana/kibana",
            "docker.elastic.co/logstash/logstash",
            "opensearchproject/opensearch",
            "cloudflare/cloudflared",
            "jupyter/base-notebook",
            "jupyter/minimal-notebook",
            "jupyter/scipy-notebook",
            "jupyter/datascience-notebook",
            "quay.io/jupyter/base-notebook",
            "quay.io/jupyter/minimal-notebook",
            "quay.io/jupyter/scipy-notebook",
            "ocaml/opam",
            "ocaml/opam2",
            "homebrew/brew",
            "linuxbrew/brew",
            "steamcmd/steamcmd",
            "otel/opentelemetry-collector",
            "otel/opentelemetry-collector-contrib");

    /** Beginnings of repositories of which the same is true. */
    private static final List<String> WITH_USER_PREFIXES = List.of(
            "bitnami/",
            "bitnamilegacy/",
            "cimg/",
            "circleci/",
            "gitpod/workspace-",
            "jboss/",
            "confluentinc/cp-",
            "selenium/",
            "registry.access.redhat.com/ubi8/nodejs-",
            "registry.access.redhat.com/ubi8/python-",
            "registry.access.redhat.com/ubi8/openjdk-",
            "registry.access.redhat.com/ubi8/go-toolset",
            "registry.access.redhat.com/ubi9/nodejs-",
            "registry.access.redhat.com/ubi9/python-",
            "registry.access.redhat.com/ubi9/openjdk-",
            "registry.access.redhat.com/ubi9/go-toolset",
            "quay.io/strimzi/");

    /** Releases that nobody mends any more, by repository; a tag that begins with one of them, up to a dot or dash, is of it. */
    private static final Map<String, List<String>> ENDED = Map.ofEntries(
            Map.entry(
                    "debian",
                    List.of(
                            "squeeze",
                            "wheezy",
                            "jessie",
                            "stretch",
                            "buster",
                            "bullseye",
                            "6",
                            "7",
                            "8",
                            "9",
                            "10",
                            "11")),
            Map.entry(
                    "ubuntu",
                    List.of(
                            "precise",
                            "trusty",
                            "xenial",
                            "bionic",
                            "12.04",
                            "focal",
                            "14.04",
                            "16.04",
                            "18.04",
                            "20.04",
                            "25.04",
                            "25.10",
                            "plucky",
                            "questing",
                            "16.10",
                            "17.04",
                            "17.10",
                            "18.10",
                            "19.04",
                            "19.10",
                            "20.10",
                            "21.04",
                            "21.10",
                            "22.10",
                            "23.04",
                            "23.10",
                            "24.10",
                            "cosmic",
                            "disco",
                            "eoan",
                            "groovy",
                            "hirsute",
                            "impish",
                            "kinetic",
                            "lunar",
                            "mantic",
                            "oracular")),
            Map.entry("centos", List.of("5", "6", "7", "8", "centos5", "centos6", "centos7", "centos8", "latest")),
            Map.entry("quay.io/centos/centos", List.of("6", "7", "8", "stream8")),
            Map.entry(
                    "alpine",
                    List.of(
                            "2.6", "2.7", "3.1", "3.2", "3.3", "3.4", "3.5", "3.6", "3.7", "3.8", "3.9", "3.10", "3.11",
                            "3.12", "3.13", "3.14", "3.15", "3.16", "3.17", "3.18", "3.19", "3.20", "3.21")),
            Map.entry(
                    "fedora",
                    List.of(
                            "20", "21", "22", "23", "24", "25", "26", "27", "28", "29", "30", "31", "32", "33", "34",
                            "35", "36", "37", "38", "39", "40", "41", "42")),
            Map.entry("amazonlinux", List.of("1", "2", "2016.09", "2017.03", "2017.09", "2018.03")),
            Map.entry("oraclelinux", List.of("5", "6", "7")),
            Map.entry(
                    "opensuse/leap",
                    List.of("15.0", "15.1", "15.2", "15.3", "15.4", "15.5", "15.6", "42.1", "42.2", "42.3")),
            Map.entry(
                    "node",
                    List.of(
                            "0",
                            "4",
                            "5",
                            "6",
                            "7",
                            "8",
                            "9",
                            "10",
                            "11",
                            "12",
                            "13",
                            "14",
                            "15",
                            "16",
                            "17",
                            "18",
                            "19",
                            "20",
                            "21",
                            "23",
                            "25",
                            "argon",
                            "boron",
                            "carbon",
                            "dubnium",
                            "erbium",
                            "fermium",
                            "gallium",
                            "hydrogen",
                            "iron")),
            Map.entry("python", List.of("2", "3.3", "3.4", "3.5", "3.6", "3.7", "3.8", "3.9", "3.10")),
            Map.entry("ruby", List.of("1", "2", "3.0", "3.1", "3.2")),
            Map.entry("php", List.of("5", "7", "8.0", "8.1")),
            Map.entry(
                    "openjdk",
                    List.of(
                            "7", "8", "11", "17", "9", "10", "12", "13", "14", "15", "16", "18", "19", "20", "22",
                            "23")),
            Map.entry("java", List.of("6", "7", "8", "9", "latest", "openjdk-6", "openjdk-7", "openjdk-8")),
            Map.entry("postgres", List.of("8", "9", "10", "11", "12", "13", "14")),
            Map.entry("mysql", List.of("5", "8.0")),
            Map.entry("mongo", List.of("2", "3", "4", "5", "6")),
            Map.entry(
                    "golang",
                    List.of(
                            "1.2", "1.3", "1.4", "1.5", "1.6", "1.7", "1.8", "1.9", "1.10", "1.11", "1.12", "1.13",
                            "1.14", "1.15", "1.16", "1.17", "1.18", "1.19", "1.20", "1.21", "1.22", "1.23", "1.24",
                            "1.25")));

    private KnownBases() {}

    static boolean isWindows(String reference) {
        String lower = reference.toLowerCase(Locale.ROOT);
        return lower.contains("/windows")
                || lower.contains("windowsservercore")
                || lower.contains("nanoserver")
                || lower.contains("/dotnet/framework")
                || lower.contains("windows-servercore");
    }

    /** Why the image is known to run as another user than root; empty when it is not. */
    static Optional<String> userOf(String reference) {
        ImageName name = ImageName.of(reference);
        String repository = name.shortRepository();
        String tag = name.tag().orElse("latest");
        if (repository.startsWith("gcr.io/distroless/") && tag.contains("nonroot")) {
            return Optional.of("distroless nonroot runs as 65532");
        }
        if (repository.startsWith("cgr.dev/chainguard/") && !repository.endsWith("-base")) {
            return Optional.of("Chainguard's images run as 65532");
        }
        if (repository.startsWith("mcr.microsoft.com/dotnet/")
                && (tag.contains("chiseled") || tag.contains("distroless") || repository.contains("distroless"))) {
            return Optional.of("the chiseled and distroless images of .NET run as app");
        }
        boolean isKnown = WITH_USER.contains(repository)
                || WITH_USER_PREFIXES.stream().anyMatch(repository::startsWith)
                || tag.contains("nonroot")
                || tag.contains("rootless")
                || tag.contains("unprivileged")
                || repository.contains("nonroot")
                || repository.contains("unprivileged");
        return isKnown ? Optional.of(repository + " sets a user of its own") : Optional.empty();
    }

    /** The release of the image that has ended; empty when it is none that we know of. */
    static Optional<String> ended(String reference) {
        ImageName name = ImageName.of(reference);
        String repository = name.shortRepository();
        if (repository.startsWith("mcr.microsoft.com/dotnet/core/") || repository.startsWith("microsoft/dotnet")) {
            return Optional.of(".NET Core");
        }
        String tag = name.tag().orElse("latest");
        for (String release : ENDED.getOrDefault(repository, List.of())) {
            boolean isOf = tag.equals(release)
                    || tag.startsWith(release)
                            && (tag.charAt(release.length()) == '.' || tag.charAt(release.length()) == '-');
            if (isOf) {
                return Optional.of(repository + " " + release);
            }
        }
        return ENDED.getOrDefault("debian", List.of()).stream()
                .filter(release -> release.length() > 2 && repository.indexOf('/') < 0)
                .filter(release -> tag.endsWith("-" + release) || tag.contains("-" + release + "-"))
                .findFirst()
                .map(release -> "debian " + release);
    }
}
