package dev.holdfast.scan.judge;

import dev.holdfast.advisory.AdvisoryBase;
import dev.holdfast.advisory.KnownAdvisory;
import dev.holdfast.advisory.fact.Exoneration;
import dev.holdfast.core.PackageUrl;
import dev.holdfast.inventory.Component;
import dev.holdfast.inventory.Component.Location;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Suppliers' VEX statements in the base. One clears a component when its product is that component, or when its subcomponent is and the
 * product lies in the same file (a Go program's main module). A component that also lies elsewhere is not cleared: nobody spoke for that
 * copy.
 */
final class Vex {
    private final AdvisoryBase base;
    private final Map<String, List<Component>> byPath = new HashMap<>();
    /** Of most packages nobody speaks, and each has many flaws to ask about. */
    private final Map<String, Boolean> spokenOf = new HashMap<>();

    Vex(AdvisoryBase base, List<Component> components) {
        this.base = base;
        for (Component component : components) {
            for (Location location : component.locations()) {
                byPath.computeIfAbsent(location.path(), path -> new ArrayList<>())
                        .add(component);
            }
        }
    }

    /** Who says that this flaw does not reach the component, and why; empty when nobody does. */
    Optional<String> clears(Component component, KnownAdvisory flaw) {
        if (!isSpokenOf(component.purl())) {
            return Optional.empty();
        }
        Optional<String> clearance = clears(component, flaw.id());
        for (String alias : flaw.aliases()) {
            clearance = clearance.or(() -> clears(component, alias));
        }
        return clearance;
    }

    private boolean isSpokenOf(PackageUrl purl) {
        return spokenOf.computeIfAbsent(
                purl.type() + "/" + fullName(purl), name -> base.hasExonerations(purl.type(), fullName(purl)));
    }

    private static String fullName(PackageUrl purl) {
        return purl.namespace().isEmpty() ? purl.name() : purl.namespace() + "/" + purl.name();
    }

    private Optional<String> clears(Component component, String id) {
        PackageUrl purl = component.purl();
        for (Exoneration statement : base.exonerations(purl.type(), fullName(purl), id)) {
            boolean isCleared = statement.status().equals("not_affected")
                    || statement.status().equals("fixed");
            if (isCleared && speaksOf(statement, component)) {
                String why = statement.justification().isEmpty() ? "" : " (" + statement.justification() + ")";
                return Optional.of("a VEX statement by " + statement.author() + " says " + statement.status() + why);
            }
        }
        return Optional.empty();
    }

    private boolean speaksOf(Exoneration statement, Component component) {
        if (statement.subcomponent().isEmpty()) {
            return isMeant(statement.product(), component);
        }
        if (!isMeant(statement.subcomponent(), component)) {
            return false;
        }
        for (Location location : component.locations()) {
            if (!liesInProduct(statement, location)) {
                return false; // this copy is somebody else's
            }
        }
        return true;
    }

    private boolean liesInProduct(Exoneration statement, Location location) {
        for (Component neighbour : byPath.getOrDefault(location.path(), List.of())) {
            if (isMeant(statement.product(), neighbour)) {
                return true;
            }
        }
        return false;
    }

    /** Whether a package URL of a statement means the component: equal type and name, and equal version where it names one. */
    private static boolean isMeant(String text, Component component) {
        Optional<PackageUrl> purl = PackageUrl.parse(text);
        if (purl.isEmpty()) {
            return false;
        }
        PackageUrl meant = purl.get();
        PackageUrl own = component.purl();
        return meant.type().equals(own.type())
                && meant.namespace().equals(own.namespace())
                && meant.name().equals(own.name())
                && (meant.version().isEmpty() || meant.version().equals(own.version()));
    }
}
