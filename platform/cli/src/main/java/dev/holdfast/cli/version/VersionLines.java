package dev.holdfast.cli.version;

import dev.holdfast.cli.command.Console;
import dev.holdfast.cli.command.Options;
import dev.holdfast.cli.command.Output;
import dev.holdfast.core.ExitCode;
import dev.holdfast.core.InputException;
import dev.holdfast.version.Scheme;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import picocli.CommandLine.ParseResult;

/** Answers questions about versions, one pair from the command line or many from standard input. */
final class VersionLines {
    private VersionLines() {}

    /** The answer to one pair, or why there is none. */
    @FunctionalInterface
    interface Answer {
        String to(String first, String second) throws InputException;
    }

    /** The order of versions that the first word names. */
    static Scheme scheme(ParseResult words) throws InputException {
        String word = words.matchedPositionalValue(0, "");
        Optional<Scheme> scheme = Scheme.ofWord(word);
        if (scheme.isEmpty()) {
            StringBuilder known = new StringBuilder();
            for (Scheme one : Scheme.values()) {
                known.append(known.isEmpty() ? "" : " ").append(one.word());
            }
            throw Options.usage("\"" + word + "\" is no ecosystem; these are: " + known);
        }
        return scheme.get();
    }

    /** Answers the pair that stands on the command line behind the ecosystem, or, where a lone {@code -} does, those of standard input. */
    static ExitCode answer(ParseResult words, Console console, Answer answer) throws InputException, IOException {
        String first = words.matchedPositionalValue(1, "");
        boolean isStream = first.equals("-") && !words.hasMatchedPositional(2);
        ExitCode[] code = {ExitCode.PASS};
        Output.of(words, console).write(out -> {
            PrintStream lines = new PrintStream(out, false, StandardCharsets.UTF_8);
            code[0] = isStream
                    ? stream(console, lines, answer)
                    : pair(console, lines, first, words.matchedPositionalValue(2, ""), answer);
            lines.flush();
        });
        return code[0];
    }

    private static ExitCode pair(Console console, PrintStream out, String first, String second, Answer answer) {
        try {
            out.println(answer.to(first, second));
            return ExitCode.PASS;
        } catch (InputException wrong) {
            console.tell(wrong.getMessage());
            return ExitCode.INPUT;
        }
    }

    /** One answer a line; {@code ?} and a message for a line that has none, and the exit code says so at the end. */
    private static ExitCode stream(Console console, PrintStream out, Answer answer) throws IOException {
        BufferedReader lines = new BufferedReader(new InputStreamReader(console.in(), StandardCharsets.UTF_8));
        ExitCode code = ExitCode.PASS;
        int number = 0;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            number++;
            try {
                int tab = line.indexOf('\t');
                if (tab < 0) {
                    throw new InputException(InputException.Code.MALFORMED, "no tab between two values");
                }
                out.println(answer.to(line.substring(0, tab), line.substring(tab + 1)));
            } catch (InputException wrong) {
                out.println("?");
                console.tell("line " + number + ": " + wrong.getMessage());
                code = ExitCode.INPUT;
            }
        }
        return code;
    }
}
