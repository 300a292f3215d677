package dev.holdfast.advisory.update;

import dev.holdfast.advisory.update.FeedLocations.Location;
import dev.holdfast.advisory.update.FeedStore.Tag;
import dev.holdfast.core.ByteSize;
import dev.holdfast.core.Digest;
import dev.holdfast.core.net.Patience;
import dev.holdfast.core.net.SilenceWatch;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.Locale;

/**
 * Brings one feed up to date: asks whether it changed (RFC 9110, 13.1), continues what was cut off (14.2 with {@code If-Range}), waits and
 * tries again where the server is busy or the connection breaks, and accepts nothing that is shorter than announced, larger than allowed
 * or against its publisher's checksum.
 */
final class Download {
    /** 4 GiB: the largest feed, Red Hat's archive of VEX documents, has a tenth of that. */
    private static final long MOST_BYTES = 4L << 30;

    /** How many days back a feed with a day in its address is looked for. */
    private static final int DAYS_BACK = 4;

    private static final int CHECKSUM_BYTES = 4_096;

    private final HttpClient client;
    private final Patience patience;
    private final Location location;
    private final FeedStore store;

    Download(HttpClient client, Patience patience, Location location, FeedStore store) {
        this.client = client;
        this.patience = patience;
        this.location = location;
        this.store = store;
    }

    /** Whether an attempt that failed may be repeated. */
    private static final class Unanswered extends IOException {
        private static final long serialVersionUID = 1L;
        private final int status;
        private final Duration asked;

        Unanswered(String message, int status, Duration asked) {
            super(message);
            this.status = status;
            this.asked = asked;
        }

        boolean isLasting() {
            return status >= 400 && status < 500 && status != 408 && status != 429;
        }
    }

    /**
     * Brings the newest state into the store's part; {@link FeedStore#acceptPart} makes it count.
     *
     * @return whether there is a newer state than the one kept
     */
    boolean fetch(LocalDate today) throws IOException {
        if (!location.isDaily()) {
            return fetchPatiently(location.at(today));
        }
        for (int back = 0; ; back++) {
            try {
                return fetchPatiently(location.at(today.minusDays(back)));
            } catch (Unanswered missing) {
                if (missing.status != 404 && missing.status != 403 || back == DAYS_BACK) {
                    throw missing;
                }
            }
        }
    }

    private boolean fetchPatiently(URI address) throws IOException {
        for (int attempt = 1; ; attempt++) {
            try {
                return fetchOnce(address);
            } catch (InterruptedIOException stopped) {
                throw stopped;
            } catch (IOException failed) {
                boolean isLasting = failed instanceof Unanswered answer && answer.isLasting();
                if (isLasting || attempt == patience.attempts()) {
                    throw failed;
                }
                Duration asked = failed instanceof Unanswered answer ? answer.asked : Duration.ZERO;
                pause(longer(patience.before(attempt), asked));
            }
        }
    }

    private Duration longer(Duration wait, Duration asked) {
        Duration longest = wait.compareTo(asked) > 0 ? wait : asked;
        return longest.compareTo(patience.mostWait()) > 0 ? patience.mostWait() : longest;
    }

    private static void pause(Duration wait) throws InterruptedIOException {
        try {
            Thread.sleep(wait);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("stopped while waiting for a server");
        }
    }

    private boolean fetchOnce(URI address) throws IOException {
        Tag kept = store.tag();
        Tag partTag = store.partTag();
        long have = Files.isRegularFile(store.part()) ? Files.size(store.part()) : 0;
        boolean continues =
                have > 0 && !partTag.strong().isEmpty() && partTag.address().equals(address.toString());
        HttpRequest.Builder request =
                HttpRequest.newBuilder(address).timeout(patience.silence()).header("User-Agent", "holdfast");
        if (continues) {
            request.header("Range", "bytes=" + have + "-").header("If-Range", partTag.strong());
        }
        if (kept.address().equals(address.toString())) {
            condition(request, "If-None-Match", kept.etag());
            condition(request, "If-Modified-Since", kept.lastModified());
        }
        HttpResponse<InputStream> response = send(request.build());
        try (InputStream body = response.body()) {
            return take(address, response, body, continues ? have : 0);
        }
    }

