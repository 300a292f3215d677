package dev.holdfast.check.kubernetes.relation;

import dev.holdfast.check.Findings;
import dev.holdfast.check.Rule;
import java.util.List;

/** A group of questions to a set of objects. */
interface Relation {
    List<Rule> rules();

    /** @param out for whichever file a finding stands in */
    void judge(Given given, Findings out);
}
