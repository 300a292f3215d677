package dev.holdfast.cli;

/** Where the program starts. */
public final class Main {
    private Main() {}

    public static void main(String[] words) {
        System.exit(run(words));
    }

    /** One run of the program in this process; answers with the exit code. The training of the start-up cache runs several. */
    public static int run(String... words) {
        return new Program(Console.ofProcess()).run(words);
    }
}
