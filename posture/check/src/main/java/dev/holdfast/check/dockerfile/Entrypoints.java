package dev.holdfast.check.dockerfile;

import static dev.holdfast.manifest.InputKind.DOCKERFILE;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.holdfast.check.Findings;
import dev.holdfast.check.Rule;
import dev.holdfast.core.Severity;
import dev.holdfast.manifest.RelativePaths;
import dev.holdfast.manifest.dockerfile.Instruction;
import dev.holdfast.manifest.dockerfile.Keyword;
import dev.holdfast.manifest.dockerfile.Stage;
import dev.holdfast.manifest.dockerfile.Word;
import dev.holdfast.manifest.shell.ShellCommand;
import dev.holdfast.manifest.shell.ShellReader;
import dev.holdfast.manifest.text.SourceText;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What the script that starts the container does: it lies beside the Dockerfile, or stands in it. */
final class Entrypoints implements Look {
    static final Rule NO_EXEC = Rule.of(
            "user-dropped-without-exec",
            Severity.LOW,
            "the script that starts the program stays in front of it",
            "the script, as root, gets the signals that are meant for the program, which is killed instead of stopped",
            DOCKERFILE);

    /** Programs that run another as another user. */
    private static final Set<String> DROPPERS =
            Set.of("gosu", "su-exec", "setpriv", "runuser", "su", "s6-setuidgid", "sudo");

    /** A longer script is no entry point. */
    private static final int MOST_BYTES = 256 << 10;

    /** A script and who takes its findings. */
    private record Found(SourceText text, Findings findings, String name) {}

    @Override
    public List<Rule> rules() {
        return List.of(NO_EXEC);
    }

    @Override
    public void at(Subject subject) {
        subject.stages().last().ifPresent(last -> {
            Optional<Instruction> entry = subject.build().last(last, Keyword.ENTRYPOINT);
            Optional<Word> program = entry.filter(
                            one -> one.isExec() && !one.words().isEmpty())
                    .map(one -> one.words().getFirst());
            program.flatMap(word -> script(last, word.text(), subject)).ifPresent(script -> judge(script, last));
        });
    }

    /** The text of the script that the program is, where some step brings it in by name. */
    private static Optional<Found> script(Stage last, String program, Subject subject) {
        String name = program.substring(program.lastIndexOf('/') + 1);
        for (Stage stage : subject.stages().chain(last)) {
            for (Instruction one : stage.instructions()) {
                boolean isCopy = one.keyword() == Keyword.COPY || one.keyword() == Keyword.ADD;
                if (!isCopy || one.words().size() < 2 || one.flag("from").isPresent()) {
                    continue;
                }
                String target = one.words().getLast().text();
                boolean isOurs = target.equals(program)
                        || target.endsWith("/" + name)
                        || target.endsWith("/")
                        || target.equals(".");
                if (isOurs && !one.heredocs().isEmpty() && !target.endsWith("/")) {
                    return Optional.of(new Found(one.heredocs().getFirst().content(), subject.findings(), name));
                }
                Optional<Found> beside = isOurs ? beside(one, name, subject) : Optional.empty();
                if (beside.isPresent()) {
                    return beside;
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<Found> beside(Instruction copy, String name, Subject subject) {
        for (Word source : copy.words().subList(0, copy.words().size() - 1)) {
            String path = source.text();
            boolean isNamed = path.equals(name)
                    || path.endsWith("/" + name)
                    || copy.words().getLast().text().endsWith("/" + name);
            if (!isNamed) {
                continue;
            }
            String folder = RelativePaths.folder(subject.path());
            for (String root : List.of(folder, "")) {
                Optional<String> joined = RelativePaths.join(root, path.replaceFirst("^/+", ""));
                Optional<String> text = joined.flatMap(file -> text(file, subject));
                if (joined.isPresent() && text.isPresent()) {
                    return Optional.of(new Found(
                            source(text.get()),
                            subject.findings().in(subject.beside().shown(joined.get())),
                            name));
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<String> text(String file, Subject subject) {
        try {
            return subject.beside()
                    .file(file)
                    .filter(bytes -> bytes.length <= MOST_BYTES)
                    .map(bytes -> new String(bytes, UTF_8))
                    .filter(text -> text.matches("(?s)#!\\s*\\S*(/|\\s)(ba|da|a|k|z)?sh\\b.*"));
        } catch (IOException unreadable) {
            return Optional.empty(); // what is not there for us is only a script that is not looked at
        }
    }

    private static SourceText source(String text) {
        SourceText.Builder builder = new SourceText.Builder();
        int line = 1;
        for (String one : text.split("(?<=\n)", -1)) {
            builder.append(one, line++, 1);
        }
        return builder.build();
    }

    private static void judge(Found script, Stage stage) {
        List<ShellCommand> commands = ShellReader.read(script.text());
        for (int i = 0; i < commands.size(); i++) {
            ShellCommand command = commands.get(i);
            boolean isDrop =
                    DROPPERS.contains(command.name()) && command.words().size() > 2;
            boolean handsOver =
                    command.words().stream().anyMatch(word -> word.text().matches("\\$[@*]|\\$\\{[@*]\\}"));
            if (isDrop && (handsOver || i == commands.size() - 1)) {
                script.findings()
                        .fail(NO_EXEC, Subject.name(stage), command.place())
                        .says(script.name() + " starts the program by " + Steps.shown(command) + ", without exec: "
                                + NO_EXEC.why())
                        .fix("write exec in front of it")
                        .add();
                return;
            }
        }
    }
}
