package dev.holdfast.check.join;

import dev.holdfast.check.Findings;
import dev.holdfast.check.Rule;
import java.util.List;

/** Looks for what a manifest says that does not go with its image. */
interface Fit {
    List<Rule> rules();

    /** @param out for whichever file a finding stands in */
    void judge(Use use, KnownImage image, Findings out);
}
