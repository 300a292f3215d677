package dev.holdfast.oci.image;

import dev.holdfast.core.InputException;
import dev.holdfast.oci.Platform;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Chooses the images that a request means among those that a layout holds: for each name, the one of the wanted platform. */
final class ImageChoice {
    private ImageChoice() {}

    /**
     * @param images at least one
     * @param wanted the platform asked for; empty: where there is a choice, the machine's own
     */
    static List<OciLayout.Candidate> choose(List<OciLayout.Candidate> images, Optional<Platform> wanted)
            throws InputException {
        Set<OciLayout.Candidate> chosen = new LinkedHashSet<>();
        for (List<OciLayout.Candidate> ofOneName : byName(images).values()) {
            chosen.addAll(wanted.isPresent() ? matching(ofOneName, wanted.get()) : unasked(ofOneName));
        }
        if (chosen.isEmpty()) {
            throw Platforms.none(wanted.orElse(Platforms.own()), platforms(images));
        }
        return List.copyOf(chosen);
    }

    private static Map<String, List<OciLayout.Candidate>> byName(List<OciLayout.Candidate> images) {
        Map<String, List<OciLayout.Candidate>> byName = new LinkedHashMap<>();
        for (OciLayout.Candidate image : images) {
            for (String name : image.names()) {
                byName.computeIfAbsent(name, _ -> new ArrayList<>()).add(image);
            }
        }
        return byName;
    }

    private static List<OciLayout.Candidate> unasked(List<OciLayout.Candidate> ofOneName) throws InputException {
        if (isOnePlatform(ofOneName)) {
            return ofOneName;
        }
        List<OciLayout.Candidate> own = matching(ofOneName, Platforms.own());
        if (own.isEmpty()) {
            throw Platforms.ambiguous(platforms(ofOneName));
        }
        return own;
    }

    /** Images of one platform that share a name, or have none, are different images. */
    private static boolean isOnePlatform(List<OciLayout.Candidate> images) {
        return platforms(images).size() <= 1;
    }

    private static List<OciLayout.Candidate> matching(List<OciLayout.Candidate> images, Platform wanted)
            throws InputException {
        List<OciLayout.Candidate> matching = new ArrayList<>();
        for (OciLayout.Candidate image : images) {
            if (image.platform()
                    .filter(offered -> Platforms.matches(wanted, offered))
                    .isPresent()) {
                matching.add(image);
            }
        }
        if (platforms(matching).size() <= 1) {
            return matching;
        }
        // several variants of what was asked for: the one without, or with the default variant, is meant
        List<OciLayout.Candidate> plain = new ArrayList<>();
        for (OciLayout.Candidate image : matching) {
            if (Platforms.isDefaultVariant(image.platform().orElseThrow())) {
                plain.add(image);
            }
        }
        if (plain.isEmpty()) {
            throw Platforms.ambiguous(platforms(matching));
        }
        return plain;
    }

    private static List<Platform> platforms(List<OciLayout.Candidate> images) {
        Set<Platform> platforms = new LinkedHashSet<>();
        for (OciLayout.Candidate image : images) {
            image.platform().ifPresent(platforms::add);
        }
        return List.copyOf(platforms);
    }
}
