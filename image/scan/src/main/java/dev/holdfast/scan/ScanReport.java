package dev.holdfast.scan;

import dev.holdfast.core.Finding;
import dev.holdfast.core.Gap;
import dev.holdfast.inventory.Component;
import dev.holdfast.oci.TargetDescription;
import dev.holdfast.scan.bases.BaseImage;
import dev.holdfast.scan.question.Unmatched;
import dev.holdfast.scan.reach.ReachLook;
import dev.holdfast.scan.routing.OwnersFile;
import dev.holdfast.scan.secret.SecretsLook;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The answer about one target: a function of the target's bytes, the advisory base, the request and this program's version.
 *
 * @param basis what the answer is based on
 * @param target what was scanned
 * @param contents what was found in it
 * @param unmatched packages that were not compared with any advisory, most first
 * @param findings worst first, then by id and component
 * @param hidden how many findings the request's filters left out
 * @param changes what to do about the findings, most effective first
 * @param secrets what the search for secrets looked for; empty when it was not wanted
 * @param gaps what could not be seen, sorted
 * @param verdict the decision
 * @param exempted what exemptions and statements set aside
 * @param reach which applications' code was followed; empty when that was not wanted
 * @param owners who owns which files
 */
public record ScanReport(
        Basis basis,
        TargetDescription target,
        Contents contents,
        List<Unmatched> unmatched,
        List<Finding> findings,
        int hidden,
        List<Change> changes,
        Optional<SecretsLook> secrets,
        List<Gap> gaps,
        Verdict verdict,
        Exempted exempted,
        Optional<ReachLook> reach,
        OwnersFile owners) {
    public ScanReport {
        unmatched = List.copyOf(unmatched);
        findings = List.copyOf(findings);
        changes = List.copyOf(changes);
        gaps = List.copyOf(gaps);
    }

    /** The same report, with what is known of who owns which files. */
    public ScanReport ownedBy(OwnersFile files) {
        return new ScanReport(
                basis, target, contents, unmatched, findings, hidden, changes, secrets, gaps, verdict, exempted, reach,
                files);
    }

    /** How many packages are installed. */
    public long packages() {
        return contents.components().stream()
                .filter(component -> component.state() == Component.State.INSTALLED)
                .count();
    }

    /** Whether anybody is known to own anything in it. */
    public boolean hasOwners() {
        return !owners.isEmpty() || contents.base().flatMap(BaseImage::owner).isPresent();
    }

    /** Who is to deal with a finding: the base's owner when it came with the base, else those of the files where it lies; sorted. */
    public List<String> ownersOf(Finding finding) {
        Optional<String> ofBase = isFromBase(finding) ? contents.base().flatMap(BaseImage::owner) : Optional.empty();
        if (ofBase.isPresent()) {
            return List.of(ofBase.get());
        }
        TreeSet<String> found = new TreeSet<>();
        for (Finding.Place place : finding.locations()) {
            found.addAll(owners.ownersOf(place.path()));
        }
        return List.copyOf(found);
    }

    /** Whether everything that a finding is about came with the base's layers. */
    public boolean isFromBase(Finding finding) {
        Optional<BaseImage> base = contents.base();
        return base.isPresent()
                && !finding.locations().isEmpty()
                && finding.locations().stream()
                        .allMatch(place -> place.layer() >= 0
                                && place.layer() < base.get().layers().size());
    }
}
