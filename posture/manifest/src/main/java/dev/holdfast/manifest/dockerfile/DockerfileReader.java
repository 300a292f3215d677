package dev.holdfast.manifest.dockerfile;

import dev.holdfast.core.ByteSize;
import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.manifest.text.SourceText;
import dev.holdfast.manifest.tree.Place;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Reads Dockerfiles as BuildKit does:
 *
 * <pre>
 * file         = [ byte-order mark ] { directive } { blank | comment | instruction }
 * directive    = "#" name "=" value            only at the head; name is syntax, escape or check, each at most once
 * comment      = white "#" text                also between the lines of an instruction, and never continued
 * instruction  = line { continued } { heredoc }
 * line         = keyword { "--" flag } arguments
 * continued    = escape { " " | tab } end-of-line, unless another escape stands before it; blank lines in between are skipped
 * heredoc      = lines up to one that is only the word; of ADD, COPY and RUN in shell form, several in the order of their words
 * arguments    = JSON list of strings | shell text
 * </pre>
 *
 * <p>Where BuildKit stops at the first error, this reader notes a {@link Problem} and reads on behind the instruction.
 *
 * <p>Bounds: the file by {@link #MOST_BYTES} and {@link Limits#fileBytes()}, a line by {@link #MOST_LINE_BYTES}.
 */
public final class DockerfileReader {
    /** Ten times the largest honest file that we know of, a generated one. */
    private static final int MOST_BYTES = 4 << 20;

    /** BuildKit refuses a line of this length: the buffer of its scanner. */
    private static final int MOST_LINE_BYTES = 64 << 10;

    /** Behind so many problems the rest is as wrong as the beginning. */
    private static final int MOST_PROBLEMS = 100;

    private final Limits limits;

    public DockerfileReader(Limits limits) {
        this.limits = limits;
    }

    /**
     * Reads a file.
     *
     * @throws InputException when it is too large, or no text at all
     */
    public Dockerfile read(byte[] bytes) throws InputException {
        if (bytes.length >= 2 && (bytes[0] & 0xFF) >= 0xFE && (bytes[1] & 0xFF) >= 0xFE) {
            throw new InputException(
                    InputException.Code.MALFORMED,
                    "this Dockerfile is UTF-16, which no builder reads; save it as UTF-8");
        }
        return read(new String(bytes, StandardCharsets.UTF_8));
    }

    /**
     * Reads a text.
     *
     * @throws InputException when it is too large, or no text at all
     */
    public Dockerfile read(String text) throws InputException {
        long most = Math.min(MOST_BYTES, limits.fileBytes());
        if (text.length() > most) {
            throw new InputException(
                    InputException.Code.LIMIT,
                    "this Dockerfile has " + new ByteSize(text.length()) + "; at most " + new ByteSize(most)
                            + " are read");
        }
        if (text.indexOf('\0') >= 0) {
            throw new InputException(InputException.Code.MALFORMED, "this is not text: it holds bytes of value zero");
        }
        return new Reading(new Lines(text)).all();
    }

    /** One file while it is read. */
    private static final class Reading {
        private final Lines lines;
        private final Directives directives = new Directives();
        private final List<Instruction> instructions = new ArrayList<>();
        private final List<Place> emptyContinuations = new ArrayList<>();
        private final List<Problem> problems = new ArrayList<>();
        private boolean hasBegun;

        private Reading(Lines lines) {
            this.lines = lines;
        }

        private Dockerfile all() {
            while (problems.size() < MOST_PROBLEMS && lines.advance()) {
                SourceText line = logicalLine();
                if (!line.isEmpty()) {
                    instruction(line);
                }
            }
            if (instructions.isEmpty() && problems.isEmpty()) {
                problems.add(new Problem(Place.START, "the file holds no instruction"));
            }
            return new Dockerfile(directives.found(), directives.escape(), instructions, emptyContinuations, problems);
        }

        /** The line at hand with those that continue it; empty for a comment, a directive or a blank line. */
        private SourceText logicalLine() {
            int from = lines.firstVisible();
            directives.line(lines, from).ifPresent(problems::add);
            if (lines.isComment() || lines.isBlank() || isTooLong()) {
                return SourceText.EMPTY;
            }
            SourceText.Builder line = new SourceText.Builder();
            boolean goesOn = piece(line, from);
            while (goesOn && lines.advance()) {
                if (lines.isComment() || isTooLong()) {
                    continue;
                }
                if (lines.isBlank()) {
                    emptyContinuations.add(new Place(lines.number(), 1, lines.number(), 1));
                    continue;
                }
                goesOn = piece(line, lines.start());
            }
            return line.build();
        }

        /** Appends what the line at hand says from there on, and says whether the next one belongs to it. */
        private boolean piece(SourceText.Builder line, int from) {
            int end = continuation(from);
            lines.appendTo(line, from, end < 0 ? lines.end() : end);
            return end >= 0;
        }

        /** Where the escape stands that continues the line; -1 when none does. */
        private int continuation(int from) {
            char escape = directives.escape();
            int last = lines.end() - 1;
            while (last >= from && (lines.at(last) == ' ' || lines.at(last) == '\t')) {
                last--;
            }
            boolean isEscape = last >= from && lines.at(last) == escape;
            return isEscape && (last == from || lines.at(last - 1) != escape) ? last : -1;
        }

        private boolean isTooLong() {
            if (lines.end() - lines.start() < MOST_LINE_BYTES) {
                return false;
            }
            problems.add(new Problem(
                    new Place(lines.number(), 1, lines.number(), 1),
                    "the line is longer than the 65,535 bytes that BuildKit reads"));
            return true;
        }

        private void instruction(SourceText line) {
            InstructionParser parser = new InstructionParser(line, directives.escape(), problems);
            Optional<Instruction> parsed = parser.parse();
            List<Heredoc> heredocs = new ArrayList<>();
            if (parser.mayHoldHeredoc()) {
                Place start = line.place(0, line.length());
                for (Heredoc open : HeredocWords.in(line)) {
                    heredocs.add(body(open, start));
                }
            }
            parsed.map(read -> read.with(heredocs, whole(read.place()))).ifPresent(this::add);
        }

        private Place whole(Place first) {
            int lastLine = lines.number();
            return new Place(first.line(), first.column(), lastLine, lines.end() - lines.start() + 1);
        }

        private void add(Instruction instruction) {
            if (!hasBegun && instruction.keyword() != Keyword.FROM && instruction.keyword() != Keyword.ARG) {
                problems.add(new Problem(
                        instruction.place(), instruction.keyword() + " stands before the first FROM; only ARG may"));
            }
            hasBegun |= instruction.keyword() != Keyword.ARG;
            instructions.add(instruction);
        }

        private Heredoc body(Heredoc open, Place start) {
            SourceText.Builder content = new SourceText.Builder();
            while (lines.advance()) {
                int from = lines.start();
                while (open.isChomped() && from < lines.end() && lines.at(from) == '\t') {
                    from++;
                }
                if (lines.says(from, open.name())) {
                    return new Heredoc(open.name(), open.isExpanded(), open.isChomped(), content.build());
                }
                lines.appendWhole(content, from);
            }
            problems.add(new Problem(
                    start,
                    String.format(Locale.ROOT, "the here-document is not closed: no line says only %s", open.name())));
            return new Heredoc(open.name(), open.isExpanded(), open.isChomped(), content.build());
        }
    }
}
