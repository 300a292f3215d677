package dev.holdfast.inventory;

import dev.holdfast.core.Gap;
import dev.holdfast.core.Gaps;
import dev.holdfast.core.PackageUrl;
import dev.holdfast.inventory.Component.Location;
import dev.holdfast.inventory.Component.State;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes one component of all that is known by one package URL. What is there anywhere is installed, with all the places where it is; only
 * what is nowhere any more is removed, by the last layer that took it away.
 *
 * <p>A component is owned by a distribution's package when every one of its record files is: the copy that somebody installed beside is
 * nobody's, and the distribution's word about its own does not hold for it.
 */
final class Assembly {
    private final PackageUrls urls;
    private final Map<String, String> owners;
    private final Gaps gaps;

    Assembly(Optional<Distribution> distribution, Map<String, String> owners, Gaps gaps) {
        this.urls = new PackageUrls(distribution);
        this.owners = owners;
        this.gaps = gaps;
    }

    private record Sighting(Presence presence, Location location) {}

    List<Component> components(List<Presence> presences) {
        Map<PackageUrl, List<Sighting>> byUrl = new LinkedHashMap<>();
        for (Presence presence : presences) {
            Optional<PackageUrl> url = urls.of(presence.record());
            if (url.isPresent()) {
                byUrl.computeIfAbsent(url.get(), first -> new ArrayList<>(1))
                        .add(new Sighting(presence, locationOf(presence)));
            } else if (presence.isInstalled()) {
                gaps.add(
                        Gap.Code.UNREADABLE,
                        presence.path(),
                        "a package is recorded whose name no package URL can hold: "
                                + presence.record().name());
            }
        }
        List<Component> components = new ArrayList<>(byUrl.size());
        byUrl.forEach((url, sightings) -> components.add(component(url, sightings)));
        components.sort(Component.ORDER);
        return components;
    }

    private Component component(PackageUrl url, List<Sighting> all) {
        List<Sighting> installed = new ArrayList<>(all.size());
        int removedIn = Presence.STAYS;
        for (Sighting sighting : all) {
            if (sighting.presence.isInstalled()) {
                installed.add(sighting);
            }
            removedIn = Math.max(removedIn, sighting.presence.removedIn());
        }
        List<Sighting> shown = installed.isEmpty() ? new ArrayList<>(all) : installed;
        if (shown.size() > 1) {
            shown.sort(Comparator.comparing(Sighting::location));
        }
        return new Component(
                url,
                shown.getFirst().presence.record(),
                installed.isEmpty() ? State.REMOVED : State.INSTALLED,
                ownerOf(shown),
                locations(shown),
                installed.isEmpty() ? Optional.of(removedIn) : Optional.empty());
    }

    /** Sorted, and each once: a file may record the same package on several lines of one place. */
    private static List<Location> locations(List<Sighting> sorted) {
        List<Location> locations = new ArrayList<>(sorted.size());
        for (Sighting sighting : sorted) {
            if (locations.isEmpty() || !locations.getLast().equals(sighting.location)) {
                locations.add(sighting.location);
            }
        }
        return locations;
    }

    private Optional<String> ownerOf(List<Sighting> sightings) {
        if (sightings.getFirst().presence.record().type().isOfDistribution()) {
            return Optional.empty();
        }
        Optional<String> owner = Optional.empty();
        for (Sighting sighting : sightings) {
            String own = owners.get(sighting.presence.path());
            if (own == null) {
                return Optional.empty();
            }
            owner = owner.isEmpty() ? Optional.of(own) : owner;
        }
        return owner;
    }

    private static Location locationOf(Presence presence) {
        PackageRecord record = presence.record();
        String path = record.place().isEmpty() ? presence.path() : presence.path() + " ▸ " + record.place();
        return new Location(path, presence.layer(), record.line(), record.evidence());
    }
}
