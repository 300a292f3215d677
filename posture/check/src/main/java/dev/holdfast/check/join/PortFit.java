package dev.holdfast.check.join;

import static dev.holdfast.core.Severity.LOW;
import static dev.holdfast.core.Severity.MEDIUM;
import static dev.holdfast.manifest.InputKind.COMPOSE;
import static dev.holdfast.manifest.InputKind.ECS;
import static dev.holdfast.manifest.InputKind.KUBERNETES;

import dev.holdfast.check.Findings;
import dev.holdfast.check.Rule;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The ports of a manifest, and those that its image exposes. */
final class PortFit implements Fit {
    private static final Rule OTHER_PORT = Rule.of(
            "port-not-of-image",
            LOW,
            "names no port that its image exposes",
            "nothing listens there unless it is told to, and requests fail",
            KUBERNETES,
            COMPOSE,
            ECS);

    private static final Rule LOW_PORT = Rule.of(
            "low-port-for-user",
            MEDIUM,
            "listens below 1024 without the right to",
            "with CRI-O, and with containerd before 2.0, it cannot open the port and does not start",
            KUBERNETES);

    private static final int FIRST_FREE_PORT = 1024;

    @Override
    public List<Rule> rules() {
        return List.of(OTHER_PORT, LOW_PORT);
    }

    @Override
    public void judge(Use use, KnownImage image, Findings out) {
        if (use.ports().isEmpty()) {
            return;
        }
        Set<String> exposed = new HashSet<>();
        image.ports().forEach(port -> exposed.add(number(port)));
        if (use.startsAsBuilt() && !exposed.isEmpty()) {
            other(use, image, exposed, out);
        }
        if (use.kind() == KUBERNETES) {
            low(use, image, exposed, out);
        }
    }

    private static void other(Use use, KnownImage image, Set<String> exposed, Findings out) {
        Setting first = use.ports().getFirst();
        boolean isAny = use.ports().stream().anyMatch(port -> exposed.contains(number(port)));
        boolean isRange = exposed.stream().anyMatch(port -> port.contains("-") || port.contains("$"));
        if (isAny || isRange) {
            out.in(first.path()).pass(OTHER_PORT, use.subject(), first.place());
            return;
        }
        out.in(first.path())
                .fail(OTHER_PORT, use.subject(), first.place())
                .says(use.subject() + " names port " + first.text() + ", and "
                        + use.image().text() + " exposes "
                        + String.join(", ", exposed.stream().sorted().toList()) + " ("
                        + image.ports().getFirst().where() + "); " + OTHER_PORT.why())
                .fix("the port that the program listens on, here and in EXPOSE")
                .add();
    }

    /** The capability to open low ports helps root alone: another user's processes do not hold what is added. */
    private static void low(Use use, KnownImage image, Set<String> exposed, Findings out) {
        Optional<Setting> low = use.ports().stream()
                .filter(port -> isLow(port.text()) && exposed.contains(number(port)))
                .findFirst();
        boolean isUser = use.user().isPresent()
                ? !use.user().get().text().equals("0")
                : image.whom() instanceof Whom.Numbered || image.whom() instanceof Whom.Named;
        if (low.isEmpty() || !isUser || use.opensLowPorts()) {
            return;
        }
        Setting port = low.get();
        out.in(port.path())
                .fail(LOW_PORT, use.subject(), port.place())
                .says(use.subject() + " listens on port " + port.text() + " and does not run as root ("
                        + use.user().map(user -> "runAsUser: " + user.text()).orElse("its image sets a user") + "); "
                        + LOW_PORT.why())
                .fix("a port above 1023, or the sysctl net.ipv4.ip_unprivileged_port_start: \"0\" for the pod")
                .add();
    }

    private static boolean isLow(String port) {
        return port.length() < 5
                && port.chars().allMatch(c -> c >= '0' && c <= '9')
                && Integer.parseInt(port) < FIRST_FREE_PORT;
    }

    private static String number(Setting port) {
        return port.text().split("/", 2)[0];
    }
}
