package dev.holdfast.rules;

import dev.holdfast.core.Limits;
import dev.holdfast.rules.event.FieldCatalogue;
import dev.holdfast.rules.load.Loading;
import java.util.List;

/** Reads rule files in Falco's language. */
public final class RuleLoader {
    private final FieldCatalogue catalogue;
    private final Limits limits;

    public RuleLoader(Limits limits) {
        this(FieldCatalogue.standard(), limits);
    }

    public RuleLoader(FieldCatalogue catalogue, Limits limits) {
        this.catalogue = catalogue;
        this.limits = limits;
    }

    /**
     * Loads files in their order: later ones may redefine, append to and override what earlier ones define. Nothing is thrown for wrong files;
     * {@link LoadedRules#problems()} tells of them.
     */
    public LoadedRules load(List<RuleFile> files) {
        return Loading.load(files, catalogue, limits);
    }
}
