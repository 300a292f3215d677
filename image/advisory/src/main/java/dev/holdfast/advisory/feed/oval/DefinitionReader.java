package dev.holdfast.advisory.feed.oval;

import dev.holdfast.advisory.fact.Rating;
import dev.holdfast.advisory.fact.Statement.Status;
import dev.holdfast.advisory.feed.FeedText;
import dev.holdfast.advisory.feed.oval.OvalDocument.Definition;
import dev.holdfast.advisory.feed.oval.OvalDocument.Flaw;
import dev.holdfast.advisory.feed.oval.OvalDocument.Node;
import dev.holdfast.advisory.feed.rpm.Nevra;
import dev.holdfast.advisory.feed.rpm.Products;
import dev.holdfast.core.InputException;
import dev.holdfast.core.xml.Xml;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads one definition:
 *
 * <pre>
 * definition = @id @class metadata criteria
 * metadata   = title affected( { platform } ) { reference( @source @ref_id ) } ( advisory | Microsoft's fields )
 * advisory   = severity issued( @date ) updated( @date ) { cve( @cvss2 @cvss3 @cwe @impact @href ) }
 *              affected( { resolution( @state { component } ) } ) affected_cpe_list( { cpe } )
 * criteria   = @operator { criteria | criterion( @test_ref @comment ) }
 * </pre>
 *
 * <p>The comments of criteria are prose, but the publishers' own programs write them, and what stands in them stands nowhere else as
 * plainly: {@code Oracle Linux 8 is installed}, {@code Oracle Linux arch is x86_64}, {@code Module nodejs:20 is enabled},
 * {@code openssl is ksplice-based}, {@code bind is signed with …}. Anything else is a test to be looked up.
 */
final class DefinitionReader {
    private static final Pattern BULLETIN = Pattern.compile("\\s*([A-Z]{3,5}-\\d{4}[:-][0-9:-]*\\d)\\b");
    private static final Pattern CVE = Pattern.compile("CVE-\\d{4}-\\d{4,10}");
    private static final String INSTALLED = " is installed";
    private static final String EARLIER = " is earlier than ";

    private final Xml xml;
    private final Map<String, String> pool;
    private final Map<String, Flaw> flaws = new LinkedHashMap<>();
    private final List<String> platforms = new ArrayList<>();
    private final List<String> cpes = new ArrayList<>();
    private final Map<String, Status> resolutions = new HashMap<>();
    private String title = "";
    private String severity = "";
    private String issued = "";
    private String updated = "";
    private String patchable = "";

    DefinitionReader(Xml xml, Map<String, String> pool) {
        this.xml = xml;
        this.pool = pool;
    }

    Definition read() throws InputException, IOException {
        String id = xml.attribute("id");
        boolean isPatch = xml.attribute("class").equals("patch");
        String by = publisher(id);
        Node criteria = new Node.Group(true, List.of());
        int depth = xml.depth();
        while (xml.nextChild(depth)) {
            if (xml.name().equals("metadata")) {
                readMetadata(by);
            } else if (xml.name().equals("criteria")) {
                criteria = readCriteria();
            }
        }
        Matcher bulletin = BULLETIN.matcher(title);
        if (flaws.isEmpty() && !isPatch) {
            takeFlaws(title);
        }
        return new Definition(
                id,
                isPatch && bulletin.lookingAt() ? bulletin.group(1) : "",
                flaws,
                platforms,
                cpes,
                severity,
                issued,
                updated,
                patchable,
                resolutions,
                criteria);
    }

    /** Who speaks, by the namespace of the identifier. */
    static String publisher(String id) {
        if (id.startsWith("oval:com.redhat.")) {
            return "redhat";
        }
        if (id.startsWith("oval:com.oracle.")) {
            return "oracle";
        }
        if (id.startsWith("oval:org.opensuse.")) {
            return "suse";
        }
        if (id.startsWith("oval:com.microsoft.")) {
            return "microsoft";
        }
        return id.startsWith("oval:com.vmware.") ? "photon" : "oval";
    }

    private void readMetadata(String by) throws InputException, IOException {
        int depth = xml.depth();
        while (xml.nextChild(depth)) {
            switch (xml.name()) {
                case "title" -> title = xml.text();
                case "affected" -> readPlatforms();
                case "reference" -> {
                    if (xml.attribute("source").toUpperCase(Locale.ROOT).contains("CVE")) {
                        takeFlaws(xml.attribute("ref_id"));
                    }
                }
                case "advisory" -> readAdvisory(by);
                case "patchable" -> patchable = xml.text();
                case "severity" -> severity = FeedText.word(xml.text());
                case "advisory_date" -> issued = FeedText.day(xml.text());
                default -> {}
            }
        }
    }

    private void readPlatforms() throws InputException, IOException {
        int depth = xml.depth();
        while (xml.nextChild(depth)) {
            if (xml.name().equals("platform")) {
                platforms.add(xml.text());
            }
        }
    }

    private void readAdvisory(String by) throws InputException, IOException {
        int depth = xml.depth();
        while (xml.nextChild(depth)) {
            switch (xml.name()) {
                case "severity" -> severity = FeedText.word(xml.text());
                case "issued" -> issued = FeedText.day(xml.attribute("date"));
                case "updated" -> updated = FeedText.day(xml.attribute("date"));
                case "cve" -> readFlaw(by);
                case "affected" -> readResolutions();
                case "affected_cpe_list" -> readCpes();
                default -> {}
            }
        }
    }

    private void readFlaw(String by) throws InputException, IOException {
        String who = xml.attribute("href").contains("nvd.nist.gov") ? "nvd" : by;
        List<Rating> ratings = new ArrayList<>();
        for (String attribute : List.of("cvss4", "cvss3", "cvss2")) {
            String scored = xml.attribute(attribute);
            int slash = scored.indexOf('/');
            if (slash > 0) {
                ratings.add(new Rating(who, scored.substring(slash + 1), ""));
            }
        }
        String impact = FeedText.word(xml.attribute("impact"));
        if (!impact.isEmpty()) {
            ratings.add(new Rating(who, "", impact));
        }
        List<String> weaknesses = new ArrayList<>();
        for (String weakness : xml.attribute("cwe").split("[^A-Za-z0-9-]+")) {
            if (weakness.startsWith("CWE-")) {
                weaknesses.add(weakness);
            }
        }
        Matcher cve = CVE.matcher(xml.text());
        if (cve.find()) {
            Flaw flaw = flaws.computeIfAbsent(cve.group(), any -> new Flaw(new ArrayList<>(), new ArrayList<>()));
            flaw.ratings().addAll(ratings);
            flaw.weaknesses().addAll(weaknesses);
        }
    }

    private void takeFlaws(String text) {
        Matcher cve = CVE.matcher(text);
        while (cve.find()) {
            flaws.computeIfAbsent(cve.group(), any -> new Flaw(new ArrayList<>(), new ArrayList<>()));
        }
    }

    private void readResolutions() throws InputException, IOException {
        int depth = xml.depth();
        while (xml.nextChild(depth)) {
            Status status = resolution(xml.attribute("state"));
            int resolution = xml.depth();
            while (xml.nextChild(resolution)) {
                if (xml.name().equals("component")) {
                    String component = xml.text();
                    resolutions.put(component.substring(component.lastIndexOf('/') + 1), status);
                }
            }
        }
    }

    private static Status resolution(String state) {
        return switch (state) {
            case "Will not fix" -> Status.WILL_NOT_FIX;
            case "Out of support scope" -> Status.END_OF_LIFE;
            case "Fix deferred" -> Status.DEFERRED;
            case "Under investigation", "New" -> Status.UNDER_INVESTIGATION;
            case "Not affected" -> Status.NOT_AFFECTED;
            default -> Status.UNFIXED;
        };
    }

    private void readCpes() throws InputException, IOException {
        int depth = xml.depth();
        while (xml.nextChild(depth)) {
            if (xml.name().equals("cpe")) {
                cpes.add(xml.text());
            }
        }
    }

    /** Nesting is bounded by the XML reader. */
    private Node readCriteria() throws InputException, IOException {
        boolean all = !xml.attribute("operator").equals("OR");
        List<Node> children = new ArrayList<>();
        int depth = xml.depth();
        while (xml.nextChild(depth)) {
            if (xml.name().equals("criteria")) {
                children.add(readCriteria());
            } else if (xml.name().equals("criterion")) {
                String comment = xml.attribute("comment");
                if (!comment.contains(" signed with ")) {
                    children.add(criterion(comment, xml.attribute("test_ref")));
                }
            }
        }
        return new Node.Group(all, children);
    }

    private Node criterion(String comment, String test) {
        if (comment.endsWith(INSTALLED)) {
            String product = comment.substring(0, comment.length() - INSTALLED.length());
            if (Products.ofName(product).isPresent()) {
                return new Node.Platform(product);
            }
        }
        if (comment.endsWith(" is ksplice-based")) {
            return new Node.SpecialBuild();
        }
        if (comment.startsWith("Module ") && comment.endsWith(" is enabled")) {
            return new Node.Module(comment.substring("Module ".length(), comment.length() - " is enabled".length()));
        }
        int arch = comment.indexOf(" arch is ");
        if (arch >= 0) {
            return new Node.Architecture(
                    comment.substring(arch + " arch is ".length()).strip());
        }
        int earlier = comment.indexOf(EARLIER);
        if (earlier <= 0 || comment.indexOf(' ') != earlier) {
            return new Node.TestReference(test, "", "");
        }
        String version = Nevra.evr(comment.substring(earlier + EARLIER.length()));
        return new Node.TestReference(test, pooled(comment.substring(0, earlier)), pooled(version));
    }

    /** Names and versions recur in every definition, once an architecture. */
    private String pooled(String text) {
        String before = pool.putIfAbsent(text, text);
        return before == null ? text : before;
    }
}
