package dev.holdfast.inventory.java;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which of an archive's Maven descriptors is its own. The others came along with libraries that were merged in, and a merging build may
 * leave only those.
 */
record OwnDescriptor(ArchiveName fileName, Manifest manifest, List<Descriptor> descriptors) {
    private static final Pattern NUMBERS = Pattern.compile("(\\d+)(?:\\.(\\d+))?");

    Optional<Descriptor> find() {
        Descriptor best = null;
        int most = 0;
        for (Descriptor descriptor : descriptors) {
            int score = score(descriptor.coordinates());
            if (score > most) {
                best = descriptor;
                most = score;
            }
        }
        if (best != null) {
            return Optional.of(best);
        }
        return onlyOne();
    }

    /** How much speaks for a descriptor to be the archive's own; 0 when nothing does. */
    private int score(Coordinates candidate) {
        int score = 0;
        if (candidate.artifact().equals(fileName.artifact())
                || (candidate.group() + "." + candidate.artifact()).equals(fileName.artifact())) {
            score += candidate.version().equals(fileName.version()) ? 6 : 4;
        } else if (ArchiveName.letters(candidate.artifact()).equals(fileName.letters())) {
            score += 2;
        }
        for (String name : manifest.names()) {
            if (name.equals(candidate.artifact())
                    || name.equals(candidate.group() + "." + candidate.artifact())
                    || name.equals(candidate.group()) && descriptors.size() == 1) {
                score += 3;
                break;
            }
        }
        if (!candidate.group().isEmpty() && candidate.group().equals(manifest.value("Implementation-Vendor-Id"))) {
            score += 1;
        }
        if (score > 0 && candidate.version().equals(manifest.version("Implementation-Version"))) {
            score += 1;
        }
        return score;
    }

    /** A lone descriptor is the archive's own unless file name or manifest speak of another version: then it came with a merged library. */
    private Optional<Descriptor> onlyOne() {
        if (descriptors.size() != 1 || !descriptors.getFirst().isAtHome()) {
            return Optional.empty();
        }
        Descriptor only = descriptors.getFirst();
        String implementation = manifest.version("Implementation-Version");
        String said = implementation.isEmpty() ? manifest.version("Bundle-Version") : implementation;
        String told = said.isEmpty() ? fileName.version() : said;
        boolean contradicted = !told.isEmpty()
                && !leadingNumbers(told)
                        .equals(leadingNumbers(only.coordinates().version()));
        return contradicted ? Optional.empty() : Optional.of(only);
    }

    /** The first two numbers: what OSGi's spelling of a version and Maven's have in common. */
    private static String leadingNumbers(String version) {
        Matcher numbers = NUMBERS.matcher(version);
        return numbers.lookingAt()
                ? numbers.group(1) + "." + (numbers.group(2) == null ? "0" : numbers.group(2))
                : version;
    }
}
