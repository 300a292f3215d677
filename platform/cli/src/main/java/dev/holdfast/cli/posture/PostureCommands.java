package dev.holdfast.cli.posture;

import dev.holdfast.cli.command.Command;
import java.util.List;

/** The commands about how containers and clusters are set up, and who may do what in them. */
public final class PostureCommands {
    private PostureCommands() {}

    public static List<Command> all() {
        return List.of(
                new CheckCommand(),
                new ComplyCommand(),
                new PolicyTestCommand(),
                new PolicyExportCommand(),
                new AccessWhoCanCommand(),
                new AccessCanCommand(),
                new AccessPathsCommand(),
                new AccessUnusedCommand(),
                new ReachMapCommand(),
                new ReachWhyCommand(),
                new ReachDiffCommand());
    }
}
