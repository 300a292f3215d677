package dev.holdfast.manifest.dockerfile;

import dev.holdfast.manifest.tree.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The parser directives at the head of a file. Any other line, even another comment or a blank one, ends them. */
final class Directives {
    private static final Pattern DIRECTIVE = Pattern.compile("#\\s*([a-zA-Z][a-zA-Z0-9]*)\\s*=\\s*(.+?)\\s*");

    private final List<Directive> found = new ArrayList<>();
    private char escape = '\\';
    private boolean isOver;

    List<Directive> found() {
        return found;
    }

    char escape() {
        return escape;
    }

    /** Takes the line at hand from its first visible character on; the answer is what is wrong with it as a directive. */
    Optional<Problem> line(Lines lines, int from) {
        if (isOver) {
            return Optional.empty();
        }
        String text = lines.from(from);
        Matcher match = DIRECTIVE.matcher(text);
        String name = text.startsWith("#") && match.matches() ? match.group(1).toLowerCase(Locale.ROOT) : "";
        if (!name.equals("syntax") && !name.equals("escape") && !name.equals("check")) {
            isOver = true;
            return Optional.empty();
        }
        Place place =
                new Place(lines.number(), from - lines.start() + 1, lines.number(), lines.end() - lines.start() + 1);
        if (found.stream().anyMatch(one -> one.name().equals(name))) {
            return Optional.of(new Problem(place, "the directive " + name + " stands here a second time"));
        }
        Directive directive = new Directive(name, match.group(2), place);
        found.add(directive);
        return name.equals("escape") ? escape(directive) : Optional.empty();
    }

    private Optional<Problem> escape(Directive directive) {
        if (!directive.value().equals("\\") && !directive.value().equals("`")) {
            return Optional.of(
                    new Problem(directive.place(), "the escape character must be \\ or `, not " + directive.value()));
        }
        escape = directive.value().charAt(0);
        return Optional.empty();
    }
}
