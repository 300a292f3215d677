package dev.holdfast.cli.image;

import dev.holdfast.cli.command.Command;
import java.util.List;

/** The commands about what is inside an image, and what of it is known to be vulnerable. */
public final class ImageCommands {
    private ImageCommands() {}

    public static List<Command> all() {
        return List.of(
                new ScanCommand(),
                new ExplainCommand(),
                new FixCommand(),
                new SbomCommand(),
                new CompareCommand(),
                new CoverageCommand());
    }
}
