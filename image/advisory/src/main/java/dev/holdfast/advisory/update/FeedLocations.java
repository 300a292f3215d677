package dev.holdfast.advisory.update;

import dev.holdfast.core.InputException;
import dev.holdfast.core.InputException.Code;
import java.net.URI;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where feeds are downloaded. Each has a name, by which a configuration can send it elsewhere; a mirror serves all others under its root,
 * as {@code <root>/<host>/<path>} of the publisher's address.
 */
public final class FeedLocations {
    private static final String OSV = "https://osv-vulnerabilities.storage.googleapis.com/";
    private static final List<String> OSV_ECOSYSTEMS = List.of(
            "PyPI",
            "npm",
            "Maven",
            "Go",
            "crates.io",
            "RubyGems",
            "Packagist",
            "NuGet",
            "Pub",
            "Hex",
            "SwiftURL",
            "CRAN",
            "Hackage",
            "GitHub Actions",
            "AlmaLinux",
            "Rocky Linux",
            "Red Hat",
            "SUSE",
            "openSUSE",
            "openEuler",
            "Bitnami");

    private static final List<String> ALPINE_BRANCHES =
            List.of("v3.15", "v3.16", "v3.17", "v3.18", "v3.19", "v3.20", "v3.21", "v3.22", "v3.23", "edge");

    private static final List<String> PHOTON_RELEASES = List.of("3.0", "4.0", "5.0");

    /** Stands for a day in an address; the newest day that is there is taken. */
    static final String DAY = "{day}";

    private final List<Location> all;

    private FeedLocations(List<Location> all) {
        this.all = List.copyOf(all);
    }

    /**
     * One feed.
     *
     * @param name by which people speak of it, and under which it is kept
     * @param fileName what its file is called; importers look at the name too
     * @param address where it is; {@link #DAY} in it stands for a day
     * @param checksum where its publisher has its SHA-256 as hexadecimal digits, if so
     */
    public record Location(String name, String fileName, String address, Optional<String> checksum) {
        /** The address for a day. */
        URI at(LocalDate day) {
            return URI.create(address.replace(DAY, day.toString()).replace(" ", "%20"));
        }

        boolean isDaily() {
            return address.contains(DAY);
        }
    }

    /** The publishers' own addresses. */
    public static FeedLocations publishers() {
        List<Location> all = new ArrayList<>();
        for (String ecosystem : OSV_ECOSYSTEMS) {
            String key = ecosystem.toLowerCase(java.util.Locale.ROOT).replace(' ', '-');
            add(all, "osv-" + key, key + ".zip", OSV + ecosystem + "/all.zip");
        }
        add(all, "debian", "debian.json", "https://security-tracker.debian.org/tracker/data/json");
        add(all, "ubuntu", "osv-all.tar.xz", "https://security-metadata.canonical.com/osv/osv-all.tar.xz");
        for (String branch : ALPINE_BRANCHES) {
            for (String repository : List.of("main", "community")) {
                String name = "alpine-" + branch + "-" + repository;
                add(
                        all,
                        name,
                        repository + ".json",
                        "https://secdb.alpinelinux.org/" + branch + "/" + repository + ".json");
            }
        }
        add(
                all,
                "oracle",
                "com.oracle.elsa-all.xml.bz2",
                "https://linux.oracle.com/security/oval/com.oracle.elsa-all.xml.bz2");
        for (String release : PHOTON_RELEASES) {
            String file = "cve_data_photon" + release + ".json";
            add(all, "photon-" + release, file, "https://packages.broadcom.com/photon/photon_cve_metadata/" + file);
        }
        add(all, "arch", "all.json", "https://security.archlinux.org/all.json");
        add(all, "bottlerocket", "updateinfo.xml.gz", "https://advisories.bottlerocket.aws/updateinfo.xml.gz");
        add(
                all,
                "kev",
                "known_exploited_vulnerabilities.json",
                "https://www.cisa.gov/sites/default/files/feeds/known_exploited_vulnerabilities.json");
        add(all, "epss", "epss_scores.csv.gz", "https://epss.cyentia.com/epss_scores-" + DAY + ".csv.gz");
        add(all, "endoflife", "full.json", "https://endoflife.date/api/v1/products/full");
        return new FeedLocations(all);
    }

    private static void add(List<Location> all, String name, String fileName, String address) {
        all.add(new Location(name, fileName, address, Optional.empty()));
    }

    /** Exactly these. */
    public static FeedLocations of(List<Location> locations) {
        return new FeedLocations(locations);
    }

    /** The same feeds from a mirror: {@code <root>/<host>/<path>}. */
    public FeedLocations from(String root) {
        String base = root.endsWith("/") ? root : root + "/";
        List<Location> moved = new ArrayList<>();
        for (Location one : all) {
            moved.add(new Location(
                    one.name(),
                    one.fileName(),
                    base + withoutScheme(one.address()),
                    one.checksum().map(address -> base + withoutScheme(address))));
        }
        return new FeedLocations(moved);
    }

    private static String withoutScheme(String address) {
        int at = address.indexOf("://");
        return at < 0 ? address : address.substring(at + 3);
    }

    /**
     * The same feeds, some from elsewhere.
     *
     * @param addresses by name of the feed
     */
    public FeedLocations with(Map<String, String> addresses) throws InputException {
        Map<String, String> left = new LinkedHashMap<>(addresses);
        List<Location> moved = new ArrayList<>();
        for (Location one : all) {
            String address = left.remove(one.name());
            moved.add(address == null ? one : new Location(one.name(), one.fileName(), address, Optional.empty()));
        }
        for (String unknown : left.keySet()) {
            throw new InputException(Code.USAGE, "no feed is called " + unknown + "; there are " + names());
        }
        return new FeedLocations(moved);
    }

    /** Only the feeds of these names. */
    public FeedLocations only(List<String> names) throws InputException {
        List<Location> kept = new ArrayList<>();
        for (String name : names) {
            Optional<Location> found =
                    all.stream().filter(one -> one.name().equals(name)).findFirst();
            if (found.isEmpty()) {
                throw new InputException(Code.USAGE, "no feed is called " + name + "; there are " + names());
            }
            kept.add(found.get());
        }
        return new FeedLocations(kept);
    }

    private String names() {
        return String.join(", ", all.stream().map(Location::name).toList());
    }

    public List<Location> all() {
        return all;
    }
}
