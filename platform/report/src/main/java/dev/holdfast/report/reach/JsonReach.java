package dev.holdfast.report.reach;

import dev.holdfast.core.json.JsonWriter;
import dev.holdfast.reach.ReachReport;
import dev.holdfast.reach.ReachReport.Difference;
import dev.holdfast.reach.ReachReport.Overview;
import dev.holdfast.reach.ReachReport.Reason;
import dev.holdfast.reach.judge.Cause;
import dev.holdfast.reach.judge.Connection;
import dev.holdfast.reach.judge.Verdict;
import dev.holdfast.reach.space.Connections;
import dev.holdfast.reach.space.PortSet;
import dev.holdfast.reach.space.Protocol;
import dev.holdfast.report.form.DocumentParts;
import java.io.OutputStream;
import java.util.List;

/** Writes answers about reachability as JSON of schema {@code holdfast-reach/1}; the schema is in {@code docs/schema}. */
public final class JsonReach {
    /** All protocols and all ports: of everything that would be three rows. */
    private static final String ANY = "ANY";

    private final JsonWriter json;

    private JsonReach(JsonWriter json) {
        this.json = json;
    }

    /** Writes one document and leaves the stream open. */
    public static void write(ReachReport report, String version, OutputStream out) {
        try (JsonWriter json = new JsonWriter(out)) {
            new JsonReach(json).document(report, version);
        }
    }

    private void document(ReachReport report, String version) {
        json.object(() -> {
            DocumentParts.head(json, "holdfast-reach/1", version);
            switch (report.content()) {
                case Overview overview -> overview(overview);
                case Difference difference -> {
                    connections("added", difference.added());
                    connections("removed", difference.removed());
                }
                case Reason reason -> reason(reason);
            }
            DocumentParts.gaps(json, report.gaps());
        });
    }

    private void overview(Overview overview) {
        json.number("workloads", overview.workloads());
        json.number("policies", overview.policies());
        connections("connections", overview.connections());
        json.object("undecided", () -> {
            json.texts("ingress", overview.openIn());
            json.texts("egress", overview.openOut());
        });
    }

    private void connections(String name, List<Connection> connections) {
        json.array(name, () -> connections.forEach(this::connection));
    }

    private void connection(Connection connection) {
        Runnable ends = () -> {
            json.text("from", connection.from().toString());
            json.text("to", connection.to().toString());
        };
        byProtocol(connection.by(), ends, () -> {});
    }

    /** An object for each protocol, or one for all of them. */
    private void byProtocol(Connections by, Runnable before, Runnable behind) {
        if (by.isAll()) {
            object(before, ANY, by.tcp(), behind);
            return;
        }
        for (Protocol protocol : Protocol.values()) {
            if (!by.ports(protocol).isEmpty()) {
                object(before, protocol.name(), by.ports(protocol), behind);
            }
        }
    }

    private void object(Runnable before, String protocol, PortSet ports, Runnable behind) {
        json.object(() -> {
            before.run();
            json.text("protocol", protocol).texts("ports", ports.texts());
            behind.run();
        });
    }

    private void reason(Reason reason) {
        json.text("from", reason.from().toString());
        json.text("to", reason.to().toString());
        json.array("verdicts", () -> reason.verdicts().forEach(this::verdict));
    }

    private void verdict(Verdict verdict) {
        byProtocol(
                verdict.connections(),
                () -> json.text("verdict", verdict.isAllowed() ? "allowed" : "denied"),
                () -> json.array("because", () -> verdict.causes().forEach(cause -> json.object(() -> cause(cause)))));
    }

    private void cause(Cause cause) {
        json.text("direction", cause.direction().word());
        json.text("policy", cause.policy());
        if (!cause.rule().isEmpty()) {
            json.text("rule", cause.rule());
        }
        json.text("file", cause.origin().file());
        json.number("line", cause.origin().line());
    }
}
