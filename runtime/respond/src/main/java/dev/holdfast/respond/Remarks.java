package dev.holdfast.respond;

import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.core.json.Json;
import dev.holdfast.core.json.JsonValue;
import dev.holdfast.respond.group.Members;
import dev.holdfast.respond.group.Target;
import dev.holdfast.sensor.container.Container;
import dev.holdfast.sensor.container.Container.Engine;
import dev.holdfast.sensor.network.NetworkCut.Openings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** What an action does not reach, and what may work against it: told with every outcome. */
final class Remarks {
    private static final String EFFECTIVE = "CapEff:";
    private static final int NET_ADMIN = 12;

    private final Machine machine;

    Remarks(Machine machine) {
        this.machine = machine;
    }

    List<String> about(Order order, Target target) throws IOException {
        List<String> notes = new ArrayList<>();
        boolean isPod = target.container().flatMap(Container::pod).isPresent();
        switch (order.action()) {
            case FREEZE -> {
                notes.add("its engine does not know: it still lists the container as running");
                anew(target, isPod, notes);
                if (isPod) {
                    notes.add("a liveness probe that gets no answer makes the kubelet start it anew");
                }
            }
            case KILL -> restart(target, isPod, notes);
            case DISCONNECT -> {
                network(order, target, notes);
                anew(target, isPod, notes);
            }
            case HOLD -> {
                notes.add("processes that run may still execute other programs, and replace those that end");
                anew(target, isPod, notes);
            }
        }
        return notes;
    }

    private void restart(Target target, boolean isPod, List<String> notes) {
        if (isPod) {
            notes.add("the kubelet may start it again, from the same image");
            return;
        }
        restartPolicy(target)
                .ifPresent(policy -> notes.add(
                        "its engine may start it again, from the same image (restart policy " + policy + ")"));
    }

    /** What is done to a group does not hold for the next one of the same container. */
    private void anew(Target target, boolean isPod, List<String> notes) {
        Optional<String> policy = isPod ? Optional.of("of its pod") : restartPolicy(target);
        policy.ifPresent(which -> notes.add("when it ends its engine may start it anew (restart policy " + which
                + "), and then this does not hold any more"));
    }

    /** Empty when its engine starts it only when it is told to, also when that is not known. */
    private Optional<String> restartPolicy(Target target) {
        Optional<Path> file = target.container()
                .filter(each -> each.engine() == Engine.DOCKER)
                .flatMap(Container::kept)
                .map(folder -> folder.resolve("hostconfig.json"))
                .filter(Files::isRegularFile);
        try {
            JsonValue config = file.isPresent()
                    ? Json.parse(Files.readAllBytes(file.get()), Limits.DEFAULT)
                    : JsonValue.JsonNull.NULL;
            return config.at("RestartPolicy", "Name")
                    .text()
                    .filter(policy -> !policy.isEmpty() && !policy.equals("no"));
        } catch (IOException | InputException unreadable) {
            return Optional.empty();
        }
    }

    private void network(Order order, Target target, List<String> notes) throws IOException {
        boolean isHosts =
                target.container().filter(each -> each.host().network()).isPresent();
        if (isHosts) {
            notes.add(
                    "it shares the machine's network: only its own sockets are cut, whoever else listens stays reachable");
        }
        int raw = isHosts ? 0 : packetSockets(target);
        if (raw > 0) {
            notes.add(raw + " packet socket" + (raw == 1 ? " is" : "s are") + " open in its network: frames sent by "
                    + (raw == 1 ? "it" : "them") + " pass by the cut; freeze it to stop that");
        }
        boolean hasOpenings = !order.openings().equals(Openings.NONE);
        if (hasOpenings && mayChangeItsNetwork(target)) {
            notes.add("it may change its network (CAP_NET_ADMIN), and so carry what is let through to another place");
        }
        notes.add("sockets in the file system, such as an engine's, and sockets that others opened for it are not cut");
        if (order.openings().keepLoopback()) {
            notes.add("its loopback is kept: whoever shares its network can still be talked to there");
        }
    }

    /** Whether some process of it has the capability, as {@code CapEff} of its status tells in hexadecimal digits. */
    private boolean mayChangeItsNetwork(Target target) throws IOException {
        for (int pid : Members.numbers(target.folder())) {
            if (has(effective(machine.proc().resolve(pid + "/status")), NET_ADMIN)) {
                return true;
            }
        }
        return false;
    }

    private static String effective(Path status) {
        try {
            return Files.readAllLines(status).stream()
                    .filter(line -> line.startsWith(EFFECTIVE))
                    .map(line -> line.substring(EFFECTIVE.length()).strip())
                    .findFirst()
                    .orElse("");
        } catch (IOException ended) {
            return "";
        }
    }

    private static boolean has(String capabilities, int number) {
        return capabilities.matches("[0-9a-f]{16}") && (Long.parseUnsignedLong(capabilities, 16) >> number & 1) == 1;
    }

    /** How many packet sockets there are in the network of the container: asked of its first process that still runs. */
    private int packetSockets(Target target) throws IOException {
        for (int pid : Members.numbers(target.folder())) {
            OptionalInt sockets = packetSockets(machine.proc().resolve(Integer.toString(pid)));
            if (sockets.isPresent()) {
                return sockets.getAsInt();
            }
        }
        return 0;
    }

    /** The first line is a heading. */
    private static OptionalInt packetSockets(Path process) {
        try {
            return OptionalInt.of(Math.max(
                    0, Files.readAllLines(process.resolve("net/packet")).size() - 1));
        } catch (IOException ended) {
            return OptionalInt.empty();
        }
    }
}
