package dev.holdfast.respond.deed;

import dev.holdfast.respond.deed.Cutting.Cut;
import dev.holdfast.sensor.libbpf.HeldFolder;
import dev.holdfast.sensor.network.NetworkCut;
import dev.holdfast.sensor.network.NetworkCut.Openings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Cuts a group off the network, but for what is let through.
 *
 * @param cutting where cuts are kept
 * @param group held
 * @param id of the group
 */
public record Disconnecting(Cutting cutting, HeldFolder group, long id, Openings openings) implements Deed {
    @Override
    public Force force(String before) throws IOException {
        List<Cut> cuts = cutting.of(id, openings);
        if (cuts.stream().anyMatch(cut -> cut.state().isWhole())) {
            return Force.WHOLE;
        }
        return cuts.stream().anyMatch(cut -> cut.state().group().isPresent()) ? Force.PARTLY : Force.NOT;
    }

    @Override
    public Optional<String> missing() {
        return NetworkCut.missing();
    }

    @Override
    public String before() {
        return "";
    }

    @Override
    public Done carryOut() throws IOException {
        cutting.cut(group, id, openings);
        boolean isOther = cutting.all().stream()
                .filter(cut -> cut.group() == id)
                .anyMatch(cut -> !cut.state().openings().equals(openings));
        return new Done(
                true,
                "disconnected: its sockets send and receive nothing" + kept(),
                isOther
                        ? List.of("it is cut off by another entry too: what that one does not let through stays cut")
                        : List.of());
    }

    private String kept() {
        List<String> kept = new ArrayList<>();
        if (openings.keepLoopback()) {
            kept.add("the loopback");
        }
        openings.exceptions().forEach(each -> kept.add(each.toString()));
        return kept.isEmpty() ? " any more" : " but for " + String.join(", ", kept);
    }

    @Override
    public void takeBack(String before) throws IOException {
        cutting.remove(cutting.of(id, openings));
    }
}
