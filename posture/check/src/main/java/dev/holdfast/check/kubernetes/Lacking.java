package dev.holdfast.check.kubernetes;

import dev.holdfast.check.Findings;
import dev.holdfast.check.Repair;
import dev.holdfast.check.Rule;
import dev.holdfast.manifest.kubernetes.Container;
import dev.holdfast.manifest.kubernetes.PodForm;
import dev.holdfast.manifest.tree.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The containers of one pod that lack one setting: one cause, so one finding that names them all. */
final class Lacking {
    private final Rule rule;
    private final PodForm pod;
    private final List<String> names = new ArrayList<>();
    private final List<Repair> repairs = new ArrayList<>();
    private Optional<Place> first = Optional.empty();

    Lacking(Rule rule, PodForm pod) {
        this.rule = rule;
        this.pod = pod;
    }

    /** A container whose value is wrong at this place, or missing in it. */
    void add(Container container, Place place, Repair repair) {
        add(container, place);
        repairs.add(repair);
    }

    void add(Container container, Place place) {
        names.add(container.name());
        if (first.isEmpty()) {
            first = Optional.of(place);
        }
    }

    /** Tells of them, or that there are none: {@code containers a, b} + sentence. */
    void tell(Findings out, String sentence, String fix) {
        String subject = pod.owner().title();
        if (first.isEmpty()) {
            out.pass(rule, subject, pod.owner().place());
            return;
        }
        Findings.Failure failure = out.fail(rule, subject + ", " + who(), first.get())
                .says(who() + " of " + subject + " " + agreeing(sentence));
        if (repairs.size() == names.size()) {
            failure.fix(fix, new Repair.All(repairs)).add();
        } else {
            failure.fix(fix).add();
        }
    }

    private String who() {
        return (names.size() == 1 ? "container " : "containers ") + String.join(", ", names);
    }

    /** Of several containers the verb is plural. */
    private String agreeing(String sentence) {
        if (names.size() == 1) {
            return sentence;
        }
        return sentence.replaceFirst("^does ", "do ").replaceFirst("^has ", "have ");
    }
}
