package dev.holdfast.scan.ruling;

import dev.holdfast.core.Finding;
import dev.holdfast.scan.exemption.Exemptions;
import dev.holdfast.scan.observe.Subject;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Decides for one target which findings do not count, and keeps account of what each exemption and statement did. Suppliers' statements are
 * asked first, then people's own rules: a rule sets aside also what a supplier says is affected, for that is what it is for.
 */
public final class Rulings {
    private final SuppliedVex vex;
    private final IgnoreRules rules;

    public Rulings(Exemptions exemptions, Subject subject, LocalDate asOf) {
        this.vex = new SuppliedVex(exemptions.documents(), subject);
        this.rules = new IgnoreRules(exemptions.rules(), subject, asOf);
    }

    /** Both are asked, so that a rule which a statement makes superfluous is not called unused. */
    public Optional<Ruling> on(Finding finding) {
        Optional<Ruling> byVex = vex.on(finding);
        Optional<Ruling> byRule = rules.on(finding);
        return byVex.or(() -> byRule);
    }

    /** The finding with what suppliers say of it without clearing it. */
    public Finding noted(Finding finding) {
        return vex.noted(finding);
    }

    /** What is wrong with the exemptions, after every finding was asked about. */
    public List<Notice> notices(List<Finding> all) {
        TreeSet<Notice> notices = new TreeSet<>(rules.notices(all));
        notices.addAll(vex.notices(all));
        return new ArrayList<>(notices);
    }
}
