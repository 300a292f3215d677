package dev.holdfast.check.dockerfile;

import static dev.holdfast.manifest.InputKind.DOCKERFILE;

import dev.holdfast.check.ContainerRules;
import dev.holdfast.check.ImageName;
import dev.holdfast.check.Rule;
import dev.holdfast.core.Severity;
import dev.holdfast.manifest.dockerfile.Expanded;
import dev.holdfast.manifest.dockerfile.Foundation;
import dev.holdfast.manifest.dockerfile.Instruction;
import dev.holdfast.manifest.dockerfile.Keyword;
import dev.holdfast.manifest.dockerfile.Stage;
import dev.holdfast.manifest.tree.Place;
import java.util.List;
import java.util.Optional;

/** Who the image runs as. */
final class Users implements Look {
    static final Rule ROOT = ContainerRules.ROOT_USER;

    static final Rule BY_NAME = Rule.of(
                    "user-by-name",
                    Severity.LOW,
                    "the user is a name and no number",
                    "Kubernetes cannot prove that a name is not root, and refuses the pod under runAsNonRoot",
                    DOCKERFILE)
            .strict();

    private static final String LESS = "whoever runs the image can still choose another user";

    @Override
    public List<Rule> rules() {
        return List.of(ROOT, BY_NAME);
    }

    @Override
    public void at(Subject subject) {
        subject.stages().last().ifPresent(stage -> user(stage, subject));
    }

    private static void user(Stage stage, Subject subject) {
        Build build = subject.build();
        Optional<Instruction> last = build.last(stage, Keyword.USER);
        String who = Subject.name(stage);
        if (build.isWindows(stage)) {
            subject.findings().notApplicable(ROOT, who, stage.from().place(), "Windows has no root");
        } else if (last.isPresent()) {
            written(stage, last.get(), subject);
        } else if (isExport(stage, build)) {
            subject.findings()
                    .notApplicable(
                            ROOT, who, stage.from().place(), "the stage holds files for export and nothing that runs");
        } else {
            missing(stage, build.foundation(stage), subject);
        }
    }

    /** A stage on nothing, without a command, is made to be copied out. */
    private static boolean isExport(Stage stage, Build build) {
        return build.foundation(stage) instanceof Foundation.Scratch
                && build.last(stage, Keyword.CMD).isEmpty()
                && build.last(stage, Keyword.ENTRYPOINT).isEmpty();
    }

    private static void written(Stage stage, Instruction user, Subject subject) {
        String who = Subject.name(stage);
        Stage home = subject.stages().chain(stage).stream()
                .filter(one -> one.instructions().contains(user))
                .findFirst()
                .orElse(stage);
        Expanded expanded = subject.build()
                .expand(
                        home,
                        user,
                        user.words().isEmpty() ? "" : user.words().getFirst().text());
        if (!expanded.isKnown()) {
            subject.findings()
                    .notAssessed(
                            ROOT, who, user.place(), "the user depends on " + String.join(", ", expanded.unknown()));
            return;
        }
        String name = expanded.text().split(":", 2)[0].strip();
        boolean isNumber = !name.isEmpty() && name.chars().allMatch(Character::isDigit);
        if (name.equals("root") || isNumber && name.chars().allMatch(digit -> digit == '0')) {
            subject.findings()
                    .fail(ROOT, who, user.place())
                    .as(Severity.MEDIUM, LESS)
                    .says(who + " ends with USER " + expanded.text() + ", so its processes run as root; " + ROOT.why())
                    .fix("end the stage with a user that is not root, such as USER 65532:65532")
                    .add();
        } else {
            subject.findings().pass(ROOT, who, user.place());
            if (!isNumber) {
                subject.findings()
                        .fail(BY_NAME, who, user.place())
                        .says(who + " runs as " + name + ", a name; " + BY_NAME.why())
                        .fix("write the number that " + name + " has, such as USER 10001")
                        .add();
            }
        }
    }

    private static void missing(Stage stage, Foundation base, Subject subject) {
        String who = Subject.name(stage);
        Place place = stage.from().place();
        switch (base) {
            case Foundation.Image(String reference)
            when KnownBases.userOf(reference).isPresent() -> subject.findings().pass(ROOT, who, place);
            case Foundation.Image(String reference)
            when ImageName.of(reference).isOfficial() ->
                root(stage, subject, reference + " runs as root", Severity.MEDIUM);
            case Foundation.Image(String reference) ->
                root(stage, subject, "it runs as root unless " + reference + " sets another user", Severity.LOW);
            case Foundation.Scratch _ -> root(stage, subject, "without one everything runs as root", Severity.MEDIUM);
            case Foundation.Unknown _, Foundation.OfStage _ ->
                subject.findings()
                        .notAssessed(
                                ROOT,
                                who,
                                place,
                                "no USER is set, and what the base sets cannot be told: its name is an argument");
        }
    }

    private static void root(Stage stage, Subject subject, String because, Severity severity) {
        String who = Subject.name(stage);
        String reason = severity == Severity.LOW ? "the base may set a user; nothing here does" : LESS;
        subject.findings()
                .fail(ROOT, who, stage.from().place())
                .as(severity, reason)
                .says(who + " sets no USER; " + because + ", and " + ROOT.why())
                .fix("end the stage with a user that is not root: USER 65532:65532, and chown what it writes to")
                .add();
    }
}
