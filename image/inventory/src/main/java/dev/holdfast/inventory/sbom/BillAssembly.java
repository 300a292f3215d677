package dev.holdfast.inventory.sbom;

import dev.holdfast.core.Digest;
import dev.holdfast.core.Gap;
import dev.holdfast.core.Gaps;
import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.core.PackageUrl;
import dev.holdfast.inventory.Component;
import dev.holdfast.inventory.Component.Location;
import dev.holdfast.inventory.Component.State;
import dev.holdfast.inventory.Distribution;
import dev.holdfast.inventory.PackageRecord;
import dev.holdfast.inventory.PackageType;
import dev.holdfast.oci.Layer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Takes a document's claims one by one and makes a {@link BillOfMaterials} of them. */
final class BillAssembly {
    /** Entries that are no packages by kind: without a package URL there is nothing to say about them. */
    private static final Set<String> NO_PACKAGES = Set.of(
            "file",
            "container",
            "platform",
            "device",
            "device-driver",
            "data",
            "cryptographic-asset",
            "source",
            "archive",
            "other");

    private final String document;
    private final Limits limits;
    private final Tally tally;
    private final Map<PackageUrl, Sightings> byUrl = new LinkedHashMap<>();
    private final Map<String, Integer> layers = new LinkedHashMap<>();
    private final Map<String, Integer> releases = new TreeMap<>();
    private final Map<String, Integer> marks = new TreeMap<>();
    private final List<Distribution> systems = new ArrayList<>();
    private final List<Claim> waiting = new ArrayList<>();
    private String format = "";
    private String evidence = "";
    private String subject = "";
    private String created = "";
    private long claims;

    BillAssembly(String document, Limits limits) {
        this.document = document;
        this.limits = limits;
        this.tally = new Tally(document);
    }

    private record Sightings(PackageRecord record, Optional<String> owner, List<Location> locations) {}

    /** Name and version of the format; the first to say so counts. */
    void format(String name) {
        format = format.isEmpty() ? name : format;
    }

    String format() {
        return format;
    }

    /** How a component that is read from here on was told, in a word: the format without its version, which may come last. */
    void reading(String family) {
        evidence = family;
    }

    /** What the document describes. */
    void subject(String name) {
        subject = subject.isEmpty() ? name : subject;
    }

    void created(String time) {
        created = created.isEmpty() ? time : created;
    }

    /** A layer of the subject, bottom first; those that only components name come after. */
    void layer(String digest) {
        layers.putIfAbsent(digest, layers.size());
    }

    void system(Distribution distribution) {
        if (!distribution.id().isEmpty()) {
            systems.add(distribution);
        }
    }

    void component(Claim claim) throws InputException {
        if (++claims > limits.entries()) {
            throw new InputException(
                    InputException.Code.LIMIT, "more than " + limits.entries() + " components, the most that are read");
        }
        if (claim.kind().equals("operating-system") && claim.purl().isEmpty()) {
            system(systemOf(claim));
        } else if (claim.purl().isEmpty()) {
            withoutUrl(claim);
        } else {
            Optional<PackageUrl> purl = PackageUrl.parse(claim.purl());
            if (purl.isPresent()) {
                component(claim, purl.get());
            } else {
                tally.add(Gap.Code.UNREADABLE, "with a malformed package URL, not matched", claim);
            }
        }
    }

    private Distribution systemOf(Claim claim) {
        String id = claim.note("syft:distro:id");
        String version = claim.note("syft:distro:versionID");
        return SystemName.named(
                id.isEmpty() ? claim.name() : id,
                version.isEmpty() ? claim.version() : version,
                claim.note("syft:distro:prettyName"),
                claim.note("syft:distro:versionCodename"),
                document);
    }

    private void withoutUrl(Claim claim) {
        if (ToldByPlace.tells(claim)) {
            waiting.add(claim); // the distribution, which its URL will name, may come last
            return;
        }
        boolean isNamedFile = claim.version().isEmpty() && claim.kind().equals("application");
        if (!NO_PACKAGES.contains(claim.kind()) && !isNamedFile) {
            tally.add(Gap.Code.UNREADABLE, "without a package URL, not matched", claim);
        }
    }

