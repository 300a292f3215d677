package dev.holdfast.manifest.dockerfile;

import java.util.List;
import java.util.Locale;

/** What reads the text of a shell form. */
public enum ShellKind {
    /** {@code sh}, {@code bash}, {@code dash}, {@code ash}, {@code ksh}, {@code zsh}. */
    POSIX,
    /** Windows' {@code cmd}. */
    CMD,
    POWERSHELL,
    /** Something whose language we do not know. */
    OTHER;

    /** The kind of a {@code SHELL} list. */
    public static ShellKind of(List<String> shell) {
        if (shell.isEmpty()) {
            return OTHER;
        }
        String first = shell.getFirst().replace('\\', '/').toLowerCase(Locale.ROOT);
        String name = first.substring(first.lastIndexOf('/') + 1);
        if (name.equals("env") && shell.size() > 1) {
            return of(shell.subList(1, shell.size()));
        }
        return switch (name.endsWith(".exe") ? name.substring(0, name.length() - 4) : name) {
            case "sh", "bash", "dash", "ash", "ksh", "zsh", "busybox" -> POSIX;
            case "cmd" -> CMD;
            case "powershell", "pwsh" -> POWERSHELL;
            default -> OTHER;
        };
    }
}
