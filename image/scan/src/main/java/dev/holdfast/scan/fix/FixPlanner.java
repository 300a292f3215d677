package dev.holdfast.scan.fix;

import dev.holdfast.core.Finding;
import dev.holdfast.core.PackageUrl;
import dev.holdfast.core.Severity;
import dev.holdfast.inventory.Component;
import dev.holdfast.oci.Layer;
import dev.holdfast.scan.FixVersion;
import dev.holdfast.scan.ScanReport;
import dev.holdfast.scan.bases.BaseImage;
import dev.holdfast.scan.fix.FixPlan.Rest;
import dev.holdfast.scan.fix.Step.Kind;
import dev.holdfast.scan.fix.Step.Upgrade;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Plans the removal of a report's findings: another base where that removes more of the base's findings than it brings; the distribution's
 * packages in one step, because one command upgrades them all; each library in one step wherever it lies, to the lowest version that has none
 * of its findings. What one step removes, no later one is asked to.
 */
public final class FixPlanner {
    private final ScanReport report;
    private final Map<PackageUrl, Component> components = new LinkedHashMap<>();

    private FixPlanner(ScanReport report) {
        this.report = report;
        for (Component component : report.contents().components()) {
            components.put(component.purl(), component);
        }
    }

    /** The plan for a report. */
    public static FixPlan plan(ScanReport report) {
        return plan(report, List.of());
    }

    /**
     * The plan for a report, with other bases to build on.
     *
     * @param bases reports of the images that could take the place of the one it is built on; of use only where that one is known
     */
    public static FixPlan plan(ScanReport report, List<ScanReport> bases) {
        return new FixPlanner(report).planOver(bases);
    }

    private FixPlan planOver(List<ScanReport> bases) {
        Optional<BaseExchange> other = BaseExchange.best(report, bases);
        List<Finding> ofDistribution = new ArrayList<>();
        Map<String, List<Finding>> ofLibraries = new TreeMap<>();
        List<Finding> rest = new ArrayList<>();
        for (Finding finding : report.findings()) {
            Optional<Component> component = component(finding);
            if (other.isPresent() && other.get().removed().contains(finding)) {
                continue;
            }
            if (component.isEmpty() || !finding.hasFix()) {
                rest.add(finding);
            } else if (component.get().record().type().isOfDistribution()) {
                ofDistribution.add(finding);
            } else {
                ofLibraries
                        .computeIfAbsent(library(component.get()), _ -> new ArrayList<>())
                        .add(finding);
            }
        }
        List<Step> steps = new ArrayList<>();
        other.ifPresent(base -> steps.add(baseStep(base)));
        if (!ofDistribution.isEmpty()) {
            steps.add(distributionStep(ofDistribution));
        }
        ofLibraries.values().forEach(group -> steps.add(libraryStep(group)));
        steps.sort(FixPlanner::compare);
        int all = report.findings().size();
        return new FixPlan(report.target().given(), all, all - rest.size(), steps, rests(rest));
    }

    private Optional<Component> component(Finding finding) {
        return finding.component().map(components::get);
    }

    /** Libraries of one type and name are upgraded together, whatever versions lie about. */
    private static String library(Component component) {
        return component.record().type().word() + " " + component.record().name();
    }

    private static int compare(Step a, Step b) {
        int order = Integer.compare(b.exploited(), a.exploited());
        order = order != 0 ? order : Integer.compare(b.critical(), a.critical());
        order = order != 0 ? order : Integer.compare(b.findings(), a.findings());
        return order != 0
                ? order
                : a.upgrades()
                        .getFirst()
                        .name()
                        .compareTo(b.upgrades().getFirst().name());
    }

    private Step baseStep(BaseExchange base) {
        String before = report.contents().base().map(BaseImage::name).orElse("");
        List<String> commands = new ArrayList<>(List.of("# in the Dockerfile: FROM " + base.name()));
        if (base.added() > 0) {
            commands.add("# it brings " + base.added() + (base.added() == 1 ? " finding" : " findings")
                    + " that are not here now");
        }
        Upgrade upgrade = new Upgrade(base.name(), before, base.name(), base.isOtherRelease());
        return step(Kind.BASE, List.of(upgrade), List.of(), "", base.removed(), commands);
    }

