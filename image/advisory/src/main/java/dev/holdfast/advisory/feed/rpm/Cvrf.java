package dev.holdfast.advisory.feed.rpm;

import dev.holdfast.advisory.fact.Advisory;
import dev.holdfast.advisory.fact.Advisory.Kind;
import dev.holdfast.advisory.fact.FactSink;
import dev.holdfast.advisory.fact.Rating;
import dev.holdfast.advisory.fact.Statement.Qualifiers;
import dev.holdfast.advisory.fact.Statement.Status;
import dev.holdfast.advisory.feed.Feed;
import dev.holdfast.advisory.feed.FeedText;
import dev.holdfast.advisory.feed.Statements;
import dev.holdfast.core.InputException;
import dev.holdfast.core.xml.Xml;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * CVRF 1.1 bulletins of SUSE and openEuler, one a file:
 *
 * <pre>
 * cvrfdoc         = DocumentTracking( Identification( ID ) InitialReleaseDate CurrentReleaseDate ) ProductTree { Vulnerability }
 * ProductTree     = { Branch( @Type @Name { Branch | FullProductName( @ProductID @CPE ) } ) | Relationship( … ) }
 * Vulnerability   = CVE ProductStatuses( { Status( @Type { ProductID } ) } ) Threats( { Threat( @Type Description ) } )
 *                   CVSSScoreSets( { ScoreSet( Vector ) } )
 * </pre>
 *
 * <p>SUSE's product identifiers join a release and a package, {@code openSUSE Leap 15.0:dropbear-2019.78-lp150.1}. openEuler's statuses
 * name only the release; its packages are the files in branches of type {@code Package Arch}, each with the release as platform
 * enumeration, and every CVE of the bulletin is fixed by all of them. Its vectors lack the {@code CVSS:3.x/} in front, and are of 3.x
 * where they hold a scope ({@code S:}).
 */
public final class Cvrf implements Feed {
    private final String name;
    private final String marker;

    /**
     * @param name of the source
     * @param marker what stands near the start of its files
     */
    Cvrf(String name, String marker) {
        this.name = name;
        this.marker = marker;
    }

