package dev.holdfast.advisory.feed.debian;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Debian's releases. The tracker knows them by codename, images by number; the table is the one of the distro-info database, and a
 * codename that it lacks makes its records {@linkplain dev.holdfast.advisory.fact.FactSink#dropped dropped}. Of the releases before 7
 * only woody and sarge differ in the second part of their number; etch, lenny and squeeze count it for updates and go by the first.
 */
public enum DebianRelease {
    POTATO("2.2"),
    WOODY("3.0"),
    SARGE("3.1"),
    ETCH("4"),
    LENNY("5"),
    SQUEEZE("6"),
    WHEEZY("7"),
    JESSIE("8"),
    STRETCH("9"),
    BUSTER("10"),
    BULLSEYE("11"),
    BOOKWORM("12"),
    TRIXIE("13"),
    FORKY("14"),
    DUKE("15"),
    SID("sid");

    /**
     * The stable releases for which a tracker entry about unstable is also said where it does not speak of them: those that the
     * tracker's own table still held in 2026 or in the years before. Entries about older ones were never looked after again.
     */
    static final List<DebianRelease> STABLE = List.of(JESSIE, STRETCH, BUSTER, BULLSEYE, BOOKWORM, TRIXIE);

    /** Unstable and what is made from it: the fix in unstable reaches them. */
    static final List<DebianRelease> DEVELOPMENT = List.of(FORKY, SID);

    private static final Map<String, DebianRelease> BY_CODENAME = byCodename();

    private final String release;

    DebianRelease(String release) {
        this.release = release;
    }

    /** The release with this codename. */
    public static Optional<DebianRelease> ofCodename(String codename) {
        return Optional.ofNullable(BY_CODENAME.get(codename));
    }

    String codename() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** {@code debian:12}. */
    public String namespace() {
        return "debian:" + release;
    }

    /** {@code 12}. */
    public String release() {
        return release;
    }

    private static Map<String, DebianRelease> byCodename() {
        Map<String, DebianRelease> found = new HashMap<>();
        for (DebianRelease release : values()) {
            found.put(release.codename(), release);
        }
        return found;
    }
}
