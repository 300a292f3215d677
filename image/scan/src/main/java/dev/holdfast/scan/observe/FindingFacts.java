package dev.holdfast.scan.observe;

import dev.holdfast.core.Evidence;
import dev.holdfast.core.Finding;
import dev.holdfast.core.PackageUrl;
import dev.holdfast.core.Severity;
import dev.holdfast.memory.DamagedFactsException;
import dev.holdfast.memory.FactReader;
import dev.holdfast.memory.FactWriter;
import java.util.List;

/** Findings, field by field; a number with a fraction by its bits. */
final class FindingFacts {
    private static final Finding.Kind[] KINDS = Finding.Kind.values();
    private static final Severity[] SEVERITIES = Severity.values();
    private static final Evidence.Step[] STEPS = Evidence.Step.values();

    private FindingFacts() {}

    static void write(List<Finding> findings, FactWriter facts) {
        facts.list(findings, finding -> {
            facts.text(finding.id()).oneOf(KINDS, finding.kind()).texts(finding.aliases());
            facts.option(finding.component().stream(), purl -> facts.text(purl.toString()));
            facts.oneOf(SEVERITIES, finding.severity()).text(finding.severityFrom());
            facts.option(finding.score().stream(), score -> facts.number(Double.doubleToLongBits(score)));
            facts.option(finding.epss().stream(), epss -> facts.number(Double.doubleToLongBits(epss)));
            facts.option(finding.exploitedSince().stream(), facts::text).text(finding.status());
            facts.option(finding.fixedIn().stream(), facts::text).text(finding.title());
            facts.list(
                    finding.locations(),
                    place -> facts.text(place.path()).number(place.layer()).number(place.line()));
            facts.text(finding.fix());
            facts.list(
                    finding.evidence(),
                    link -> facts.oneOf(STEPS, link.step()).text(link.claim()).text(link.source()));
        });
    }

    static List<Finding> read(FactReader facts) throws DamagedFactsException {
        return facts.list(() -> new Finding(
                facts.text(),
                facts.oneOf(KINDS),
                facts.texts(),
                facts.option(() -> purl(facts.text())),
                facts.oneOf(SEVERITIES),
                facts.text(),
                facts.option(() -> Double.longBitsToDouble(facts.number())),
                facts.option(() -> Double.longBitsToDouble(facts.number())),
                facts.option(facts::text),
                facts.text(),
                facts.option(facts::text),
                facts.text(),
                facts.list(() -> new Finding.Place(facts.text(), facts.integer(), facts.integer())),
                facts.text(),
                facts.list(() -> new Evidence(facts.oneOf(STEPS), facts.text(), facts.text()))));
    }

    private static PackageUrl purl(String text) throws DamagedFactsException {
        return PackageUrl.parse(text).orElseThrow(() -> new DamagedFactsException("no package URL: " + text));
    }
}
