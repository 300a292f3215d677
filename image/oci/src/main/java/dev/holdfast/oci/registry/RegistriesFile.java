package dev.holdfast.oci.registry;

import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.core.json.JsonValue;
import dev.holdfast.core.json.JsonValue.JsonBoolean;
import dev.holdfast.core.toml.Toml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a machine says of registries, in version 2 of the format of {@code containers-registries.conf(5)}, as Podman, Buildah and CRI-O read it:
 *
 * <pre>
 *   [[registry]]
 *   prefix = "docker.io/team"        the images that it speaks of: host, or host and the beginning of the repository, or *.domain;
 *                                    the location when absent. The longest that fits counts
 *   location = "mirror.example/hub"  where they are really; the prefix when absent
 *   insecure = true                  without TLS
 *   blocked = true                   not to be had
 *   mirror-by-digest-only = true     mirrors are asked for content by digest only
 *   [[registry.mirror]]              asked before, in this order
 *   location = "…"
 *   insecure = true
 *   pull-from-mirror = "all" | "digest-only" | "tag-only"
 * </pre>
 *
 * Short names ({@code unqualified-search-registries}, {@code aliases}) are left alone: here a name without a host is Docker Hub's.
 */
public final class RegistriesFile {
    private static final long MOST_BYTES = 1 << 20;

    private final List<Rule> rules;

    private RegistriesFile(List<Rule> rules) {
        this.rules = rules;
    }

    /**
     * What it says of some images.
     *
     * @param prefix whose images; empty for no rule at all
     * @param location where they are; empty when it is where their name says
     * @param file where this stands
     * @param line there
     */
    record Rule(
            String prefix,
            String location,
            boolean isPlain,
            boolean isBlocked,
            List<Mirror> mirrors,
            String file,
            int line) {
        static final Rule NONE = new Rule("", "", false, false, List.of(), "", 0);

        Rule {
            mirrors = List.copyOf(mirrors);
        }

        record Mirror(String location, boolean isPlain, RegistrySource.Pull pull) {}

        /** How much of the name the prefix takes; -1 when it does not fit. */
        int matched(String name) {
            if (prefix.startsWith("*.")) {
                int slash = name.indexOf('/');
                String host = slash < 0 ? name : name.substring(0, slash);
                return host.endsWith(prefix.substring(1)) ? host.length() : -1;
            }
            boolean fits = name.startsWith(prefix)
                    && (name.length() == prefix.length() || name.charAt(prefix.length()) == '/');
            return fits ? prefix.length() : -1;
        }
    }

    /** Reads a file and those in the folder of the same name with {@code .d} behind it; later ones count more. Absent ones say nothing. */
    public static List<RegistriesFile> of(Path file) throws InputException, IOException {
        List<Path> paths = new ArrayList<>();
        if (Files.isRegularFile(file)) {
            paths.add(file);
        }
        Path folder = file.resolveSibling(file.getFileName() + ".d");
        if (Files.isDirectory(folder)) {
            try (Stream<Path> more = Files.list(folder)) {
                more.filter(each -> each.toString().endsWith(".conf")).sorted().forEach(paths::add);
            }
        }
        List<RegistriesFile> files = new ArrayList<>();
        for (Path path : paths) {
            files.add(read(path));
        }
        return files;
    }

    private static RegistriesFile read(Path path) throws InputException, IOException {
        if (Files.size(path) > MOST_BYTES) {
            throw new InputException(InputException.Code.LIMIT, path + ": larger than 1 MiB: no configuration");
        }
        try {
            return new RegistriesFile(rules(Toml.parse(Files.readAllBytes(path), Limits.DEFAULT), path.toString()));
        } catch (InputException wrong) {
            throw wrong.in(path.toString());
        }
    }

    private static List<Rule> rules(List<Toml.Table> tables, String file) throws InputException {
        List<Rule> rules = new ArrayList<>();
        for (int i = 0; i < tables.size(); i++) {
            if (tables.get(i).name().equals("registry")) {
                rules.add(rule(tables, i, file));
            }
        }
        return List.copyOf(rules);
    }

    private static Rule rule(List<Toml.Table> tables, int at, String file) throws InputException {
        Toml.Table table = tables.get(at);
        String location = table.text("location");
        String prefix = table.text("prefix").isEmpty() ? location : table.text("prefix");
        if (prefix.isEmpty()) {
            throw new InputException(
                    InputException.Code.MALFORMED,
                    "line " + table.line() + ": [[registry]] needs a prefix or a location");
        }
        RegistrySource.Pull usual =
                isSo(table, "mirror-by-digest-only") ? RegistrySource.Pull.DIGESTS : RegistrySource.Pull.ALL;
        List<Rule.Mirror> mirrors = new ArrayList<>();
        for (int i = at + 1; i < tables.size() && tables.get(i).name().equals("registry.mirror"); i++) {
            Toml.Table mirror = tables.get(i);
            if (mirror.text("location").isEmpty()) {
                throw new InputException(
                        InputException.Code.MALFORMED,
                        "line " + mirror.line() + ": [[registry.mirror]] needs a location");
            }
            mirrors.add(new Rule.Mirror(mirror.text("location"), isSo(mirror, "insecure"), pull(mirror, usual)));
        }
        return new Rule(prefix, location, isSo(table, "insecure"), isSo(table, "blocked"), mirrors, file, table.line());
    }

    private static RegistrySource.Pull pull(Toml.Table mirror, RegistrySource.Pull usual) throws InputException {
        return switch (mirror.text("pull-from-mirror")) {
            case "" -> usual;
            case "all" -> RegistrySource.Pull.ALL;
            case "digest-only" -> RegistrySource.Pull.DIGESTS;
            case "tag-only" -> RegistrySource.Pull.TAGS;
            default ->
                throw new InputException(
                        InputException.Code.MALFORMED,
                        "line " + mirror.line() + ": pull-from-mirror is " + mirror.text("pull-from-mirror")
                                + "; all, digest-only and tag-only are known");
        };
    }

    private static boolean isSo(Toml.Table table, String key) throws InputException {
        JsonValue value = table.values().get(key);
        if (value.isAbsent()) {
            return false;
        }
        if (value instanceof JsonBoolean flag) {
            return flag.value();
        }
        throw new InputException(
                InputException.Code.MALFORMED, "line " + table.line() + ": " + key + " is neither true nor false");
    }

    /** The rule with the longest prefix that fits the name; of equal ones the last. */
    Rule ruleFor(String name) {
        Optional<Rule> longest = Optional.empty();
        for (Rule rule : rules) {
            boolean isLonger = longest.isEmpty()
                    || rule.prefix().length() >= longest.get().prefix().length();
            longest = rule.matched(name) >= 0 && isLonger ? Optional.of(rule) : longest;
        }
        return longest.orElse(Rule.NONE);
    }
}
