package dev.holdfast.respond.automatic;

import dev.holdfast.core.InputException;
import dev.holdfast.respond.InForce;
import dev.holdfast.respond.Machine;
import dev.holdfast.respond.Order;
import dev.holdfast.respond.Outcome;
import dev.holdfast.respond.Responder;
import dev.holdfast.respond.automatic.ResponsePolicy.Answer;
import dev.holdfast.respond.group.Target;
import dev.holdfast.respond.group.TargetFinder;
import dev.holdfast.sensor.container.Container;
import dev.holdfast.watch.alert.Alert;
import dev.holdfast.watch.alert.AlertSink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;

/**
 * Answers alerts as a policy says. It takes them as any sink does, and answers on a thread of its own, so that watching does not wait. An alert
 * whose container is not known for sure is never answered, nor one that is about an earlier run of a container.
 */
public final class AutomaticResponse implements AlertSink {
    private static final int WAITING = 1_000;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** Hears what was done, or would be, or was not and why: one line each. */
    @FunctionalInterface
    public interface Listener {
        void told(String line);
    }

    /** What is to be done, and by whom; nobody does it to the containers of a recording. */
    private record Terms(ResponsePolicy policy, Optional<Responder> responder) {}

    private final Optional<Machine> machine;
    private volatile Terms terms;
    private final Repeats repeats;
    private final Budget budget;
    private final BlockingQueue<Alert> waiting = new ArrayBlockingQueue<>(WAITING);
    private final Thread answering;
    private volatile boolean isClosed;
    private final LongAdder lost = new LongAdder();

    private AutomaticResponse(
            ResponsePolicy policy, Optional<Machine> machine, Optional<Responder> responder, Listener listener) {
        this.terms = new Terms(policy, responder);
        this.machine = machine;
        this.repeats = new Repeats(listener);
        this.budget = new Budget(policy.limits());
        this.answering = Thread.ofPlatform().daemon().name("respond").unstarted(this::answer);
    }

    private AutomaticResponse begun() {
        answering.start();
        return this;
    }

    /** Answers alerts of this machine; the responder acts, or says what it would do. */
    public static AutomaticResponse on(Machine machine, Responder responder, ResponsePolicy policy, Listener listener) {
        return new AutomaticResponse(policy, Optional.of(machine), Optional.of(responder), listener).begun();
    }

    /** Says what alerts of a recording would be answered with. Containers of a recording are none of this machine's. */
    public static AutomaticResponse rehearsed(ResponsePolicy policy, Listener listener) {
        return new AutomaticResponse(policy, Optional.empty(), Optional.empty(), listener).begun();
    }

    /** From the next alert on another policy holds, which the responder knows too. What was answered until now counts against its limits. */
    public void adopt(ResponsePolicy policy, Responder responder) {
        terms = new Terms(policy, Optional.of(responder));
    }

    /** The same for alerts of recordings. */
    public void adopt(ResponsePolicy policy) {
        terms = new Terms(policy, Optional.empty());
    }

    @Override
    public String name() {
        return "response";
    }

    @Override
    public void accept(Alert alert) {
        if (terms.policy.answer(alert).isPresent() && !waiting.offer(alert)) {
            lost.increment();
        }
    }

    @Override
    public long lost() {
        return lost.sum();
    }

    private void answer() {
        try {
            while (!isClosed || !waiting.isEmpty()) {
                Alert alert = waiting.poll(50, TimeUnit.MILLISECONDS);
                Terms now = terms;
                Optional<Answer> answer = Optional.ofNullable(alert).flatMap(now.policy::answer);
                if (alert != null && answer.isPresent()) {
                    budget.limit(now.policy.limits());
                    String line = answer.get().action().word() + " for \"" + alert.rule() + "\": "
                            + respond(now, alert, answer.get());
                    repeats.tell(line, System.nanoTime());
                }
                repeats.tellWhatIsDue(System.nanoTime());
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        } finally {
            repeats.flush();
        }
    }

    /** What became of it, in a line. */
    private String respond(Terms now, Alert alert, Answer answer) {
        Optional<Path> stop = now.policy.stop().filter(Files::exists);
        if (stop.isPresent()) {
            return "not done: " + stop.get() + " is there, which stops all responses";
        }
        String container = alert.subject().fact("container.full_id");
        boolean isNamed = alert.subject().isInContainer()
                && !container.isEmpty()
                && !alert.subject().fact("container.name").isEmpty();
        if (!isNamed) {
            return "not done: which container it is about is not known";
        }
        Optional<String> refusal = budget.refusal(alert.rule(), container, alert.time());
        if (refusal.isPresent()) {
            return alert.subject().fact("container.name") + ": not done: " + refusal.get();
        }
        if (now.responder.isEmpty() || machine.isEmpty()) {
            budget.spend(alert.rule(), container, alert.time());
            return alert.subject().fact("container.name") + ": would be "
                    + answer.action().done();
        }
        try {
            return respond(alert, answer, container, machine.get(), now.responder.get());
        } catch (InputException gone) {
            return "not done: " + gone.getMessage();
        } catch (IOException failed) {
            return alert.subject().fact("container.name") + ": failed: " + failed.getMessage();
        } catch (RuntimeException bug) {
            // One alert that we stumble over must not end the answers to all that follow.
            return alert.subject().fact("container.name") + ": not done: a fault in holdfast: " + bug;
        }
    }

    private String respond(Alert alert, Answer answer, String container, Machine here, Responder with)
            throws InputException, IOException {
        List<Target> all = new TargetFinder(here).all();
        Optional<Target> target = all.stream()
                .filter(each -> each.container()
                        .filter(known -> known.id().equals(container))
                        .isPresent())
                .findFirst();
        if (target.isEmpty()) {
            return alert.subject().fact("container.name") + ": not done: it does not run any more";
        }
        if (target.get().container().map(Container::startedNanos).orElse(0L) > alert.time()) {
            return target.get().name() + ": not done: it was started anew since the alert";
        }
        if (!budget.hasShare(stopped(with, target.get()), all.size())) {
            return target.get().name() + ": not done: more than "
                    + budget.limits().share() + "% of the " + all.size()
                    + " containers of this machine would be stopped";
        }
        Order order = new Order(answer.action(), answer.openings(), "rule " + alert.rule(), alert.text(), false);
        Outcome outcome = with.respond(order, target.get());
        budget.spend(alert.rule(), container, alert.time());
        String entry =
                outcome.entry().isPresent() ? " (entry " + outcome.entry().getAsLong() + ")" : "";
        return outcome.container() + ": " + outcome.sentence() + entry;
    }

    /** How many other containers are stopped by us in one way or another. */
    private static int stopped(Responder with, Target target) throws IOException {
        Set<String> groups = with.inForce().stream()
                .filter(each -> !each.entries().isEmpty() && !each.container().isEmpty())
                .map(InForce::group)
                .collect(Collectors.toSet());
        groups.remove(target.group().path());
        return groups.size();
    }

    /** Answers what still waits, for a bounded time. */
    @Override
    public void close() throws IOException {
        isClosed = true;
        try {
            answering.join(PATIENCE.toMillis());
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
        lost.add(waiting.size());
        waiting.clear();
    }
}
