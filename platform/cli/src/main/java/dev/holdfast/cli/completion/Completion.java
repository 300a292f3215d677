package dev.holdfast.cli.completion;

import dev.holdfast.cli.command.Command;
import dev.holdfast.cli.command.Options;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The shells' scripts, made of what the commands declare, so that they can never disagree with it. */
final class Completion {
    private static final String LEVELS = "critical high medium low negligible unknown";

    private final Map<String, CommandSpec> specs = new TreeMap<>();

    Completion(List<Command> commands) {
        commands.forEach(command -> specs.put(command.name(), Options.common(command.spec())));
    }

    /** The first words of commands, or the second ones behind a first. */
    private String words(String first) {
        TreeSet<String> words = new TreeSet<>();
        for (String name : specs.keySet()) {
            int space = name.indexOf(' ');
            if (first.isEmpty()) {
                words.add(space < 0 ? name : name.substring(0, space));
            } else if (space > 0 && name.substring(0, space).equals(first)) {
                words.add(name.substring(space + 1));
            }
        }
        return String.join(" ", words);
    }

    private Set<String> groups() {
        TreeSet<String> groups = new TreeSet<>();
        specs.keySet().stream()
                .filter(name -> name.contains(" "))
                .forEach(name -> groups.add(name.substring(0, name.indexOf(' '))));
        return groups;
    }

    private static String options(CommandSpec spec) {
        List<String> names = new ArrayList<>();
        spec.options().forEach(option -> names.add(option.longestName()));
        return String.join(" ", names);
    }

    /** Options whose values are known words, with these; all others take a file's name. */
    private static Map<String, String> values(CommandSpec spec) {
        Map<String, String> values = new LinkedHashMap<>();
        for (OptionSpec option : spec.options()) {
            if (option.paramLabel().equals("LEVEL")) {
                values.put(option.longestName(), LEVELS);
            } else if (option.paramLabel().equals("FORMAT")) {
                values.put(option.longestName(), formats(String.join(" ", option.description())));
            }
        }
        return values;
    }

    /** {@code table (default), json.} names two. */
    private static String formats(String description) {
        List<String> formats = new ArrayList<>();
        for (String part : description.replaceAll("\\([^)]*\\)", "").split(",", -1)) {
            String word = part.strip().split("\\s", 2)[0].replace(".", "");
            if (word.matches("[a-z0-9-]+")) {
                formats.add(word);
            }
        }
        return String.join(" ", formats);
    }

    private static boolean takesValue(OptionSpec option) {
        return option.arity().max() > 0;
    }

    String bash() {
        StringBuilder out = new StringBuilder();
        out.append("# bash completion of holdfast; made by: holdfast completion bash\n_holdfast() {\n")
                .append(
                        "  local current=\"${COMP_WORDS[COMP_CWORD]}\" previous=\"${COMP_WORDS[COMP_CWORD-1]}\" command=\"${COMP_WORDS[1]}\"\n")
                .append("  COMPREPLY=()\n  if [ \"$COMP_CWORD\" -eq 1 ]; then\n    COMPREPLY=($(compgen -W \"")
                .append(words(""))
                .append(" --help --version\" -- \"$current\"))\n    return\n  fi\n  case \"$command\" in\n");
        for (String group : groups()) {
            out.append("    ")
                    .append(group)
                    .append(")\n      if [ \"$COMP_CWORD\" -eq 2 ]; then\n        COMPREPLY=($(compgen -W \"")
                    .append(words(group))
                    .append(
                            "\" -- \"$current\"))\n        return\n      fi\n      command=\"$command ${COMP_WORDS[2]}\"\n      ;;\n");
        }
        out.append("  esac\n  case \"$command $previous\" in\n");
        specs.forEach((name, spec) -> values(spec)
                .forEach((option, values) -> out.append("    \"")
                        .append(name)
                        .append(' ')
                        .append(option)
                        .append("\") COMPREPLY=($(compgen -W \"")
                        .append(values)
                        .append("\" -- \"$current\")); return ;;\n")));
        out.append("  esac\n  if [[ \"$current\" == -* ]]; then\n    case \"$command\" in\n");
        specs.forEach((name, spec) -> out.append("      \"")
                .append(name)
                .append("\") COMPREPLY=($(compgen -W \"")
                .append(options(spec))
                .append("\" -- \"$current\")) ;;\n"));
        out.append("    esac\n    return\n  fi\n  COMPREPLY=($(compgen -f -- \"$current\"))\n}\n")
                .append("complete -o filenames -F _holdfast holdfast\n");
        return out.toString();
    }

    /** zsh runs bash's functions when asked to. */
    String zsh() {
        return "#compdef holdfast\n# zsh completion of holdfast; made by: holdfast completion zsh\n"
                + "autoload -U +X bashcompinit && bashcompinit\n" + bash();
    }

    String fish() {
        StringBuilder out = new StringBuilder("# fish completion of holdfast; made by: holdfast completion fish\n");
        out.append("complete -c holdfast -n __fish_use_subcommand -f -a '")
                .append(words(""))
                .append("'\n");
        for (String group : groups()) {
            out.append("complete -c holdfast -n '__fish_seen_subcommand_from ")
                    .append(group)
                    .append("; and not __fish_seen_subcommand_from ")
                    .append(words(group))
                    .append("' -f -a '")
                    .append(words(group))
                    .append("'\n");
        }
        specs.forEach((name, spec) -> {
            String seen = "__fish_seen_subcommand_from " + name.replace(" ", "; and __fish_seen_subcommand_from ");
            Map<String, String> values = values(spec);
            for (OptionSpec option : spec.options()) {
                String description =
                        String.join(" ", option.description()).replace("\\", "").replace("'", "’");
                out.append("complete -c holdfast -n '")
                        .append(seen)
                        .append("' -l ")
                        .append(option.longestName().substring(2))
                        .append(takesValue(option) ? " -r" : "")
                        .append(
                                values.containsKey(option.longestName())
                                        ? " -f -a '" + values.get(option.longestName()) + "'"
                                        : "")
                        .append(" -d '")
                        .append(description)
                        .append("'\n");
            }
        });
        return out.toString();
    }
}
