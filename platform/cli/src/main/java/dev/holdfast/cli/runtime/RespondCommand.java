package dev.holdfast.cli.runtime;

import dev.holdfast.cli.command.Command;
import dev.holdfast.cli.command.Console;
import dev.holdfast.cli.command.Options;
import dev.holdfast.core.ExitCode;
import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.respond.Action;
import dev.holdfast.respond.Order;
import dev.holdfast.respond.Responder;
import dev.holdfast.respond.group.AlertLines;
import dev.holdfast.sensor.network.AddressPrefix;
import dev.holdfast.sensor.network.NetworkCut;
import dev.holdfast.sensor.network.NetworkCut.Openings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code holdfast respond freeze|kill|disconnect|hold CONTAINER…}. */
final class RespondCommand implements Command {
    private final Action action;

    RespondCommand(Action action) {
        this.action = action;
    }

    @Override
    public String name() {
        return "respond " + action.word();
    }

    private String does() {
        return switch (action) {
            case FREEZE ->
                "Makes all processes of containers stand still, with everything they have, until it is undone.";
            case KILL -> "Ends all processes of containers, whatever they fork meanwhile. Cannot be undone.";
            case DISCONNECT ->
                "Cuts containers off the network, in and out, connections that exist too, until it is undone; also when holdfast ends.";
            case HOLD -> "Lets containers start no further processes and threads, until it is undone.";
        };
    }

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpec.create();
        spec.usageMessage()
                .description(
                        "Example: holdfast respond " + action.word() + " web            what would be done",
                        "         holdfast respond " + action.word() + " web --act      it is done, and written down",
                        "",
                        does(),
                        "It stops what already runs; it prevents nothing.");
        spec.addPositional(Options.optionalWords(
                "CONTAINER", "Names, ids or their beginnings, NAMESPACE/POD, or pid:NUMBER of a process in it."));
        spec.addOption(Options.value(
                        "--alert", "FILE", "The container of an alert: JSON lines of watch; - is standard input."))
                .addOption(Options.value("--reason", "TEXT", "Why, for the journal."))
                .addOption(Options.flag("--unknown", "Also a container that no engine's files describe."));
        if (action == Action.DISCONNECT) {
            spec.addOption(Options.values(
                            "--except", "ADDRESS", "Let this address or prefix through, as 10.0.0.5 or 2001:db8::/32."))
                    .addOption(Options.flag("--keep-loopback", "Let it talk to itself."));
        }
        return Responding.addOptions(spec);
    }

    @Override
    public ExitCode run(ParseResult words, Console console) throws InputException, IOException {
        Order order = new Order(
                action,
                openings(words),
                Responding.person(console, name()),
                Options.text(words, "--reason").orElse(""),
                Options.isSet(words, "--unknown"));
        List<String> names = new ArrayList<>(words.matchedPositionalValue(0, List.<String>of()));
        Optional<String> alerts = Options.text(words, "--alert");
        if (alerts.isPresent()) {
            byte[] lines =
                    alerts.get().equals("-") ? console.in().readAllBytes() : Files.readAllBytes(Path.of(alerts.get()));
            names.add(AlertLines.container(lines, alerts.get(), Limits.DEFAULT));
        }
        if (names.isEmpty()) {
            throw Options.usage("no container is named; a name, an id, pid:NUMBER or --alert FILE does");
        }
        Responder responder = Responding.responder(words);
        Responding.Answers answers = new Responding.Answers(words, console);
        for (String name : names) {
            answers.add(name, () -> responder.respond(order, name));
        }
        return answers.end();
    }

    private Openings openings(ParseResult words) throws InputException {
        if (action != Action.DISCONNECT) {
            return Openings.NONE;
        }
        List<AddressPrefix> exceptions = new ArrayList<>();
        for (String text : Options.texts(words, "--except")) {
            exceptions.add(AddressPrefix.parse(text));
        }
        if (exceptions.size() > NetworkCut.MOST_EXCEPTIONS) {
            throw Options.usage(
                    "--except stands " + exceptions.size() + " times; " + NetworkCut.MOST_EXCEPTIONS + " are the most");
        }
        return new Openings(Options.isSet(words, "--keep-loopback"), exceptions);
    }
}
