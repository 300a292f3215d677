package dev.holdfast.manifest.helm.functions;

import dev.holdfast.manifest.template.Budget;
import dev.holdfast.manifest.template.Mark;
import dev.holdfast.manifest.template.Provenance;
import dev.holdfast.manifest.template.Source;
import dev.holdfast.manifest.template.TemplateFault;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Writes a map as YAML where nothing is to be traced. */
public final class PlainYaml {
    private static final Mark NOWHERE = new Mark(new Source("", ""), 0, false, Optional.empty(), Optional.empty());

    private PlainYaml() {}

    public static String write(Map<String, Object> map) throws TemplateFault {
        Budget budget = new Budget(Duration.ofSeconds(5));
        return new YamlText(budget, new Provenance(), _ -> NOWHERE, false).of(map);
    }
}
