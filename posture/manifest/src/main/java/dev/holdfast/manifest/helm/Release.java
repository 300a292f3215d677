package dev.holdfast.manifest.helm;

import dev.holdfast.core.Gap;
import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.manifest.helm.functions.PlainYaml;
import dev.holdfast.manifest.helm.functions.Versions;
import dev.holdfast.manifest.template.Budget;
import dev.holdfast.manifest.template.Evaluation;
import dev.holdfast.manifest.template.FunctionTable;
import dev.holdfast.manifest.template.Provenance;
import dev.holdfast.manifest.template.Shape;
import dev.holdfast.manifest.template.Source;
import dev.holdfast.manifest.template.TemplateFault;
import dev.holdfast.manifest.template.TemplateSet;
import dev.holdfast.manifest.template.Values;
import dev.holdfast.manifest.template.Written;
import dev.holdfast.manifest.tree.Schema;
import dev.holdfast.manifest.tree.YamlReader;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Renders a chart with one set of values. */
final class Release {
    /** The largest charts known take half a second the first time. */
    private static final Duration TIME = Duration.ofSeconds(20);

    private static final List<String> OLDER = List.of(
            "v1.36.0", "v1.35.0", "v1.34.0", "v1.33.0", "v1.32.0", "v1.31.0", "v1.30.0", "v1.29.0", "v1.28.0",
            "v1.27.0", "v1.26.0", "v1.25.0", "v1.24.0", "v1.23.0", "v1.22.0", "v1.21.0", "v1.20.0", "v1.19.0",
            "v1.18.0", "v1.17.0", "v1.16.0", "v1.15.0", "v1.14.0");

    private final FunctionTable functions;
    private final YamlReader yaml;

    Release(Limits limits, FunctionTable functions) {
        this.functions = functions;
        this.yaml = new YamlReader(Schema.KUBERNETES, limits);
    }

    /**
     * What came of it.
     *
     * @param files what templates became, by their name
     * @param failures why the others did not, by their name
     * @param placeholders functions that were called and whose values are fixed here
     */
    record Outcome(Map<String, RenderedFile> files, Map<String, Gap> failures, List<String> placeholders) {}

    /** A template with what it is run with. */
    private record Template(String name, String path, String text, Map<String, Object> top, String folder) {}

    Outcome of(Chart chart, Map<String, Object> given, GivenValues written, List<Gap> gaps)
            throws InputException, IOException {
        new Requirements(gaps).settle(chart, given);
        Map<String, Object> values = Coalescing.coalesce(chart, given);
        ValueLines lines = lines(chart, written.trees());
        Provenance provenance = new Provenance();
        nameGlobals(values, chart, provenance);
        provenance.name(values, "");
        if (chart.schema.isPresent()) {
            new ValueSchema(chart.schema.get(), chart.folder).check(values, gaps);
        }
        Map<String, Object> top = Values.map();
        top.put("Release", release(written));
        top.put("Capabilities", ClusterShapes.capabilities(kubernetes(chart, gaps)));
        List<Template> templates = new ArrayList<>();
        collect(chart, values, top, templates);
        templates.sort(Comparator.comparingLong(Release::depth)
                .thenComparing(Template::name)
                .reversed());
        return run(templates, lines, provenance);
    }

    private static long depth(Template template) {
        return template.name().chars().filter(c -> c == '/').count();
    }

    private static ValueLines lines(Chart chart, List<GivenValues.Tree> trees) {
        ValueLines lines = new ValueLines();
        for (GivenValues.Tree tree : trees.reversed()) {
            lines.add(tree.root(), "", tree.name());
        }
        lines.add(chart);
        return lines;
    }

    /** The maps under {@code global} are copied down, and are still the ones that are set outside. */
    private static void nameGlobals(Map<String, Object> values, Chart chart, Provenance provenance) {
        Map<String, Object> globals = Coalescing.table(values.get("global"));
        if (globals != null) {
            provenance.name(globals, "global");
        }
        for (Chart inner : chart.dependencies) {
            Map<String, Object> own = Coalescing.table(values.get(inner.name));
            if (own != null) {
                nameGlobals(own, inner, provenance);
            }
        }
    }

    private static Map<String, Object> release(GivenValues given) {
        Map<String, Object> release = Values.map();
        release.put("Name", given.release());
        release.put("Namespace", given.namespace());
        release.put("IsUpgrade", false);
        release.put("IsInstall", true);
        release.put("Revision", 1L);
        release.put("Service", "Helm");
        return release;
    }

