package dev.holdfast.cli.completion;

import dev.holdfast.cli.command.Command;
import dev.holdfast.cli.command.Console;
import dev.holdfast.cli.command.Options;
import dev.holdfast.cli.command.Output;
import dev.holdfast.core.ExitCode;
import dev.holdfast.core.InputException;
import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code holdfast completion SHELL}. */
public final class CompletionCommand implements Command {
    private final Supplier<List<Command>> commands;

    /** @param commands all there are, this one included */
    public CompletionCommand(Supplier<List<Command>> commands) {
        this.commands = commands;
    }

    @Override
    public String name() {
        return "completion";
    }

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpec.create();
        spec.usageMessage()
                .description(
                        "Example: holdfast completion bash > /etc/bash_completion.d/holdfast",
                        "",
                        "Writes a script that completes commands, options and their values: for bash as above or by eval in ~/.bashrc,",
                        "for zsh as a file _holdfast in a folder of $fpath, for fish as ~/.config/fish/completions/holdfast.fish.");
        return spec.addPositional(Options.word(0, "SHELL", "bash, zsh or fish."));
    }

    @Override
    public ExitCode run(ParseResult words, Console console) throws InputException, IOException {
        String shell = words.matchedPositionalValue(0, "");
        Completion completion = new Completion(commands.get());
        String script = switch (shell) {
            case "bash" -> completion.bash();
            case "zsh" -> completion.zsh();
            case "fish" -> completion.fish();
            default -> throw Options.usage("\"" + shell + "\" is no shell that is known; bash, zsh and fish are");
        };
        Output.of(words, console).text(script);
        return ExitCode.PASS;
    }
}
