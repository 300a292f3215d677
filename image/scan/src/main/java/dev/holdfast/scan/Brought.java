package dev.holdfast.scan;

import dev.holdfast.core.Finding;
import dev.holdfast.core.Gap;
import dev.holdfast.scan.ruling.SetAside;
import java.util.ArrayList;
import java.util.List;

/**
 * What other tools found in a target, to be judged together with what we find.
 *
 * @param findings those that count
 * @param setAside those that the tool itself does not count
 * @param gaps what the tool could not see
 */
public record Brought(List<Finding> findings, List<SetAside> setAside, List<Gap> gaps) {
    public static final Brought NOTHING = new Brought(List.of(), List.of(), List.of());

    public Brought {
        findings = List.copyOf(findings);
        setAside = List.copyOf(setAside);
        gaps = List.copyOf(gaps);
    }

    /** Both together. */
    public Brought and(Brought other) {
        List<Finding> all = new ArrayList<>(findings);
        all.addAll(other.findings);
        List<SetAside> aside = new ArrayList<>(setAside);
        aside.addAll(other.setAside);
        List<Gap> unseen = new ArrayList<>(gaps);
        unseen.addAll(other.gaps);
        return new Brought(all, aside, unseen);
    }
}
