package dev.holdfast.cli.posture;

import dev.holdfast.access.AccessReviewer;
import dev.holdfast.access.rbac.Requester;
import dev.holdfast.cli.command.Command;
import dev.holdfast.cli.command.Console;
import dev.holdfast.cli.command.Options;
import dev.holdfast.cli.given.GivenPath;
import dev.holdfast.core.ExitCode;
import dev.holdfast.core.InputException;
import dev.holdfast.kube.given.LiveObjects;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code holdfast access can SUBJECT [VERB RESOURCE] PATH…}. */
final class AccessCanCommand implements Command {
    @Override
    public String name() {
        return "access can";
    }

    @Override
    public CommandSpec spec() {
        return AccessWords.withGroups(
                        AccessWords.withQuestion(
                                AccessWords.spec(
                                        "Example: holdfast access can sa:shop/web create pods rbac/ -n shop",
                                        "",
                                        "Tells whether somebody can do something, in the words of the API server; without VERB and RESOURCE, all that they hold.",
                                        "A SUBJECT is user:NAME, group:NAME, sa:NAMESPACE/NAME, or a plain user name.",
                                        "Without --namespace the whole cluster is asked about. Exit code: 0 yes, 1 no, 2 could not tell.")))
                .addPositional(Options.word(0, "SUBJECT", "Who is asked about."))
                .addPositional(Options.wordsFrom(
                        1, "WORD", "VERB and RESOURCE, and then files and folders; - reads standard input."));
    }

    @Override
    public ExitCode run(ParseResult words, Console console) throws InputException, IOException {
        List<String> rest = words.matchedPositionalValue(1, List.of());
        boolean isQuestion = !isPath(rest.getFirst());
        if (isQuestion && rest.size() < 3) {
            throw Options.usage(rest.getFirst() + ": no such file or folder, and a question needs VERB RESOURCE PATH");
        }
        List<String> paths = isQuestion ? rest.subList(2, rest.size()) : rest;
        AccessReviewer reviewer = AccessWords.reviewer(AccessWords.cluster(paths, words, console), paths, words);
        Requester requester = AccessWords.requester(words.matchedPositionalValue(0, ""), words);
        return AccessWords.answer(
                isQuestion
                        ? reviewer.can(requester, AccessWords.question(rest.get(0), rest.get(1), words))
                        : reviewer.rights(requester),
                words,
                console);
    }

    /** A verb that is also the name of a file is a file; a path with a slash never is a verb. */
    private static boolean isPath(String word) {
        return word.equals("-") || word.startsWith(LiveObjects.PREFIX) || word.contains("/") || GivenPath.isThere(word);
    }
}
