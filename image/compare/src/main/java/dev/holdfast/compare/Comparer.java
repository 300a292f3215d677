package dev.holdfast.compare;

import static java.util.Objects.requireNonNull;

import dev.holdfast.compare.Comparison.Row;
import dev.holdfast.compare.OurPackages.Meant;
import dev.holdfast.core.Digest;
import dev.holdfast.core.Finding;
import dev.holdfast.core.PackageUrl;
import dev.holdfast.core.Severity;
import dev.holdfast.inventory.Component;
import dev.holdfast.scan.Inquiry;
import dev.holdfast.scan.ScanReport;
import dev.holdfast.scan.ruling.SetAside;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Pairs what another tool claims with what we found, and gives each flaw in a package one row with one cause.
 *
 * <p>A claim and a finding are a pair when they share a name of the flaw (its aliases over all sources, theirs and, for a bulletin, the
 * flaws it closes) and mean the same package ({@link OurPackages}). A claim about a source package pairs with the findings of everything
 * that was built from it, unless the tool names those themselves.
 */
public final class Comparer {
    private final Inquiry inquiry;
    private final OurPackages packages;
    private final Map<PackageUrl, Component> components = new HashMap<>();
    private final Map<PackageUrl, List<Finding>> findings = new HashMap<>();
    private final Map<PackageUrl, List<SetAside>> setAside = new HashMap<>();
    private final Silence silence;
    private int ours;

    public Comparer(Inquiry inquiry) {
        this.inquiry = inquiry;
        ScanReport report = inquiry.report();
        packages = new OurPackages(report.contents().components());
        silence = new Silence(inquiry, packages);
        report.contents().components().forEach(component -> components.putIfAbsent(component.purl(), component));
        for (Finding finding : report.findings()) {
            if (isFlaw(finding)
                    && finding.component().map(components::containsKey).orElse(false)) {
                findings.computeIfAbsent(finding.component().get(), first -> new ArrayList<>())
                        .add(finding);
                ours++;
            }
        }
        for (SetAside each : report.exempted().findings()) {
            each.finding()
                    .component()
                    .ifPresent(purl -> setAside.computeIfAbsent(purl, first -> new ArrayList<>())
                            .add(each));
        }
    }

    private static boolean isFlaw(Finding finding) {
        return finding.kind() == Finding.Kind.VULNERABILITY || finding.kind() == Finding.Kind.MALWARE;
    }

    public Comparison compare(TheirReport theirs) {
        Pairing pairing = new Pairing(theirs);
        for (Claim claim : theirs.claims()) {
            pairing.take(claim);
        }
        pairing.addOurs();
        pairing.rows.sort(null);
        long counted = theirs.claims().stream()
                .filter(claim -> claim.ignored().isEmpty())
                .count();
        return new Comparison(
                theirs.file(), theirs.tool(), theirs.subject(), otherImage(theirs), ours, (int) counted, pairing.rows);
    }

    /** Layers tell images apart whatever they are called. */
    private String otherImage(TheirReport theirs) {
        Set<String> own = new HashSet<>();
        inquiry.report()
                .contents()
                .layers()
                .forEach(layer -> layer.diffId().map(Digest::toString).ifPresent(own::add));
        if (own.isEmpty() || theirs.layers().isEmpty()) {
            return "";
        }
        long shared = theirs.layers().stream().filter(own::contains).count();
        if (shared == theirs.layers().size() && shared == own.size()) {
            return "";
        }
        return "it is about another image: " + shared + " of its "
                + theirs.layers().size() + " layers are among the " + own.size() + " here";
    }

    /** Every name under which a claim may be known. */
    private Set<String> names(Claim claim) {
        Set<String> names = new TreeSet<>(claim.aliases());
        names.addAll(inquiry.names(claim.id()));
        names.addAll(inquiry.bundled(claim.id()));
        for (String alias : claim.aliases()) {
            names.addAll(inquiry.names(alias));
        }
        return names;
    }

    private static boolean isNamed(Finding finding, Set<String> names) {
        if (names.contains(finding.id())) {
            return true;
        }
        for (String alias : finding.aliases()) {
            if (names.contains(alias)) {
                return true;
            }
        }
        return false;
    }

    /** The pairing with one report. */
    private final class Pairing {
        private final TheirPackages seen;
        private final List<Row> rows = new ArrayList<>();
        private final Set<Finding> paired = new HashSet<>();
        private final Map<Finding, String> ignored = new HashMap<>();
        private final Map<String, String> counted = new HashMap<>();
        private final Map<String, List<Claim>> bySource = new HashMap<>();

        private Pairing(TheirReport theirs) {
            seen = new TheirPackages(theirs);
        }

