package dev.holdfast.secrets;

import dev.holdfast.core.Gaps;
import dev.holdfast.core.Limits;
import dev.holdfast.secrets.catalogue.Catalogue;
import dev.holdfast.secrets.catalogue.Kinds;
import dev.holdfast.secrets.place.Origin;
import dev.holdfast.secrets.search.Findings;
import dev.holdfast.secrets.search.Found;
import dev.holdfast.secrets.search.Sweep;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Finds credentials in bytes it is shown. Safe for use by several threads, each with a {@link FileScan} of its own.
 */
public final class SecretScanner {
    private final Catalogue catalogue = new Catalogue(Kinds.all());
    private final Fingerprint fingerprint;
    private final Limits limits;

    /** @param key of the fingerprints: with the same key the same value has the same fingerprint, in whatever image */
    public SecretScanner(byte[] key, Limits limits) {
        this.fingerprint = new Fingerprint(key);
        this.limits = limits;
    }

    /**
     * A scan of files, for one thread.
     *
     * @param found takes what is found, file by file, in the order of the file
     * @param gaps takes what could not be looked at
     */
    public FileScan files(Consumer<Secret> found, Gaps gaps) {
        return new FileScan(catalogue, fingerprint, limits, gaps, found, 0);
    }

    /** What a text of an image's configuration holds, where every value was set by hand. */
    public List<Secret> inText(String place, String text) {
        List<Secret> secrets = new ArrayList<>();
        for (Found found :
                findings(place, text.getBytes(StandardCharsets.UTF_8)).take()) {
            secrets.add(Secret.of(found, place, fingerprint));
        }
        return secrets;
    }

    /** The text with every value in it replaced by the name of its kind, so that it can be shown. */
    public String redact(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return findings("", bytes).without(bytes);
    }

    private Findings findings(String place, byte[] text) {
        Sweep sweep = new Sweep(catalogue);
        sweep.begin(place, Origin.CONFIGURATION);
        sweep.text(text);
        return sweep.findings();
    }

    /** How many kinds are looked for. */
    public int kinds() {
        return catalogue.size();
    }

    /** Whether findings may have this kind. */
    public static boolean knows(String kind) {
        return Catalogue.OTHER_KINDS.contains(kind)
                || Kinds.all().stream().anyMatch(known -> known.id().equals(kind));
    }
}
