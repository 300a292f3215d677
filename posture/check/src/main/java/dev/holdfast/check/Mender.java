package dev.holdfast.check;

import dev.holdfast.core.InputException;
import dev.holdfast.manifest.tree.YamlEditor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Writes the repairs of findings into the text of their file, and checks the new text: a change is kept only when what it was to remove is
 * gone, nothing is there that was not there before, and everything can still be read. Changes that do not stand this together are tried one
 * by one.
 */
public final class Mender {
    /** More repairs than this of one file are tried together or not at all. */
    private static final int MOST_ONE_BY_ONE = 60;

    /** What one round brings to light, or could not change at the same place, the next one mends. */
    private static final int MOST_ROUNDS = 4;

    private final Checker checker;

    public Mender(Checker checker) {
        this.checker = checker;
    }

    /**
     * Mends one file.
     *
     * @param request how it was checked
     * @param path the file, as the target names it
     */
    public Optional<Mended> mend(CheckRequest request, String path, String text) throws InputException, IOException {
        String now = text;
        int removed = 0;
        for (int round = 0; round < MOST_ROUNDS; round++) {
            Optional<Mended> next = once(request, path, now);
            if (next.isEmpty()) {
                break;
            }
            now = next.get().after();
            removed += next.get().removed();
        }
        return removed == 0 ? Optional.empty() : Optional.of(new Mended(path, text, now, removed));
    }

    private Optional<Mended> once(CheckRequest request, String path, String text) throws InputException, IOException {
        CheckReport before = checker.check(request.onText(path, text));
        String all = written(text, repairs(before.failures()));
        if (all.equals(text)) {
            return Optional.empty();
        }
        int removed = removed(before, request, path, all);
        if (removed > 0) {
            return Optional.of(new Mended(path, text, all, removed));
        }
        String mended = oneByOne(request, path, text, before.failures().size());
        int left = removed(before, request, path, mended);
        return left > 0 ? Optional.of(new Mended(path, text, mended, left)) : Optional.empty();
    }

    private String oneByOne(CheckRequest request, String path, String text, int most)
            throws InputException, IOException {
        String mended = text;
        int at = 0;
        for (int round = 0; round < Math.min(most, MOST_ONE_BY_ONE); round++) {
            CheckReport now = checker.check(request.onText(path, mended));
            List<Repair> left = repairs(now.failures());
            if (at >= left.size()) {
                return mended;
            }
            String next = written(mended, List.of(left.get(at)));
            boolean isBetter = !next.equals(mended) && removed(now, request, path, next) > 0;
            mended = isBetter ? next : mended;
            at += isBetter ? 0 : 1;
        }
        return mended;
    }

    /** How many findings a new text lacks; 0 when it has one that is new, or cannot be read as well as before. */
    private int removed(CheckReport before, CheckRequest request, String path, String text)
            throws InputException, IOException {
        CheckReport after = checker.check(request.onText(path, text));
        if (after.gaps().size() > before.gaps().size()) {
            return 0;
        }
        Map<String, Integer> known = new HashMap<>();
        before.failures().forEach(failure -> known.merge(key(failure), 1, Integer::sum));
        Set<String> uncovered = covering(before);
        uncovered.removeAll(covering(after));
        for (Result failure : after.failures()) {
            int left = known.merge(key(failure), -1, Integer::sum);
            if (left < 0 && !uncovered.contains(object(failure))) {
                return 0;
            }
        }
        return known.values().stream().mapToInt(left -> Math.max(0, left)).sum();
    }

    /** The objects of which nothing less was told, because they are privileged; it comes to light when they no longer are. */
    private static Set<String> covering(CheckReport report) {
        Set<String> objects = new HashSet<>();
        report.failures().stream()
                .filter(failure -> failure.rule().equals(ContainerRules.PRIVILEGED.id()))
                .forEach(failure -> objects.add(object(failure)));
        return objects;
    }

    /** The same weakness of the same object, though fewer of its containers may have it. */
    private static String key(Result failure) {
        return failure.rule() + " " + object(failure);
    }

    private static String object(Result failure) {
        String subject = failure.subject();
        int comma = subject.indexOf(',');
        return comma < 0 ? subject : subject.substring(0, comma);
    }

    private static List<Repair> repairs(List<Result> failures) {
        List<Repair> repairs = new ArrayList<>();
        failures.forEach(failure -> failure.repair().ifPresent(repairs::add));
        return repairs;
    }

    private static String written(String text, List<Repair> repairs) {
        YamlEditor editor = new YamlEditor(text);
        repairs.forEach(repair -> write(repair, editor));
        return editor.edited();
    }

    private static void write(Repair repair, YamlEditor editor) {
        switch (repair) {
            case Repair.SetValue set -> editor.set(set.parent(), set.keys(), set.value());
            case Repair.RemoveKey removal -> editor.remove(removal.parent(), removal.key());
            case Repair.Replace replacement -> editor.replace(replacement.place(), replacement.text());
            case Repair.InsertLines insertion -> editor.insert(insertion.line(), insertion.lines());
            case Repair.All all -> all.parts().forEach(part -> write(part, editor));
        }
    }
}
