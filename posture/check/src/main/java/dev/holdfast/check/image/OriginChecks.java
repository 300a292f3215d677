package dev.holdfast.check.image;

import static dev.holdfast.manifest.InputKind.IMAGE;

import dev.holdfast.check.ContainerRules;
import dev.holdfast.check.EndedReleases;
import dev.holdfast.check.Findings;
import dev.holdfast.check.ImageLabels;
import dev.holdfast.check.PackageCommands;
import dev.holdfast.check.Rule;
import dev.holdfast.check.image.ImageFacts.Said;
import dev.holdfast.core.Severity;
import dev.holdfast.manifest.shell.ShellCommand;
import dev.holdfast.manifest.shell.ShellReader;
import dev.holdfast.manifest.text.SourceText;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whether an image tells where it comes from, how old it is, and how it was made. */
final class OriginChecks {
    static final Rule LABELS = ContainerRules.LABELS;

    static final Rule BASE_UNKNOWN = Rule.of(
                    "base-image-unknown",
                    Severity.LOW,
                    "does not say what it is based on",
                    "nobody is told when the base is mended and the image should be built again",
                    IMAGE)
            .strict();

    static final Rule OLD = Rule.of(
                    "image-too-old",
                    Severity.LOW,
                    "was built long ago, or does not say when",
                    "what was mended since then is not in it",
                    IMAGE)
            .strict();

    /** {@code RUN |1 A=b /bin/sh -c text # buildkit}, and {@code /bin/sh -c text} of the older builder. */
    private static final Pattern STEP = Pattern.compile(
            "(?s)(?:RUN )?(?:\\|\\d+ .*?)?/bin/(?:ba)?sh (?:-[a-z]+ )*-[a-z]*c (?!#\\(nop\\))(.*?)(?:\\s+# buildkit)?");

    private static final String BASE = ImageLabels.PREFIX + "base.";

    private final Findings findings;
    private final String who;

    OriginChecks(Findings findings, String who) {
        this.findings = findings;
        this.who = who;
    }

    static List<Rule> rules() {
        return List.of(
                LABELS,
                BASE_UNKNOWN,
                OLD,
                ContainerRules.SHELL_FORM,
                ContainerRules.UPGRADE,
                ContainerRules.UPDATE_ALONE);
    }

    void judge(ImageFacts image) {
        labels(image);
        age(image);
        program(image);
        image.history().forEach(this::step);
    }

    private void labels(ImageFacts image) {
        for (ImageFacts.Label label : image.labels()) {
            ImageLabels.problem(label.name(), label.value())
                    .ifPresent(wrong -> findings.fail(LABELS, who, label.place())
                            .says("the label " + label.name() + " of " + who + " " + wrong + ": " + LABELS.why())
                            .fix("write what the OCI image specification asks for")
                            .add());
        }
        List<String> missing = ImageLabels.EXPECTED.stream()
                .filter(name -> image.label(ImageLabels.PREFIX + name).isEmpty())
                .toList();
        if (!missing.isEmpty()) {
            findings.fail(LABELS, who, image.user().place())
                    .says(who + " has no label " + ImageLabels.PREFIX + String.join(", " + ImageLabels.PREFIX, missing)
                            + ": " + LABELS.why())
                    .fix("LABEL " + ImageLabels.PREFIX + missing.getFirst() + "=\"…\" in its Dockerfile")
                    .add();
        }
        boolean saysBase = image.label(BASE + "name").isPresent()
                && image.label(BASE + "digest").isPresent();
        if (saysBase) {
            findings.pass(BASE_UNKNOWN, who, image.user().place());
        } else {
            findings.fail(BASE_UNKNOWN, who, image.user().place())
                    .says(who + " has no " + BASE + "name and " + BASE + "digest: " + BASE_UNKNOWN.why())
                    .fix("set both labels when it is built")
                    .add();
        }
    }

    /** Older than a year on the day of our list of releases; an answer does not depend on the day on which it is asked. */
    private void age(ImageFacts image) {
        String created = image.created().text();
        boolean isDate = created.matches("\\d{4}-\\d{2}-\\d{2}.*");
        boolean isNever = !isDate || created.compareTo("1980-01-02") < 0; // the dates that reproducible builds write
        if (isNever && image.label(ImageLabels.PREFIX + "revision").isEmpty()) {
            findings.fail(OLD, who, image.created().place())
                    .says(who + " says neither when it was built nor from which revision: " + OLD.why())
                    .fix("label it with " + ImageLabels.PREFIX + "revision")
                    .add();
            return;
        }
        int year = Integer.parseInt(EndedReleases.AS_OF.substring(0, 4)) - 1;
        String limit = year + EndedReleases.AS_OF.substring(4);
        if (!isNever && created.compareTo(limit) < 0) {
            findings.fail(OLD, who, image.created().place())
                    .says(who + " was built on " + created.substring(0, 10) + ", more than a year ago: " + OLD.why())
                    .fix("build it again, on a base of today")
                    .add();
        } else {
            findings.pass(OLD, who, image.created().place());
        }
    }

    private void program(ImageFacts image) {
        List<Said> program = image.program();
        boolean isShell = program.size() >= 3
                && program.getFirst().text().matches("(/usr)?(/bin/)?(ba|da|a)?sh")
                && program.get(1).text().matches("-[a-z]*c");
        if (isShell && !program.get(2).text().strip().startsWith("exec ")) {
            String text = program.get(2).text();
            findings.fail(ContainerRules.SHELL_FORM, who, program.getFirst().place())
                    .as(Severity.NEGLIGIBLE, ContainerRules.SHELL_FORM.why())
                    .says(who + " is started by a shell: " + (text.length() > 50 ? text.substring(0, 50) + "…" : text)
                            + "; " + ContainerRules.SHELL_FORM.why())
                    .fix("write a JSON list in its Dockerfile, or exec in front of the program")
                    .add();
        }
    }

    private void step(Said step) {
        Matcher matcher = STEP.matcher(step.text());
        if (!matcher.matches()) {
            return;
        }
        List<ShellCommand> commands = ShellReader.read(new SourceText.Builder()
                .append(matcher.group(1).replace('\t', ' '), 1, 1)
                .build());
        for (ShellCommand command : commands) {
            if (PackageCommands.isUpgradeOfAll(command)) {
                findings.fail(ContainerRules.UPGRADE, who, step.place())
                        .says("the history of " + who + " shows " + shown(command) + ": "
                                + ContainerRules.UPGRADE.why())
                        .fix("build on a newer base, by digest, and let a bot move it")
                        .add();
            }
        }
        boolean isAlone = commands.size() == 1 && PackageCommands.isAptUpdate(commands.getFirst());
        if (isAlone) {
            findings.fail(ContainerRules.UPDATE_ALONE, who, step.place())
                    .says("the history of " + who + " shows " + shown(commands.getFirst()) + " in a step of its own: "
                            + ContainerRules.UPDATE_ALONE.why())
                    .fix("update and install in one step")
                    .add();
        }
    }

    private static String shown(ShellCommand command) {
        String text = String.join(
                " ", command.words().stream().map(word -> word.text()).toList());
        return text.length() > 60 ? text.substring(0, 60) + "…" : text;
    }
}
