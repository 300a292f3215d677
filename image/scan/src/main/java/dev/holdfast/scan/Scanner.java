package dev.holdfast.scan;

import dev.holdfast.advisory.AdvisoryBase;
import dev.holdfast.core.Finding;
import dev.holdfast.core.Gap;
import dev.holdfast.core.Gaps;
import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.core.Severity;
import dev.holdfast.inventory.Component;
import dev.holdfast.inventory.Inventory;
import dev.holdfast.inventory.InventoryReport;
import dev.holdfast.oci.Target;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Scans a target for known vulnerabilities. The report is a function of its arguments alone. */
public final class Scanner {
    private final AdvisoryBase base;
    private final Limits limits;

    public Scanner(AdvisoryBase base, Limits limits) {
        this.base = base;
        this.limits = limits;
    }

    public ScanReport scan(Target target, ScanRequest request) throws InputException, IOException {
        Gaps gaps = new Gaps();
        InventoryReport inventory = new Inventory(limits).of(target, gaps);
        Optional<Support> support =
                inventory.distribution().map(distribution -> Support.of(distribution, base, request.asOf()));
        Questions questions = new Questions(support);
        Assessor assessor = new Assessor(base, questions, inventory.components());
        List<Finding> all = findings(target, inventory.components(), assessor);
        new Coverage(base, support)
                .report(inventory.components(), questions, assessor.consulted(), request.asOf(), gaps);
        List<Finding> shown =
                all.stream().filter(finding -> passes(finding, request)).toList();
        List<Gap> known = gaps.list();
        return new ScanReport(
                request.asOf(),
                base.digest(),
                base.sources(),
                target.description(),
                target.layers(),
                support,
                inventory.components(),
                shown,
                all.size() - shown.size(),
                Change.of(shown, inventory.components()),
                known,
                Gate.decide(shown, known, request.failOn()));
    }

    /** Explains one identifier for a target: why it is reported, or why not. */
    public Explanation explain(Target target, ExplainRequest request) throws InputException, IOException {
        Gaps gaps = new Gaps();
        InventoryReport inventory = new Inventory(limits).of(target, gaps);
        Optional<Support> support =
                inventory.distribution().map(distribution -> Support.of(distribution, base, request.asOf()));
        return new Explainer(base, target, inventory, support, gaps).explain(request);
    }

    private List<Finding> findings(Target target, List<Component> components, Assessor assessor) {
        Findings findings = new Findings(base, target.layers());
        List<Finding> all = new ArrayList<>();
        for (Component component : components) {
            if (component.state() == Component.State.INSTALLED) {
                for (Judgement judgement : assessor.judge(component)) {
                    if (judgement.isReported()) {
                        all.add(findings.of(judgement));
                    }
                }
            }
        }
        all.sort(Findings.ORDER);
        return all;
    }

    private static boolean passes(Finding finding, ScanRequest request) {
        boolean isBadEnough =
                request.atLeast() == Severity.UNKNOWN || finding.severity().atLeast(request.atLeast());
        return isBadEnough && (!request.onlyFixed() || finding.hasFix());
    }
}
