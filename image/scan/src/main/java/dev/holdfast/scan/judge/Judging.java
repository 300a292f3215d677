package dev.holdfast.scan.judge;

import dev.holdfast.advisory.AdvisoryBase;
import dev.holdfast.core.Finding;
import dev.holdfast.inventory.Component;
import dev.holdfast.inventory.PackageRecord.Detail;
import dev.holdfast.scan.observe.Subject;
import dev.holdfast.scan.question.Questions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Judges all components of a subject and keeps what comes of it. Many components are shared out among the cores in pieces of neighbours,
 * each with an assessor of its own; the result is the same, for it is put together in their order and then sorted.
 */
public final class Judging {
    /** Below this, starting threads costs more than it saves; an image has a few hundred. */
    private static final int WORTH_SHARING = 2_000;

    /** So many pieces a core: each costs an assessor, and a core must not be left alone with a large one at the end. */
    private static final int PIECES = 2;

    private final AdvisoryBase base;
    private final Questions questions;
    private final Subject subject;
    private final List<Finding> findings = new ArrayList<>();
    private final List<Cleared> cleared = new ArrayList<>();
    private final Set<String> consulted = new TreeSet<>();
    private final List<String> undecided = new ArrayList<>();

    public Judging(AdvisoryBase base, Questions questions, Subject subject) {
        this.base = base;
        this.questions = questions;
        this.subject = subject;
    }

    private record Piece(
            List<Finding> findings, List<Cleared> cleared, Set<String> consulted, List<String> undecided) {}

    /** @param others findings that were made elsewhere, to be sorted among ours */
    public void run(List<Finding> others) {
        List<Component> components = subject.inventory().components();
        int threads = Runtime.getRuntime().availableProcessors();
        if (components.size() < WORTH_SHARING || threads < 2) {
            take(judge(components));
        } else {
            share(components, threads);
        }
        findings.addAll(others);
        List<Finding> sorted = Findings.sorted(findings);
        findings.clear();
        findings.addAll(sorted);
    }

    private void share(List<Component> components, int threads) {
        try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            List<Callable<Piece>> pieces = new ArrayList<>();
            int size = components.size() / (threads * PIECES) + 1;
            for (int from = 0; from < components.size(); from += size) {
                List<Component> piece = components.subList(from, Math.min(components.size(), from + size));
                pieces.add(() -> judge(piece));
            }
            for (Future<Piece> piece : pool.invokeAll(pieces)) {
                take(piece.get());
            }
        } catch (ExecutionException failed) {
            switch (failed.getCause()) {
                case RuntimeException bug -> throw bug;
                case Error error -> throw error;
                case null, default -> throw new IllegalStateException(failed); // judging throws nothing else
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while judging", interrupted);
        }
    }

    private Piece judge(List<Component> piece) {
        Assessor assessor = new Assessor(base, questions, subject.inventory().components());
        Findings made = new Findings(base, subject.layers());
        List<Finding> reported = new ArrayList<>();
        List<Cleared> spokenAgainst = new ArrayList<>();
        List<String> open = new ArrayList<>();
        for (Component component : piece) {
            if (component.state() == Component.State.INSTALLED) {
                for (Judgement judgement : judge(assessor, component, open)) {
                    if (judgement.isReported()) {
                        reported.add(made.of(judgement));
                    } else {
                        judgement.cleared().ifPresent(spokenAgainst::add);
                    }
                }
            }
        }
        return new Piece(reported, spokenAgainst, assessor.consulted(), open);
    }

    /** One that may be of several versions is affected where all of them are; what only some are is left open, and said. */
    private static List<Judgement> judge(Assessor assessor, Component component, List<String> open) {
        List<Judgement> ofNewest = assessor.judge(component);
        String possible = component.record().detail(Detail.VERSIONS).orElse("");
        if (possible.isEmpty() || !component.record().version().isEmpty()) {
            return ofNewest;
        }
        Set<String> ofAll = reported(ofNewest);
        Set<String> ofSome = new TreeSet<>(ofAll);
        for (String version : possible.split(" ", -1)) {
            Set<String> flaws = reported(assessor.judge(at(component, version)));
            ofAll.retainAll(flaws);
            ofSome.addAll(flaws);
        }
        ofSome.removeAll(ofAll);
        if (!ofSome.isEmpty()) {
            open.add(component.record().name() + " is one of " + possible.replace(" ", ", ")
                    + ", and not all of these are affected by " + String.join(", ", ofSome));
        }
        return ofNewest.stream()
                .filter(each -> !each.isReported() || ofAll.contains(each.flaw().id()))
                .toList();
    }

    private static Set<String> reported(List<Judgement> judgements) {
        Set<String> flaws = new TreeSet<>();
        for (Judgement judgement : judgements) {
            if (judgement.isReported()) {
                flaws.add(judgement.flaw().id());
            }
        }
        return flaws;
    }

    private static Component at(Component component, String version) {
        return new Component(
                component.purl(),
                component.record().withVersion(version),
                component.state(),
                component.ownedBy(),
                component.locations(),
                component.removedIn());
    }

    private void take(Piece piece) {
        findings.addAll(piece.findings());
        cleared.addAll(piece.cleared());
        consulted.addAll(piece.consulted());
        undecided.addAll(piece.undecided());
    }

    /** Worst first. */
    public List<Finding> findings() {
        return findings;
    }

    /** In the order of the components. */
    public List<Cleared> cleared() {
        return cleared;
    }

    /** What could not be decided, because a component may be of several versions: a sentence for each. */
    public List<String> undecided() {
        return undecided;
    }

    /** Names of the sources that said anything about the components. */
    public Set<String> consulted() {
        return consulted;
    }
}
