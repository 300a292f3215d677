package dev.holdfast.advisory.feed.debian;

import dev.holdfast.advisory.fact.Advisory;
import dev.holdfast.advisory.fact.Advisory.Kind;
import dev.holdfast.advisory.fact.FactSink;
import dev.holdfast.advisory.fact.Statement.Status;
import dev.holdfast.advisory.feed.Feed;
import dev.holdfast.advisory.feed.FeedText;
import dev.holdfast.advisory.feed.Statements;
import dev.holdfast.advisory.feed.TextLines;
import dev.holdfast.core.InputException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Debian's bulletins: {@code data/DSA/list} (security team), {@code data/DLA/list} (long-term support) and {@code data/DTSA/list}
 * (testing, until 2009) of the security tracker's repository.
 *
 * <pre>
 * file     = { bulletin }
 * bulletin = "[" date "] " ( "DSA" | "DLA" | "DTSA" ) "-" number [ "-" revision ] " " title LF { body }
 * body     = blanks ( "{" { identifier } "}" | note | "NOTE:" prose ) LF        ; note: see {@link PackageNote}
 * date     = "29 Mar 2023" | "August 26th, 2005"
 * </pre>
 *
 * <p>Each release's line is stated under every CVE in braces; a bulletin without any is stated under its own identifier. A bulletin
 * that only repairs an earlier one ({@code regression update}) tells of no flaw: it is a notice. A fix is for the release in brackets
 * only: nothing follows for the others.
 */
public final class DebianBulletins implements Feed {
    private static final Pattern HEADER = Pattern.compile("\\[([^]]{4,40})] (D(?:SA|LA|TSA)-\\d+(?:-\\d+)?)\\b(.*)");
    private static final Pattern NUMBER = Pattern.compile("\\d+");
    private static final Pattern MONTH = Pattern.compile("[A-Za-z]{3,}");
    private static final List<String> MONTHS =
            List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");

    @Override
    public String name() {
        return "debian-tracker";
    }

    @Override
    public boolean recognises(String path, byte[] head) {
        return HEADER.matcher(FeedText.headText(head).lines().findFirst().orElse(""))
                .matches();
    }

    @Override
    public void read(FeedFile file, FactSink facts) throws InputException, IOException {
        TextLines lines = new TextLines(file.bytes(), file.limits());
        Optional<Bulletin> open = Optional.empty();
        while (lines.advance()) {
            String line = lines.text();
            if (line.startsWith("[")) {
                open.ifPresent(bulletin -> bulletin.state(facts));
                open = header(line);
                if (open.isEmpty()) {
                    facts.dropped(file.path() + ":" + lines.number(), "not the start of a bulletin");
                }
            } else if (open.isPresent() && !open.get().take(line.strip())) {
                facts.dropped(file.path() + ":" + lines.number(), "not a line of a bulletin");
            }
        }
        open.ifPresent(bulletin -> bulletin.state(facts));
    }

    private static Optional<Bulletin> header(String line) {
        Matcher header = HEADER.matcher(line);
        return header.matches()
                ? Optional.of(new Bulletin(
                        header.group(2), day(header.group(1)), header.group(3).contains("regression")))
                : Optional.empty();
    }

    /** {@code YYYY-MM-DD} of either way of writing a date; empty when it is neither. */
    static String day(String text) {
        int year = 0;
        int day = 0;
        Matcher number = NUMBER.matcher(text);
        while (number.find()) {
            if (number.group().length() == 4) {
                year = Integer.parseInt(number.group());
            } else if (number.group().length() <= 2) {
                day = Integer.parseInt(number.group());
            }
        }
        Matcher word = MONTH.matcher(text);
        int month = word.find() ? MONTHS.indexOf(word.group().substring(0, 3).toLowerCase(Locale.ROOT)) + 1 : 0;
        return year == 0 || month == 0
                ? ""
                : FeedText.day(String.format(Locale.ROOT, "%04d-%02d-%02d", year, month, day));
    }

    /** A bulletin while its lines are read. */
    private static final class Bulletin {
        private final String id;
        private final String day;
        private final boolean repair;
        private final Set<String> flaws = new LinkedHashSet<>();
        private final List<PackageNote> notes = new ArrayList<>();

        Bulletin(String id, String day, boolean repair) {
            this.id = id;
            this.day = day;
            this.repair = repair;
        }

        /** Takes a line; false when it makes no sense. */
        boolean take(String line) {
            if (line.startsWith("{")) {
                String inside = line.substring(1).replace("}", "").strip();
                flaws.addAll(FeedText.identifiers(List.of(inside.split("\\s+")), id));
                return true;
            }
            if (!line.startsWith("[") && !line.startsWith("- ")) {
                return true; // NOTE: and other prose
            }
            Optional<PackageNote> note = PackageNote.parse(line);
            note.ifPresent(notes::add);
            return note.isPresent();
        }

        void state(FactSink facts) {
            Kind kind = repair && flaws.isEmpty() ? Kind.NOTICE : Kind.VULNERABILITY;
            facts.accept(new Advisory(id, kind, List.of(), List.copyOf(flaws), day, "", false, List.of(), List.of()));
            for (PackageNote note : notes) {
                Optional<DebianRelease> release = note.codename().flatMap(DebianRelease::ofCodename);
                if (release.isEmpty()) {
                    facts.dropped(id, "unknown release " + note.codename().orElse("(none)"));
                    continue;
                }
                for (String flaw : flaws.isEmpty() ? Set.of(id) : flaws) {
                    state(flaw, release.get(), note, facts);
                }
            }
        }

        private void state(String flaw, DebianRelease release, PackageNote note, FactSink facts) {
            Statements about = Statements.of(flaw, release.namespace(), note.packageName(), note.urgency());
            if (note.isFixed()) {
                facts.accept(about.fixedIn(note.version()));
                return;
            }
            Optional<Status> status = TrackerState.status(note.state());
            if (status.isPresent()) {
                facts.accept(about.ofEvery(status.get()));
            } else {
                facts.dropped(id, "unknown state <" + note.state() + ">");
            }
        }
    }
}
