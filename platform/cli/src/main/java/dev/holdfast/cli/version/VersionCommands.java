package dev.holdfast.cli.version;

import dev.holdfast.cli.command.Command;
import java.util.List;

/** The commands that answer questions about versions. */
public final class VersionCommands {
    private VersionCommands() {}

    public static List<Command> all() {
        return List.of(new VersionCompareCommand(), new VersionInCommand());
    }
}
