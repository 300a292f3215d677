package dev.holdfast.manifest.dockerfile;

import dev.holdfast.manifest.text.SourceText;
import dev.holdfast.manifest.tree.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Takes one logical line apart: keyword, flags, arguments. */
final class InstructionParser {
    private final SourceText line;
    private final char escape;
    private final List<Problem> problems;
    private final boolean isTrigger;
    private boolean mayHoldHeredoc;

    InstructionParser(SourceText line, char escape, List<Problem> problems) {
        this(line, escape, problems, false);
    }

    private InstructionParser(SourceText line, char escape, List<Problem> problems, boolean isTrigger) {
        this.line = line;
        this.escape = escape;
        this.problems = problems;
        this.isTrigger = isTrigger;
    }

    /** Whether the lines behind may be here-documents of this instruction. */
    boolean mayHoldHeredoc() {
        return mayHoldHeredoc;
    }

    /** The instruction; empty when it is so wrong that it says nothing, which is a problem then. */
    Optional<Instruction> parse() {
        int from = Splits.skipSpace(line, 0);
        int to = Splits.trimEnd(line, from, line.length());
        int end = from;
        while (end < to && !Splits.isSeparator(line.charAt(end))) {
            end++;
        }
        String word = line.toString().substring(from, end);
        Place place = line.place(from, to);
        Optional<Keyword> keyword = Keyword.of(word);
        if (keyword.isEmpty()) {
            Optional<Keyword> meant = Spelling.nearest(word);
            mayHoldHeredoc = meant.map(Keyword::mayHoldHeredoc).orElse(false);
            problems.add(new Problem(line.place(from, end), unknown(word, meant)));
            return Optional.empty();
        }
        return known(keyword.get(), place, Splits.skipSeparators(line, end, to), to);
    }

    private static String unknown(String word, Optional<Keyword> meant) {
        String shown = word.length() > 40 ? word.substring(0, 40) + "…" : word;
        return "there is no instruction " + shown
                + meant.map(like -> "; did you mean " + like + "?").orElse("");
    }

    private Optional<Instruction> known(Keyword keyword, Place place, int from, int to) {
        FlagReader reader = new FlagReader(line, escape);
        int argumentsFrom = Math.min(to, Splits.skipSpace(line, reader.read(from, to)));
        SourceText arguments = line.slice(argumentsFrom, to);
        try {
            if (keyword == Keyword.ONBUILD) {
                return onBuild(place, reader.flags(), arguments);
            }
            Arguments words = Arguments.of(keyword, arguments, escape);
            mayHoldHeredoc = keyword.mayHoldHeredoc() && !words.isExec();
            Instruction read = new Instruction(
                    keyword,
                    place,
                    reader.flags(),
                    arguments,
                    words.words(),
                    words.isExec(),
                    List.of(),
                    Optional.empty());
            Grammar.check(read, isTrigger).ifPresent(wrong -> problems.add(new Problem(place, wrong)));
            return Optional.of(read);
        } catch (Arguments.Refused refused) {
            problems.add(new Problem(place, refused.reason()));
            return Optional.empty();
        }
    }

    private Optional<Instruction> onBuild(Place place, List<Flag> flags, SourceText arguments) {
        if (isTrigger || arguments.isEmpty()) {
            problems.add(new Problem(
                    place, isTrigger ? "ONBUILD may not hold another ONBUILD" : "ONBUILD needs an instruction"));
            return Optional.empty();
        }
        InstructionParser held = new InstructionParser(arguments, escape, problems, true);
        Optional<Instruction> trigger = held.parse();
        mayHoldHeredoc = held.mayHoldHeredoc();
        return trigger.map(inner -> new Instruction(
                Keyword.ONBUILD,
                place,
                flags,
                arguments,
                new ArrayList<>(inner.words()),
                inner.isExec(),
                List.of(),
                trigger));
    }
}
