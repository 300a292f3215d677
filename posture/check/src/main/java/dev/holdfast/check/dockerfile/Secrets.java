package dev.holdfast.check.dockerfile;

import dev.holdfast.check.ContainerRules;
import dev.holdfast.check.Credentials;
import dev.holdfast.check.Rule;
import dev.holdfast.core.Severity;
import dev.holdfast.manifest.dockerfile.Heredoc;
import dev.holdfast.manifest.dockerfile.Instruction;
import dev.holdfast.manifest.dockerfile.Keyword;
import dev.holdfast.manifest.dockerfile.Stage;
import dev.holdfast.manifest.dockerfile.Word;
import dev.holdfast.manifest.shell.ShellCommand;
import dev.holdfast.manifest.tree.Place;
import dev.holdfast.secrets.Secret;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Credentials written into the file. Values are never shown. */
final class Secrets implements Look {
    static final Rule IN_ENVIRONMENT = ContainerRules.SECRET_IN_ENVIRONMENT;
    static final Rule IN_COMMAND = ContainerRules.SECRET_IN_COMMAND;

    static final Rule IN_ARGUMENT = ContainerRules.SECRET_IN_BUILD_ARGUMENT;

    private static final String MOUNT = "RUN --mount=type=secret,id=<name> and read /run/secrets/<name> in that step";

    @Override
    public List<Rule> rules() {
        return List.of(IN_ENVIRONMENT, IN_COMMAND, IN_ARGUMENT);
    }

    @Override
    public void at(Subject subject) {
        Set<String> told = new HashSet<>();
        for (Instruction one : subject.build().file().instructions()) {
            if (one.keyword() == Keyword.FROM) {
                break;
            }
            arguments(one, "before the first stage", told, subject);
        }
        for (Stage stage : subject.stages().all()) {
            for (Instruction written : stage.instructions()) {
                Instruction one = Build.acting(written);
                String who = Subject.name(stage);
                switch (one.keyword()) {
                    case ENV -> environment(stage, one, subject);
                    case ARG -> arguments(one, who, told, subject);
                    case RUN, CMD, ENTRYPOINT, HEALTHCHECK -> commands(one, who, subject);
                    case COPY, ADD -> contents(one, who, subject);
                    case LABEL -> labels(one, who, subject);
                    case EXPOSE, FROM, MAINTAINER, ONBUILD, SHELL, STOPSIGNAL, USER, VOLUME, WORKDIR -> {}
                }
            }
        }
    }

    private static void environment(Stage stage, Instruction env, Subject subject) {
        for (int i = 0; i + 1 < env.words().size(); i += 2) {
            String name = env.words().get(i).text();
            Word value = env.words().get(i + 1);
            String text = unquoted(value.text());
            Optional<Secret> secret = subject.credentials().in(name, text);
            Place place = env.words().get(i).place();
            if (secret.isPresent()) {
                subject.findings()
                        .fail(IN_ENVIRONMENT, Subject.name(stage), place)
                        .as(
                                secret.get().severity(),
                                secret.get().proof().isEmpty()
                                        ? IN_ENVIRONMENT.why()
                                        : secret.get().proof())
                        .says("ENV " + name + " holds a credential ("
                                + secret.get().title() + "): it is in the image, and whoever pulls it has it")
                        .fix("remove and replace the credential; give it when the container starts, or to one step: "
                                + MOUNT)
                        .add();
            } else if (Credentials.promises(name) && Credentials.isLiteral(text)) {
                subject.findings()
                        .fail(IN_ENVIRONMENT, Subject.name(stage), place)
                        .as(Severity.MEDIUM, "only its name says that it is one; the value has the form of none")
                        .says(
                                "ENV " + name
                                        + " is named like a credential and has a fixed value: every container of the image has the same")
                        .fix("set it when the container starts")
                        .add();
            } else if (Credentials.promises(name) && comesFromArgument(stage, text)) {
                subject.findings()
                        .fail(IN_ENVIRONMENT, Subject.name(stage), place)
                        .as(Severity.HIGH, "the value that the build is given is in every image that it makes")
                        .says("ENV " + name + " keeps what the build is given as " + text
                                + ": it is in the image, and whoever pulls it has it")
                        .fix("give it when the container starts, or to one step: " + MOUNT)
                        .add();
            }
        }
    }

