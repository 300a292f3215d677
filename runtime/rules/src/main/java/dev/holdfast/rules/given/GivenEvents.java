package dev.holdfast.rules.given;

import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.core.SafeText;
import dev.holdfast.manifest.tree.Document;
import dev.holdfast.manifest.tree.Node;
import dev.holdfast.manifest.tree.Schema;
import dev.holdfast.manifest.tree.YamlReader;
import dev.holdfast.rules.RuleFile;
import dev.holdfast.rules.event.Event;
import dev.holdfast.rules.event.EventType;
import dev.holdfast.rules.event.GivenEvent;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads events and tests of rules, in YAML (or JSON):
 *
 * <pre>
 * event  = source: NAME          default syscall
 *          type: NAME            evt.type; for the source syscall only, and needed there
 *          time: RFC 3339        default 1970-01-01T00:00:00Z
 *          fields: { name as in rules: value, or list of values }
 * test   = test: NAME
 *          event: event          or events: [ event ]
 *          alerts: [ NAME of a rule, or { rule: NAME, priority: LEVEL, output: TEXT } ]        exactly these, in order
 * tests  = [ test ]
 * </pre>
 */
public final class GivenEvents {
    private static final long SECOND = 1_000_000_000L;

    private final Limits limits;

    public GivenEvents(Limits limits) {
        this.limits = limits;
    }

    /** The one event that a file holds. */
    public Event event(RuleFile file) throws InputException {
        List<Node> roots = roots(file);
        if (roots.size() != 1) {
            throw wrong(file.name(), "one event is expected, and it holds " + roots.size());
        }
        return event(roots.getFirst(), file.name(), 1);
    }

    /** The tests that a file holds. */
    public List<RuleTest> tests(RuleFile file) throws InputException {
        List<RuleTest> tests = new ArrayList<>();
        for (Node root : roots(file)) {
            if (!(root instanceof Node.Sequence sequence)) {
                throw wrong(at(file.name(), root), "a list of tests is expected");
            }
            for (Node test : sequence.elements()) {
                tests.add(test(test, file.name()));
            }
        }
        return tests;
    }

    private List<Node> roots(RuleFile file) throws InputException {
        List<Node> roots = new ArrayList<>();
        for (Document document : new YamlReader(Schema.KUBERNETES, limits).read(file.text())) {
            switch (document) {
                case Document.Broken broken ->
                    throw wrong(file.name() + ":" + broken.line() + ":" + broken.column(), broken.problem());
                case Document.Read read -> roots.add(read.root());
            }
        }
        return roots;
    }

    private static RuleTest test(Node node, String file) throws InputException {
        String name = node.textAt("test").orElseThrow(() -> wrong(at(file, node), "a test needs a name, \"test: …\""));
        List<Node> given = new ArrayList<>(node.get("event").stream().toList());
        node.get("events").ifPresent(events -> given.addAll(events.elements()));
        if (given.isEmpty()) {
            throw wrong(at(file, node), "the test needs an event, or events");
        }
        List<Event> events = new ArrayList<>();
        for (Node event : given) {
            events.add(event(event, file, events.size() + 1L));
        }
        List<RuleTest.Alert> alerts = new ArrayList<>();
        for (Node alert : node.get("alerts").map(Node::elements).orElse(List.of())) {
            alerts.add(alert(alert, file));
        }
        return new RuleTest(name, file, node.place().line(), events, alerts);
    }

    private static RuleTest.Alert alert(Node node, String file) throws InputException {
        Optional<String> rule = node instanceof Node.Scalar scalar ? Optional.of(scalar.text()) : node.textAt("rule");
        return new RuleTest.Alert(
                rule.orElseThrow(() -> wrong(at(file, node), "an alert needs the name of its rule")),
                node.textAt("priority"),
                node.textAt("output"));
    }

    private static Event event(Node node, String file, long number) throws InputException {
        String source = node.textAt("source").orElse(Event.SYSCALL);
        EventType type = type(node, source, file);
        GivenEvent event = new GivenEvent(source, type, time(node, file), number);
        for (Node.Entry field : node.get("fields").map(Node::entries).orElse(List.of())) {
            List<String> values = new ArrayList<>();
            if (field.value() instanceof Node.Scalar scalar) {
                values.add(scalar.text());
            } else {
                for (Node element : field.value().elements()) {
                    values.add(element.textAt().orElse(""));
                }
            }
            try {
                event.with(field.key().text(), values);
            } catch (InputException wrong) {
                throw wrong.in(at(file, field.key()));
            }
        }
        return event;
    }

    private static EventType type(Node node, String source, String file) throws InputException {
        if (!source.equals(Event.SYSCALL)) {
            return EventType.PLUGIN_EVENT;
        }
        String name = node.textAt("type")
                .orElseThrow(() -> wrong(at(file, node), "the event needs a type, such as \"type: openat\""));
        return EventType.of(name).orElseThrow(() -> wrong(at(file, node), "no event has the type \"" + name + "\""));
    }

    private static long time(Node node, String file) throws InputException {
        Optional<String> given = node.textAt("time");
        if (given.isEmpty()) {
            return 0;
        }
        try {
            Instant time = Instant.parse(given.get());
            return Math.addExact(Math.multiplyExact(time.getEpochSecond(), SECOND), time.getNano());
        } catch (DateTimeException | ArithmeticException none) {
            throw wrong(at(file, node), "\"" + given.get() + "\" is no time, which looks like 2026-11-26T14:02:11Z");
        }
    }

    private static String at(String file, Node node) {
        return file + ":" + node.place().line() + ":" + node.place().column();
    }

    private static InputException wrong(String where, String problem) {
        return new InputException(InputException.Code.MALFORMED, SafeText.of(where) + ": " + SafeText.of(problem));
    }
}
