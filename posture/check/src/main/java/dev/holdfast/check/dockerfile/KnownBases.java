package dev.holdfast.check.dockerfile;

import dev.holdfast.check.EndedReleases;
import dev.holdfast.check.ImageName;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What is known of public base images without looking at them. */
public final class KnownBases {
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

    private KnownBases() {}

    public static boolean isWindows(String reference) {
        String lower = reference.toLowerCase(Locale.ROOT);
        return lower.contains("/windows")
                || lower.contains("windowsservercore")
                || lower.contains("nanoserver")
                || lower.contains("/dotnet/framework")
                || lower.contains("windows-servercore");
    }

    /** Why the image is known to run as another user than root; empty when it is not. */
    public static Optional<String> userOf(String reference) {
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

    /** Whether the image is known to hold no shell, as its makers document it. */
    public static boolean hasNoShell(String reference) {
        ImageName name = ImageName.of(reference);
        String repository = name.shortRepository();
        String tag = name.tag().orElse("latest");
        boolean isDistroless = repository.startsWith("gcr.io/distroless/") && !tag.contains("debug");
        boolean isStatic = repository.equals("cgr.dev/chainguard/static");
        boolean isChiseled = repository.startsWith("mcr.microsoft.com/dotnet/") && tag.contains("chiseled");
        return isDistroless || isStatic || isChiseled;
    }

    /** The release of the image that has ended; empty when it is none that we know of. */
    static Optional<String> ended(String reference) {
        ImageName name = ImageName.of(reference);
        String repository = name.shortRepository();
        String tag = name.tag().orElse("latest");
        Optional<EndedReleases.Release> own = EndedReleases.of(repository, tag);
        return own.or(() -> repository.indexOf('/') < 0 ? EndedReleases.debianIn(tag) : Optional.empty())
                .map(EndedReleases.Release::name);
    }
}
