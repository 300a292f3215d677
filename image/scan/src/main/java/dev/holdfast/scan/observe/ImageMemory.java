package dev.holdfast.scan.observe;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.holdfast.core.Digest;
import dev.holdfast.core.Gap;
import dev.holdfast.inventory.InventoryFacts;
import dev.holdfast.inventory.InventoryReport;
import dev.holdfast.memory.DamagedFactsException;
import dev.holdfast.memory.FactReader;
import dev.holdfast.memory.FactWriter;
import dev.holdfast.memory.GapFacts;
import dev.holdfast.memory.Memory;
import dev.holdfast.memory.Shelf;
import dev.holdfast.oci.ImageConfiguration;
import dev.holdfast.oci.Layer;
import dev.holdfast.oci.TargetDescription;
import dev.holdfast.scan.secret.LayerNotes;
import dev.holdfast.scan.secret.SecretsFound;
import dev.holdfast.scan.secret.SecretsLook;
import dev.holdfast.scan.secret.SecretsRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Remembers what whole images were seen to be, each under its digest and the terms on which secrets were looked for.
 *
 * <pre>
 * image  = list of layers, inventory, configuration, findings, option look, gaps ;
 * layer  = option diffId, createdBy ;                                  what it quotes holds no value
 * configuration = created user environment entrypoint command workingDirectory ports ;    no value is left in it
 * look   = kinds, list of samples ;
 * </pre>
 */
final class ImageMemory {
    private final Memory memory;

    ImageMemory(Memory memory) {
        this.memory = memory;
    }

    /** What is known of an image that is proven to be the same. */
    Optional<Observation> recall(TargetDescription description, SecretsRequest terms) {
        Optional<FactReader> facts =
                description.digest().flatMap(digest -> memory.find(Shelf.IMAGES, about(digest, terms)));
        try {
            return facts.isPresent() ? Optional.of(read(facts.get(), description)) : Optional.empty();
        } catch (DamagedFactsException unknown) {
            return Optional.empty();
        }
    }

    boolean mayKnow(TargetDescription description, SecretsRequest terms) {
        return description.digest().isPresent()
                && memory.mayKnow(Shelf.IMAGES, about(description.digest().get(), terms));
    }

    void keep(Observation seen, SecretsRequest terms) {
        Optional<Digest> digest = seen.subject().description().digest();
        if (!memory.isOn() || digest.isEmpty()) {
            return;
        }
        FactWriter facts = new FactWriter();
        facts.list(
                seen.subject().layers(),
                layer -> facts.option(layer.diffId().stream(), facts::digest).text(layer.createdBy()));
        InventoryFacts.write(seen.subject().inventory(), facts);
        write(seen.subject().configuration(), facts);
        FindingFacts.write(seen.secrets().findings(), facts);
        facts.option(
                seen.secrets().look().stream(),
                look -> facts.number(look.kinds()).list(look.samples(), sample -> LayerNotes.write(sample, facts)));
        GapFacts.write(seen.gaps(), facts);
        memory.keep(Shelf.IMAGES, about(digest.get(), terms), facts);
    }

    private static Observation read(FactReader facts, TargetDescription description) throws DamagedFactsException {
        int[] index = {0};
        List<Layer> layers = facts.list(() -> new Layer(index[0]++, facts.option(facts::digest), facts.text()));
        InventoryReport inventory = InventoryFacts.read(facts);
        ImageConfiguration configuration = configuration(facts);
        SecretsFound secrets = new SecretsFound(FindingFacts.read(facts), facts.option(() -> look(facts)));
        List<Gap> gaps = GapFacts.read(facts);
        return new Observation(new Subject(description, layers, inventory, configuration), secrets, gaps);
    }

    private static void write(ImageConfiguration configuration, FactWriter facts) {
        facts.text(configuration.created()).text(configuration.user());
        facts.texts(configuration.environment())
                .texts(configuration.entrypoint())
                .texts(configuration.command());
        facts.text(configuration.workingDirectory()).texts(configuration.exposedPorts());
    }

    private static ImageConfiguration configuration(FactReader facts) throws DamagedFactsException {
        return new ImageConfiguration(
                facts.text(),
                facts.text(),
                facts.texts(),
                facts.texts(),
                facts.texts(),
                facts.text(),
                facts.texts(),
                Map.of(),
                List.of());
    }

    private static SecretsLook look(FactReader facts) throws DamagedFactsException {
        int kinds = facts.integer();
        return new SecretsLook(kinds, facts.list(() -> LayerNotes.readSecret(facts)));
    }

    private static Digest about(Digest image, SecretsRequest terms) {
        String words = "image " + image + " " + terms.isWanted() + " "
                + Digest.sha256(terms.key().getBytes(UTF_8));
        return Digest.sha256(words.getBytes(UTF_8));
    }
}
