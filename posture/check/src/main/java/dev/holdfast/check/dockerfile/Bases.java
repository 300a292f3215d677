package dev.holdfast.check.dockerfile;

import static dev.holdfast.manifest.InputKind.DOCKERFILE;

import dev.holdfast.check.ContainerRules;
import dev.holdfast.check.ImageName;
import dev.holdfast.check.Registries;
import dev.holdfast.check.Rule;
import dev.holdfast.core.Severity;
import dev.holdfast.manifest.dockerfile.Directive;
import dev.holdfast.manifest.dockerfile.Expanded;
import dev.holdfast.manifest.dockerfile.Flag;
import dev.holdfast.manifest.dockerfile.Foundation;
import dev.holdfast.manifest.dockerfile.Stage;
import dev.holdfast.manifest.dockerfile.Word;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What stages are based on, and what reads the file. */
final class Bases implements Look {
    static final Rule ENDED = ContainerRules.ENDED;

    static final Rule NO_DEFAULT = Rule.of(
                    "base-from-argument-without-default",
                    Severity.LOW,
                    "the base is named by an argument without a default",
                    "a build without the argument fails, and nobody can tell from the file what it builds on",
                    DOCKERFILE)
            .strict();

    static final Rule PLATFORM = Rule.of(
                    "base-platform-fixed",
                    Severity.NEGLIGIBLE,
                    "the platform of the base is fixed",
                    "the image cannot be built for another one",
                    DOCKERFILE)
            .strict();

    static final Rule FRONTEND = Rule.of(
            "syntax-frontend-untrusted",
            Severity.MEDIUM,
            "an unknown image reads this file",
            "the image named by # syntax runs for every build and decides what the build does",
            DOCKERFILE);

    static final Rule UNPINNED = ContainerRules.UNPINNED_IMAGE;
    static final Rule NO_DIGEST = ContainerRules.NO_DIGEST;

    private static final Set<String> FRONTENDS = Set.of(
            "docker/dockerfile",
            "docker/dockerfile-upstream",
            "docker.io/docker/dockerfile",
            "docker.io/docker/dockerfile-upstream",
            "tonistiigi/dockerfile",
            "mirror.gcr.io/docker/dockerfile");

    @Override
    public List<Rule> rules() {
        return List.of(UNPINNED, NO_DIGEST, ContainerRules.FOREIGN_REGISTRY, ENDED, NO_DEFAULT, PLATFORM, FRONTEND);
    }

    @Override
    public void at(Subject subject) {
        subject.build().file().directive("syntax").ifPresent(directive -> frontend(directive, subject));
        Set<String> seen = new HashSet<>();
        for (Stage stage : subject.stages().all()) {
            platform(stage, subject);
            switch (stage.base()) {
                case Foundation.Image(String reference) -> {
                    if (seen.add(reference)) {
                        image(stage, reference, subject);
                    }
                }
                case Foundation.Unknown _ -> unknown(stage, subject);
                case Foundation.OfStage _, Foundation.Scratch _ -> {}
            }
        }
    }

    private static void image(Stage stage, String reference, Subject subject) {
        Word word = stage.from().words().getFirst();
        ImageName name = ImageName.of(reference);
        String who = Subject.name(stage);
        String shown = written(word, reference);
        Registries.judge(subject.findings(), who, word.place(), reference);
        if (name.isUnversioned()) {
            subject.findings()
                    .fail(UNPINNED, who, word.place())
                    .says(who + " is based on " + shown + ", which names no version: " + UNPINNED.why())
                    .fix("name the version that you build and test with, such as " + name.repository() + ":<version>")
                    .add();
        }
        if (name.digest().isEmpty() && !name.isUnversioned()) {
            subject.findings()
                    .fail(NO_DIGEST, who, word.place())
                    .says(who + " is based on " + shown + " by tag: " + NO_DIGEST.why())
                    .fix("append the digest: " + reference + "@sha256:…")
                    .add();
        }
        Optional<String> release = KnownBases.ended(reference);
        release.ifPresent(ended -> subject.findings()
                .fail(ENDED, who, word.place())
                .as(
                        isLast(stage, subject) ? Severity.HIGH : Severity.MEDIUM,
                        isLast(stage, subject) ? ENDED.why() : "it is not part of the final image, and still builds it")
                .says(who + " is based on " + shown + "; support of " + ended + " has ended, so " + ENDED.why())
                .fix("move to a release that is supported")
                .add());
    }

    private static boolean isLast(Stage stage, Subject subject) {
        return subject.stages()
                .last()
                .filter(last -> subject.stages().chain(last).contains(stage))
                .isPresent();
    }

    private static String written(Word word, String reference) {
        return word.text().equals(reference) ? reference : reference + " (" + word.text() + ")";
    }

    private static void unknown(Stage stage, Subject subject) {
        if (stage.from().words().isEmpty()) {
            return;
        }
        Word word = stage.from().words().getFirst();
        String who = Subject.name(stage);
        Expanded expanded = subject.stages().expandInHead(stage.from(), word.text());
        String names = String.join(", ", expanded.unknown());
        String reason = names.isEmpty()
                ? "the name of the base, " + word.text() + ", cannot be expanded"
                : "the base depends on the argument " + names + ", which has no default here";
        subject.findings().notAssessed(UNPINNED, who, word.place(), reason);
        if (!names.isEmpty()) {
            subject.findings()
                    .fail(NO_DEFAULT, who, word.place())
                    .says(who + " is based on " + word.text() + ", and " + names + " has no default: "
                            + NO_DEFAULT.why())
                    .fix("give it one: ARG " + names + "=<image>")
                    .add();
        }
    }

    private static void platform(Stage stage, Subject subject) {
        Optional<Flag> flag =
                stage.from().flag("platform").filter(one -> one.value().indexOf('$') < 0);
        flag.ifPresent(fixed -> subject.findings()
                .fail(PLATFORM, Subject.name(stage), fixed.place())
                .says(Subject.name(stage) + " fixes the platform " + fixed.value() + ": " + PLATFORM.why())
                .fix("leave --platform out, or use $BUILDPLATFORM for stages that only build")
                .add());
    }

    private static void frontend(Directive directive, Subject subject) {
        String reference = directive.value().split(" ", 2)[0];
        ImageName name = ImageName.of(reference);
        if (FRONTENDS.contains(name.repository().toLowerCase(Locale.ROOT))
                || name.digest().isPresent()) {
            subject.findings().pass(FRONTEND, "# syntax", directive.place());
            return;
        }
        subject.findings()
                .fail(FRONTEND, "# syntax", directive.place())
                .says("this file is read by " + reference + ", which is not Docker's own and not pinned: "
                        + FRONTEND.why())
                .fix("use docker/dockerfile:1, or pin it by digest: " + reference + "@sha256:…")
                .add();
    }
}
