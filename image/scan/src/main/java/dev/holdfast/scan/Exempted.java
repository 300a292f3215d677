package dev.holdfast.scan;

import dev.holdfast.scan.judge.Cleared;
import dev.holdfast.scan.ruling.Notice;
import dev.holdfast.scan.ruling.Ruling;
import dev.holdfast.scan.ruling.SetAside;
import java.util.List;

/**
 * What exemptions and statements did to a scan.
 *
 * @param findings those that do not count, worst first
 * @param notices what is wrong with the exemptions themselves, sorted
 * @param cleared what vendors' statements speak against, sorted as the components are
 */
public record Exempted(List<SetAside> findings, List<Notice> notices, List<Cleared> cleared) {
    public static final Exempted NOTHING = new Exempted(List.of(), List.of(), List.of());

    public Exempted {
        findings = List.copyOf(findings);
        notices = List.copyOf(notices);
        cleared = List.copyOf(cleared);
    }

    /** How many a kind of decision set aside. */
    public long count(Ruling.Kind kind) {
        return findings.stream().filter(each -> each.ruling().kind() == kind).count();
    }
}