    private static boolean comesFromArgument(Stage stage, String text) {
        String name = text.replaceFirst("^\\$\\{?([A-Za-z0-9_]+)\\}?$", "$1");
        return !name.equals(text)
                && stage.instructions().stream()
                        .filter(one -> one.keyword() == Keyword.ARG)
                        .flatMap(one -> one.words().stream())
                        .anyMatch(
                                word -> word.text().equals(name) || word.text().startsWith(name + "="));
    }

    private static String unquoted(String text) {
        boolean isQuoted = text.length() > 1
                && (text.startsWith("\"") && text.endsWith("\"") || text.startsWith("'") && text.endsWith("'"));
        return isQuoted ? text.substring(1, text.length() - 1) : text;
    }

    private static void arguments(Instruction arg, String who, Set<String> told, Subject subject) {
        if (arg.keyword() != Keyword.ARG) {
            return;
        }
        for (Word word : arg.words()) {
            int equals = word.text().indexOf('=');
            String name = equals < 0 ? word.text() : word.text().substring(0, equals);
            String value = equals < 0 ? "" : unquoted(word.text().substring(equals + 1));
            Optional<Secret> secret =
                    value.isEmpty() ? Optional.empty() : subject.credentials().in(name, value);
            if (secret.isPresent()) {
                subject.findings()
                        .fail(IN_ARGUMENT, who, word.place())
                        .as(secret.get().severity(), "the default stands in this file and in the history of the image")
                        .says("ARG " + name + " has a credential as its default ("
                                + secret.get().title() + "): " + IN_ARGUMENT.why())
                        .fix("remove and replace the credential; give it to the step that needs it: " + MOUNT)
                        .add();
            } else if (Credentials.promises(name)
                    && (value.isEmpty() || Credentials.isLiteral(value))
                    && told.add(who + " " + name)) {
                subject.findings()
                        .fail(IN_ARGUMENT, who, word.place())
                        .says("ARG " + name + " takes a credential by its name: " + IN_ARGUMENT.why())
                        .fix("give it to the step that needs it: " + MOUNT)
                        .add();
            }
        }
    }

    private static void commands(Instruction one, String who, Subject subject) {
        String whole = one.arguments().toString();
        StringBuilder all = new StringBuilder(whole);
        one.heredocs().forEach(document -> all.append('\n').append(document.content()));
        if (subject.credentials().in(all.toString()).isEmpty()) {
            return;
        }
        List<ShellCommand> commands = new ArrayList<>(subject.build().commands(one));
        for (ShellCommand command : commands) {
            String text = text(command);
            Optional<Secret> secret = subject.credentials().in(text);
            if (secret.isPresent()) {
                tell(one, who, command.place(), secret.get(), subject);
                return;
            }
        }
        Secret secret = subject.credentials().in(all.toString()).orElseThrow();
        int line = Math.max(1, secret.line()) == 1 || one.heredocs().isEmpty()
                ? one.place().line()
                : one.heredocs().getFirst().content().line(0) + secret.line() - 2;
        tell(one, who, new Place(line, 1, line, 1), secret, subject);
    }

    private static String text(ShellCommand command) {
        List<String> words = new ArrayList<>();
        command.assignments().forEach(word -> words.add(word.text()));
        command.words().forEach(word -> words.add(word.text()));
        return String.join(" ", words);
    }

    private static void tell(Instruction one, String who, Place place, Secret secret, Subject subject) {
        subject.findings()
                .fail(IN_COMMAND, who, place)
                .as(secret.severity(), secret.proof().isEmpty() ? IN_COMMAND.why() : secret.proof())
                .says(one.keyword() + " holds a credential (" + secret.title() + "): " + IN_COMMAND.why())
                .fix("remove and replace the credential; give it to the step that needs it: " + MOUNT)
                .add();
    }

    private static void contents(Instruction one, String who, Subject subject) {
        for (Heredoc document : one.heredocs()) {
            Optional<Secret> secret =
                    subject.credentials().in(document.content().toString());
            if (secret.isPresent()) {
                int line = document.content().line(0) + Math.max(0, secret.get().line() - 1);
                tell(one, who, new Place(line, 1, line, 1), secret.get(), subject);
            }
        }
    }

    private static void labels(Instruction one, String who, Subject subject) {
        for (int i = 0; i + 1 < one.words().size(); i += 2) {
            Optional<Secret> secret = subject.credentials()
                    .in(
                            one.words().get(i).text(),
                            unquoted(one.words().get(i + 1).text()));
            if (secret.isPresent()) {
                tell(one, who, one.words().get(i).place(), secret.get(), subject);
            }
        }
    }
}