    private static void condition(HttpRequest.Builder request, String name, String value) {
        if (!value.isEmpty()) {
            request.header(name, value);
        }
    }

    private HttpResponse<InputStream> send(HttpRequest request) throws IOException {
        try {
            return client.send(request, BodyHandlers.ofInputStream());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("stopped while asking " + request.uri());
        }
    }

    private boolean take(URI address, HttpResponse<InputStream> response, InputStream body, long have)
            throws IOException {
        int status = response.statusCode();
        if (status == 304) {
            return false;
        }
        boolean continues =
                status == 206 && have > 0 && header(response, "Content-Range").startsWith("bytes " + have + "-");
        if (status == 206 && !continues || status == 416) {
            store.dropPart();
            throw new Unanswered(address + ": the server's range is not the one asked for", 0, Duration.ZERO);
        }
        if (status != 200 && status != 206) {
            throw new Unanswered(address + ": the server answers " + status, status, retryAfter(response));
        }
        if (!continues) {
            store.beginPart(new Tag(address.toString(), header(response, "ETag"), header(response, "Last-Modified")));
        }
        long announced = response.headers().firstValueAsLong("Content-Length").orElse(-1);
        long got = append(address, body, continues ? have : 0);
        if (announced >= 0 && got != announced) {
            throw new Unanswered(
                    address
                            + String.format(
                                    Locale.ROOT, ": the connection ended after %,d of %,d bytes", got, announced),
                    0,
                    Duration.ZERO);
        }
        checkSum(address);
        return true;
    }

    private static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }

    private static Duration retryAfter(HttpResponse<?> response) {
        String seconds = header(response, "Retry-After");
        return seconds.matches("\\d{1,6}") ? Duration.ofSeconds(Long.parseLong(seconds)) : Duration.ZERO;
    }

    /** Appends the body to the part. Gives up on a connection that stays silent. */
    private long append(URI address, InputStream body, long have) throws IOException {
        SilenceWatch watch = new SilenceWatch(body, patience.silence());
        try (watch;
                OutputStream out =
                        Files.newOutputStream(store.part(), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            byte[] block = new byte[1 << 16];
            int length;
            while ((length = body.read(block)) > 0) {
                if (have + watch.came(length) > MOST_BYTES) {
                    store.dropPart();
                    throw new Unanswered(address + ": larger than " + new ByteSize(MOST_BYTES), 413, Duration.ZERO);
                }
                out.write(block, 0, length);
            }
            return watch.bytes();
        } catch (IOException failed) {
            if (failed instanceof Unanswered) {
                throw failed;
            }
            throw new Unanswered(
                    address
                            + String.format(
                                    Locale.ROOT, ": the connection broke after %,d bytes", have + watch.bytes()),
                    0,
                    Duration.ZERO);
        }
    }

    private void checkSum(URI address) throws IOException {
        if (location.checksum().isEmpty()) {
            return;
        }
        URI sumAddress = URI.create(location.checksum().get());
        HttpResponse<InputStream> response = send(
                HttpRequest.newBuilder(sumAddress).timeout(patience.silence()).build());
        String wanted;
        try (InputStream body = response.body()) {
            if (response.statusCode() != 200) {
                throw new Unanswered(
                        sumAddress + ": the server answers " + response.statusCode(),
                        response.statusCode(),
                        Duration.ZERO);
            }
            wanted = new String(body.readNBytes(CHECKSUM_BYTES), java.nio.charset.StandardCharsets.US_ASCII)
                    .strip()
                    .toLowerCase(Locale.ROOT);
        }
        String found = sha256(store.part());
        if (!wanted.startsWith(found)) {
            store.dropPart();
            throw new Unanswered(
                    address + ": its content does not have the checksum that its publisher states", 0, Duration.ZERO);
        }
    }

    private static String sha256(Path file) throws IOException {
        MessageDigest sum = Digest.newSha256();
        try (InputStream in = Files.newInputStream(file)) {
            byte[] block = new byte[1 << 16];
            int length;
            while ((length = in.read(block)) > 0) {
                sum.update(block, 0, length);
            }
        }
        return HexFormat.of().formatHex(sum.digest());
    }
}
