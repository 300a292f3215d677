package dev.holdfast.check.join;

import static dev.holdfast.core.Severity.MEDIUM;
import static dev.holdfast.manifest.InputKind.COMPOSE;
import static dev.holdfast.manifest.InputKind.ECS;
import static dev.holdfast.manifest.InputKind.KUBERNETES;

import dev.holdfast.check.Findings;
import dev.holdfast.check.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is started: whether it is in the image, and whether it gets the arguments that it is given. */
final class ProgramFit implements Fit {
    private static final Rule NOT_THERE = Rule.of(
            "program-not-in-image",
            MEDIUM,
            "starts a program that its image does not hold",
            "it does not start, or its probe never passes",
            KUBERNETES,
            COMPOSE,
            ECS);

    private static final Rule NOT_GIVEN = Rule.of(
            "arguments-not-used",
            MEDIUM,
            "gives arguments that nobody reads",
            "the entry point is a line for a shell, and a shell does not hand on what stands behind it",
            KUBERNETES,
            COMPOSE,
            ECS);

    private static final Rule NOTHING_TO_START = Rule.of(
            "no-program-to-start",
            MEDIUM,
            "names no program that could be started",
            "it does not start",
            KUBERNETES,
            COMPOSE,
            ECS);

    @Override
    public List<Rule> rules() {
        return List.of(NOT_THERE, NOT_GIVEN, NOTHING_TO_START);
    }

    @Override
    public void judge(Use use, KnownImage image, Findings out) {
        boolean takesEntryPoint = use.entryPoint().isEmpty();
        if (takesEntryPoint && image.entryPoint().isPresent()) {
            arguments(use, image.entryPoint().get(), out);
        } else if (takesEntryPoint && image.isWhole()) {
            withoutEntryPoint(use, image, out);
        }
        for (Launch launch : started(use, image)) {
            there(use, image, launch, out);
        }
    }

    private static void arguments(Use use, Launch entryPoint, Findings out) {
        if (use.arguments().isEmpty()) {
            return;
        }
        Setting at = use.arguments().get().at();
        if (entryPoint.isShell()) {
            out.in(at.path())
                    .fail(NOT_GIVEN, use.subject(), at.place())
                    .says(use.subject() + " gives arguments to " + use.image().text() + ", whose ENTRYPOINT is a line ("
                            + entryPoint.at().where() + "): " + NOT_GIVEN.why())
                    .fix("ENTRYPOINT [\"program\"] in the image, or the whole command here")
                    .add();
        } else {
            out.in(at.path()).pass(NOT_GIVEN, use.subject(), at.place());
        }
    }

    private static void withoutEntryPoint(Use use, KnownImage image, Findings out) {
        Optional<Launch> first = use.arguments();
        boolean isOption = first.filter(launch -> launch.words().getFirst().startsWith("-"))
                .isPresent();
        if (first.isEmpty() && image.command().isEmpty() || isOption) {
            Setting at = first.map(Launch::at).orElse(use.image());
            out.in(at.path())
                    .fail(NOTHING_TO_START, use.subject(), at.place())
                    .says(use.subject()
                            + (isOption
                                    ? " gives only options ("
                                            + first.get().words().getFirst() + ")"
                                    : " names no command")
                            + ", and " + use.image().text() + " has no ENTRYPOINT ("
                            + image.source() + "); " + NOTHING_TO_START.why())
                    .fix("the program to start: command here, or ENTRYPOINT in the image")
                    .add();
        }
    }

    /** What the manifest has started; that the image holds its own entry point is a question to the image. */
    private static List<Launch> started(Use use, KnownImage image) {
        List<Launch> started = new ArrayList<>(use.probes());
        use.entryPoint().ifPresent(started::add);
        boolean isProgram = use.entryPoint().isEmpty() && image.entryPoint().isEmpty() && image.isWhole();
        use.arguments()
                .filter(launch -> isProgram && !launch.words().getFirst().startsWith("-"))
                .ifPresent(started::add);
        return started;
    }

    private static void there(Use use, KnownImage image, Launch launch, Findings out) {
        Optional<String> program = launch.program();
        List<String> folders = image.searchPath();
        if (program.isEmpty() || isMounted(use, program.get(), folders)) {
            return;
        }
        Findings here = out.in(launch.at().path());
        switch (image.files().program(program.get(), folders)) {
            case MISSING ->
                here.fail(NOT_THERE, use.subject(), launch.at().place())
                        .says(use.subject() + " runs " + program.get() + ", which "
                                + use.image().text() + " does not hold (" + image.source() + "); " + NOT_THERE.why())
                        .fix("a program of the image, or an image that holds " + program.get())
                        .add();
            case THERE -> here.pass(NOT_THERE, use.subject(), launch.at().place());
            case UNKNOWN -> {}
        }
    }

    /** What is mounted may bring the program. */
    private static boolean isMounted(Use use, String program, List<String> folders) {
        return program.startsWith("/")
                ? use.mountsAt(program)
                : folders.stream().anyMatch(use::mountsAt);
    }
}
