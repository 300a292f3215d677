package dev.holdfast.report.fix;

import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.core.text.UnifiedDiff;
import dev.holdfast.manifest.dockerfile.Dockerfile;
import dev.holdfast.manifest.dockerfile.DockerfileReader;
import dev.holdfast.manifest.dockerfile.Foundation;
import dev.holdfast.manifest.dockerfile.Keyword;
import dev.holdfast.manifest.dockerfile.Stage;
import dev.holdfast.manifest.dockerfile.Stages;
import dev.holdfast.manifest.dockerfile.Word;
import dev.holdfast.scan.fix.FixPlan;
import dev.holdfast.scan.fix.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Writes the steps for the base and for the distribution's packages into a Dockerfile, as a unified diff for {@code patch -p0} or {@code git
 * apply -p0}: another image in the {@code FROM} that the last stage goes back to, and one {@code RUN} after the last {@code FROM}, so that what
 * the stage installs later starts from fixed packages. A {@code FROM} whose image is made up of arguments is left as it is.
 */
public final class DockerfilePatch {
    /** What may stand in a {@code FROM} as it is. */
    private static final Pattern IMAGE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._/:@-]{0,300}");

    private final Stages stages;
    private final Stage last;
    private final UnifiedDiff diff;

    private DockerfilePatch(Stages stages, Stage last, UnifiedDiff diff) {
        this.stages = stages;
        this.last = last;
        this.diff = diff;
    }

    /**
     * The diff.
     *
     * @param name the file's name, for the diff's head
     * @param text its content
     * @param user whom the image runs as; empty: root. When the last stage does not say so itself, its base does
     * @return empty when there is nothing to change
     * @throws InputException when it has no {@code FROM}
     */
    public static String of(String name, String text, FixPlan plan, String user) throws InputException {
        Stages stages = Stages.of(read(name, text));
        if (stages.last().isEmpty()) {
            throw new InputException(InputException.Code.MALFORMED, name + ": no Dockerfile: it has no FROM");
        }
        DockerfilePatch patch = new DockerfilePatch(stages, stages.last().get(), new UnifiedDiff(name, text));
        for (Step step : plan.steps()) {
            switch (step.kind()) {
                case BASE -> patch.changeBase(step.upgrades().getFirst().to());
                case DISTRIBUTION -> patch.upgrade(step.commands().getFirst(), user);
                case LIBRARY -> {} // belongs to what is copied in
            }
        }
        return patch.diff.toString();
    }

    private static Dockerfile read(String name, String text) throws InputException {
        try {
            return new DockerfileReader(Limits.DEFAULT).read(text);
        } catch (InputException wrong) {
            throw new InputException(wrong.code(), name + ": " + wrong.getMessage(), wrong);
        }
    }

    /** Puts another image in the place of the one that the last stage begins with, over stages that begin with other stages. */
    private void changeBase(String image) {
        Stage first = stages.chain(last).getFirst();
        if (!(first.base() instanceof Foundation.Image) || !IMAGE.matcher(image).matches()) {
            return;
        }
        Word written = first.from().words().getFirst();
        int index = written.place().line() - 1;
        String line = diff.lines().get(index);
        int start = offset(line, written.place().column());
        boolean isWhole = line.startsWith(written.text(), start); // the rest of it could stand on a line of its own
        if (isWhole && written.text().indexOf('$') < 0) {
            String rest = line.substring(start + written.text().length()).stripTrailing();
            diff.replace(index, 1, List.of(line.substring(0, start) + image + rest));
        }
    }

    /** Where a column is, which counts characters from 1 and no byte-order mark. */
    private static int offset(String line, int column) {
        int start = line.startsWith("\uFEFF") ? 1 : 0;
        int before = Math.min(column - 1, line.codePointCount(start, line.length()));
        return line.offsetByCodePoints(start, before);
    }

    private void upgrade(String command, String user) {
        if (command.startsWith("#")) {
            return;
        }
        List<String> added = new ArrayList<>();
        boolean setsUser = last.instructions().stream().anyMatch(one -> one.keyword() == Keyword.USER);
        boolean needsRoot = !user.isEmpty() && !user.equals("root") && !user.equals("0") && !setsUser;
        if (needsRoot) {
            added.add("USER root");
        }
        added.add("RUN " + command + cleaning(command));
        if (needsRoot) {
            added.add("USER " + user);
        }
        diff.replace(last.from().place().endLine(), 0, added);
    }

    private static String cleaning(String command) {
        if (command.startsWith("apt-get")) {
            return " && rm -rf /var/lib/apt/lists/*";
        }
        boolean isYum = command.startsWith("dnf") || command.startsWith("yum") || command.startsWith("tdnf");
        return isYum ? " && " + command.substring(0, command.indexOf(' ')) + " clean all" : "";
    }
}
