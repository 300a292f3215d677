package dev.holdfast.check.dockerfile;

import dev.holdfast.manifest.dockerfile.Dockerfile;
import dev.holdfast.manifest.dockerfile.Expanded;
import dev.holdfast.manifest.dockerfile.Foundation;
import dev.holdfast.manifest.dockerfile.Instruction;
import dev.holdfast.manifest.dockerfile.Keyword;
import dev.holdfast.manifest.dockerfile.Script;
import dev.holdfast.manifest.dockerfile.ShellKind;
import dev.holdfast.manifest.dockerfile.Stage;
import dev.holdfast.manifest.dockerfile.Stages;
import dev.holdfast.manifest.dockerfile.Word;
import dev.holdfast.manifest.shell.ShellCommand;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;

/** What a build makes of a file: which shell reads each line, which commands it runs, what holds in the last stage. */
final class Build {
    private final Dockerfile file;
    private final Stages stages;
    private final IdentityHashMap<Instruction, Script> scripts = new IdentityHashMap<>();
    private final IdentityHashMap<Instruction, ShellKind> shells = new IdentityHashMap<>();

    Build(Dockerfile file) {
        this.file = file;
        this.stages = Stages.of(file);
        stages.all().forEach(this::findShells);
    }

    Dockerfile file() {
        return file;
    }

    Stages stages() {
        return stages;
    }

    private void findShells(Stage stage) {
        ShellKind shell = stage.base() instanceof Foundation.OfStage(int index)
                ? stages.all().get(index).instructions().stream()
                        .reduce((_, last) -> last)
                        .map(last -> shells.getOrDefault(last, ShellKind.POSIX))
                        .orElse(isWindows(stage) ? ShellKind.CMD : ShellKind.POSIX)
                : isWindows(stage) ? ShellKind.CMD : ShellKind.POSIX;
        for (Instruction one : stage.instructions()) {
            if (one.keyword() == Keyword.SHELL) {
                shell = ShellKind.of(one.words().stream().map(Word::text).toList());
            }
            shells.put(one, shell);
        }
    }

    /** The commands of an instruction that runs some. */
    Script script(Instruction one) {
        return scripts.computeIfAbsent(one, run -> Script.of(run, shells.getOrDefault(run, ShellKind.POSIX)));
    }

    /** Every command of an instruction, with those inside of others; none where the language is not one that we read. */
    List<ShellCommand> commands(Instruction one) {
        List<ShellCommand> all = new ArrayList<>();
        script(one).commands().forEach(command -> all.addAll(command.all()));
        return all;
    }

    /** The lowest thing that a stage stands on. */
    Foundation foundation(Stage stage) {
        return stages.chain(stage).getFirst().base();
    }

    /** Whether a stage runs Windows: its image says so, or the file escapes as only Windows' files do. */
    boolean isWindows(Stage stage) {
        Foundation base = foundation(stage);
        String text = switch (base) {
            case Foundation.Image image -> image.reference();
            case Foundation.Unknown unknown -> unknown.text();
            case Foundation.Scratch _, Foundation.OfStage _ -> "";
        };
        boolean isPlatform = stages.chain(stage)
                .getFirst()
                .from()
                .flag("platform")
                .filter(flag -> flag.value().startsWith("windows"))
                .isPresent();
        return isPlatform
                || KnownBases.isWindows(text)
                || file.escape() == '`' && !(base instanceof Foundation.Scratch);
    }

    /** The last instruction of this kind that holds in a stage, those of the stages below included. */
    Optional<Instruction> last(Stage stage, Keyword keyword) {
        Instruction found = null;
        for (Stage one : stages.chain(stage)) {
            for (Instruction instruction : one.instructions()) {
                if (instruction.keyword() == keyword) {
                    found = instruction;
                }
            }
        }
        return Optional.ofNullable(found);
    }

    /** The stage that an instruction stands in. */
    Optional<Stage> stageOf(Instruction one) {
        for (Stage stage : stages.all()) {
            for (Instruction other : stage.instructions()) {
                if (isSame(other, one)) {
                    return Optional.of(stage);
                }
            }
        }
        return Optional.empty();
    }

    private static boolean isSame(Instruction a, Instruction b) {
        return a.place().equals(b.place());
    }

    /** A text of an instruction with what its stage knows of the variables. */
    Expanded expand(Stage stage, Instruction at, String text) {
        return stage.expand(at, text, file.escape());
    }

    /** What runs while the image is built, in order, with what {@code ONBUILD} holds back for later builds. */
    static Instruction acting(Instruction one) {
        return one.trigger().orElse(one);
    }
}
