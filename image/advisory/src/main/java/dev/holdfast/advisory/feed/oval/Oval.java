package dev.holdfast.advisory.feed.oval;

import dev.holdfast.advisory.fact.Advisory;
import dev.holdfast.advisory.fact.Advisory.Kind;
import dev.holdfast.advisory.fact.FactSink;
import dev.holdfast.advisory.fact.Rating;
import dev.holdfast.advisory.fact.Statement;
import dev.holdfast.advisory.fact.Statement.Qualifiers;
import dev.holdfast.advisory.fact.Statement.Range;
import dev.holdfast.advisory.fact.Statement.Status;
import dev.holdfast.advisory.feed.Feed;
import dev.holdfast.advisory.feed.FeedText;
import dev.holdfast.advisory.feed.Statements;
import dev.holdfast.advisory.feed.oval.CriteriaWalk.Claim;
import dev.holdfast.advisory.feed.oval.OvalDocument.Definition;
import dev.holdfast.advisory.feed.rpm.Nevra;
import dev.holdfast.advisory.feed.rpm.PackageClaims;
import dev.holdfast.advisory.feed.rpm.Products;
import dev.holdfast.core.InputException;
import java.io.IOException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * OVAL definitions of Red Hat (v2), Oracle, SUSE, Photon, and Azure Linux with its forerunner CBL-Mariner.
 *
 * <ul>
 *   <li>A version <em>less than</em> a bound is fixed by the bound. A package that is merely installed, or at most of some version, is
 *       not fixed; Red Hat's {@code resolution} tells its plans.
 *   <li>Red Hat: identifiers with {@code .unaffected:} clear what they name. The platform enumeration decides of which release a
 *       definition is: the criteria of extended streams and of layered products name only the major release. Documents of layered products
 *       ({@code ansible-2-including-unpatched}) whose definitions have no enumeration are left out.
 *   <li>Oracle: ksplice and FIPS builds have version lines of their own, under the same names, and are left out.
 *   <li>SUSE: products of the Server, its modules, Desktop, Micro and openSUSE; those of {@code -LTSS} are qualified as repository
 *       {@code ltss}. A package whose version would have to be 0 is not affected.
 *   <li>Microsoft: names are those of source packages, the release is in the file name, and {@code patchable} tells whether there is a fix
 *       ({@code true}), none ({@code false}), or nothing to fix ({@code Not Applicable}).
 * </ul>
 */
public final class Oval implements Feed {
    private final String name;
    private final String marker;

    /**
     * @param name of the source
     * @param marker what stands near the start of its files
     */
    Oval(String name, String marker) {
        this.name = name;
        this.marker = marker;
    }

    /** One importer a publisher: each is a source of its own, with its own terms and date. */
    public static List<Feed> all() {
        return List.of(
                new Oval("redhat-oval", "oval:com.redhat."),
                new Oval("oracle-oval", "oval:com.oracle."),
                new Oval("suse-oval", "oval:org.opensuse."),
                new Oval("azurelinux-oval", "oval:com.microsoft."),
                new Oval("photon-oval", "oval:com.vmware."),
                new Oval("oval", ""));
    }

    private static final Pattern MICROSOFT_FILE = Pattern.compile("(?i).*(mariner|azure-?linux)[^0-9]*(\\d\\.\\d).*");
    private static final Pattern RED_HAT_FILE = Pattern.compile("(?:com\\.redhat\\.rhsa-RHEL|rhel-)\\d.*");

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean recognises(String path, byte[] head) {
        String text = FeedText.headText(head);
        return text.contains("oval_definitions") && text.contains(marker);
    }

    @Override
    public void read(FeedFile file, FactSink facts) throws InputException, IOException {
        OvalDocument document = OvalReader.read(file.bytes(), file.limits());
        String day = FeedText.day(document.timestamp());
        if (!day.isEmpty()) {
            facts.dated(day);
        }
        CriteriaWalk walk = new CriteriaWalk(document);
        PackageClaims claims = new PackageClaims();
        for (Definition definition : document.definitions()) {
            if (definition.flaws().isEmpty() && definition.bulletin().isEmpty()) {
                facts.dropped(definition.id(), "neither a CVE nor a bulletin");
                continue;
            }
            stateAdvisories(definition, facts);
            for (Claim claim : walk.of(definition.criteria())) {
                claim(file.path(), definition, claim, claims);
            }
            if (walk.unresolved() > 0) {
                facts.dropped(definition.id(), walk.unresolved() + " tests that the document does not tell");
            }
        }
        claims.state(facts);
    }

