package dev.holdfast.reach.read;

import dev.holdfast.manifest.kubernetes.LabelSelector;
import dev.holdfast.manifest.tree.Node;
import dev.holdfast.reach.space.Block;
import dev.holdfast.reach.space.Connections;
import dev.holdfast.reach.space.PortSet;
import dev.holdfast.reach.space.Protocol;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What policies of all kinds are written with. */
final class Parts {
    private static final int LAST_PORT = 65_535;
    private static final Set<String> OPERATORS = Set.of("In", "NotIn", "Exists", "DoesNotExist");

    private static final Pattern LABEL_VALUE = Pattern.compile("(?:[A-Za-z0-9](?:[A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?)?");

    private Parts() {}

    /**
     * Which one of some members stands there; several are refused by the server.
     *
     * @return empty when none does
     */
    static Optional<String> only(Node node, String... members) throws Refusal {
        List<String> there = Arrays.stream(members)
                .filter(member -> node.get(member).isPresent())
                .toList();
        if (there.size() > 1) {
            throw new Refusal(node, "only one of " + String.join(" and ", there) + " may stand here");
        }
        return there.stream().findFirst();
    }

    static List<Node> list(Node node, String... keys) throws Refusal {
        Optional<Node> value = node.at(keys);
        if (value.isPresent() && !(value.get() instanceof Node.Sequence)) {
            throw new Refusal(value.get(), String.join(".", keys) + " is no list");
        }
        return value.map(Node::elements).orElse(List.of());
    }

    static LabelSelector selector(Node node) throws Refusal {
        if (!(node instanceof Node.Mapping)) {
            throw new Refusal(node, "a selector is a map of matchLabels and matchExpressions");
        }
        Optional<Node> labels = node.get("matchLabels");
        if (labels.isPresent() && !(labels.get() instanceof Node.Mapping)) {
            throw new Refusal(labels.get(), "matchLabels is no map");
        }
        for (Node.Entry label : labels.map(Node::entries).orElse(List.of())) {
            String value = label.value().textAt().orElse("");
            if (!LABEL_VALUE.matcher(value).matches()) {
                throw new Refusal(label.value(), "no label has the value \"" + value + "\"");
            }
        }
        for (Node expression : list(node, "matchExpressions")) {
            String operator = expression.textAt("operator").orElse("");
            boolean hasValues = !list(expression, "values").isEmpty();
            if (!OPERATORS.contains(operator)) {
                throw new Refusal(
                        expression,
                        "the operator \"" + operator + "\" is none; In, NotIn, Exists and" + " DoesNotExist are");
            }
            if (operator.endsWith("In") != hasValues) {
                throw new Refusal(expression, hasValues ? operator + " takes no values" : operator + " needs values");
            }
        }
        return LabelSelector.of(node);
    }

    static Block block(Node node) throws Refusal {
        String text = node.textAt().orElse("");
        return Block.parse(text).orElseThrow(() -> new Refusal(node, "\"" + text + "\" is no block of addresses"));
    }

    static Protocol protocol(Node node, String key) throws Refusal {
        String word = node.textAt(key).filter(text -> !text.isEmpty()).orElse(Protocol.TCP.name());
        return Protocol.of(word)
                .orElseThrow(() -> new Refusal(node, "the protocol \"" + word + "\" is none; TCP, UDP and SCTP are"));
    }

    static int port(Node node, String key) throws Refusal {
        long number = node.get(key).flatMap(Node::wholeNumber).orElse(0L);
        if (number < 1 || number > LAST_PORT) {
            throw new Refusal(node, key + " is no port: " + node.textAt(key).orElse("it is missing"));
        }
        return (int) number;
    }

    /** Some ports of a protocol. */
    static Connections ports(Node node, Protocol protocol, int first, int last) throws Refusal {
        if (last < first) {
            throw new Refusal(node, "a range of ports that ends before it begins: " + first + " to " + last);
        }
        return Connections.of(protocol, PortSet.of(first, last));
    }
}