    /** The newest cluster that the chart takes. */
    private static String kubernetes(Chart chart, List<Gap> gaps) {
        String wanted = chart.metadata.textAt("kubeVersion").orElse("");
        if (wanted.isBlank()) {
            return KnownApi.NEWEST;
        }
        List<String> known = new ArrayList<>(OLDER);
        known.addFirst(KnownApi.NEWEST);
        for (String version : known) {
            if (meets(wanted, version)) {
                return version;
            }
        }
        gaps.add(new Gap(
                Gap.Code.UNSUPPORTED,
                chart.folder + "Chart.yaml",
                "helm: no known Kubernetes meets kubeVersion " + wanted + "; rendered for " + KnownApi.NEWEST));
        return KnownApi.NEWEST;
    }

    private static boolean meets(String wanted, String version) {
        try {
            Optional<Versions.Version> parsed = Versions.version(version);
            return parsed.isPresent() && Versions.meets(wanted, parsed.get());
        } catch (TemplateFault noConstraint) {
            return false;
        }
    }

    private Map<String, Object> collect(
            Chart chart, Map<String, Object> values, Map<String, Object> top, List<Template> templates) {
        Map<String, Object> own = Values.map();
        own.put("Chart", (Shape) new MetadataShape(chart));
        own.put("Files", new FilesShape(chart.files, PlainYaml::write));
        own.put("Release", top.get("Release"));
        own.put("Capabilities", top.get("Capabilities"));
        own.put("Values", values);
        Map<String, Object> inner = Values.map();
        for (Chart each : chart.dependencies) {
            Map<String, Object> theirs = Coalescing.table(values.get(each.name));
            inner.put(each.name, collect(each, theirs == null ? Values.map() : theirs, top, templates));
        }
        own.put("Subcharts", inner);
        String base = chart.fullPath();
        chart.templates.forEach((path, text) -> {
            String last = path.substring(path.lastIndexOf('/') + 1);
            if (!chart.isLibrary() || last.startsWith("_")) {
                templates.add(new Template(base + "/" + path, chart.folder + path, text, own, base + "/templates"));
            }
        });
        return own;
    }

    private Outcome run(List<Template> templates, ValueLines lines, Provenance provenance) {
        Outcome outcome = new Outcome(new TreeMap<>(), new LinkedHashMap<>(), new ArrayList<>());
        TemplateSet set = new TemplateSet(functions);
        for (Template template : templates) {
            try {
                set.add(template.name(), new Source(template.path(), template.text()));
            } catch (TemplateFault fault) {
                outcome.failures().put(template.name(), gap(template, fault));
            }
        }
        Budget budget = new Budget(TIME);
        for (Template template : templates) {
            String last = template.path().substring(template.path().lastIndexOf('/') + 1);
            if (last.startsWith("_")
                    || last.equals("NOTES.txt")
                    || outcome.failures().containsKey(template.name())) {
                continue;
            }
            template.top().put("Template", template(template));
            try {
                Written written = Evaluation.run(set, template.name(), template.top(), budget, provenance);
                outcome.files().put(template.name(), placed(template, written, lines));
            } catch (TemplateFault fault) {
                outcome.failures().put(template.name(), gap(template, fault));
            } catch (StackOverflowError _) {
                outcome.failures()
                        .put(
                                template.name(),
                                gap(
                                        template,
                                        new TemplateFault(
                                                TemplateFault.Kind.LIMIT, "templates call each other without end")));
            }
        }
        outcome.placeholders().addAll(provenance.placeholders());
        return outcome;
    }

    private static Map<String, Object> template(Template template) {
        Map<String, Object> map = Values.map();
        map.put("Name", template.name());
        map.put("BasePath", template.folder());
        return map;
    }

    private RenderedFile placed(Template template, Written written, ValueLines lines) {
        return Placement.of(template.path(), written, yaml, lines);
    }

    private static Gap gap(Template template, TemplateFault fault) {
        List<TemplateFault.Spot> spots = fault.spots();
        String subject = template.path();
        for (TemplateFault.Spot spot : spots) {
            if (spot.template().equals(template.path())) {
                subject = spot.toString();
            }
        }
        String inner =
                spots.isEmpty() || spots.getFirst().template().equals(template.path()) ? "" : spots.getFirst() + ": ";
        Gap.Code code = switch (fault.kind()) {
            case LIMIT -> Gap.Code.LIMIT;
            case SYNTAX, EXECUTION -> Gap.Code.UNREADABLE;
        };
        return new Gap(code, subject, "helm, not assessed: " + inner + firstLine(fault.problem()));
    }

    private static String firstLine(String problem) {
        return problem.strip().lines().findFirst().orElse("");
    }
}
