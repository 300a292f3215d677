package dev.holdfast.scan.judge;

import dev.holdfast.advisory.AdvisoryBase;
import dev.holdfast.advisory.KnownAdvisory;
import dev.holdfast.advisory.KnownStatement;
import dev.holdfast.inventory.Component;
import dev.holdfast.scan.question.Questions;
import dev.holdfast.scan.question.Questions.Question;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Language components whose files a distribution package owns. The distribution patches such software under its old version number, so
 * its own statement decides, and the flaw is counted under the distribution package. Where the distribution is silent, silence counts
 * only if its feed also lists what is not fixed; a feed of fixes alone cannot clear anything.
 */
final class Owners {
    private final AdvisoryBase base;
    private final Questions questions;
    private final Map<String, Component> byName = new HashMap<>();

    Owners(AdvisoryBase base, Questions questions, List<Component> components) {
        this.base = base;
        this.questions = questions;
        for (Component component : components) {
            if (component.record().type().isOfDistribution() && component.state() == Component.State.INSTALLED) {
                byName.putIfAbsent(component.record().name(), component);
            }
        }
    }

    /** Why the owner's vendor decides over a language advisory; empty when it does not. */
    Optional<String> vendorDecides(Component component, KnownAdvisory flaw) {
        Optional<Component> owner = component.ownedBy().map(byName::get);
        if (owner.isEmpty()) {
            return Optional.empty();
        }
        for (Question question : questions.about(owner.get()).questions()) {
            for (KnownStatement statement : base.about(question.namespace(), question.packageName())) {
                boolean isFlaw =
                        statement.advisory().equals(flaw.id()) || flaw.aliases().contains(statement.advisory());
                if (isFlaw && Assessor.Variants.speaksOf(statement, question)) {
                    return Optional.of("its files belong to "
                            + owner.get().record().name() + ", and "
                            + statement.source().name() + " speaks of it there: " + Reasons.statement(statement));
                }
            }
            if (base.tellsUnfixed(question.namespace())) {
                return Optional.of(
                        "its files belong to " + owner.get().record().name() + ", and " + question.namespace()
                                + " advisories, which also list what is not fixed, do not name it there");
            }
        }
        return Optional.empty();
    }
}
