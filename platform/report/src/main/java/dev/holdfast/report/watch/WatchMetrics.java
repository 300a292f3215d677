package dev.holdfast.report.watch;

import dev.holdfast.watch.Tally;
import dev.holdfast.watch.alert.AlertSink;
import java.util.List;
import java.util.Map;

/** What was counted while watching, in the text format of Prometheus (version 0.0.4). */
public final class WatchMetrics {
    private static final double NANOS = 1e9;

    private WatchMetrics() {}

    public static String print(Tally tally, List<AlertSink> sinks) {
        StringBuilder out = new StringBuilder();
        head(out, "holdfast_watch_events_total", "counter", "Events that were judged.");
        for (Map.Entry<String, Long> source : tally.eventsBySource().entrySet()) {
            sample(out, "holdfast_watch_events_total", label("source", source.getKey()), source.getValue());
        }
        head(out, "holdfast_watch_events_lost_total", "counter", "Events that were lost before they could be judged.");
        sample(out, "holdfast_watch_events_lost_total", "", tally.lost());
        head(out, "holdfast_watch_alerts_total", "counter", "How often a rule was met.");
        for (Map.Entry<String, Long> rule : tally.alertsByRule().entrySet()) {
            String labels = label("priority", tally.priorityOf(rule.getKey())) + "," + label("rule", rule.getKey());
            sample(out, "holdfast_watch_alerts_total", labels, rule.getValue());
        }
        head(
                out,
                "holdfast_watch_alerts_held_back_total",
                "counter",
                "Alerts that were told only by one that stands for several.");
        sample(out, "holdfast_watch_alerts_held_back_total", "", tally.heldBack());
        head(out, "holdfast_watch_alerts_lost_total", "counter", "Alerts that could not be passed on.");
        for (AlertSink sink : sinks) {
            sample(out, "holdfast_watch_alerts_lost_total", label("sink", sink.name()), sink.lost());
        }
        head(
                out,
                "holdfast_watch_rule_reloads_total",
                "counter",
                "Rule files that were read again, by whether they hold now.");
        sample(out, "holdfast_watch_rule_reloads_total", label("result", "taken"), tally.reloads());
        sample(out, "holdfast_watch_rule_reloads_total", label("result", "refused"), tally.failedReloads());
        head(out, "holdfast_watch_last_event_timestamp_seconds", "gauge", "When the last event was.");
        out.append("holdfast_watch_last_event_timestamp_seconds ")
                .append(tally.lastEventTime() / NANOS)
                .append('\n');
        return out.toString();
    }

    private static void head(StringBuilder out, String name, String type, String help) {
        out.append("# HELP ").append(name).append(' ').append(help).append('\n');
        out.append("# TYPE ").append(name).append(' ').append(type).append('\n');
    }

    private static void sample(StringBuilder out, String name, String labels, long value) {
        out.append(name)
                .append(labels.isEmpty() ? "" : "{" + labels + "}")
                .append(' ')
                .append(value)
                .append('\n');
    }

    private static String label(String name, String value) {
        return name + "=\"" + value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + "\"";
    }
}
