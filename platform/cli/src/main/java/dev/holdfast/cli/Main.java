package dev.holdfast.cli;

import dev.holdfast.cli.command.Console;

/** Where the program starts. */
public final class Main {
    private Main() {}

    public static void main(String[] words) {
        int exit = run(words);
        // Everything is written and closed by now. An orderly exit would start the platform's logging for a line nobody
        // asked for: 8 ms.
        Runtime.getRuntime().halt(exit);
    }

    /** One run of the program in this process; answers with the exit code. The training of the start-up cache runs several. */
    public static int run(String... words) {
        return new Program(Console.ofProcess()).run(words);
    }
}
