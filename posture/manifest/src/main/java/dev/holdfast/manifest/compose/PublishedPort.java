package dev.holdfast.manifest.compose;

import dev.holdfast.manifest.tree.Node;
import java.util.Optional;

/**
 * A port of a service that is published on the host.
 *
 * @param address of the host; empty for all of its addresses
 * @param published first and last port of the host; empty when the engine chooses
 * @param target first port of the container; 0 when it is not a number
 * @param protocol {@code tcp} or {@code udp}
 * @param node where it is written
 */
public record PublishedPort(
        Optional<String> address, Optional<Range> published, int target, String protocol, Node node) {
    /** Ports from one to another, both included. */
    public record Range(int first, int last) {
        static Optional<Range> of(String text) {
            int dash = text.indexOf('-');
            int first = number(dash < 0 ? text : text.substring(0, dash));
            int last = dash < 0 ? first : number(text.substring(dash + 1));
            return first < 0 || last < 0 ? Optional.empty() : Optional.of(new Range(first, last));
        }

        private static int number(String text) {
            boolean isNumber =
                    !text.isEmpty() && text.length() <= 5 && text.chars().allMatch(Character::isDigit);
            return isNumber ? Integer.parseInt(text) : -1;
        }
    }

    /** Whether it can be reached only from the host itself. */
    public boolean isLocal() {
        return address.filter(text -> text.startsWith("127.") || text.equals("::1") || text.equals("localhost"))
                .isPresent();
    }

    /** An entry of {@code ports}: {@code [address:][host:]container[/protocol]}, or the long form. */
    public static PublishedPort of(Node node) {
        return node.textAt().map(text -> shortForm(text, node)).orElseGet(() -> longForm(node));
    }

    private static PublishedPort longForm(Node node) {
        Optional<Range> target = node.textAt("target").flatMap(Range::of);
        return new PublishedPort(
                node.textAt("host_ip").filter(address -> !isEvery(address)),
                node.textAt("published").flatMap(Range::of),
                target.map(Range::first).orElse(0),
                node.textAt("protocol").orElse("tcp"),
                node);
    }

    private static PublishedPort shortForm(String text, Node node) {
        int slash = text.lastIndexOf('/');
        String protocol = slash < 0 ? "tcp" : text.substring(slash + 1);
        String ports = slash < 0 ? text : text.substring(0, slash);
        int last = ports.lastIndexOf(':');
        String container = ports.substring(last + 1);
        String host = last < 0 ? "" : ports.substring(0, last);
        int second = host.lastIndexOf(':');
        String address = second < 0 ? "" : host.substring(0, second);
        boolean isBracketed = address.startsWith("[") && address.endsWith("]");
        String bare = isBracketed ? address.substring(1, address.length() - 1) : address;
        return new PublishedPort(
                Optional.of(bare).filter(known -> !isEvery(known)),
                Range.of(host.substring(second + 1)),
                Range.of(container).map(Range::first).orElse(0),
                protocol,
                node);
    }

    private static boolean isEvery(String address) {
        return address.isEmpty() || address.equals("0.0.0.0") || address.equals("::") || address.equals("*");
    }
}
