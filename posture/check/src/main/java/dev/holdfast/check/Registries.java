package dev.holdfast.check;

import dev.holdfast.manifest.tree.Place;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Where images may come from, as a team decided it. A name is a registry ({@code ghcr.io}) or the beginning of a path in one ({@code
 * ghcr.io/acme}), whole steps of it; a star stands for any characters of one step ({@code *.dkr.ecr.eu-west-1.amazonaws.com}). {@code
 * docker.io/library} are Docker Hub's official images.
 *
 * @param names none means that nobody decided, and every registry is as good as another
 */
public record Registries(List<String> names) {
    /** Nobody decided. */
    public static final Registries ANY = new Registries(List.of());

    public Registries {
        names = List.copyOf(names);
    }

    /** Tells an image from elsewhere; where nobody decided there is nothing to tell. */
    public static void judge(Findings findings, String who, Place place, String reference) {
        Registries allowed = findings.registries();
        if (allowed.names().isEmpty()) {
            return;
        }
        if (allowed.hold(reference)) {
            findings.pass(ContainerRules.FOREIGN_REGISTRY, who, place);
            return;
        }
        String whole = whole(reference);
        findings.fail(ContainerRules.FOREIGN_REGISTRY, who, place)
                .says(who + " uses " + reference + " from " + whole.substring(0, whole.indexOf('/')) + ": "
                        + ContainerRules.FOREIGN_REGISTRY.why())
                .fix("copy it, once it was looked at, to one of: " + String.join(", ", allowed.names()))
                .add();
    }

    private boolean hold(String reference) {
        String whole = whole(reference);
        return names.stream().anyMatch(name -> pattern(name).matcher(whole).matches());
    }

    private static Pattern pattern(String name) {
        StringBuilder pattern = new StringBuilder();
        for (String part :
                name.strip().toLowerCase(Locale.ROOT).replaceFirst("/+$", "").split("\\*", -1)) {
            pattern.append(pattern.isEmpty() ? "" : "[^/]*").append(Pattern.quote(part));
        }
        return Pattern.compile(pattern + "(/.*)?");
    }

    /** The name with the registry and the folder that are taken when none is written. */
    private static String whole(String reference) {
        String repository = ImageName.of(reference).repository().toLowerCase(Locale.ROOT);
        int slash = repository.indexOf('/');
        String first = slash < 0 ? "" : repository.substring(0, slash);
        boolean isRegistry = first.indexOf('.') >= 0 || first.indexOf(':') >= 0 || first.equals("localhost");
        if (!isRegistry) {
            return "docker.io/" + (slash < 0 ? "library/" : "") + repository;
        }
        boolean isHub = first.equals("docker.io") || first.equals("index.docker.io");
        String rest = repository.substring(slash + 1);
        return isHub ? "docker.io/" + (rest.indexOf('/') < 0 ? "library/" : "") + rest : repository;
    }
}
