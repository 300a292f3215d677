package dev.holdfast.report.coverage;

import dev.holdfast.core.Gap;
import dev.holdfast.core.SafeText;
import dev.holdfast.inventory.ledger.Ledger;
import dev.holdfast.inventory.ledger.Ledger.Account;
import dev.holdfast.inventory.ledger.Ledger.Sum;
import dev.holdfast.inventory.ledger.Ledger.Unexplained;
import dev.holdfast.inventory.ledger.Nature;
import dev.holdfast.inventory.ledger.Standing;
import dev.holdfast.report.form.Columns;
import dev.holdfast.report.form.Ink;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A ledger for people: the sentence, the accounts, and what nobody explains. */
public final class TerminalCoverage {
    private static final int SHOWN = 10;

    private final Ledger ledger;
    private final Ink ink;
    private final StringBuilder out = new StringBuilder(2_048);

    private TerminalCoverage(Ledger ledger, Ink ink) {
        this.ledger = ledger;
        this.ink = ink;
    }

    /** @param showsAll every unexplained file */
    public static String render(Ledger ledger, List<Gap> gaps, Ink ink, boolean showsAll) {
        TerminalCoverage view = new TerminalCoverage(ledger, ink);
        view.sentence();
        view.accounts();
        view.unexplained(showsAll);
        view.gaps(gaps);
        return view.out.toString();
    }

    private void sentence() {
        long unexplained = ledger.account(Standing.UNEXPLAINED).bytes();
        double share = ledger.bytes() == 0 ? 100 : 100.0 * (ledger.bytes() - unexplained) / ledger.bytes();
        long programs =
                ledger.unexplained().stream().filter(Unexplained::matters).count();
        out.append(ink.bold(SafeText.of(ledger.target().given())))
                .append("  ")
                .append(size(ledger.bytes()))
                .append(" in ")
                .append(Columns.count(ledger.files(), "file"))
                .append(String.format(Locale.ROOT, ": %.1f %% explained, ", share))
                .append(
                        programs == 0
                                ? "nothing that runs is of unknown origin.\n\n"
                                : Columns.count(programs, "file") + " of unknown origin may run.\n\n");
    }

    private void accounts() {
        for (Account account : ledger.accounts()) {
            String what = switch (account.standing()) {
                case OWNED -> "owned by " + Columns.count(account.owners(), "package");
                case IDENTIFIED -> "in " + Columns.count(account.owners(), "component");
                case INERT -> "examined and inert";
                case UNEXPLAINED -> "unexplained";
            };
            out.append("  ")
                    .append(Columns.left(what, 26))
                    .append(Columns.right(size(account.bytes()), 10))
                    .append(Columns.right(String.format(Locale.ROOT, "%,d", account.files()), 10))
                    .append(account.files() == 1 ? " file   " : " files  ")
                    .append(ink.dim(Columns.cut(natures(account), 46)))
                    .append('\n');
        }
    }

    private static String natures(Account account) {
        List<Map.Entry<Nature, Sum>> entries = new ArrayList<>(account.natures().entrySet());
        entries.sort((a, b) -> Long.compare(b.getValue().bytes(), a.getValue().bytes()));
        List<String> words = new ArrayList<>();
        for (Map.Entry<Nature, Sum> entry : entries) {
            words.add(entry.getKey().word().replace('-', ' ') + " "
                    + size(entry.getValue().bytes()));
        }
        return String.join(", ", words);
    }

    private void unexplained(boolean showsAll) {
        List<Unexplained> files = ledger.unexplained();
        if (files.isEmpty()) {
            return;
        }
        int shown = showsAll ? files.size() : Math.min(SHOWN, files.size());
        out.append("\n  ").append(ink.bold("of unknown origin")).append('\n');
        for (Unexplained file : files.subList(0, shown)) {
            String nature = Columns.left(file.nature().word(), 10);
            out.append(Columns.right(size(file.bytes()), 12))
                    .append("  ")
                    .append(file.matters() ? ink.warn(nature) : ink.dim(nature))
                    .append("  ")
                    .append(Columns.middle(file.path(), 74))
                    .append('\n');
        }
        if (shown < files.size()) {
            out.append(" ".repeat(14))
                    .append(ink.dim("and " + (files.size() - shown) + " more (--all)"))
                    .append('\n');
        }
    }

    private void gaps(List<Gap> gaps) {
        if (!gaps.isEmpty()) {
            out.append("\n  ").append(ink.warn("could not see " + gaps.size())).append('\n');
        }
        for (Gap gap : gaps) {
            for (String line : Columns.wrap(gap.subject() + ": " + gap.detail(), Columns.WIDTH - 8)) {
                out.append("      ").append(line).append('\n');
            }
        }
    }

    /** Bytes in the unit that leaves one to three digits before the point. */
    private static String size(long bytes) {
        if (bytes < 1_000) {
            return bytes + " B";
        }
        double value = bytes;
        String unit = "";
        for (String each : List.of("kB", "MB", "GB", "TB")) {
            value /= 1_000;
            unit = each;
            if (value < 999.95) {
                break;
            }
        }
        return String.format(Locale.ROOT, "%.1f %s", value, unit);
    }
}