        private void take(Claim claim) {
            Set<String> names = names(claim);
            Meant meant = packages.find(claim.about());
            List<Finding> shared = new ArrayList<>();
            for (Component component : meant.components()) {
                for (Finding finding : findings.getOrDefault(component.purl(), List.of())) {
                    if (isNamed(finding, names)) {
                        shared.add(finding);
                    }
                }
            }
            if (claim.ignored().isPresent()) {
                shared.forEach(
                        finding -> ignored.putIfAbsent(finding, claim.ignored().get()));
                return;
            }
            bySource.computeIfAbsent(claim.about().name(), first -> new ArrayList<>())
                    .add(claim);
            if (isRepeated(claim, meant, names)) {
                return;
            }
            if (shared.isEmpty()) {
                rows.add(silence.row(claim, names, meant, aside(meant, names)));
            } else {
                shared.stream().filter(paired::add).forEach(finding -> rows.add(agreed(finding, claim, meant)));
            }
        }

        /** Whether the report has said the same already; then it is a row of that kind. */
        private boolean isRepeated(Claim claim, Meant meant, Set<String> names) {
            String about = meant.hasVersion()
                    ? meant.components().getFirst().purl().toString()
                    : claim.about().name() + " " + claim.about().version() + " "
                            + claim.about().path();
            String before = "";
            for (String name : names) {
                before = before.isEmpty() ? counted.getOrDefault(name + " " + about, "") : before;
            }
            String key = before.isEmpty() ? claim.id() : before;
            names.forEach(name -> counted.putIfAbsent(name + " " + about, key));
            if (before.isEmpty()) {
                return false;
            }
            boolean isSame = before.equals(claim.id());
            String at =
                    claim.about().path().isEmpty() ? "" : " at " + claim.about().path();
            rows.add(new Row(
                    claim.id(),
                    claim.about().name(),
                    claim.about().version(),
                    isSame ? Cause.DUPLICATE : Cause.ALIAS,
                    isSame ? "said before of the same package" + at : "the same flaw as " + before,
                    List.of(),
                    Optional.empty(),
                    claim.severity(),
                    claim.line()));
            return true;
        }

        private Optional<SetAside> aside(Meant meant, Set<String> names) {
            for (Component component : meant.components()) {
                for (SetAside each : setAside.getOrDefault(component.purl(), List.of())) {
                    if (isNamed(each.finding(), names)) {
                        return Optional.of(each);
                    }
                }
            }
            return Optional.empty();
        }

        private Row agreed(Finding finding, Claim claim, Meant meant) {
            Component component = component(finding);
            Cause cause = meant.hasVersion()
                    ? switch (meant.how()) {
                        case BY_NAME -> Cause.AGREED;
                        case BY_SOURCE -> Cause.NAMED_BY_SOURCE;
                        case BY_SPELLING, BY_KIND, NOT_AT_ALL -> Cause.NAMED_OTHERWISE;
                    }
                    : Cause.OTHER_VERSION;
            String reason = switch (cause) {
                case NAMED_BY_SOURCE ->
                    "they name the source package " + claim.about().name();
                case NAMED_OTHERWISE -> "they name it " + claim.about().name();
                case OTHER_VERSION -> "they read " + claim.about().version();
                default -> "";
            };
            return row(finding, component, cause, reason, claim.severity(), claim.line());
        }

        private Row row(
                Finding finding, Component component, Cause cause, String reason, Optional<Severity> theirs, int line) {
            return new Row(
                    finding.id(),
                    component.record().name(),
                    component.record().version(),
                    cause,
                    reason,
                    List.of(),
                    Optional.of(finding.severity()),
                    theirs,
                    line);
        }

        private Component component(Finding finding) {
            return requireNonNull(components.get(finding.component().orElseThrow()), "a finding is of a component");
        }

        /** A row for each finding that no claim was paired with. */
        private void addOurs() {
            findings.forEach((purl, list) -> {
                for (Finding finding : list) {
                    if (!paired.contains(finding)) {
                        rows.add(ofOurs(finding));
                    }
                }
            });
        }

        private Row ofOurs(Finding finding) {
            Component component = component(finding);
            Optional<Claim> source = aboutSource(finding, component);
            if (source.isPresent()) {
                return row(
                        finding,
                        component,
                        Cause.NAMED_BY_SOURCE,
                        "they name the source package " + source.get().about().name(),
                        source.get().severity(),
                        source.get().line());
            }
            String reason = ignored.get(finding);
            if (reason != null) {
                return row(finding, component, Cause.THEY_IGNORE, "they set it aside: " + reason, Optional.empty(), 0);
            }
            TheirPackages.Why why = seen.absent(component, finding.severity(), finding.hasFix());
            return row(finding, component, why.cause(), why.reason(), Optional.empty(), 0);
        }

        /** A claim about the source package, which was paired with a package of the same name. */
        private Optional<Claim> aboutSource(Finding finding, Component component) {
            String source = component.record().source().map(each -> each.name()).orElse("");
            for (Claim claim : bySource.getOrDefault(source, List.of())) {
                boolean isSame = claim.about().type().isEmpty()
                        || claim.about().type().get() == component.record().type();
                if (isSame
                        && OurPackages.hasVersion(
                                component.record(), claim.about().version())
                        && isNamed(finding, names(claim))) {
                    return Optional.of(claim);
                }
            }
            return Optional.empty();
        }
    }
}
