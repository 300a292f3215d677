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
import dev.holdfast.watch.source.EventSource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The events of this machine's kernel, as they happen: of the system calls, those that the rules of the moment look at. It has no end but
 * {@link #stop}. To be used by the thread that opened it.
 */
public final class KernelSource implements EventSource {
    /** After how many events the count of lost ones is read. */
    private static final long LOOK_AT_LOSS = 1 << 16;

    private final Supplier<RuleEngine> rules;
    private final Sensor sensor;
    private RuleEngine asked;
    private long asks;
    private long lost;
    private volatile boolean isStopped;

    private KernelSource(Supplier<RuleEngine> rules, RuleEngine asked, Sensor sensor) {
        this.rules = rules;
        this.asked = asked;
        this.sensor = sensor;
    }

    /**
     * Starts to watch.
     *
     * @throws IOException in a line, when this machine does not allow it
     */
    public static KernelSource start(Supplier<RuleEngine> rules) throws IOException {
        return start(rules, Probe.Tier.KERNEL);
    }

    /**
     * Starts to watch by the means of a tier.
     *
     * @throws IOException in a line, when this machine does not allow it
     */
    public static KernelSource start(Supplier<RuleEngine> rules, Probe.Tier tier) throws IOException {
        RuleEngine engine = rules.get();
        SensorRequest usual = SensorRequest.of(wanted(engine));
        SensorRequest request = new SensorRequest(
                usual.wanted(), readsEnvironment(engine), usual.ring(), usual.patience(), usual.root());
        Sensor sensor = switch (tier) {
            case KERNEL -> Sensor.start(request);
            case NOTICES -> Sensor.startByNotices(request);
            case NONE -> throw new IOException("this machine allows no kernel events; holdfast watch --probe says why");
        };
        return new KernelSource(rules, engine, sensor);
    }

    /** The system calls that rules can hold for. */
    private static Set<Kind> wanted(RuleEngine engine) {
        Set<Kind> wanted = EnumSet.noneOf(Kind.class);
        for (Rule rule : engine.rules()) {
            if (rule.source().equals(Event.SYSCALL)) {
                for (EventType type : rule.eventTypes()) {
                    Kind.named(type.name()).filter(Kind::isCall).ifPresent(wanted::add);
                }
            }
        }
        return wanted;
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
        while (event.isEmpty() && !isStopped) {
            adapt();
            sensor.await();
            event = sensor.next();
        }
        return isStopped ? Optional.empty() : event;
    }

    /** New rules may look at other calls. */
    private void adapt() throws IOException {
        RuleEngine now = rules.get();
        if (now != asked) {
            asked = now;
            sensor.want(wanted(now));
        }
    }

    /** Counted in the kernel, where it is looked at now and then, and at the end. */
    @Override
    public long lost() {
        if (isStopped || ++asks % LOOK_AT_LOSS == 0) {
            lost = sensor.loss().total();
        }
        return lost;
    }

    @Override
    public List<Gap> gaps() {
        List<Gap> gaps = new ArrayList<>(sensor.loss().gaps());
        for (String line : sensor.unseen()) {
            gaps.add(new Gap(Gap.Code.UNSUPPORTED, "kernel events", "not seen: " + line));
        }
        return List.copyOf(gaps);
    }

    @Override
    public void stop() {
        isStopped = true;
    }

    @Override
    public void close() {
        sensor.close();
    }
}
