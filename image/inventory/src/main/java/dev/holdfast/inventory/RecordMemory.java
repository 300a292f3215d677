package dev.holdfast.inventory;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.holdfast.core.Digest;
import dev.holdfast.core.Gap;
import dev.holdfast.core.Limits;
import dev.holdfast.memory.DamagedFactsException;
import dev.holdfast.memory.FactReader;
import dev.holdfast.memory.FactWriter;
import dev.holdfast.memory.GapFacts;
import dev.holdfast.memory.Memory;
import dev.holdfast.memory.Shelf;
import dev.holdfast.oci.FileTree;
import dev.holdfast.oci.FileVersion;
import java.util.List;
import java.util.Optional;

/**
 * What catalogers read in large files, archives and programs mostly: remembering that takes a thousandth of remembering the file. Small files
 * are left to be read again.
 *
 * <pre>
 * reading = list of records, list of gaps ;
 * </pre>
 */
final class RecordMemory {
    /** Smaller contents are remembered themselves, with their layer. */
    private static final long WORTH_REMEMBERING = 1 << 20;

    private final Memory memory;
    private final Limits limits;

    /** What one cataloger told of one content. */
    record Told(List<PackageRecord> records, List<Gap> gaps) {}

    RecordMemory(Memory memory, Limits limits) {
        this.memory = memory;
        this.limits = limits;
    }

    /** What a reading is remembered under; empty when it is not. */
    Optional<Digest> about(Reading reading, FileVersion version, FileTree tree) {
        if (!memory.isOn() || version.size() < WORTH_REMEMBERING) {
            return Optional.empty();
        }
        return tree.contentName(version)
                .map(content ->
                        Digest.sha256((reading.cataloger().name() + " " + reading.told() + " " + content + " " + limits)
                                .getBytes(UTF_8)));
    }

    Optional<Told> recall(Digest about) {
        Optional<FactReader> facts = memory.find(Shelf.RECORDS, about);
        try {
            return facts.isPresent() ? Optional.of(read(facts.get())) : Optional.empty();
        } catch (DamagedFactsException unknown) {
            return Optional.empty();
        }
    }

    private static Told read(FactReader facts) throws DamagedFactsException {
        return new Told(facts.list(() -> InventoryFacts.record(facts)), GapFacts.read(facts));
    }

    void keep(Digest about, Told told) {
        FactWriter facts = new FactWriter();
        facts.list(told.records(), record -> InventoryFacts.write(record, facts));
        GapFacts.write(told.gaps(), facts);
        memory.keep(Shelf.RECORDS, about, facts);
    }
}
