package dev.holdfast.advisory.feed.rpm;

import dev.holdfast.advisory.fact.Advisory;
import dev.holdfast.advisory.fact.Advisory.Kind;
import dev.holdfast.advisory.fact.FactSink;
import dev.holdfast.advisory.fact.Rating;
import dev.holdfast.advisory.fact.Statement.Qualifiers;
import dev.holdfast.advisory.feed.Feed;
import dev.holdfast.advisory.feed.FeedText;
import dev.holdfast.advisory.feed.Statements;
import dev.holdfast.core.InputException;
import dev.holdfast.core.xml.Xml;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code updateinfo.xml} of a package repository, as AlmaLinux, Amazon, Bottlerocket, Fedora and Rocky fill it:
 *
 * <pre>
 * updates    = { update( @type id issued( @date ) updated( @date ) release severity references pkglist ) }
 * references = { reference( @type @id ) }
 * pkglist    = { collection( @short name [ module( @name @stream ) ] { package( @name @epoch @version @release @arch ) } ) }
 * </pre>
 *
 * <p>The release is told by the identifier ({@code ALAS2023-…}, {@code BRSA-…}), by {@code release} or by the collection's name.
 * Amazon's extras put their name into the identifier ({@code ALAS2DOCKER-2021-001}); it becomes the repository. Updates that are neither
 * of type {@code security} nor refer to a CVE mend no flaw and say nothing here. {@code None} is no severity.
 */
public final class UpdateInfo implements Feed {
    private final String name;
    private final String marker;

    /**
     * @param name of the source
     * @param marker what stands near the start of its files
     */
    UpdateInfo(String name, String marker) {
        this.name = name;
        this.marker = marker;
    }

    /** One importer a publisher: each is a source of its own, with its own terms and date. */
    public static List<Feed> all() {
        return List.of(
                new UpdateInfo("amazon-alas", "amazon.com"),
                new UpdateInfo("bottlerocket", "BRSA-"),
                new UpdateInfo("rocky-updateinfo", "Rocky"),
                new UpdateInfo("almalinux-updateinfo", "almalinux"),
                new UpdateInfo("fedora-updateinfo", "FEDORA-"),
                new UpdateInfo("updateinfo", ""));
    }

    private static final Pattern AMAZON = Pattern.compile("ALAS(2022|2023|2)?([A-Z][A-Z0-9.-]*?)?-(?:\\d{4}-)?\\d+");

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean recognises(String path, byte[] head) {
        String text = FeedText.headText(head);
        boolean isOfKind = text.contains("<updates") && (text.contains("<update ") || text.contains("<update>"));
        return isOfKind && text.contains(marker);
    }

    @Override
    public void read(FeedFile file, FactSink facts) throws InputException, IOException {
        Xml xml = Xml.open(file.bytes(), file.limits());
        int depth = xml.depth();
        while (xml.nextChild(depth)) {
            if (xml.name().equals("update")) {
                new Update(xml.attribute("type")).read(xml).state(facts);
            }
        }
    }

    /** One update. */
    private static final class Update {
        private final String type;
        private final Set<String> flaws = new LinkedHashSet<>();
        private final List<Packaged> packages = new ArrayList<>();
        private final List<String> products = new ArrayList<>();
        private String id = "";
        private String issued = "";
        private String updated = "";
        private String severity = "";

        Update(String type) {
            this.type = type;
        }

        Update read(Xml xml) throws InputException, IOException {
            int depth = xml.depth();
            while (xml.nextChild(depth)) {
                switch (xml.name()) {
                    case "id" -> id = xml.text();
                    case "issued" -> issued = FeedText.day(xml.attribute("date"));
                    case "updated" -> updated = FeedText.day(xml.attribute("date"));
                    case "release" -> {
                        String name = xml.attribute("name");
                        products.add(name.isEmpty() ? xml.text() : name);
                    }
                    case "severity" -> severity = FeedText.word(xml.text());
                    case "references" -> readReferences(xml);
                    case "pkglist" -> readCollections(xml);
                    default -> {}
                }
            }
            return this;
        }

        private void readReferences(Xml xml) throws InputException, IOException {
            int depth = xml.depth();
            while (xml.nextChild(depth)) {
                String cve = xml.attribute("id").strip();
                if (FeedText.isCve(cve)) {
                    flaws.add(cve);
                }
            }
        }

        private void readCollections(Xml xml) throws InputException, IOException {
            int depth = xml.depth();
            while (xml.nextChild(depth)) {
                products.add(xml.attribute("short"));
                String module = "";
                int collection = xml.depth();
                while (xml.nextChild(collection)) {
                    switch (xml.name()) {
                        case "name" -> products.add(xml.text());
                        case "module" -> module = xml.attribute("name") + ":" + xml.attribute("stream");
                        case "package" -> readPackage(xml, module);
                        default -> {}
                    }
                }
            }
        }

        private void readPackage(Xml xml, String module) {
            String version = Nevra.evr(xml.attribute("epoch"), xml.attribute("version"), xml.attribute("release"));
            packages.add(new Packaged(
                    xml.attribute("name"),
                    version,
                    xml.attribute("arch"),
                    module.isEmpty() ? Nevra.moduleOf(version) : module));
        }

        void state(FactSink facts) {
            if (!type.equals("security") && flaws.isEmpty()) {
                return;
            }
            Optional<Place> place = place();
            if (!FeedText.isName(id) || place.isEmpty()) {
                facts.dropped(id, "an update of an unknown release " + products);
                return;
            }
            String by = place.get().namespace.replaceAll(":.*", "");
            String word = severity.equals("none") ? "" : severity;
            facts.accept(new Advisory(
                    id,
                    Kind.VULNERABILITY,
                    List.of(),
                    List.copyOf(flaws),
                    issued,
                    updated,
                    false,
                    word.isEmpty() ? List.of() : List.of(new Rating(by, "", word)),
                    List.of()));
            PackageClaims claims = new PackageClaims();
            for (Packaged each : packages) {
                if (!FeedText.isName(each.name) || !FeedText.isName(each.version)) {
                    facts.dropped(id, "a package without a name or version");
                    continue;
                }
                Qualifiers qualifiers = new Qualifiers(each.module, List.of(), place.get().repository);
                for (String flaw : flaws.isEmpty() ? Set.of(id) : flaws) {
                    Statements about = new Statements(flaw, place.get().namespace, each.name, qualifiers, word);
                    claims.add(about.fixedIn(each.version), each.architecture);
                }
            }
            claims.state(facts);
        }

        private Optional<Place> place() {
            Matcher amazon = AMAZON.matcher(id);
            if (amazon.matches()) {
                String release = amazon.group(1) == null ? "1" : amazon.group(1);
                String extra = amazon.group(2) == null ? "" : amazon.group(2).toLowerCase(Locale.ROOT);
                return Optional.of(new Place("amzn:" + release, extra));
            }
            for (String product : products) {
                Optional<String> namespace = Products.ofName(product);
                if (namespace.isPresent()) {
                    return Optional.of(new Place(namespace.get(), ""));
                }
            }
            return id.startsWith("BRSA-") ? Optional.of(new Place("bottlerocket", "")) : Optional.empty();
        }
    }

    private record Packaged(String name, String version, String architecture, String module) {}

    private record Place(String namespace, String repository) {}
}
