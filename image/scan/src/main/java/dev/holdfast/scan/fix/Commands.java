package dev.holdfast.scan.fix;

import dev.holdfast.core.Finding;
import dev.holdfast.inventory.PackageType;
import dev.holdfast.scan.fix.Step.Upgrade;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The commands that take a step, as each package manager has them. Names and versions come out of the image and may be hostile: what is
 * no plain word never reaches a command line.
 */
final class Commands {
    /** What needs no quoting in any shell, and begins no option. */
    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9@][A-Za-z0-9@%_+:,./~^-]{0,200}");

    private static final Pattern FOLDER = Pattern.compile("/[A-Za-z0-9@%_+:,./~^-]{0,200}");

    private Commands() {}

    /** Installs the newest versions of these packages that the release has. */
    static List<String> forDistribution(PackageType type, String distribution, List<Upgrade> upgrades) {
        List<String> names = new ArrayList<>();
        TreeSet<String> odd = new TreeSet<>();
        for (Upgrade upgrade : upgrades) {
            if (WORD.matcher(upgrade.name()).matches()) {
                names.add(upgrade.name());
            } else {
                odd.add(upgrade.name());
            }
        }
        List<String> commands = new ArrayList<>();
        if (!names.isEmpty()) {
            commands.add(upgradeCommand(type, distribution) + " " + String.join(" ", names));
        }
        if (!odd.isEmpty()) {
            commands.add("# left out, their names are no names: " + String.join(", ", odd));
        }
        return commands;
    }

    private static String upgradeCommand(PackageType type, String distribution) {
        return switch (type.word()) {
            case "deb" -> "apt-get update && apt-get install -y --no-install-recommends --only-upgrade";
            case "apk" -> "apk upgrade --no-cache";
            default -> ofRpm(distribution);
        };
    }

    private static String ofRpm(String distribution) {
        return switch (distribution) {
            case "sles", "sled", "suse", "opensuse", "opensuse-leap", "opensuse-tumbleweed" ->
                "zypper --non-interactive update";
            case "photon", "azurelinux", "mariner" -> "tdnf update -y";
            case "centos" -> "yum update -y";
            default -> "dnf upgrade -y";
        };
    }

    /** A library that came with a package of the distribution, which alone may replace it. */
    static List<String> forOwned(String owner) {
        return List.of("# part of the distribution's package "
                + (WORD.matcher(owner).matches() ? owner : "that owns it")
                + ": take its fix when the release has one, else a newer release");
    }

    /** Upgrades a library where it is declared. */
    static List<String> forLibrary(PackageType type, Upgrade upgrade, List<Finding.Place> places) {
        if (!WORD.matcher(upgrade.name()).matches()
                || !WORD.matcher(upgrade.to()).matches()) {
            return List.of("# its name or version is no plain word: upgrade it by hand");
        }
        String name = upgrade.name();
        String to = upgrade.to();
        return switch (type.word()) {
            case "npm" -> npm(name, to, places);
            case "pypi" -> python(name, to, places);
            case "maven" -> maven(name, to);
            case "golang" -> golang(name, to);
            case "gem" -> List.of("bundle update " + name + "    # at least " + to);
            case "cargo" -> List.of("cargo update -p " + name + " --precise " + to);
            case "composer" -> List.of("composer require '" + name + ":>=" + to + "'");
            case "nuget" -> List.of("dotnet add package " + name + " --version " + to);
            case "pub" -> List.of("dart pub upgrade " + name + "    # at least " + to);
            case "hex" -> List.of("mix deps.update " + name + "    # at least " + to);
            default -> List.of("# upgrade " + name + " to " + to + " where it is declared, and build again");
        };
    }

    private static List<String> npm(String name, String to, List<Finding.Place> places) {
        TreeSet<String> commands = new TreeSet<>();
        boolean isTransitive = false;
        for (Finding.Place place : places) {
            switch (fileName(place)) {
                case "yarn.lock" -> commands.add("yarn up " + name + "@" + to);
                case "pnpm-lock.yaml" -> commands.add("pnpm update " + name + "@" + to);
                case "bun.lock" -> commands.add("bun update " + name + "@" + to);
                case "package-lock.json", "npm-shrinkwrap.json" -> commands.add("npm install " + name + "@" + to);
                default ->
                    project(place.path())
                            .ifPresent(
                                    project -> commands.add("npm --prefix " + project + " install " + name + "@" + to));
            }
            isTransitive |= place.path().indexOf("/node_modules/", place.path().indexOf("/node_modules/") + 1) >= 0;
        }
        if (commands.isEmpty()) {
            commands.add("npm install " + name + "@" + to);
        }
        return withOverride(name, to, isTransitive, List.copyOf(commands));
    }

    private static List<String> withOverride(String name, String to, boolean isTransitive, List<String> installs) {
        List<String> commands = new ArrayList<>(installs);
        if (isTransitive) {
            commands.add("# also inside another package; in package.json: \"overrides\": { \"" + name + "\": \"" + to
                    + "\" }");
        }
        return commands;
    }

    /** Where a tool keeps what it resolved, it must resolve again; a file that people write is changed by the patch. */
    private static List<String> python(String name, String to, List<Finding.Place> places) {
        TreeSet<String> commands = new TreeSet<>();
        for (Finding.Place place : places) {
            commands.add(
                    switch (fileName(place)) {
                        case "poetry.lock" -> "poetry add '" + name + ">=" + to + "'";
                        case "uv.lock" -> "uv lock --upgrade-package " + name + "==" + to;
                        case "pdm.lock" -> "pdm update " + name;
                        case "Pipfile.lock" -> "pipenv upgrade '" + name + ">=" + to + "'";
                        default ->
                            fileName(place).endsWith(".txt")
                                    ? "# where it is required: " + name + "==" + to + "    (--format patch writes it)"
                                    : "pip install --upgrade '" + name + ">=" + to + "'";
                    });
        }
        return commands.isEmpty() ? List.of("pip install --upgrade '" + name + ">=" + to + "'") : List.copyOf(commands);
    }

    private static String fileName(Finding.Place place) {
        return place.path().substring(place.path().lastIndexOf('/') + 1);
    }

    private static Optional<String> project(String place) {
        int modules = place.indexOf("/node_modules/");
        return modules > 0 && FOLDER.matcher(place.substring(0, modules)).matches()
                ? Optional.of(place.substring(0, modules))
                : Optional.empty();
    }

    private static List<String> maven(String name, String to) {
        return List.of(
                "mvn versions:use-dep-version -Dincludes=" + name + " -DdepVersion=" + to + " -DforceVersion=true",
                "# when another library brings it: manage " + name + " at " + to + " under <dependencyManagement>");
    }

    private static List<String> golang(String name, String to) {
        return switch (name) {
            case "stdlib", "toolchain" -> List.of("# build the program again with Go " + to + " or newer");
            default ->
                List.of("go get " + name + "@v" + (to.startsWith("v") ? to.substring(1) : to) + " && go mod tidy");
        };
    }
}
