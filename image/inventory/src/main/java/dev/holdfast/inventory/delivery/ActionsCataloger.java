package dev.holdfast.inventory.delivery;

import dev.holdfast.core.InputException;
import dev.holdfast.inventory.BroughtAlong;
import dev.holdfast.inventory.Confidence;
import dev.holdfast.inventory.FileNames;
import dev.holdfast.inventory.NamedFileCataloger;
import dev.holdfast.inventory.PackageRecord;
import dev.holdfast.inventory.PackageType;
import dev.holdfast.inventory.format.TextLines;
import dev.holdfast.inventory.format.YamlCursor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the actions and reusable workflows that GitHub workflows and composite actions use: the values of {@code uses}, at any depth,
 *
 * <pre>
 *   uses = owner "/" repository [ "/" path ] "@" ( tag | branch | commit ) ;
 * </pre>
 *
 * <p>Those of the own repository ({@code ./…}) and images ({@code docker://…}) are none. A commit is usually followed by a comment with the
 * version that it is, {@code # v4.1.1}, which is then believed, but not surely.
 */
public final class ActionsCataloger implements NamedFileCataloger {
    private static final FileNames FILES = FileNames.of("*.yml", "*.yaml");
    private static final String WORKFLOWS = "/.github/workflows/";
    private static final Pattern USES = Pattern.compile("([\\w.-]+/[\\w.-]+(?:/[\\w./-]+)?)@([\\w./-]+)");
    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}");
    private static final Pattern SAID = Pattern.compile("#\\s*(?:tag=)?(v?\\d+(?:\\.\\d+){0,3}[\\w.-]*)");

    @Override
    public String name() {
        return "github-actions";
    }

    @Override
    public FileNames files() {
        return FILES;
    }

    @Override
    public List<Reads> reads() {
        return List.of(
                new Reads(
                        "GitHub Actions",
                        "`.github/workflows/*.yml`, `action.yml`, and both as `.yaml`",
                        "every action used, with its line, by tag or branch; a commit by the version in the comment behind it"));
    }

    @Override
    public boolean isRecord(String path) {
        int name = path.lastIndexOf('/') + 1;
        boolean isWorkflow = path.startsWith(WORKFLOWS, name - WORKFLOWS.length());
        boolean isAction = path.startsWith("action.y", name);
        return (isWorkflow || isAction) && !BroughtAlong.isInside(path);
    }

    @Override
    public void catalog(RecordFile file, Consumer<PackageRecord> packages) throws InputException, IOException {
        byte[] bytes = file.bytes();
        List<Use> uses = new ArrayList<>();
        walk(YamlCursor.open(bytes, file.limits()), uses);
        TextLines lines = new TextLines(bytes, file.limits());
        for (Use use : uses) {
            while (lines.number() < use.line && lines.advance()) {
                // to the line of the next use: they stand in order
            }
            report(use, lines.number() == use.line ? lines.text() : "", packages);
        }
    }

    private record Use(String text, int line) {}

    private static void walk(YamlCursor cursor, List<Use> uses) throws InputException {
        if (cursor.isMapping()) {
            cursor.enterMapping();
            while (cursor.nextKey()) {
                if (cursor.key().equals("uses")) {
                    int line = cursor.line();
                    cursor.text().ifPresent(text -> uses.add(new Use(text, line)));
                } else {
                    walk(cursor, uses);
                }
            }
        } else if (cursor.enterSequence()) {
            while (cursor.nextItem()) {
                walk(cursor, uses);
            }
        }
    }

    private static void report(Use use, String line, Consumer<PackageRecord> packages) {
        Matcher action = USES.matcher(use.text.strip());
        if (!action.matches() || action.group(1).startsWith(".")) {
            return;
        }
        String version = action.group(2);
        Matcher said = SAID.matcher(line);
        boolean isSaid = COMMIT.matcher(version).matches() && said.find();
        packages.accept(PackageRecord.of(
                        PackageType.GITHUB,
                        action.group(1),
                        isSaid ? said.group(1) : version,
                        isSaid ? Confidence.LOW : Confidence.MEDIUM,
                        isSaid ? "uses: commit " + version.substring(0, 12) : "uses")
                .withLine(use.line));
    }
}
