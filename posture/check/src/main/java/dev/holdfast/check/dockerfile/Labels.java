package dev.holdfast.check.dockerfile;

import dev.holdfast.check.ContainerRules;
import dev.holdfast.check.ImageLabels;
import dev.holdfast.check.Rule;
import dev.holdfast.manifest.dockerfile.Expanded;
import dev.holdfast.manifest.dockerfile.Instruction;
import dev.holdfast.manifest.dockerfile.Keyword;
import dev.holdfast.manifest.dockerfile.Stage;
import dev.holdfast.manifest.dockerfile.Word;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What the final image says of itself. */
final class Labels implements Look {
    static final Rule LABELS = ContainerRules.LABELS;

    @Override
    public List<Rule> rules() {
        return List.of(LABELS);
    }

    @Override
    public void at(Subject subject) {
        subject.stages().last().ifPresent(last -> {
            Set<String> written = new HashSet<>();
            for (Stage stage : subject.stages().chain(last)) {
                for (Instruction one : stage.instructions()) {
                    if (one.keyword() == Keyword.LABEL) {
                        label(stage, one, written, subject);
                    }
                }
            }
            missing(last, written, subject);
        });
    }

    private static void label(Stage stage, Instruction label, Set<String> written, Subject subject) {
        for (int i = 0; i + 1 < label.words().size(); i += 2) {
            String name = subject.build()
                    .expand(stage, label, label.words().get(i).text())
                    .text();
            Word word = label.words().get(i + 1);
            Expanded value = subject.build().expand(stage, label, word.text());
            written.add(name);
            Optional<String> problem = value.isKnown() ? ImageLabels.problem(name, value.text()) : Optional.empty();
            problem.ifPresent(wrong -> subject.findings()
                    .fail(LABELS, Subject.name(stage), word.place())
                    .says("the label " + name + " " + wrong + ": " + LABELS.why())
                    .fix("write what the OCI image specification asks for")
                    .add());
        }
    }

    private static void missing(Stage last, Set<String> written, Subject subject) {
        List<String> missing = ImageLabels.EXPECTED.stream()
                .filter(name -> !written.contains(ImageLabels.PREFIX + name))
                .toList();
        if (!missing.isEmpty()) {
            subject.findings()
                    .fail(LABELS, Subject.name(last), last.from().place())
                    .says(Subject.name(last) + " has no label " + ImageLabels.PREFIX
                            + String.join(", " + ImageLabels.PREFIX, missing) + ": " + LABELS.why())
                    .fix("LABEL " + ImageLabels.PREFIX + missing.getFirst() + "=\"…\"")
                    .add();
        }
    }
}
