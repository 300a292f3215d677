package dev.holdfast.respond;

import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.core.json.Json;
import dev.holdfast.core.json.JsonValue;
import dev.holdfast.respond.group.Members;
import dev.holdfast.respond.group.Target;
import dev.holdfast.sensor.container.Container;
import dev.holdfast.sensor.container.Container.Engine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** What an action does not reach, and what may work against it: told with every outcome. */
final class Remarks {
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
                if (isPod) {
                    notes.add("a liveness probe that gets no answer makes the kubelet start it anew");
                }
            }
            case KILL -> restart(target, isPod, notes);
            case DISCONNECT -> network(order, target, notes);
            case HOLD -> notes.add("processes that run may still execute other programs, and replace those that end");
        }
        return notes;
    }

    private void restart(Target target, boolean isPod, List<String> notes) {
        if (isPod) {
            notes.add("the kubelet may start it again, from the same image");
            return;
        }
        String policy = restartPolicy(target).orElse("");
        if (!policy.isEmpty() && !policy.equals("no")) {
            notes.add("its engine may start it again, from the same image (restart policy " + policy + ")");
        }
    }

    private Optional<String> restartPolicy(Target target) {
        Path file = machine.root()
                .resolve("var/lib/docker/containers")
                .resolve(target.id())
                .resolve("hostconfig.json");
        try {
            boolean isDocker = target.container()
                    .filter(each -> each.engine() == Engine.DOCKER)
                    .isPresent();
            JsonValue config = isDocker && Files.isRegularFile(file)
                    ? Json.parse(Files.readAllBytes(file), Limits.DEFAULT)
                    : JsonValue.JsonNull.NULL;
            return config.at("RestartPolicy", "Name").text();
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
        notes.add("sockets in the file system, such as an engine's, and sockets that others opened for it are not cut");
        if (order.openings().keepLoopback()) {
            notes.add("its loopback is kept: whoever shares its network can still be talked to there");
        }
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
