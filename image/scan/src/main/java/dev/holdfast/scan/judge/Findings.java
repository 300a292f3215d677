package dev.holdfast.scan.judge;

import dev.holdfast.advisory.AdvisoryBase;
import dev.holdfast.advisory.KnownAdvisory;
import dev.holdfast.advisory.KnownStatement;
import dev.holdfast.advisory.Source;
import dev.holdfast.advisory.fact.Advisory;
import dev.holdfast.advisory.fact.ExploitScore;
import dev.holdfast.advisory.fact.Exploited;
import dev.holdfast.advisory.fact.Statement.Status;
import dev.holdfast.core.Evidence;
import dev.holdfast.core.Evidence.Step;
import dev.holdfast.core.Finding;
import dev.holdfast.core.PackageUrl;
import dev.holdfast.inventory.Component;
import dev.holdfast.inventory.PackageRecord;
import dev.holdfast.oci.Layer;
import dev.holdfast.scan.judge.Judgement.Answer;
import dev.holdfast.scan.judge.Judgement.Weighed;
import dev.holdfast.version.Scheme;
import dev.holdfast.version.VersionKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Turns judgements into findings, each with its chain of evidence. */
public final class Findings {
    private final AdvisoryBase base;
    private final List<Layer> layers;
    private final Map<Graded, SeverityChoice> graded = new HashMap<>();
    private final Map<String, Exploitation> exploitations = new HashMap<>();
    private Optional<Component> lastComponent = Optional.empty();
    private List<Evidence> lastSeen = List.of();

    /** Worst first: by severity, exploited before not, then by probability of exploitation, then by name. */
    private static int compare(Finding a, Finding b) {
        int order = b.severity().compareTo(a.severity());
        order = order != 0 ? order : Boolean.compare(b.isExploited(), a.isExploited());
        order = order != 0
                ? order
                : Double.compare(b.epss().orElse(0.0), a.epss().orElse(0.0));
        return order != 0 ? order : a.id().compareTo(b.id());
    }

    /** Sorts; the package, last in the order, is written out once for all findings of it that follow one another. */
    public static List<Finding> sorted(List<Finding> findings) {
        List<Named> named = new ArrayList<>(findings.size());
        Optional<PackageUrl> last = Optional.empty();
        String text = "";
        for (Finding finding : findings) {
            if (!finding.component().equals(last)) {
                last = finding.component();
                text = last.map(Object::toString).orElse("");
            }
            named.add(new Named(finding, text));
        }
        named.sort(Named::compareTo);
        List<Finding> sorted = new ArrayList<>(named.size());
        named.forEach(each -> sorted.add(each.finding()));
        return sorted;
    }

    private record Named(Finding finding, String component) implements Comparable<Named> {
        @Override
        public int compareTo(Named other) {
            int order = compare(finding, other.finding);
            return order != 0 ? order : component.compareTo(other.component);
        }
    }

    public Findings(AdvisoryBase base, List<Layer> layers) {
        this.base = base;
        this.layers = layers;
    }

    /** The finding that a reported judgement makes. */
    public Finding of(Judgement judgement) {
        Component component = judgement.component();
        KnownAdvisory flaw = judgement.flaw();
        Weighed decisive = judgement.decisive().orElseThrow();
        SeverityChoice severity = severity(flaw, decisive.statement());
        Exploitation exploitation = exploitations.computeIfAbsent(flaw.id(), this::exploitation);
        Optional<Fix> nearest = nearestFix(judgement);
        Optional<String> fixedIn = nearest.map(Fix::version);
        String status = nearest.map(found -> found.isPaid() ? "fixed-by-subscription" : "fixed")
                .orElseGet(() -> unfixed(decisive.statement()));
        return new Finding(
                flaw.id(),
                flaw.kind() == Advisory.Kind.MALWARE ? Finding.Kind.MALWARE : Finding.Kind.VULNERABILITY,
                flaw.aliases(),
                Optional.of(component.purl()),
                severity.severity(),
                severity.from(),
                severity.score(),
                exploitation.probability(),
                exploitation.since(),
                status,
                fixedIn,
                flaw.id() + " in " + component.record().name() + " "
                        + component.record().version(),
                places(component),
                fix(component, status, fixedIn),
                evidence(judgement, decisive));
    }

    /** One flaw is often found in many versions and packages, and grading it takes reading CVSS vectors. */
    private SeverityChoice severity(KnownAdvisory flaw, KnownStatement decisive) {
        return graded.computeIfAbsent(
                new Graded(flaw.id(), decisive.rating(), decisive.source().name()),
                first -> SeverityChoice.of(flaw, decisive));
    }

    /** What is known of a flaw's use by attackers. */
    private record Exploitation(Optional<Double> probability, Optional<String> since) {}

    private Exploitation exploitation(String flaw) {
        return new Exploitation(
                base.score(flaw).map(ExploitScore::probability),
                base.exploited(flaw).map(Exploited::since));
    }

    /** All that a severity depends on. */
    private record Graded(String flaw, String rating, String source) {}

    private static List<Finding.Place> places(Component component) {
        List<Finding.Place> places = new ArrayList<>(component.locations().size());
        for (Component.Location location : component.locations()) {
            places.add(new Finding.Place(location.path(), location.layer(), location.line()));
        }
        return places;
    }

