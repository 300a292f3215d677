package dev.holdfast.rules.load;

import dev.holdfast.core.Limits;
import dev.holdfast.rules.LoadedRules;
import dev.holdfast.rules.RuleFile;
import dev.holdfast.rules.RuleSet;
import dev.holdfast.rules.event.FieldCatalogue;
import java.util.List;

/** One load of rule files, as named steps. */
public final class Loading {
    private Loading() {}

    /** Reads files in their order, lets later ones change earlier ones, and checks what comes of it. */
    public static LoadedRules load(List<RuleFile> files, FieldCatalogue catalogue, Limits limits) {
        Problems problems = new Problems();
        Collected collected = new Collected(catalogue);
        ItemReader reader = new ItemReader(limits, problems, collected, catalogue.sources());
        for (RuleFile file : files) {
            reader.read(file);
        }
        RuleSet rules = new Compilation(collected, problems, catalogue).compile();
        return new LoadedRules(rules, problems.inOrder(files));
    }
}
