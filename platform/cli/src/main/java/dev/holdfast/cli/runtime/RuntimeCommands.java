package dev.holdfast.cli.runtime;

import dev.holdfast.cli.command.Command;
import dev.holdfast.respond.Action;
import java.util.List;

/** The commands about what containers do while they run, and what is done about it. */
public final class RuntimeCommands {
    private RuntimeCommands() {}

    public static List<Command> all() {
        return List.of(
                new WatchCommand(),
                new RulesCheckCommand(),
                new RulesListCommand(),
                new RulesExplainCommand(),
                new RulesTestCommand(),
                new RespondCommand(Action.FREEZE),
                new RespondCommand(Action.KILL),
                new RespondCommand(Action.DISCONNECT),
                new RespondCommand(Action.HOLD),
                new RespondUndoCommand(),
                new RespondListCommand());
    }
}
