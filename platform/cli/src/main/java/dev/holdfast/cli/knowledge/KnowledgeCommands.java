package dev.holdfast.cli.knowledge;

import dev.holdfast.cli.command.Command;
import java.util.List;

/** The commands about what answers are based on: advisories, base images, and what is remembered. */
public final class KnowledgeCommands {
    private KnowledgeCommands() {}

    public static List<Command> all() {
        return List.of(
                new DbBuildCommand(),
                new DbUpdateCommand(),
                new DbImportCommand(),
                new DbExportCommand(),
                new DbInfoCommand(),
                new BaseAddCommand(),
                new BaseListCommand(),
                new BaseRemoveCommand(),
                new CacheInfoCommand(),
                new CachePruneCommand(),
                new CacheClearCommand());
    }
}
