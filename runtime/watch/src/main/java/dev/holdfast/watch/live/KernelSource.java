package dev.holdfast.watch.live;

import dev.holdfast.core.Gap;
import dev.holdfast.rules.Rule;
import dev.holdfast.rules.RuleEngine;
import dev.holdfast.rules.event.Event;
import dev.holdfast.rules.event.EventType;
import dev.holdfast.sensor.Probe;
import dev.holdfast.sensor.Sensor;
import dev.holdfast.sensor.SensorRequest;
import dev.holdfast.sensor.event.Kind;
import dev.holdfast.sensor.event.Wishes;
import dev.holdfast.watch.source.EventSource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The events of this machine's kernel, as they happen: of the system calls, those that the rules of the moment look at. It has no end but
 * {@link #stop}. To be used by the thread that opened it.
 */
public final class KernelSource implements EventSource {
    /** After how many events the count of lost ones is read. */
    private static final long LOOK_AT_LOSS = 1 << 16;

    private final Supplier<RuleEngine> rules;
    private final Sensor sensor;
    private final Use use;
    private RuleEngine asked;
    private long asks;
    private long lost;
    private final AtomicBoolean isStopped;

    /** What becomes of the events. */
    public enum Use {
        /** They are judged by the rules, and forgotten. */
        JUDGED,
        /** They are written down, too, for other rules to judge: the kinds that rules look at, of whoever does it. */
        RECORDED
    }

    private KernelSource(
            Supplier<RuleEngine> rules, RuleEngine asked, Sensor sensor, Use use, AtomicBoolean isStopped) {
        this.rules = rules;
        this.use = use;
        this.asked = asked;
        this.sensor = sensor;
        this.isStopped = isStopped;
    }

    /**
     * Starts to watch.
     *
     * @throws IOException in a line, when this machine does not allow it
     */
    public static KernelSource start(Supplier<RuleEngine> rules) throws IOException {
        return start(rules, Probe.Tier.KERNEL, Use.JUDGED);
    }

    /**
     * Starts to watch by the means of a tier.
     *
     * @throws IOException in a line, when this machine does not allow it
     */
    public static KernelSource start(Supplier<RuleEngine> rules, Probe.Tier tier, Use use) throws IOException {
        RuleEngine engine = rules.get();
        SensorRequest usual = SensorRequest.of(wanted(engine, use));
        SensorRequest request = new SensorRequest(
                usual.wanted(), readsEnvironment(engine), usual.ring(), usual.patience(), usual.root());
        Sensor sensor = switch (tier) {
            case KERNEL -> Sensor.start(request);
            case NOTICES -> Sensor.startByNotices(request);
            case NONE -> throw new IOException("this machine allows no kernel events; holdfast watch --probe says why");
        };
        Rehearsal.begin(rules);
        return new KernelSource(rules, engine, sensor, use, new AtomicBoolean());
    }

    /** The events of a sensor, until somebody says that it is over. */
    static KernelSource over(Sensor sensor, Supplier<RuleEngine> rules, AtomicBoolean isOver) {
        return new KernelSource(rules, rules.get(), sensor, Use.JUDGED, isOver);
    }

    /** The events that rules can hold for; of the machine itself, when they are only judged, those that rules can hold for there. */
    static Wishes wanted(RuleEngine engine, Use use) {
        Wishes.Choice ofAny = (kind, aspect) -> EventType.of(kind.word())
                .filter(type -> engine.canHold(type, aspect))
                .isPresent();
        Wishes.Choice ofHost = (kind, aspect) -> EventType.of(kind.word())
                .filter(type -> engine.canHoldOnHost(type, aspect))
                .isPresent();
        return switch (use) {
            case JUDGED -> Wishes.chosen(ofAny, ofHost);
            case RECORDED -> Wishes.chosen(ofAny);
        };
    }

    /** The environment holds secrets, and is copied only for rules that look at it. */
    private static boolean readsEnvironment(RuleEngine engine) {
        return engine.rules().stream()
                .map(Rule::toString)
                .anyMatch(text -> text.contains("proc.env") || text.contains("proc.aenv"));
    }

    /** How many containers run now. */
    public int containers() {
        return sensor.containers().size();
    }

    @Override
    public Optional<? extends Event> next() throws IOException {
        Optional<? extends Event> event = sensor.next();
        while (event.isEmpty() && !isStopped.get()) {
            adapt();
            sensor.await();
            event = sensor.next();
        }
        return isStopped.get() ? Optional.empty() : event;
    }

    /** New rules may look at other calls. */
    private void adapt() throws IOException {
        RuleEngine now = rules.get();
        if (now != asked) {
            asked = now;
            sensor.want(wanted(now, use));
        }
    }

    /** Counted in the kernel, where it is looked at now and then, and at the end. */
    @Override
    public long lost() {
        if (isStopped.get() || ++asks % LOOK_AT_LOSS == 0) {
            lost = sensor.lost();
        }
        return lost;
    }

    @Override
    public List<Gap> gaps() {
        List<Gap> gaps = new ArrayList<>(sensor.loss().gaps());
        for (String line : sensor.unseen()) {
            gaps.add(new Gap(Gap.Code.UNSUPPORTED, "kernel events", "not seen: " + line));
        }
        for (String line : neverMet()) {
            gaps.add(new Gap(Gap.Code.UNSUPPORTED, "kernel events", line));
        }
        return List.copyOf(gaps);
    }

    /**
     * What rules ask for that is not told here, a line for each rule that can therefore never hold: all types of events that it looks at are
     * unknown to the sensor.
     */
    public List<String> neverMet() {
        return neverMet(asked);
    }

    static List<String> neverMet(RuleEngine engine) {
        Set<String> told = Arrays.stream(Kind.values()).map(Kind::word).collect(Collectors.toSet());
        List<String> lines = new ArrayList<>();
        for (Rule rule : engine.rules()) {
            List<String> types = rule.eventTypes().stream().map(EventType::name).toList();
            if (rule.source().equals(Event.SYSCALL) && types.stream().noneMatch(told::contains)) {
                lines.add("rule \"" + rule.name() + "\" can never hold: the sensor does not tell "
                        + String.join(", ", types));
            }
        }
        return List.copyOf(lines);
    }

    @Override
    public void stop() {
        isStopped.set(true);
    }

    @Override
    public void close() {
        sensor.close();
    }
}
