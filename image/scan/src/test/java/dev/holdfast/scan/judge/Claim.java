package dev.holdfast.scan.judge;

import dev.holdfast.advisory.fact.Advisory;
import dev.holdfast.advisory.fact.Advisory.Kind;
import dev.holdfast.advisory.fact.Rating;
import dev.holdfast.advisory.fact.Statement;
import dev.holdfast.advisory.fact.Statement.Qualifiers;
import dev.holdfast.advisory.fact.Statement.Range;
import dev.holdfast.advisory.fact.Statement.Status;
import java.util.ArrayList;
import java.util.List;

/** What some source claims of one package, written down in the order of a sentence. */
public final class Claim {
    private final String id;
    private String namespace = "";
    private String packageName = "";
    private Status status = Status.UNFIXED;
    private final List<Range> ranges = new ArrayList<>();
    private final List<String> versions = new ArrayList<>();
    private final List<String> fixes = new ArrayList<>();
    private String module = "";
    private List<String> architectures = List.of();
    private String repository = "";
    private String rating = "";

    private Claim(String id) {
        this.id = id;
    }

    public static Claim of(String id, String namespace, String packageName) {
        Claim claim = new Claim(id);
        claim.namespace = namespace;
        claim.packageName = packageName;
        return claim;
    }

    /** Everything below the fix is affected. */
    public Claim fixedIn(String fix) {
        return from("").to(fix);
    }

    public Claim from(String version) {
        ranges.add(new Range(version, true, "", false));
        return this;
    }

    /** Ends the range begun last before a fix. */
    public Claim to(String fix) {
        status = Status.FIXED;
        ranges.add(new Range(ranges.removeLast().from(), true, fix, false));
        fixes.add(fix);
        return this;
    }

    /** Ends the range begun last with the last version that is affected. */
    public Claim lastAffected(String version) {
        ranges.add(new Range(ranges.removeLast().from(), true, version, true));
        return this;
    }

    /** The fixes as a source names them, whatever the ranges are. */
    public Claim fixes(List<String> each) {
        status = each.isEmpty() ? status : Status.FIXED;
        fixes.clear();
        fixes.addAll(each);
        return this;
    }

    public Claim listed(String... each) {
        versions.addAll(List.of(each));
        return this;
    }

    public Claim status(Status said) {
        status = said;
        return this;
    }

    public Claim inModule(String stream) {
        module = stream;
        return this;
    }

    public Claim onlyOn(String... architecture) {
        architectures = List.of(architecture);
        return this;
    }

    public Claim inPocket(String pocket) {
        repository = pocket;
        return this;
    }

    public Claim rated(String word) {
        rating = word;
        return this;
    }

    public Statement statement() {
        return new Statement(
                id,
                namespace,
                packageName,
                status,
                ranges,
                versions,
                fixes,
                new Qualifiers(module, architectures, repository),
                rating);
    }

    /** A flaw under an identifier and its aliases. */
    public static Advisory flaw(String id, String... aliases) {
        return advisory(id, Kind.VULNERABILITY, false, List.of(aliases), List.of());
    }

    static Advisory rated(String id, Rating... ratings) {
        return advisory(id, Kind.VULNERABILITY, false, List.of(), List.of(ratings));
    }

    public static Advisory advisory(
            String id, Kind kind, boolean withdrawn, List<String> aliases, List<Rating> ratings) {
        return new Advisory(id, kind, aliases, List.of(), "", "", withdrawn, ratings, List.of());
    }
}
