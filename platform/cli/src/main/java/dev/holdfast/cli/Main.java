package dev.holdfast.cli;

/** Where the program starts. */
public final class Main {
    private Main() {}

    public static void main(String[] words) {
        System.exit(new Program(Console.ofProcess()).run(words));
    }
}
