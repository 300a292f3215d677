package dev.holdfast.advisory.base;

import dev.holdfast.advisory.KnownStatement;
import dev.holdfast.advisory.Source;
import dev.holdfast.advisory.fact.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Turns a base back into the facts it was made of, source by source. Compiling them again gives the same file; leaving a source out gives
 * the file that would have been without it.
 */
public final class Replay {
    private final CompiledBase base;

    public Replay(CompiledBase base) {
        this.base = base;
    }

    /** A compilation of everything but the sources of those names. */
    public Compilation without(Set<String> names) {
        Compilation facts = new Compilation();
        List<Optional<Intake>> intakes = new ArrayList<>();
        for (Source source : base.sources()) {
            boolean wanted = !names.contains(source.name());
            intakes.add(wanted ? Optional.of(facts.open(source.name(), source.date())) : Optional.empty());
        }
        statements(intakes);
        base.identifiers.replay((source, fact) -> intakes.get(source).ifPresent(intake -> intake.accept(fact)));
        base.lesser.replayExploited((source, fact) -> intakes.get(source).ifPresent(intake -> intake.accept(fact)));
        base.lesser.replayScores((source, fact) -> intakes.get(source).ifPresent(intake -> intake.accept(fact)));
        base.lesser.replayLifecycles((source, fact) -> intakes.get(source).ifPresent(intake -> intake.accept(fact)));
        base.claims.replay((source, fact) -> intakes.get(source).ifPresent(intake -> intake.accept(fact)));
        for (int i = 0; i < intakes.size(); i++) {
            if (intakes.get(i).isPresent()) {
                intakes.get(i).get().close();
                facts.carry(base.sources().get(i));
            }
        }
        return facts;
    }

    private void statements(List<Optional<Intake>> intakes) {
        for (int group = 0; group < base.packages.groupCount(); group++) {
            for (KnownStatement known : base.packages.statements(group, base)) {
                Optional<Intake> intake = intakes.get(base.statements.sourceNumber(((CompiledStatement) known).body()));
                if (intake.isPresent()) {
                    intake.get().accept(fact(known));
                }
            }
        }
    }

    private static Statement fact(KnownStatement known) {
        return new Statement(
                known.advisory(),
                known.namespace(),
                known.packageName(),
                known.status(),
                known.ranges(),
                known.versions(),
                known.fixedIn(),
                known.qualifiers(),
                known.rating());
    }
}
