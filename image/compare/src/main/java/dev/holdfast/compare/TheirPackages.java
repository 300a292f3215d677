package dev.holdfast.compare;

import dev.holdfast.core.Severity;
import dev.holdfast.inventory.Component;
import dev.holdfast.inventory.PackageRecord;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What their report gives away about what they saw, and what they leave out of it. */
final class TheirPackages {
    /** From so many findings on, what none of them is shows a filter and no accident. */
    private static final int ENOUGH = 10;

    private final Map<String, Set<String>> listed = new HashMap<>();
    private final Map<String, Set<String>> named = new HashMap<>();
    private final boolean listsAll;
    private final boolean showsUnfixed;
    private final Optional<Severity> least;
    private final int claims;

    TheirPackages(TheirReport report) {
        listsAll = report.packages().isPresent();
        report.packages().ifPresent(all -> all.forEach(each -> put(listed, each)));
        boolean unfixed = false;
        Optional<Severity> lowest = Optional.empty();
        int counted = 0;
        for (Claim claim : report.claims()) {
            put(named, claim.about());
            if (claim.ignored().isPresent()) {
                continue;
            }
            counted++;
            unfixed |= claim.fixedIn().isEmpty();
            Severity severity = claim.severity().orElse(Severity.UNKNOWN);
            if (lowest.isEmpty() || severity.compareTo(lowest.get()) < 0) {
                lowest = Optional.of(severity);
            }
        }
        showsUnfixed = unfixed;
        least = lowest;
        claims = counted;
    }

    private static void put(Map<String, Set<String>> map, NamedPackage each) {
        map.computeIfAbsent(OurPackages.spelled(each.name()), first -> new HashSet<>())
                .add(each.version());
        each.source()
                .ifPresent(source -> map.computeIfAbsent(OurPackages.spelled(source), first -> new HashSet<>())
                        .add(each.version()));
    }

    /** Why they do not report what we do, as far as their report shows it. */
    record Why(Cause cause, String reason) {}

    Why absent(Component component, Severity severity, boolean hasFix) {
        PackageRecord record = component.record();
        Set<String> versions = new HashSet<>(versions(listed, record));
        if (listsAll && versions.isEmpty()) {
            return new Why(
                    Cause.THEY_LACK_THE_PACKAGE,
                    "it is not among the packages that they list; we read it from " + place(component));
        }
        versions.addAll(versions(named, record));
        if (!versions.isEmpty() && versions.stream().noneMatch(version -> OurPackages.hasVersion(record, version))) {
            return new Why(
                    Cause.THEY_READ_ANOTHER_VERSION,
                    "they read "
                            + String.join(
                                    ", ", versions.stream().sorted().limit(3).toList()) + ", we read "
                            + record.version() + " from " + place(component));
        }
        if (!hasFix && claims >= ENOUGH && !showsUnfixed) {
            return new Why(
                    Cause.THEY_SHOW_ONLY_FIXED,
                    "it has no fix, and each of their " + claims + " findings has one: they ran with that filter");
        }
        if (claims >= ENOUGH
                && least.isPresent()
                && severity.compareTo(least.get()) < 0
                && least.get().compareTo(Severity.LOW) > 0) {
            return new Why(
                    Cause.THEY_CUT_BY_SEVERITY,
                    "it is " + severity.word() + ", and they show nothing below "
                            + least.get().word());
        }
        return versions.isEmpty()
                ? new Why(
                        Cause.THEY_NEVER_NAME_IT,
                        "their report lists only packages with findings, and not this one; we read it from "
                                + place(component))
                : new Why(Cause.THEY_HAVE_THE_PACKAGE, "they name the package and not this flaw");
    }

    private static Set<String> versions(Map<String, Set<String>> map, PackageRecord record) {
        Set<String> own = map.getOrDefault(OurPackages.spelled(record.name()), Set.of());
        return own.isEmpty() && record.source().isPresent()
                ? map.getOrDefault(OurPackages.spelled(record.source().get().name()), Set.of())
                : own;
    }

    private static String place(Component component) {
        return component.locations().isEmpty()
                ? "nowhere that is known"
                : component.locations().getFirst().path();
    }
}
