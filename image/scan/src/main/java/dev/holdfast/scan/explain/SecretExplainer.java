package dev.holdfast.scan.explain;

import dev.holdfast.core.Evidence;
import dev.holdfast.core.Finding;
import dev.holdfast.core.Gaps;
import dev.holdfast.oci.TargetDescription;
import dev.holdfast.scan.explain.Explanation.Case;
import dev.holdfast.scan.explain.Explanation.Line;
import dev.holdfast.scan.secret.SecretsFound;
import dev.holdfast.scan.secret.SecretsLook;
import dev.holdfast.secrets.Secret;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Tells, for one kind of secret, each value that was found with all that speaks for it, and which were passed over as samples. */
public final class SecretExplainer {
    private final TargetDescription target;
    private final SecretsFound secrets;
    private final Gaps gaps;

    public SecretExplainer(TargetDescription target, SecretsFound secrets, Gaps gaps) {
        this.target = target;
        this.secrets = secrets;
        this.gaps = gaps;
    }

    public Explanation explain(ExplainRequest request) {
        List<Case> cases = new ArrayList<>();
        for (Finding finding : secrets.findings()) {
            if (finding.id().equals(request.id()) && isAskedFor(finding, request)) {
                cases.add(reported(finding));
            }
        }
        int reported = cases.size();
        for (Secret sample : secrets.look().map(SecretsLook::samples).orElse(List.of())) {
            if (sample.kind().equals(request.id())) {
                String sentence = "a published sample, and so no secret: " + sample.proof();
                cases.add(new Case(
                        sentence, Optional.empty(), List.of(new Line("where", place(sample.path(), sample.line())))));
            }
        }
        return new Explanation(
                target, request.id(), sentence(request.id(), reported), reported > 0, cases, gaps.list());
    }

    private static boolean isAskedFor(Finding finding, ExplainRequest request) {
        return request.packageName()
                .map(path -> finding.locations().stream()
                        .anyMatch(place -> place.path().startsWith(path)))
                .orElse(true);
    }

    private static String sentence(String id, int reported) {
        return switch (reported) {
            case 0 ->
                id
                        + " is not reported: no value of this kind was found that is not a placeholder, a reference or a sample.";
            case 1 -> id + " is reported: one value was found.";
            default -> id + " is reported: " + reported + " values were found.";
        };
    }

    private static Case reported(Finding finding) {
        List<Line> lines = new ArrayList<>();
        for (int i = 0; i < finding.locations().size(); i++) {
            Finding.Place place = finding.locations().get(i);
            lines.add(new Line(
                    "where",
                    place(place.path(), place.line()) + "   "
                            + finding.evidence().get(i).claim()));
        }
        for (Evidence evidence : finding.evidence()
                .subList(finding.locations().size(), finding.evidence().size())) {
            lines.add(new Line(evidence.step() == Evidence.Step.DECISION ? "because" : "what", evidence.claim()));
        }
        lines.add(new Line("severity", finding.severity().word() + ", by holdfast"));
        lines.add(new Line("fix", finding.fix()));
        return new Case(finding.title() + ": reported", Optional.of(finding.severity()), lines);
    }

    private static String place(String path, int line) {
        return line > 0 ? path + ":" + line : path;
    }
}
