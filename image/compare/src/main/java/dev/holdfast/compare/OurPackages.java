package dev.holdfast.compare;

import dev.holdfast.inventory.Component;
import dev.holdfast.inventory.PackageRecord;
import dev.holdfast.inventory.PackageType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Finds which of our components another tool means. */
final class OurPackages {
    private final Map<String, List<Component>> byName = new HashMap<>();
    private final Map<String, List<Component>> bySource = new HashMap<>();
    private final Map<String, List<Component>> bySpelling = new HashMap<>();
    private final Map<String, List<Component>> byPath = new HashMap<>();

    OurPackages(List<Component> components) {
        for (Component component : components) {
            PackageRecord record = component.record();
            String type = record.type().word();
            put(byName, type + " " + record.name(), component);
            record.source().ifPresent(source -> put(bySource, type + " " + source.name(), component));
            put(bySpelling, spelled(record.name()), component);
            if (!record.type().isOfDistribution()) {
                component.locations().forEach(place -> put(byPath, path(place.path()), component));
            }
        }
    }

    private static void put(Map<String, List<Component>> map, String key, Component component) {
        List<Component> list = map.computeIfAbsent(key, first -> new ArrayList<>(1));
        if (!list.contains(component)) {
            list.add(component);
        }
    }

    /** How a name was understood. */
    enum How {
        BY_NAME,
        BY_SOURCE,
        BY_SPELLING,
        BY_KIND,
        NOT_AT_ALL
    }

    /**
     * What was found.
     *
     * @param components those meant; of the version that is named, when there are any
     * @param how their name was understood
     * @param hasVersion whether they have the version that is named
     */
    record Meant(List<Component> components, How how, boolean hasVersion) {
        static final Meant NOTHING = new Meant(List.of(), How.NOT_AT_ALL, false);
    }

    Meant find(NamedPackage named) {
        Meant byOwnName = of(at(byName, named.type(), named.name()), named, How.BY_NAME);
        if (byOwnName.hasVersion()) {
            return byOwnName;
        }
        Meant byItsSource = of(at(bySource, named.type(), named.name()), named, How.BY_SOURCE);
        if (byItsSource.hasVersion()) {
            return byItsSource;
        }
        List<Component> alike = bySpelling.getOrDefault(spelled(named.name()), List.of());
        List<Component> ofKind = new ArrayList<>();
        for (Component component : alike) {
            if (named.type().isEmpty()
                    || named.type().get() == component.record().type()) {
                ofKind.add(component);
            }
        }
        Meant bySpelledName = of(ofKind, named, How.BY_SPELLING);
        Meant ofOtherKind = of(alike, named, How.BY_KIND);
        for (Meant meant : List.of(bySpelledName, ofOtherKind)) {
            if (meant.hasVersion()) {
                return meant;
            }
        }
        for (Meant meant : List.of(byOwnName, byItsSource, bySpelledName, ofOtherKind)) {
            if (!meant.components().isEmpty()) {
                return meant;
            }
        }
        return Meant.NOTHING;
    }

    /** Those that we read at the path, or out of it. */
    List<Component> at(String path) {
        return path.isEmpty() ? List.of() : byPath.getOrDefault(path(path), List.of());
    }

    private static List<Component> at(Map<String, List<Component>> map, Optional<PackageType> type, String name) {
        if (type.isPresent()) {
            return map.getOrDefault(type.get().word() + " " + name, List.of());
        }
        List<Component> all = new ArrayList<>();
        for (PackageType each : PackageType.values()) {
            all.addAll(map.getOrDefault(each.word() + " " + name, List.of()));
        }
        return all;
    }

    private static Meant of(List<Component> components, NamedPackage named, How how) {
        List<Component> same = new ArrayList<>();
        for (Component component : components) {
            if (hasVersion(component.record(), named.version())) {
                same.add(component);
            }
        }
        if (!same.isEmpty()) {
            return new Meant(same, how, true);
        }
        return new Meant(components, components.isEmpty() ? How.NOT_AT_ALL : how, false);
    }

    /** Versions are one when they differ only in an epoch, a {@code v} in front, or whose: the package's or its source's. */
    static boolean hasVersion(PackageRecord record, String version) {
        String bare = bare(version);
        return bare.isEmpty()
                || bare.equals(bare(record.version()))
                || record.source()
                        .map(source -> bare.equals(bare(source.version())))
                        .orElse(false);
    }

    private static String bare(String version) {
        int colon = version.indexOf(':');
        String text = colon > 0 && version.substring(0, colon).chars().allMatch(Character::isDigit)
                ? version.substring(colon + 1)
                : version;
        return text.startsWith("v") || text.startsWith("go") && text.length() > 2 && Character.isDigit(text.charAt(2))
                ? text.substring(text.startsWith("v") ? 1 : 2)
                : text;
    }

    /** A name without what tools write differently: case, separators, the group of a Java library, the scope of the standard library. */
    static String spelled(String name) {
        String own = name.substring(name.lastIndexOf(':') + 1).toLowerCase(Locale.ROOT);
        return own.replace('_', '-').replace('.', '-');
    }

    private static String path(String path) {
        String flat = path.replace(" ▸ ", "/").replace("!/", "/").replace(':', '/');
        return flat.startsWith("/") ? flat : "/" + flat;
    }
}
