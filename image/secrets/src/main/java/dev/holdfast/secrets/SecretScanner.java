package dev.holdfast.secrets;

import dev.holdfast.core.Gaps;
import dev.holdfast.core.Limits;
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
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        Sweep sweep = new Sweep(catalogue, fingerprint);
        sweep.begin(place, Origin.CONFIGURATION);
        sweep.window(bytes, 0, 0, bytes.length, bytes.length, 0, 0);
        secrets.addAll(sweep.findings().take());
        return secrets;
    }

    /** The text with every value in it replaced by the name of its kind, so that it can be shown. */
    public String redact(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        Sweep sweep = new Sweep(catalogue, fingerprint);
        sweep.begin("", Origin.CONFIGURATION);
        sweep.window(bytes, 0, 0, bytes.length, bytes.length, 0, 0);
        return sweep.findings().without(bytes);
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
