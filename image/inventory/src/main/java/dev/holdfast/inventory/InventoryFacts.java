package dev.holdfast.inventory;

import dev.holdfast.core.PackageUrl;
import dev.holdfast.inventory.PackageRecord.Detail;
import dev.holdfast.memory.DamagedFactsException;
import dev.holdfast.memory.FactReader;
import dev.holdfast.memory.FactWriter;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * An inventory as it is remembered.
 *
 * <pre>
 * inventory    = option distribution, files, list of components ;
 * distribution = id version name, option codename, list of like, path ;
 * component    = type namespace name version, list of qualifiers, subpath, record, state, option owner, list of places, option removedIn ;
 * record       = type name version, option architecture, option source, place line confidence evidence, list of details, list of files ;
 * </pre>
 */
public final class InventoryFacts {
    private static final PackageType[] TYPES = PackageType.values();
    private static final Confidence[] CONFIDENCES = Confidence.values();
    private static final Detail[] DETAILS = Detail.values();
    private static final Component.State[] STATES = Component.State.values();

    /** No package URL has more qualifiers, no record more details. */
    private static final int MOST = 1_000;

    private InventoryFacts() {}

    public static void write(InventoryReport report, FactWriter facts) {
        facts.option(report.distribution().stream(), distribution -> write(distribution, facts));
        facts.number(report.files());
        facts.list(report.components(), component -> write(component, facts));
    }

    public static InventoryReport read(FactReader facts) throws DamagedFactsException {
        var distribution = facts.option(() -> distribution(facts));
        long files = facts.number();
        return new InventoryReport(distribution, facts.list(() -> component(facts)), files);
    }

    private static void write(Distribution distribution, FactWriter facts) {
        facts.text(distribution.id()).text(distribution.version()).text(distribution.name());
        facts.option(distribution.codename().stream(), facts::text)
                .texts(distribution.like())
                .text(distribution.path());
    }

    private static Distribution distribution(FactReader facts) throws DamagedFactsException {
        return new Distribution(
                facts.text(), facts.text(), facts.text(), facts.option(facts::text), facts.texts(), facts.text());
    }

    private static void write(Component component, FactWriter facts) {
        write(component.purl(), facts);
        write(component.record(), facts);
        facts.oneOf(STATES, component.state()).option(component.ownedBy().stream(), facts::text);
        facts.list(
                component.locations(),
                place -> facts.text(place.path())
                        .number(place.layer())
                        .number(place.line())
                        .text(place.evidence()));
        facts.option(component.removedIn().stream(), layer -> facts.number(layer));
    }

    private static Component component(FactReader facts) throws DamagedFactsException {
        return new Component(
                purl(facts),
                record(facts),
                facts.oneOf(STATES),
                facts.option(facts::text),
                facts.list(() -> new Component.Location(facts.text(), facts.integer(), facts.integer(), facts.text())),
                facts.option(facts::integer));
    }

    private static void write(PackageUrl purl, FactWriter facts) {
        facts.text(purl.type()).text(purl.namespace()).text(purl.name()).text(purl.version());
        facts.list(
                List.copyOf(purl.qualifiers().entrySet()),
                each -> facts.text(each.getKey()).text(each.getValue()));
        facts.text(purl.subpath());
    }

    private static PackageUrl purl(FactReader facts) throws DamagedFactsException {
        String type = facts.text();
        String namespace = facts.text();
        String name = facts.text();
        String version = facts.text();
        Map<String, String> qualifiers = new TreeMap<>();
        for (int rest = facts.number(MOST); rest > 0; rest--) {
            qualifiers.put(facts.text(), facts.text());
        }
        try {
            return new PackageUrl(type, namespace, name, version, qualifiers, facts.text());
        } catch (IllegalArgumentException none) {
            throw new DamagedFactsException(String.valueOf(none.getMessage()));
        }
    }

    static void write(PackageRecord record, FactWriter facts) {
        facts.oneOf(TYPES, record.type()).text(record.name()).text(record.version());
        facts.option(record.architecture().stream(), facts::text);
        facts.option(
                record.source().stream(), source -> facts.text(source.name()).text(source.version()));
        facts.text(record.place())
                .number(record.line())
                .oneOf(CONFIDENCES, record.confidence())
                .text(record.evidence());
        facts.list(
                List.copyOf(record.details().entrySet()),
                each -> facts.oneOf(DETAILS, each.getKey()).text(each.getValue()));
        facts.texts(record.files());
    }

    static PackageRecord record(FactReader facts) throws DamagedFactsException {
        return new PackageRecord(
                facts.oneOf(TYPES),
                facts.text(),
                facts.text(),
                facts.option(facts::text),
                facts.option(() -> new PackageRecord.Source(facts.text(), facts.text())),
                facts.text(),
                facts.integer(),
                facts.oneOf(CONFIDENCES),
                facts.text(),
                details(facts),
                facts.texts());
    }

    private static Map<Detail, String> details(FactReader facts) throws DamagedFactsException {
        int count = facts.number(MOST);
        if (count == 0) {
            return Map.of();
        }
        Map<Detail, String> details = new java.util.EnumMap<>(Detail.class);
        for (int i = 0; i < count; i++) {
            details.put(facts.oneOf(DETAILS), facts.text());
        }
        return details;
    }
}
