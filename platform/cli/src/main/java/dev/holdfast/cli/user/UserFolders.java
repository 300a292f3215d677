package dev.holdfast.cli.user;

import dev.holdfast.cli.command.Console;
import java.nio.file.Path;

/** Our folders at the user's, where the XDG base directory specification puts them. */
public final class UserFolders {
    private UserFolders() {}

    /** What can be found out again: {@code $XDG_CACHE_HOME/holdfast}. */
    public static Path cache(Console console) {
        return folder(console, "XDG_CACHE_HOME", Path.of(".cache"));
    }

    /** What cannot: {@code $XDG_DATA_HOME/holdfast}. */
    static Path data(Console console) {
        return folder(console, "XDG_DATA_HOME", Path.of(".local", "share"));
    }

    private static Path folder(Console console, String variable, Path usual) {
        String named = console.environment().apply(variable);
        if (!named.isEmpty()) {
            return Path.of(named, "holdfast");
        }
        String home = console.environment().apply("HOME");
        return Path.of(home.isEmpty() ? System.getProperty("user.home", ".") : home)
                .resolve(usual)
                .resolve("holdfast");
    }
}
