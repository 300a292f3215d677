package dev.holdfast.scan.sarif;

import dev.holdfast.core.Finding;
import dev.holdfast.core.Gap;
import dev.holdfast.core.InputException;
import dev.holdfast.core.json.JsonValue;
import dev.holdfast.core.json.JsonValue.JsonNull;
import dev.holdfast.scan.Brought;
import dev.holdfast.scan.ruling.Ruling;
import dev.holdfast.scan.ruling.SetAside;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One run of a log, whose members may come in any order: results are turned into findings when all of it is known. */
final class SarifRun {
    private final String file;
    private final List<Found> found = new ArrayList<>();
    private final List<JsonValue> artifacts = new ArrayList<>();
    private final List<ToolComponent> extensions = new ArrayList<>();
    private final Map<String, String> overrides = new HashMap<>();
    private final List<Gap> gaps = new ArrayList<>();
    private ToolComponent driver = new ToolComponent("", "", List.of());
    private boolean hasResults;

    SarifRun(String file) {
        this.file = file;
    }

    /** A tool, or an extension of one. */
    record ToolComponent(String name, String version, List<JsonValue> rules, Map<String, JsonValue> byId) {
        ToolComponent(String name, String version, List<JsonValue> rules) {
            this(name, version, rules, new HashMap<>());
            rules.forEach(rule -> byId.putIfAbsent(rule.get("id").text().orElse(""), rule));
        }
    }

    private record Found(JsonValue value, int line) {}

    void driver(ToolComponent tool) {
        driver = tool;
    }

    void extension(ToolComponent tool) {
        extensions.add(tool);
    }

    void artifact(JsonValue artifact) {
        artifacts.add(artifact);
    }

    void hasResults() {
        hasResults = true;
    }

    int results() {
        return found.size();
    }

    void result(JsonValue value, int line) {
        found.add(new Found(value, line));
    }

    void external(JsonValue references) {
        for (JsonValue reference : references.get("results").elements()) {
            String uri = reference.at("location", "uri").text().orElse("another file");
            gaps.add(new Gap(Gap.Code.UNREADABLE, file, "results lie in " + uri + ", which was not read; inline them"));
            hasResults = true;
        }
    }

    /** 3.20.14: a run that failed may have found less than there is. 3.20.5: what a user changed of the rules' levels. */
    void invocation(JsonValue invocation) {
        JsonValue success = invocation.get("executionSuccessful");
        if (!success.isAbsent() && !success.isTrue()) {
            String why = invocation.get("exitCodeDescription").text().orElse("it does not say why");
            gaps.add(new Gap(Gap.Code.UNREADABLE, file, "the scanner says that its run failed: " + why));
        }
        for (JsonValue override : invocation.get("ruleConfigurationOverrides").elements()) {
            String level = override.at("configuration", "level").text().orElse("");
            String id = override.at("descriptor", "id").text().orElse("");
            if (!level.isEmpty() && !id.isEmpty()) {
                overrides.put(id, level);
            }
        }
    }

    Brought brought(int line) throws InputException {
        if (driver.name().isEmpty()) {
            throw SarifReader.wrong(line, "a run without \"tool.driver.name\"");
        }
        if (!hasResults) {
            gaps.add(new Gap(
                    Gap.Code.UNREADABLE, file, "the run of " + driver.name() + " has no results: it did not scan"));
        }
        List<Finding> findings = new ArrayList<>();
        List<SetAside> setAside = new ArrayList<>();
        for (Found each : found) {
            SarifResult result = new SarifResult(each.value(), rule(each.value()), this, each.line());
            Optional<Finding> finding = result.finding();
            if (finding.isEmpty()) {
                continue;
            }
            Optional<String> suppressed = result.suppressed();
            if (suppressed.isPresent()) {
                setAside.add(new SetAside(finding.get(), ruling(suppressed.get(), each.line())));
            } else {
                findings.add(finding.get());
            }
        }
        return new Brought(findings, setAside, gaps);
    }

    private Ruling ruling(String why, int line) {
        return new Ruling(Ruling.Kind.IGNORE, "ignored", why, "", tool(), Optional.empty(), file + ":" + line);
    }

    /** 3.27.7: the rule by its index, by its component, or by the longest beginning of a hierarchical identifier. */
    private JsonValue rule(JsonValue result) {
        JsonValue reference = result.get("rule");
        ToolComponent component = component(reference.get("toolComponent"));
        long index = result.get("ruleIndex")
                .integer()
                .or(() -> reference.get("index").integer())
                .orElse(-1L);
        if (index >= 0 && index < component.rules().size()) {
            return component.rules().get((int) index);
        }
        String id = SarifResult.ruleId(result);
        while (!id.isEmpty()) {
            JsonValue rule = named(component, id);
            if (!rule.isAbsent()) {
                return rule;
            }
            id = id.contains("/") ? id.substring(0, id.lastIndexOf('/')) : "";
        }
        return JsonNull.NULL;
    }

    private JsonValue named(ToolComponent first, String id) {
        JsonValue own = first.byId().getOrDefault(id, JsonNull.NULL);
        if (!own.isAbsent()) {
            return own;
        }
        for (ToolComponent extension : extensions) {
            JsonValue rule = extension.byId().getOrDefault(id, JsonNull.NULL);
            if (!rule.isAbsent()) {
                return rule;
            }
        }
        return JsonNull.NULL;
    }

    private ToolComponent component(JsonValue reference) {
        long index = reference.get("index").integer().orElse(-1L);
        if (index >= 0 && index < extensions.size()) {
            return extensions.get((int) index);
        }
        String name = reference.get("name").text().orElse("");
        for (ToolComponent extension : extensions) {
            if (!name.isEmpty() && extension.name().equals(name)) {
                return extension;
            }
        }
        return driver;
    }

    Optional<String> override(String ruleId) {
        return Optional.ofNullable(overrides.get(ruleId));
    }

    /** 3.4.5: a location may be told by its place in the list of artifacts. */
    String uri(JsonValue location) {
        String uri = location.get("uri").text().orElse("");
        long index = location.get("index").integer().orElse(-1L);
        return uri.isEmpty() && index >= 0 && index < artifacts.size()
                ? artifacts.get((int) index).at("location", "uri").text().orElse("")
                : uri;
    }

    String tool() {
        return driver.version().isEmpty() ? driver.name() : driver.name() + " " + driver.version();
    }

    String file() {
        return file;
    }
}
