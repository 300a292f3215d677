package dev.holdfast.check;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * An image as people write it: {@code [registry/]repository[:tag][@digest]}. Read leniently, because it may be half a template.
 *
 * @param repository with the registry, when one is written
 */
public record ImageName(String repository, Optional<String> tag, Optional<String> digest) {
    /** Words that stand before a place of an image that is none of a registry. */
    private static final String HUB = "docker.io/";

    /** Tags that are moved on with every release. */
    private static final Set<String> MOVING = Set.of("latest", "master", "main", "edge", "nightly", "dev", "rolling");

    private static final Pattern VERSION = Pattern.compile(".*\\d.*");

    public static ImageName of(String text) {
        int at = text.indexOf('@');
        String named = at < 0 ? text : text.substring(0, at);
        int colon = named.lastIndexOf(':');
        boolean isTag = colon > named.lastIndexOf('/');
        return new ImageName(
                isTag ? named.substring(0, colon) : named,
                isTag ? Optional.of(named.substring(colon + 1)) : Optional.empty(),
                at < 0 ? Optional.empty() : Optional.of(text.substring(at + 1)));
    }

    /** The repository without Docker Hub's own name: {@code debian}, {@code grafana/grafana}, {@code ghcr.io/a/b}. */
    public String shortRepository() {
        String lower = repository.toLowerCase(Locale.ROOT);
        String local = lower.startsWith(HUB) ? lower.substring(HUB.length()) : lower;
        return local.startsWith("library/") ? local.substring(8) : local;
    }

    /** Whether it is one of Docker Hub's official images; a bare digest is whatever lies on the builder. */
    public boolean isOfficial() {
        return shortRepository().indexOf('/') < 0 && !repository.equals("sha256");
    }

    /** Whether the tag says {@code latest}, or nothing does. */
    public boolean isUnversioned() {
        return digest.isEmpty() && tag.map(word -> word.equals("latest")).orElse(true);
    }

    /** Whether the tag names a branch and no version. */
    public boolean isMoving() {
        return digest.isEmpty()
                && tag.filter(word ->
                                MOVING.contains(word) && !VERSION.matcher(word).matches())
                        .isPresent();
    }
}