    private static String unfixed(KnownStatement statement) {
        return switch (statement.status()) {
            case FIXED, UNFIXED, NOT_AFFECTED -> "unfixed";
            case WILL_NOT_FIX -> "will-not-fix";
            case DEFERRED -> "deferred";
            case END_OF_LIFE -> "end-of-life";
            case UNDER_INVESTIGATION -> "under-investigation";
        };
    }

    /** A version without the flaw, and whether only subscribers can have it. */
    private record Fix(String version, boolean isPaid) {}

    /**
     * The lowest version above the installed one that some statement names as a fix, or as not affected, and none of them says is
     * affected.
     */
    private static Optional<Fix> nearestFix(Judgement judgement) {
        Scheme scheme = judgement.component().record().type().scheme();
        Fix best = null;
        VersionKey bestKey = null;
        for (Weighed weighed : judgement.weighed()) {
            boolean isPaid =
                    Authority.isSubscription(weighed.statement().qualifiers().repository());
            for (String fix : offered(weighed)) {
                Optional<VersionKey> key = scheme.key(fix);
                if (key.isPresent()
                        && key.get().compareTo(weighed.question().key()) > 0
                        && (bestKey == null || key.get().compareTo(bestKey) < 0)
                        && !isStillAffected(judgement, key.get())) {
                    best = new Fix(fix, isPaid);
                    bestKey = key.get();
                }
            }
        }
        return Optional.ofNullable(best);
    }

    /** The versions without the flaw that a statement offers; a collection of per-version verdicts lists them one by one. */
    private static List<String> offered(Weighed weighed) {
        if (weighed.answer() == Answer.AFFECTED && weighed.statement().status() == Status.FIXED) {
            return weighed.statement().fixedIn();
        }
        boolean isClearance = weighed.statement().status() == Status.NOT_AFFECTED
                && weighed.statement().ranges().isEmpty()
                && weighed.answer() != Answer.OTHER_VARIANT;
        return isClearance ? weighed.statement().versions() : List.of();
    }

    /** Whether a statement tells versions apart; one that only says "not fixed yet" covers every fix another pocket may have. */
    private static boolean isPrecise(KnownStatement statement) {
        return statement.status() == Status.FIXED || !statement.versions().isEmpty();
    }

    private static boolean isStillAffected(Judgement judgement, VersionKey fix) {
        int rank = judgement
                .decisive()
                .map(weighed -> Authority.rank(weighed.statement()))
                .orElse(0);
        for (Weighed weighed : judgement.weighed()) {
            if (weighed.answer() == Answer.AFFECTED
                    && Authority.rank(weighed.statement()) == rank
                    && isPrecise(weighed.statement())
                    && weighed.statement().covers(fix)) {
                return true;
            }
        }
        return false;
    }

    private static String fix(Component component, String status, Optional<String> fixedIn) {
        if (fixedIn.isEmpty()) {
            return "";
        }
        PackageRecord record = component.record();
        String subscription = status.equals("fixed-by-subscription") ? " (needs the vendor's subscription)" : "";
        return "upgrade " + record.name() + " " + record.version() + " to " + fixedIn.get() + subscription;
    }

    private List<Evidence> evidence(Judgement judgement, Weighed decisive) {
        Component component = judgement.component();
        List<Evidence> chain = new ArrayList<>(seen(component));
        for (Weighed weighed : judgement.weighed()) {
            if (weighed.answer() == Answer.AFFECTED) {
                chain.add(advisory(weighed));
            }
        }
        chain.add(new Evidence(Step.COMPARISON, Reasons.comparison(decisive), ""));
        chain.add(
                new Evidence(Step.DECISION, "not withdrawn, no statement of the vendor or VEX speaks against it", ""));
        return chain;
    }

    /** Where a component was seen and how it was told: the beginning of every chain about it, made once for all its flaws. */
    private List<Evidence> seen(Component component) {
        if (!lastComponent.equals(Optional.of(component))) {
            lastComponent = Optional.of(component);
            lastSeen = seenAnew(component);
        }
        return lastSeen;
    }

    private List<Evidence> seenAnew(Component component) {
        List<Evidence> chain = new ArrayList<>();
        for (Component.Location location : component.locations()) {
            String where = location.layer() < 0 ? "named in a bill of materials" : "lies in " + layer(location.layer());
            chain.add(new Evidence(Step.FILE, where, location.path()));
        }
        chain.add(new Evidence(
                Step.COMPONENT, component(component), component.purl().toString()));
        return chain;
    }

    private String layer(int index) {
        if (index < 0 || index >= layers.size()) {
            return "layer " + (index + 1);
        }
        Layer layer = layers.get(index);
        String digest = layer.diffId().map(id -> " " + id).orElse("");
        String instruction = layer.createdBy().isEmpty() ? "" : ": " + layer.createdBy();
        return "layer " + (index + 1) + " of " + layers.size() + digest + instruction;
    }

    public static String component(Component component) {
        PackageRecord record = component.record();
        String source = record.source()
                .filter(origin -> !origin.name().equals(record.name())
                        || !origin.version().equals(record.version()))
                .map(origin -> ", built from source " + origin.name() + " " + origin.version())
                .orElse("");
        return record.name() + " " + record.version() + source + ", told by " + record.evidence();
    }

    public static Evidence advisory(Weighed weighed) {
        KnownStatement statement = weighed.statement();
        Source source = statement.source();
        return new Evidence(
                Step.ADVISORY,
                statement.advisory() + " for " + statement.packageName() + " in " + statement.namespace() + ": "
                        + Reasons.claim(statement),
                source.name() + " (" + source.date() + ")");
    }
}
