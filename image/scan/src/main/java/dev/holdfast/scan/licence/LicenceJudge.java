package dev.holdfast.scan.licence;

import dev.holdfast.core.Evidence;
import dev.holdfast.core.Evidence.Step;
import dev.holdfast.core.Finding;
import dev.holdfast.core.Severity;
import dev.holdfast.inventory.Component;
import dev.holdfast.inventory.PackageRecord;
import dev.holdfast.inventory.PackageRecord.Detail;
import dev.holdfast.inventory.licence.LicenceExpression;
import dev.holdfast.inventory.licence.LicenceWords;
import dev.holdfast.scan.licence.LicencePolicy.Decision;
import dev.holdfast.scan.licence.LicencePolicy.Ruling;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Holds what packages declare against a policy: a finding for each licence of a package that is not allowed. */
public final class LicenceJudge {
    /** The identifier of a finding about a package that declares no licence. */
    public static final String UNDECLARED = "NO-LICENCE";

    private final LicencePolicy policy;

    public LicenceJudge(LicencePolicy policy) {
        this.policy = policy;
    }

    /** @param components with their licences collected */
    public List<Finding> findings(List<Component> components) {
        List<Finding> findings = new ArrayList<>();
        if (policy.equals(LicencePolicy.ALLOW_ALL)) {
            return findings;
        }
        for (Component component : components) {
            boolean isHere = component.state() == Component.State.INSTALLED
                    && component.record().detail(Detail.WITNESS).isEmpty();
            if (isHere) {
                judge(component, findings);
            }
        }
        return findings;
    }

    private void judge(Component component, List<Finding> findings) {
        Optional<LicenceExpression> declared =
                component.record().detail(Detail.SPDX).flatMap(LicenceWords::read);
        if (declared.isEmpty()) {
            if (policy.undeclared() != Decision.ALLOW) {
                findings.add(finding(
                        component,
                        UNDECLARED,
                        policy.undeclared(),
                        "no declared licence was found",
                        "undeclared is " + policy.undeclared().word() + "   " + policy.place()));
            }
            return;
        }
        Set<String> told = new LinkedHashSet<>();
        for (Ruling ruling : policy.on(declared.get())) {
            String id = ruling.licence().toString();
            if (ruling.decision() != Decision.ALLOW && told.add(id)) {
                findings.add(finding(
                        component,
                        id,
                        ruling.decision(),
                        "declares " + component.record().detail(Detail.SPDX).orElse(""),
                        ruling.why()));
            }
        }
    }

    private static Finding finding(Component component, String id, Decision decision, String declares, String why) {
        PackageRecord record = component.record();
        String name = record.name() + " " + record.version();
        List<Evidence> chain = new ArrayList<>();
        component.locations().forEach(place -> chain.add(new Evidence(Step.FILE, "declares " + name, place.path())));
        String words = record.detail(Detail.LICENCE)
                .map(own -> ", in its own words: " + own)
                .orElse("");
        chain.add(
                new Evidence(Step.COMPONENT, declares + words, component.purl().toString()));
        chain.add(new Evidence(Step.DECISION, why, ""));
        List<Finding.Place> places = new ArrayList<>();
        component
                .locations()
                .forEach(place -> places.add(new Finding.Place(place.path(), place.layer(), place.line())));
        return new Finding(
                id,
                Finding.Kind.LICENCE,
                List.of(),
                Optional.of(component.purl()),
                decision == Decision.DENY ? Severity.HIGH : Severity.MEDIUM,
                "licence policy",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                decision == Decision.DENY ? "denied" : "to-review",
                Optional.empty(),
                (decision == Decision.DENY ? "denied: " : "to review: ") + id + " in " + name,
                places,
                "",
                chain);
    }
}
