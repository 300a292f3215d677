package dev.holdfast.watch;

import dev.holdfast.core.Gap;
import dev.holdfast.core.InputException;
import dev.holdfast.rules.Rule;
import dev.holdfast.rules.RuleEngine;
import dev.holdfast.rules.event.Event;
import dev.holdfast.rules.event.FieldCatalogue;
import dev.holdfast.rules.event.FieldUse;
import dev.holdfast.rules.event.Value;
import dev.holdfast.watch.alert.Alert;
import dev.holdfast.watch.alert.AlertSink;
import dev.holdfast.watch.alert.Throttle;
import dev.holdfast.watch.record.RecordingWriter;
import dev.holdfast.watch.source.EventSource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Asks rules about every event of a source, and tells what they say. One thread takes the events, asks and tells; rules may be exchanged
 * from another one at any time, and hold from the next event on.
 */
public final class Watcher {
    private static final FieldUse HOSTNAME =
            FieldUse.of(FieldCatalogue.standard().field("evt.hostname").orElseThrow());

    private final Supplier<RuleEngine> rules;
    private final List<AlertSink> sinks;
    private final Throttle throttle;
    private final Optional<RecordingWriter> recording;
    private final String hostname;
    private final Tally tally;
    private final Value value = new Value();

    /**
     * A watcher.
     *
     * @param rules gives the rules that hold now; asked before every event
     * @param sinks where alerts go, each to all
     * @param recording where every event is written down, met by rules or not; ended with the watch
     * @param hostname of this machine, for events that do not tell theirs
     * @param tally counts what happens
     */
    public Watcher(
            Supplier<RuleEngine> rules,
            List<AlertSink> sinks,
            Throttle throttle,
            Optional<RecordingWriter> recording,
            String hostname,
            Tally tally) {
        this.rules = rules;
        this.sinks = List.copyOf(sinks);
        this.throttle = throttle;
        this.recording = recording;
        this.hostname = hostname;
        this.tally = tally;
    }

    /** Watches until the source ends or is stopped. */
    public WatchReport watch(EventSource source) throws InputException, IOException {
        RuleEngine engine = rules.get();
        RuleEngine.Matcher matcher = engine.matcher();
        Optional<? extends Event> event = source.next();
        while (event.isPresent()) {
            RuleEngine current = rules.get();
            if (current != engine) {
                engine = current;
                matcher = current.matcher();
            }
            judge(event.get(), matcher);
            tally.lost(source.lost());
            event = source.next();
        }
        tell(throttle.end());
        recording.ifPresent(RecordingWriter::close);
        return report(source);
    }

    private void judge(Event event, RuleEngine.Matcher matcher) throws IOException {
        tally.event(event.source(), event.time());
        if (recording.isPresent()) {
            recording.get().write(event);
        }
        if (throttle.isDue(event.time())) {
            tell(throttle.pass(event.time()));
        }
        List<Rule> met = matcher.match(event);
        for (int i = 0; i < met.size(); i++) { // not even an iterator is made for each of a million events a second
            tally.met(met.get(i));
            tell(throttle.offer(Alert.of(met.get(i), event, hostOf(event))));
        }
    }

    private String hostOf(Event event) {
        value.clear();
        event.read(HOSTNAME, value);
        return value.isAbsent() ? hostname : value.toString();
    }

    private void tell(List<Alert> alerts) throws IOException {
        for (Alert alert : alerts) {
            tally.told(alert);
            for (AlertSink sink : sinks) {
                sink.accept(alert);
            }
        }
    }

    private WatchReport report(EventSource source) {
        List<Gap> gaps = new ArrayList<>(source.gaps());
        for (AlertSink sink : sinks) {
            if (sink.lost() > 0) {
                gaps.add(new Gap(
                        Gap.Code.LIMIT, sink.name(), sink.lost() + " alerts could not be passed on and are lost here"));
            }
        }
        if (recording.isPresent() && recording.get().lost() > 0) {
            gaps.add(new Gap(
                    Gap.Code.LIMIT, "recording", recording.get().lost() + " events could not be written down there"));
        }
        return new WatchReport(tally.events(), tally.alerts(), tally.heldBack(), source.lost(), List.copyOf(gaps));
    }
}