    private void component(Claim claim, PackageUrl purl) {
        Optional<PackageType> type = PackageType.ofWord(purl.type());
        if (purl.type().equals("oci") || purl.type().equals("docker")) {
            return; // an image, usually the one that is described: what is in it stands beside it
        }
        if (type.isEmpty()) {
            tally.add(Gap.Code.UNSUPPORTED, "of type " + purl.type() + ", of which no advisories are read", claim);
            return;
        }
        PackageRecord record = ClaimedPackage.of(claim, purl, type.get(), evidence);
        if (type.get().isOfDistribution()) {
            count(releases, SystemName.ofUrl(purl));
            count(marks, SystemName.ofVersion(purl.namespace(), record.version()));
        }
        PackageUrl key =
                purl.version().isEmpty() && !record.version().isEmpty() ? purl.withVersion(record.version()) : purl;
        Optional<String> owner = Optional.of(claim.note("holdfast:ownedBy")).filter(name -> !name.isEmpty());
        byUrl.computeIfAbsent(key, first -> new Sightings(record, owner, new ArrayList<>(1)))
                .locations
                .addAll(locations(claim));
    }

    private static void count(Map<String, Integer> votes, String release) {
        if (!release.isEmpty()) {
            votes.merge(release, 1, Integer::sum);
        }
    }

    /** Where the document says that it lies; else where the document says that it is there. */
    private List<Location> locations(Claim claim) {
        List<Location> locations = new ArrayList<>(claim.places().size());
        for (Claim.Place place : claim.places()) {
            int layer = place.layer().isEmpty() ? -1 : layers.computeIfAbsent(place.layer(), next -> layers.size());
            String path = place.path().isEmpty() ? document : place.path();
            int line = place.path().isEmpty() ? claim.line() : 0;
            locations.add(new Location(path, layer, line, evidence));
        }
        if (locations.isEmpty()) {
            locations.add(new Location(document, -1, claim.line(), evidence));
        }
        return locations;
    }

    BillOfMaterials finish(Digest digest, Gaps gaps) {
        for (Claim claim : waiting) {
            ToldByPlace.of(claim, systems).ifPresent(purl -> component(claim, purl));
        }
        Optional<Distribution> distribution = distribution(gaps);
        List<Component> components = new ArrayList<>(byUrl.size());
        byUrl.forEach((purl, seen) -> components.add(new Component(
                purl,
                seen.record,
                State.INSTALLED,
                seen.owner,
                List.copyOf(new TreeSet<>(seen.locations)),
                Optional.empty())));
        components.sort(Component.ORDER);
        tally.report(gaps);
        if (byUrl.isEmpty()) {
            gaps.add(Gap.Code.UNREADABLE, document, "it names no package that could be matched");
        }
        return new BillOfMaterials(format, subject, created, distribution, layers(), components, digest, gaps.list());
    }

    /** The system that an entry names; else the release that most package URLs name; else the one whose mark most versions bear. */
    private Optional<Distribution> distribution(Gaps gaps) {
        Set<String> named = new TreeSet<>();
        systems.forEach(system -> named.add(system.id() + " " + system.version()));
        if (named.size() > 1) {
            gaps.add(
                    Gap.Code.UNKNOWN_DISTRIBUTION,
                    document,
                    "it names " + named.size() + " operating systems (" + String.join(", ", named)
                            + "); all packages were matched as those of the first it names");
        }
        if (!systems.isEmpty()) {
            return Optional.of(systems.getFirst());
        }
        Map<String, Integer> votes = releases.isEmpty() ? marks : releases;
        String most = "";
        int count = 0;
        for (Map.Entry<String, Integer> vote : votes.entrySet()) {
            if (vote.getValue() > count) {
                most = vote.getKey();
                count = vote.getValue();
            }
        }
        if (votes.size() > 1) {
            gaps.add(
                    Gap.Code.UNKNOWN_DISTRIBUTION,
                    document,
                    "its packages are of " + votes.size() + " releases (" + String.join(", ", votes.keySet())
                            + "); all were matched as those of " + most + ", which most are of");
        }
        return most.isEmpty() ? Optional.empty() : Optional.of(SystemName.of(most, document));
    }

    private List<Layer> layers() {
        List<Layer> all = new ArrayList<>(layers.size());
        layers.forEach((digest, index) -> all.add(new Layer(index, Digest.parse(digest), "")));
        return all;
    }
}
