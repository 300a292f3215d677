package dev.holdfast.oci.registry;

import dev.holdfast.core.Digest;
import dev.holdfast.core.ImageReference;
import dev.holdfast.core.InputException;
import dev.holdfast.core.net.SilenceWatch;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One repository of a registry: its manifests and blobs, each verified against its digest. Mirrors are asked first; what they do not
 * give, the registry itself does. Safe for use by several threads.
 */
public final class Registry implements AutoCloseable {
    /** The largest manifest that is taken: four times what the distribution specification lets registries refuse. */
    private static final int MOST_MANIFEST_BYTES = 16 << 20;

    private static final String MANIFESTS = String.join(
            ", ",
            "application/vnd.oci.image.index.v1+json",
            "application/vnd.docker.distribution.manifest.list.v2+json",
            "application/vnd.oci.image.manifest.v1+json",
            "application/vnd.docker.distribution.manifest.v2+json");

    private final ImageReference reference;
    private final RegistrySettings settings;
    private final BlobCache cache;
    private final List<Requests> sources;

    public Registry(ImageReference reference, RegistrySettings settings) throws InputException, IOException {
        this.reference = reference;
        this.settings = settings;
        this.cache = new BlobCache(settings.cache(), settings.clock());
        this.sources = new ArrayList<>();
        for (RegistrySource source : settings.rules().sourcesOf(reference)) {
            sources.add(new Requests(source, settings));
        }
    }

    /**
     * A manifest or index, as bytes.
     *
     * @param version digest or tag
     * @throws InputException when there is none, or it does not have the digest it was asked by
     */
    public byte[] manifest(String version) throws InputException, IOException {
        Optional<Digest> digest = Digest.parse(version);
        byte[] bytes;
        try (InputStream body =
                get("/manifests/" + version, digest.isPresent(), MANIFESTS, 0).body()) {
            bytes = body.readNBytes(MOST_MANIFEST_BYTES + 1);
        } catch (RegistryFailure failure) {
            if (failure.status() == 404) {
                throw new InputException(
                        InputException.Code.NOT_FOUND,
                        "the registry has no " + reference.name() + " with " + (digest.isPresent() ? "" : "tag ")
                                + version);
            }
            throw failure;
        }
        if (bytes.length > MOST_MANIFEST_BYTES) {
            throw new InputException(
                    InputException.Code.LIMIT, "manifest " + version + " is larger than 16 MiB: not read");
        }
        if (digest.isPresent()) {
            verify("manifest", digest.get(), digest.get().newMessageDigest().digest(bytes));
        }
        return bytes;
    }

    /**
     * A blob, from the cache or from the registry, in a file that stays until the cache is pruned.
     *
     * @param size as its descriptor promises
     * @return empty when the registry does not have it
     */
    public Optional<Path> blob(Digest digest, long size) throws InputException, IOException {
        Optional<Path> kept = cache.find(digest);
        if (kept.isPresent()) {
            return kept;
        }
        try (BlobCache.Part part = cache.part(digest)) {
            load(part, digest, size);
            part.accept();
            return Optional.of(part.whole());
        } catch (RegistryFailure failure) {
            if (failure.status() == 404) {
                return Optional.empty();
            }
            throw failure;
        }
    }

    private void load(BlobCache.Part part, Digest digest, long size) throws InputException, IOException {
        MessageDigest sum = digest.newMessageDigest();
        long have = resumable(part, size, sum);
        for (int attempt = 1; have < size; attempt++) {
            IOException broken;
            try {
                have = append(part, digest, size, have, sum);
                broken = RegistryFailure.of(String.format(
                        Locale.ROOT,
                        "%s: blob %s ends after %,d of %,d bytes",
                        reference.host(),
                        digest.brief(),
                        have,
                        size));
            } catch (InterruptedIOException stopped) {
                throw stopped;
            } catch (RegistryFailure refused) {
                if (refused.isLasting()) {
                    throw refused;
                }
                broken = refused;
                have = part.channel().size();
            }
            if (have < size) {
                if (attempt >= settings.patience().attempts()) {
                    throw broken;
                }
                sources.getLast().pause(attempt, java.time.Duration.ZERO);
            }
        }
        byte[] raw = sum.digest();
        if (!digest.matches(raw)) {
            part.clear();
        }
        verify("blob", digest, raw);
    }

    /** What an earlier run left, counted into the sum. */
    private static long resumable(BlobCache.Part part, long size, MessageDigest sum) throws IOException {
        FileChannel channel = part.channel();
        if (channel.size() > size) {
            part.clear();
        }
        ByteBuffer block = ByteBuffer.allocate(1 << 16);
        long at = 0;
        for (int got = channel.read(block, at); got > 0; got = channel.read(block.clear(), at)) {
            sum.update(block.flip());
            at += got;
        }
        return at;
    }

    private long append(BlobCache.Part part, Digest digest, long size, long have, MessageDigest sum)
            throws IOException {
        HttpResponse<InputStream> response = get("/blobs/" + digest, true, "*/*", have);
        long at = have;
        if (at > 0 && !continues(response, at)) { // the server sends all of it again
            part.clear();
            sum.reset();
            at = 0;
        }
        try (InputStream body = response.body();
                SilenceWatch watch = new SilenceWatch(body, settings.patience().silence())) {
            byte[] block = new byte[1 << 16];
            for (int length = body.read(block); length > 0; length = body.read(block)) {
                if (at + length > size) {
                    part.clear();
                    throw new RegistryFailure(
                            String.format(
                                    Locale.ROOT,
                                    "%s: blob %s is longer than the %,d bytes that its manifest promises",
                                    reference.host(),
                                    digest.brief(),
                                    size),
                            400,
                            java.time.Duration.ZERO);
                }
                ByteBuffer bytes = ByteBuffer.wrap(block, 0, length);
                sum.update(block, 0, length);
                for (long to = at; bytes.hasRemaining(); ) {
                    to += part.channel().write(bytes, to);
                }
                at += length;
                watch.came(length);
            }
            return at;
        } catch (RegistryFailure tooLong) {
            throw tooLong;
        } catch (IOException broken) {
            throw RegistryFailure.of(String.format(
                    Locale.ROOT,
                    "%s: the connection broke after %,d of %,d bytes of blob %s",
                    reference.host(),
                    at,
                    size,
                    digest.brief()));
        }
    }

    private static boolean continues(HttpResponse<?> response, long have) {
        return response.statusCode() == 206
                && response.headers().firstValue("Content-Range").orElse("").startsWith("bytes " + have + "-");
    }

    private HttpResponse<InputStream> get(String path, boolean isByDigest, String accept, long from)
            throws IOException {
        for (Requests mirror : sources.subList(0, sources.size() - 1)) {
            if (!mirror.answers(isByDigest)) {
                continue;
            }
            try {
                return mirror.get(path, accept, from);
            } catch (InterruptedIOException stopped) {
                throw stopped;
            } catch (IOException hasNot) {
                // the next one is asked; the registry itself has the last word
            }
        }
        return sources.getLast().get(path, accept, from);
    }

    private static void verify(String what, Digest expected, byte[] raw) throws InputException {
        if (!expected.matches(raw)) {
            throw new InputException(
                    InputException.Code.DIGEST_MISMATCH,
                    what + " " + expected.brief()
                            + " is damaged or was changed: the registry sends content with digest "
                            + expected.algorithm() + ":" + HexFormat.of().formatHex(raw));
        }
    }

    /** Ends all connections, and makes room in the cache. */
    @Override
    public void close() throws IOException {
        for (Requests source : sources) {
            source.close();
        }
        cache.prune(settings.cacheLimit());
    }
}
