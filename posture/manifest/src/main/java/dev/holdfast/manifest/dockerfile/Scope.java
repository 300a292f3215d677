package dev.holdfast.manifest.dockerfile;

import dev.holdfast.manifest.tree.Place;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The variables of a stage: what {@code ARG} and {@code ENV} set, one after another, on top of those of the stage it is based on. {@code ENV}
 * wins over {@code ARG} of the same name. A name that nothing here sets may still come from the base image.
 */
public final class Scope {
    private record Setting(int line, int column, Worth worth) {}

    private final Map<String, List<Setting>> environment = new HashMap<>();
    private final Map<String, List<Setting>> arguments = new HashMap<>();
    private final Optional<Scope> inherited;
    private final Worth otherwise;
    private final int depth;

    /** @param otherwise what a name is worth that nothing sets */
    Scope(Optional<Scope> inherited, Worth otherwise) {
        this.inherited = inherited;
        this.otherwise = otherwise;
        this.depth = inherited.map(scope -> scope.depth + 1).orElse(0);
    }

    /** How many stages this one stands on. */
    int depth() {
        return depth;
    }

    void set(Instruction by, String name, Worth worth) {
        Map<String, List<Setting>> into = by.keyword() == Keyword.ENV ? environment : arguments;
        Place place = by.place();
        into.computeIfAbsent(name, _ -> new ArrayList<>(1)).add(new Setting(place.line(), place.column(), worth));
    }

    /** What the name is worth just before an instruction runs. */
    public Worth worth(String name, Instruction at) {
        return worth(name, at.place().line(), at.place().column());
    }

    private Worth worth(String name, int line, int column) {
        Optional<Worth> set = last(environment, name, line, column).or(() -> last(arguments, name, line, column));
        if (set.isPresent()) {
            return set.get();
        }
        return inherited.map(scope -> scope.worth(name, Integer.MAX_VALUE, 0)).orElse(otherwise);
    }

    private static Optional<Worth> last(Map<String, List<Setting>> settings, String name, int line, int column) {
        List<Setting> all = settings.getOrDefault(name, List.of());
        for (int i = all.size() - 1; i >= 0; i--) {
            Setting one = all.get(i);
            if (one.line() < line || one.line() == line && one.column() < column) {
                return Optional.of(one.worth());
            }
        }
        return Optional.empty();
    }
}
