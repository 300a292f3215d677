package dev.holdfast.advisory.feed.debian;

import dev.holdfast.advisory.fact.Advisory;
import dev.holdfast.advisory.fact.Advisory.Kind;
import dev.holdfast.advisory.fact.FactSink;
import dev.holdfast.advisory.feed.Feed;
import dev.holdfast.advisory.feed.FeedText;
import dev.holdfast.advisory.feed.TextLines;
import dev.holdfast.core.InputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code data/CVE/list} of Debian's security tracker: every CVE and what it means for Debian.
 *
 * <pre>
 * file  = { entry }
 * entry = identifier [ " (" description ")" | " [" description "]" ] LF { body }
 * body  = blanks ( note | "{" { bulletin } "}" | "REJECTED" | "RESERVED" | "NOT-FOR-US:" prose | "NOTE:" prose | "TODO:" prose ) LF
 * </pre>
 *
 * <p>A note ({@link PackageNote}) without a codename is about unstable and holds for every release that has no note of its own:
 * a stable release with an older version is affected, and since a stable release is only ever fixed by a note or bulletin of its own,
 * it is <em>unfixed</em> below that version. {@code <no-dsa>}, {@code <postponed>} and {@code <ignored>} do not say from when on a
 * version is good either: that is unstable's version. An entry with bulletins in braces was fixed in some stable release by them; which,
 * only the bulletins' own list tells, so of stable releases nothing is concluded from unstable. Identifiers still to be assigned
 * ({@code CVE-2023-XXXX}) are named as the tracker itself names them in its JSON: {@code TEMP-}, the first bug's number, and six
 * digits of the description's MD5.
 */
public final class DebianCveList implements Feed {
    private static final Pattern IDENTIFIER = Pattern.compile("CVE-\\d{4}-(?:\\d{4,10}|XXXX)");
    private static final Pattern BUG = Pattern.compile("bug #(\\d{1,7})\\b");

    @Override
    public String name() {
        return "debian-tracker";
    }

    @Override
    public boolean recognises(String path, byte[] head) {
        List<String> lines = FeedText.headText(head).lines().limit(2).toList();
        return lines.size() == 2
                && header(lines.get(0)).isPresent()
                && (lines.get(1).startsWith(" ") || lines.get(1).startsWith("\t"));
    }

    @Override
    public void read(FeedFile file, FactSink facts) throws InputException, IOException {
        TextLines lines = new TextLines(file.bytes(), file.limits());
        Optional<Entry> open = Optional.empty();
        while (lines.advance()) {
            String line = lines.text();
            if (!line.isEmpty() && !Character.isWhitespace(line.charAt(0))) {
                open.ifPresent(entry -> entry.state(facts));
                open = header(line);
                if (open.isEmpty()) {
                    facts.dropped(file.path() + ":" + lines.number(), "not the start of an entry");
                }
            } else if (open.isPresent() && !open.get().take(line.strip())) {
                facts.dropped(file.path() + ":" + lines.number(), "not a line of an entry");
            }
        }
        open.ifPresent(entry -> entry.state(facts));
    }

    private static Optional<Entry> header(String line) {
        int space = line.indexOf(' ');
        String id = space < 0 ? line.strip() : line.substring(0, space);
        if (!IDENTIFIER.matcher(id).matches()) {
            return Optional.empty();
        }
        String description = space < 0 ? "" : line.substring(space).strip();
        boolean bracketed = description.startsWith("(") || description.startsWith("[");
        return description.isEmpty() || bracketed ? Optional.of(new Entry(id, inside(description))) : Optional.empty();
    }

    private static String inside(String brackets) {
        int end = brackets.length() > 1 && (brackets.endsWith(")") || brackets.endsWith("]")) ? 1 : 0;
        return brackets.isEmpty() ? "" : brackets.substring(1, brackets.length() - end);
    }

    /** An entry while its lines are read. */
    private static final class Entry {
        private final String id;
        private final String description;
        private final Map<String, PackageNotes> packages = new LinkedHashMap<>();
        private String bug = "0";
        private boolean bulletins;
        private boolean rejected;

        Entry(String id, String description) {
            this.id = id;
            this.description = description;
        }

        /** Takes a line; false when it makes no sense. */
        boolean take(String line) {
            if (line.startsWith("{")) {
                bulletins = true;
                return true;
            }
            if (line.startsWith("REJECTED")) {
                rejected = true;
                return true;
            }
            if (!line.startsWith("[") && !line.startsWith("- ")) {
                return true;
            }
            Optional<PackageNote> note = PackageNote.parse(line);
            if (note.isEmpty()) {
                return false;
            }
            Matcher number = BUG.matcher(line);
            if (bug.equals("0") && number.find()) {
                bug = number.group(1);
            }
            packages.computeIfAbsent(note.get().packageName(), PackageNotes::new)
                    .add(note.get());
            return true;
        }

        void state(FactSink facts) {
            if (rejected) {
                facts.accept(
                        new Advisory(id, Kind.VULNERABILITY, List.of(), List.of(), "", "", true, List.of(), List.of()));
                return;
            }
            for (PackageNotes notes : packages.values()) {
                notes.state(identifier(), bulletins, facts);
            }
        }

        private String identifier() {
            if (!id.endsWith("XXXX")) {
                return id;
            }
            try {
                byte[] hash = MessageDigest.getInstance("MD5").digest(description.getBytes(StandardCharsets.UTF_8));
                return String.format(
                        Locale.ROOT,
                        "TEMP-%07d-%s",
                        Integer.parseInt(bug),
                        HexFormat.of().withUpperCase().formatHex(hash, 0, 3));
            } catch (NoSuchAlgorithmException impossible) {
                throw new IllegalStateException(impossible); // every Java platform has MD5
            }
        }
    }
}
