package dev.holdfast.core;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of an image in a registry, as Docker's reference grammar has it:
 *
 * <pre>
 * reference  = [ host "/" ] repository [ ":" tag ] [ "@" digest ]
 * host       = ( name | IPv4 | "[" IPv6 "]" ) [ ":" port ]     with a dot, a port, or "localhost"; otherwise it is part of the repository
 * repository = component { "/" component }                      at most 255 characters
 * component  = lower-case letters and digits, joined by ".", "_", "__" or hyphens
 * tag        = letter, digit or "_", then up to 127 letters, digits, "_", ".", "-"
 * </pre>
 *
 * Without a host it is one of Docker Hub's, where a repository of one component lies under {@code library/}. Where tag and digest are both
 * given the digest counts.
 *
 * @param host such as {@code docker.io} or {@code localhost:5000}
 * @param repository such as {@code library/nginx}
 * @param tag empty when none was given
 * @param digest empty when none was given
 */
public record ImageReference(String host, String repository, Optional<String> tag, Optional<Digest> digest) {
    private static final int MOST_REPOSITORY = 255;
    private static final Pattern HOST = Pattern.compile(
            "(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)*|\\[[0-9A-Fa-f:.]+\\])(?::[0-9]{1,5})?");
    private static final Pattern COMPONENT = Pattern.compile("[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*");
    private static final Pattern TAG = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}");
    private static final String HUB = "docker.io";

    /** Reads a reference; empty when the text is none. */
    public static Optional<ImageReference> parse(String text) {
        Optional<Digest> digest = Optional.empty();
        String rest = text;
        int at = rest.indexOf('@');
        if (at >= 0) {
            digest = Digest.parse(rest.substring(at + 1));
            if (digest.isEmpty()) {
                return Optional.empty();
            }
            rest = rest.substring(0, at);
        }
        Optional<String> tag = Optional.empty();
        int colon = rest.lastIndexOf(':');
        if (colon > rest.lastIndexOf('/')) {
            tag = Optional.of(rest.substring(colon + 1));
            rest = rest.substring(0, colon);
        }
        int slash = rest.indexOf('/');
        String first = slash < 0 ? "" : rest.substring(0, slash);
        boolean hasHost = first.indexOf('.') >= 0 || first.indexOf(':') >= 0 || first.equals("localhost");
        String host = hasHost ? hub(first) : HUB;
        String repository = hasHost ? rest.substring(slash + 1) : rest;
        if (host.equals(HUB) && repository.indexOf('/') < 0) {
            repository = "library/" + repository;
        }
        return isRepository(repository)
                        && HOST.matcher(host).matches()
                        && tag.map(TAG::matcher).map(Matcher::matches).orElse(true)
                ? Optional.of(new ImageReference(host, repository, tag, digest))
                : Optional.empty();
    }

    private static String hub(String host) {
        return host.equals("index.docker.io") || host.equals("registry-1.docker.io") ? HUB : host;
    }

    private static boolean isRepository(String text) {
        if (text.length() > MOST_REPOSITORY) {
            return false;
        }
        for (String component : text.split("/", -1)) {
            if (!COMPONENT.matcher(component).matches()) {
                return false;
            }
        }
        return true;
    }

    /** What a registry is asked for: the digest, else the tag, else {@code latest}. */
    public String version() {
        return digest.map(Digest::toString).orElse(tag.orElse("latest"));
    }

    /** Host and repository, by which policies name an image. */
    public String name() {
        return host + "/" + repository;
    }

    @Override
    public String toString() {
        return name()
                + tag.map(word -> ":" + word).orElse("")
                + digest.map(word -> "@" + word).orElse(tag.isPresent() ? "" : ":latest");
    }
}
