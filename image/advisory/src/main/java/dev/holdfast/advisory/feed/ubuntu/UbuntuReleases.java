package dev.holdfast.advisory.feed.ubuntu;

import static java.util.Map.entry;

import java.util.Map;
import java.util.Optional;

/**
 * Ubuntu's releases since 14.04, by codename. Older ones are left out on purpose: their support, ESM included, ended years before
 * container images named their distribution the way that the namespaces here are keyed, and they make up a third of the tracker.
 */
final class UbuntuReleases {
    private static final Map<String, String> BY_CODENAME = Map.ofEntries(
            entry("trusty", "14.04"),
            entry("utopic", "14.10"),
            entry("vivid", "15.04"),
            entry("wily", "15.10"),
            entry("xenial", "16.04"),
            entry("yakkety", "16.10"),
            entry("zesty", "17.04"),
            entry("artful", "17.10"),
            entry("bionic", "18.04"),
            entry("cosmic", "18.10"),
            entry("disco", "19.04"),
            entry("eoan", "19.10"),
            entry("focal", "20.04"),
            entry("groovy", "20.10"),
            entry("hirsute", "21.04"),
            entry("impish", "21.10"),
            entry("jammy", "22.04"),
            entry("kinetic", "22.10"),
            entry("lunar", "23.04"),
            entry("mantic", "23.10"),
            entry("noble", "24.04"),
            entry("oracular", "24.10"),
            entry("plucky", "25.04"),
            entry("questing", "25.10"),
            entry("resolute", "26.04"),
            entry("stonking", "26.10"));

    private UbuntuReleases() {}

    /** {@code ubuntu:22.04} of {@code jammy}. */
    static Optional<String> namespace(String codename) {
        return Optional.ofNullable(BY_CODENAME.get(codename)).map(UbuntuReleases::ofNumber);
    }

    /** {@code ubuntu:22.04} of {@code 22.04}. */
    static String ofNumber(String release) {
        return "ubuntu:" + release;
    }
}
