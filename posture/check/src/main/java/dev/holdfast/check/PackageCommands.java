package dev.holdfast.check;

import dev.holdfast.manifest.shell.ShellCommand;
import java.util.List;
import java.util.Set;

/** What commands of package managers do, told by their words. */
public final class PackageCommands {
    private static final Set<String> APT = Set.of("apt-get", "apt", "aptitude");
    private static final Set<String> DNF = Set.of("yum", "dnf", "dnf5");
    private static final Set<String> OTHERS = Set.of("apk", "zypper", "microdnf", "tdnf", "pacman");

    /** What makes use of an index of packages that was fetched. */
    private static final Set<String> USES_INDEX = Set.of(
            "install",
            "build-dep",
            "upgrade",
            "dist-upgrade",
            "full-upgrade",
            "source",
            "download",
            "satisfy",
            "reinstall");

    private PackageCommands() {}

    public static boolean isApt(ShellCommand command) {
        return APT.contains(command.name());
    }

    /** Whether it is one of the Fedora family's managers that know all of dnf's words. */
    public static boolean isDnf(ShellCommand command) {
        return DNF.contains(command.name());
    }

    /** Whether it is a package manager of a distribution. */
    public static boolean isManager(ShellCommand command) {
        return isApt(command) || isDnf(command) || OTHERS.contains(command.name());
    }

    public static boolean isAptUpdate(ShellCommand command) {
        return isApt(command) && plain(command).contains("update");
    }

    /** Whether it makes use of apt's index. */
    public static boolean usesAptIndex(ShellCommand command) {
        return isApt(command) && plain(command).stream().anyMatch(USES_INDEX::contains);
    }

    /** Whether it installs packages of a distribution. */
    public static boolean isInstall(ShellCommand command) {
        List<String> words = plain(command);
        if (words.isEmpty() || !isManager(command)) {
            return false;
        }
        return switch (command.name()) {
            case "apk" -> words.getFirst().equals("add");
            case "pacman" ->
                command.arguments().stream().anyMatch(word -> word.startsWith("-S") || word.equals("--sync"));
            case "zypper" -> words.contains("install") || words.contains("in");
            default ->
                words.contains("install")
                        || words.contains("groupinstall")
                        || words.contains("localinstall")
                        || words.contains("group") && words.contains("install");
        };
    }

    /** Whether it brings the whole distribution up to date. */
    public static boolean isUpgradeOfAll(ShellCommand command) {
        List<String> words = plain(command);
        return isApt(command)
                        && (words.contains("dist-upgrade")
                                || words.contains("full-upgrade")
                                || words.equals(List.of("upgrade")))
                || isDnf(command)
                        && (words.equals(List.of("update"))
                                || words.equals(List.of("upgrade"))
                                || words.contains("distro-sync"))
                || command.name().equals("apk") && words.equals(List.of("upgrade"))
                || command.name().equals("zypper") && (words.contains("dist-upgrade") || words.contains("dup"));
    }

    private static List<String> plain(ShellCommand command) {
        return command.arguments().stream()
                .filter(word -> !word.startsWith("-"))
                .toList();
    }
}
