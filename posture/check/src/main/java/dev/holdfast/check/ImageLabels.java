package dev.holdfast.check;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The labels of images that the OCI image specification defines (annotations, "Pre-Defined Annotation Keys"), and what they must hold. */
public final class ImageLabels {
    public static final String PREFIX = "org.opencontainers.image.";

    /** Without these nobody can go from an image to what it was built from. */
    public static final List<String> EXPECTED = List.of("source", "revision", "licenses");

    /** RFC 3339, section 5.6. */
    private static final Pattern DATE =
            Pattern.compile("\\d{4}-\\d{2}-\\d{2}[Tt ]\\d{2}:\\d{2}:\\d{2}(\\.\\d+)?([Zz]|[+-]\\d{2}:\\d{2})");

    private static final Pattern ADDRESS =
            Pattern.compile("[a-z][a-z0-9+.-]*://\\S+|git@[^:\\s]+:\\S+", Pattern.CASE_INSENSITIVE);

    /** The characters and words of an SPDX license expression. */
    private static final Pattern LICENCES =
            Pattern.compile("\\(*[A-Za-z0-9.+:-]+\\)*( (AND|OR|WITH|and|or|with) \\(*[A-Za-z0-9.+:-]+\\)*)*");

    private static final Pattern DIGEST = Pattern.compile("sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128}");

    private ImageLabels() {}

    /** What is wrong with the value of a label; empty when nothing is, or the label is not one of the specification's. */
    public static Optional<String> problem(String name, String value) {
        if (!name.startsWith(PREFIX)) {
            return Optional.empty();
        }
        String text = value.strip();
        if (text.isEmpty()) {
            return Optional.of("is empty");
        }
        return switch (name.substring(PREFIX.length())) {
            case "created" -> unless(DATE, text, "is no date and time of RFC 3339, such as 2026-01-31T12:00:00Z");
            case "source", "url", "documentation" ->
                unless(ADDRESS, text, "is no address, such as https://example.com/a");
            case "licenses" -> unless(LICENCES, text, "is no SPDX expression, such as Apache-2.0 OR MIT");
            case "base.digest" -> unless(DIGEST, text, "is no digest, such as sha256:…");
            default -> Optional.empty();
        };
    }

    private static Optional<String> unless(Pattern form, String text, String problem) {
        return form.matcher(text).matches() ? Optional.empty() : Optional.of(problem);
    }
}