    private Step distributionStep(List<Finding> findings) {
        Map<String, List<Finding>> byName = new TreeMap<>();
        for (Finding finding : findings) {
            byName.computeIfAbsent(component(finding).orElseThrow().record().name(), _ -> new ArrayList<>())
                    .add(finding);
        }
        List<Upgrade> upgrades = new ArrayList<>();
        byName.values().forEach(group -> upgrades.add(upgrade(group)));
        String distribution = report.contents()
                .support()
                .map(support -> support.distribution().id())
                .orElse("");
        List<String> commands = new ArrayList<>(Commands.forDistribution(
                component(findings.getFirst()).orElseThrow().record().type(), distribution, upgrades));
        long inherited = findings.stream().filter(report::isFromBase).count();
        if (inherited > 0) {
            commands.add("# " + inherited + " of them came with the base "
                    + report.contents().base().map(BaseImage::name).orElse("")
                    + ": building on its newest version may remove them, too");
        }
        return step(Kind.DISTRIBUTION, upgrades, List.of(), "", findings, commands);
    }

    private Step libraryStep(List<Finding> findings) {
        TreeMap<String, Finding.Place> places = new TreeMap<>();
        TreeSet<String> instructions = new TreeSet<>();
        for (Finding finding : findings) {
            for (Finding.Place place : finding.locations()) {
                places.put(place.path() + " " + place.line(), place);
                instructions.add(instruction(place.layer()));
            }
        }
        Component component = component(findings.getFirst()).orElseThrow();
        Upgrade upgrade = upgrade(findings);
        return step(
                Kind.LIBRARY,
                List.of(upgrade),
                List.copyOf(places.values()),
                instructions.size() == 1 ? instructions.first() : "",
                findings,
                component
                        .ownedBy()
                        .map(Commands::forOwned)
                        .orElseGet(() ->
                                Commands.forLibrary(component.record().type(), upgrade, List.copyOf(places.values()))));
    }

    private String instruction(int layer) {
        for (Layer each : report.contents().layers()) {
            if (each.index() == layer) {
                return each.createdBy();
            }
        }
        return "";
    }

    private Upgrade upgrade(List<Finding> findings) {
        Component component = component(findings.getFirst()).orElseThrow();
        String from = component.record().version();
        String to = FixVersion.ofAll(findings, component.record().type().scheme());
        boolean isMajor =
                !component.record().type().isOfDistribution() && !leading(from).equals(leading(to));
        return new Upgrade(component.record().name(), from, to, isMajor);
    }

    /** The digits a version begins with, a {@code v} before them left out. */
    private static String leading(String version) {
        int from = version.startsWith("v") ? 1 : 0;
        int to = from;
        while (to < version.length() && Character.isDigit(version.charAt(to))) {
            to++;
        }
        return version.substring(from, to);
    }

    private static Step step(
            Kind kind,
            List<Upgrade> upgrades,
            List<Finding.Place> places,
            String instruction,
            List<Finding> findings,
            List<String> commands) {
        int critical = 0;
        int exploited = 0;
        for (Finding finding : findings) {
            critical += finding.severity() == Severity.CRITICAL ? 1 : 0;
            exploited += finding.isExploited() ? 1 : 0;
        }
        return new Step(kind, upgrades, places, instruction, findings.size(), critical, exploited, commands);
    }

    private List<Rest> rests(List<Finding> findings) {
        Map<String, List<Finding>> byReason = new TreeMap<>();
        for (Finding finding : findings) {
            byReason.computeIfAbsent(reason(finding), _ -> new ArrayList<>()).add(finding);
        }
        List<Rest> rests = new ArrayList<>();
        byReason.forEach((reason, group) -> {
            TreeSet<String> packages = new TreeSet<>();
            for (Finding finding : group) {
                component(finding)
                        .ifPresent(component -> packages.add(component.record().name()));
            }
            rests.add(new Rest(reason, group.size(), List.copyOf(packages)));
        });
        rests.sort((a, b) -> Integer.compare(b.findings(), a.findings()));
        return rests;
    }

    private static String reason(Finding finding) {
        if (finding.kind() == Finding.Kind.SECRET) {
            return "credentials: take them out, and change them where they are valid";
        }
        return switch (finding.status()) {
            case "will-not-fix" -> "the publisher will not fix it";
            case "deferred" -> "the publisher has put it off";
            case "end-of-life" -> "the release is no longer fixed: move to a supported one";
            case "under-investigation" -> "the publisher has not decided";
            case "fixed-by-subscription" -> "fixed for subscribers only";
            default -> "no fix yet";
        };
    }
}