    /** One importer a publisher: each is a source of its own, with its own terms and date. */
    public static List<Feed> all() {
        return List.of(new Cvrf("suse-cvrf", "suse"), new Cvrf("openeuler", "openEuler"));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean recognises(String path, byte[] head) {
        String text = FeedText.headText(head);
        return text.contains("<cvrfdoc") && text.contains(marker);
    }

    @Override
    public void read(FeedFile file, FactSink facts) throws InputException, IOException {
        new Bulletin(Xml.open(file.bytes(), file.limits())).read(file.path()).state(facts);
    }

    private static final class Bulletin {
        private final Xml xml;
        private final List<Release> releases = new ArrayList<>();
        private final List<Flaw> flaws = new ArrayList<>();
        private String id = "";
        private String issued = "";
        private String updated = "";

        Bulletin(Xml xml) {
            this.xml = xml;
        }

        Bulletin read(String path) throws InputException, IOException {
            int depth = xml.depth();
            while (xml.nextChild(depth)) {
                switch (xml.name()) {
                    case "DocumentTracking" -> readTracking();
                    case "ProductTree" -> readTree("");
                    case "Vulnerability" -> flaws.add(readFlaw());
                    default -> {}
                }
            }
            if (!FeedText.isName(id)) {
                throw new InputException(
                        InputException.Code.MALFORMED, path + ": a CVRF document without an identification");
            }
            return this;
        }

        private void readTracking() throws InputException, IOException {
            int depth = xml.depth();
            while (xml.nextChild(depth)) {
                switch (xml.name()) {
                    case "Identification" -> {
                        int inner = xml.depth();
                        while (xml.nextChild(inner)) {
                            id = xml.name().equals("ID") ? xml.text() : id;
                        }
                    }
                    case "InitialReleaseDate" -> issued = FeedText.day(xml.text());
                    case "CurrentReleaseDate" -> updated = FeedText.day(xml.text());
                    default -> {}
                }
            }
        }

        /** Nesting is bounded by the XML reader. */
        private void readTree(String architecture) throws InputException, IOException {
            int depth = xml.depth();
            while (xml.nextChild(depth)) {
                if (xml.name().equals("Branch")) {
                    readTree(xml.attribute("Type").equals("Package Arch") ? xml.attribute("Name") : architecture);
                } else if (xml.name().equals("FullProductName") && !architecture.isEmpty()) {
                    String cpe = xml.attribute("CPE");
                    String release = cpe.substring(cpe.lastIndexOf(':') + 1);
                    Nevra.parseFile(xml.text())
                            .ifPresent(it -> releases.add(new Release("openEuler-" + release, it, architecture)));
                }
            }
        }

        private Flaw readFlaw() throws InputException, IOException {
            Flaw flaw = new Flaw();
            int depth = xml.depth();
            while (xml.nextChild(depth)) {
                switch (xml.name()) {
                    case "CVE" -> flaw.cve = xml.text();
                    case "ProductStatuses" -> readStatuses(flaw);
                    case "Threats" -> readThreats(flaw);
                    case "CVSSScoreSets" -> readScores(flaw);
                    default -> {}
                }
            }
            return flaw;
        }

        private void readStatuses(Flaw flaw) throws InputException, IOException {
            int depth = xml.depth();
            while (xml.nextChild(depth)) {
                String type = xml.attribute("Type");
                List<String> products = flaw.products.computeIfAbsent(type, any -> new ArrayList<>());
                int status = xml.depth();
                while (xml.nextChild(status)) {
                    products.add(xml.text());
                }
            }
        }

        private void readThreats(Flaw flaw) throws InputException, IOException {
            int depth = xml.depth();
            while (xml.nextChild(depth)) {
                boolean isImpact = xml.attribute("Type").equals("Impact");
                int threat = xml.depth();
                while (xml.nextChild(threat)) {
                    if (isImpact && xml.name().equals("Description")) {
                        flaw.severity = FeedText.word(xml.text());
                    }
                }
            }
        }

        private void readScores(Flaw flaw) throws InputException, IOException {
            int depth = xml.depth();
            while (xml.nextChild(depth)) {
                int set = xml.depth();
                while (xml.nextChild(set)) {
                    if (xml.name().startsWith("Vector")) {
                        flaw.vectors.add(xml.text());
                    }
                }
            }
        }

        void state(FactSink facts) {
            String by = id.startsWith("openEuler") ? "openeuler" : "suse";
            List<String> bundled = new ArrayList<>();
            PackageClaims claims = new PackageClaims();
            for (Flaw flaw : flaws) {
                if (!FeedText.isCve(flaw.cve)) {
                    facts.dropped(id, "a vulnerability without a CVE");
                    continue;
                }
                bundled.add(flaw.cve);
                facts.accept(new Advisory(
                        flaw.cve,
                        Kind.VULNERABILITY,
                        List.of(),
                        List.of(),
                        "",
                        "",
                        false,
                        flaw.ratings(by),
                        List.of()));
                flaw.products.forEach((type, products) -> claim(flaw, type, products, claims));
            }
            facts.accept(new Advisory(
                    id, Kind.VULNERABILITY, List.of(), bundled, issued, updated, false, List.of(), List.of()));
            claims.state(facts);
        }

        private void claim(Flaw flaw, String type, List<String> products, PackageClaims claims) {
            Optional<Status> status = status(type);
            if (status.isEmpty()) {
                return;
            }
            for (String product : products) {
                int colon = product.indexOf(':');
                if (colon > 0) {
                    Nevra.parse(product.substring(colon + 1))
                            .ifPresent(it -> claim(flaw, product.substring(0, colon), it, "", status.get(), claims));
                    continue;
                }
                for (Release release : releases) {
                    if (release.product.equals(product)) {
                        claim(flaw, product, release.nevra, release.architecture, status.get(), claims);
                    }
                }
            }
        }

        private static void claim(
                Flaw flaw, String product, Nevra nevra, String architecture, Status status, PackageClaims claims) {
            Optional<String> namespace = Products.ofName(product);
            if (namespace.isEmpty()) {
                return;
            }
            String repository = Products.isLongTermSupport(product) ? "ltss" : "";
            Statements about = new Statements(
                    flaw.cve, namespace.get(), nevra.name(), new Qualifiers("", List.of(), repository), flaw.severity);
            claims.add(status == Status.FIXED ? about.fixedIn(nevra.version()) : about.ofEvery(status), architecture);
        }

        private static Optional<Status> status(String type) {
            return switch (type) {
                case "Fixed", "First Fixed" -> Optional.of(Status.FIXED);
                case "Known Affected" -> Optional.of(Status.UNFIXED);
                case "Known Not Affected" -> Optional.of(Status.NOT_AFFECTED);
                case "Under Investigation" -> Optional.of(Status.UNDER_INVESTIGATION);
                default -> Optional.empty();
            };
        }
    }

    /** A package of a release, as openEuler's tree has it. */
    private record Release(String product, Nevra nevra, String architecture) {}

    private static final class Flaw {
        private final Map<String, List<String>> products = new LinkedHashMap<>();
        private final List<String> vectors = new ArrayList<>();
        private String cve = "";
        private String severity = "";

        List<Rating> ratings(String by) {
            List<Rating> ratings = new ArrayList<>();
            for (String vector : vectors) {
                boolean isThree = !vector.startsWith("CVSS:") && vector.contains("/S:");
                ratings.add(new Rating(by, isThree ? "CVSS:3.1/" + vector : vector, ""));
            }
            if (!severity.isEmpty()) {
                ratings.add(new Rating(by, "", severity));
            }
            return ratings;
        }
    }
}