    private static void stateAdvisories(Definition definition, FactSink facts) {
        String by = DefinitionReader.publisher(definition.id());
        List<Rating> word =
                definition.severity().isEmpty() ? List.of() : List.of(new Rating(by, "", definition.severity()));
        if (!definition.bulletin().isEmpty()) {
            facts.accept(new Advisory(
                    definition.bulletin(),
                    Kind.VULNERABILITY,
                    List.of(),
                    List.copyOf(definition.flaws().keySet()),
                    definition.issued(),
                    definition.updated(),
                    false,
                    word,
                    List.of()));
        }
        definition.flaws().forEach((cve, flaw) -> {
            List<Rating> ratings =
                    definition.bulletin().isEmpty() && flaw.ratings().isEmpty() ? word : flaw.ratings();
            if (!ratings.isEmpty() || !flaw.weaknesses().isEmpty()) {
                facts.accept(new Advisory(
                        cve, Kind.VULNERABILITY, List.of(), List.of(), "", "", false, ratings, flaw.weaknesses()));
            }
        });
    }

    private static void claim(String path, Definition definition, Claim claim, PackageClaims claims) {
        Set<String> flaws = definition.flaws().isEmpty()
                ? Set.of(definition.bulletin())
                : definition.flaws().keySet();
        boolean isMicrosoft = definition.id().startsWith("oval:com.microsoft.");
        String version = claim.range().to();
        if (version.contains(".ksplice") || version.endsWith("_fips")) {
            return;
        }
        for (Map.Entry<String, String> place :
                namespaces(path, definition, claim).entrySet()) {
            for (String flaw : flaws) {
                Statements about = new Statements(
                        flaw,
                        place.getKey(),
                        claim.packageName(),
                        new Qualifiers(module(claim), List.of(), place.getValue()),
                        definition.severity());
                Statement statement = statement(definition, claim, about);
                if (isMicrosoft) {
                    claims.add(statement, "src");
                } else if (claim.architectures().isEmpty()) {
                    claims.add(statement, "");
                } else {
                    claim.architectures().forEach(architecture -> claims.add(statement, architecture));
                }
            }
        }
    }

    private static String module(Claim claim) {
        return claim.module().isEmpty() ? Nevra.moduleOf(claim.range().to()) : claim.module();
    }

    private static Statement statement(Definition definition, Claim claim, Statements about) {
        boolean isCleared = claim.isNever()
                || definition.id().contains(".unaffected:")
                || definition.patchable().equalsIgnoreCase("Not Applicable");
        if (isCleared) {
            return about.notAffected();
        }
        Range range = claim.range();
        List<Range> ranges = range.equals(Range.ALL) ? List.of() : List.of(range);
        if (!range.to().isEmpty() && !range.toInclusive()) {
            return about.statement(Status.FIXED, ranges, List.of(range.to()));
        }
        return about.statement(unfixed(definition, claim.packageName()), ranges, List.of());
    }

    /** The plan for this component; a single plan for all is taken for a package that it does not name. */
    private static Status unfixed(Definition definition, String packageName) {
        Map<String, Status> plans = definition.resolutions();
        Set<Status> all = new HashSet<>(plans.values());
        Status common = all.size() == 1 ? all.iterator().next() : Status.UNFIXED;
        return plans.getOrDefault(packageName, common);
    }

    /** Namespaces, each with the repository that qualifies it; the plain one wins. */
    private static Map<String, String> namespaces(String path, Definition definition, Claim claim) {
        Map<String, String> found = new LinkedHashMap<>();
        if (definition.id().startsWith("oval:com.microsoft.")) {
            microsoft(path, claim).ifPresent(namespace -> found.put(namespace, ""));
            return found;
        }
        if (definition.id().startsWith("oval:com.redhat.")) {
            boolean isLayered = !RED_HAT_FILE.matcher(FeedText.fileName(path)).matches();
            if (!definition.cpes().isEmpty() || isLayered) {
                definition.cpes().forEach(cpe -> Products.ofCpe(cpe).ifPresent(it -> found.put(it, "")));
                return found;
            }
        }
        List<String> products = claim.platforms().isEmpty() ? definition.platforms() : claim.platforms();
        for (String product : products) {
            Optional<String> namespace = Products.ofName(product);
            String repository = Products.isLongTermSupport(product) ? "ltss" : "";
            namespace.ifPresent(it -> found.merge(it, repository, (a, b) -> a.isEmpty() ? a : b));
        }
        return found;
    }

    private static Optional<String> microsoft(String path, Claim claim) {
        Matcher named = MICROSOFT_FILE.matcher(FeedText.fileName(path));
        if (named.matches()) {
            return Optional.of(
                    (named.group(1).equalsIgnoreCase("mariner") ? "mariner:" : "azurelinux:") + named.group(2));
        }
        String version = claim.range().to();
        int tag = version.lastIndexOf('.');
        return switch (tag < 0 ? "" : version.substring(tag + 1)) {
            case "cm1" -> Optional.of("mariner:1.0");
            case "cm2" -> Optional.of("mariner:2.0");
            case "azl3" -> Optional.of("azurelinux:3.0");
            default -> Optional.empty();
        };
    }
}
