package dev.holdfast.check.dockerfile;

import dev.holdfast.check.Credentials;
import dev.holdfast.check.Findings;
import dev.holdfast.check.Inspection;
import dev.holdfast.check.Rule;
import dev.holdfast.core.Gap;
import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.manifest.ManifestFile;
import dev.holdfast.manifest.Surroundings;
import dev.holdfast.manifest.dockerfile.Dockerfile;
import dev.holdfast.manifest.dockerfile.DockerfileReader;
import dev.holdfast.manifest.dockerfile.Problem;
import dev.holdfast.manifest.tree.Place;
import java.util.ArrayList;
import java.util.List;

/** Judges Dockerfiles. What BuildKit would refuse is a gap with its line; the rest of the file is judged all the same. */
public final class DockerfileInspection implements Inspection {
    /** Gaps of one file that are told one by one. */
    private static final int MOST_GAPS = 10;

    private final Surroundings beside;
    private final DockerfileReader reader;
    private final Credentials credentials;
    private final List<Look> looks = List.of(
            new Bases(),
            new Users(),
            new Copies(),
            new Downloads(),
            new Packages(),
            new Installs(),
            new Powers(),
            new Structure(),
            new Scripts(),
            new Remains(),
            new Labels(),
            new Entrypoints(),
            new Secrets());

    /** @param beside what may be read along with the files */
    public DockerfileInspection(Surroundings beside, Limits limits) {
        this.beside = beside;
        this.reader = new DockerfileReader(limits);
        this.credentials = new Credentials(limits);
    }

    @Override
    public List<Rule> rules() {
        List<Rule> rules = new ArrayList<>();
        looks.forEach(look -> rules.addAll(look.rules()));
        return rules;
    }

    @Override
    public void inspect(ManifestFile file, Findings findings) {
        Dockerfile read;
        try {
            read = reader.read(file.source().text());
        } catch (InputException wrong) {
            findings.gap(Gap.Code.UNREADABLE, Place.START, wrong.getMessage());
            return;
        }
        if (read.instructions().isEmpty() && !read.problems().isEmpty()) {
            Problem first = read.problems().getFirst();
            findings.gap(Gap.Code.UNREADABLE, first.place(), "no Dockerfile: " + first.message());
            return;
        }
        problems(read.problems(), findings);
        Subject subject = new Subject(beside.inside(file.path()), new Build(read), findings, beside, credentials);
        looks.forEach(look -> look.at(subject));
    }

    private static void problems(List<Problem> problems, Findings findings) {
        for (Problem problem : problems.subList(0, Math.min(MOST_GAPS, problems.size()))) {
            findings.gap(Gap.Code.UNREADABLE, problem.place(), problem.message());
        }
        if (problems.size() > MOST_GAPS) {
            findings.gap(
                    Gap.Code.UNREADABLE,
                    problems.get(MOST_GAPS).place(),
                    "and " + (problems.size() - MOST_GAPS) + " more such problems");
        }
    }
}
