package dev.holdfast.bench;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;

/**
 * How long a running webhook takes, in a closed loop: each client has one connection over TLS, asks, waits for the answer, and asks again.
 * Every question is asked twice in turn: to be decided, and with the namespace replaced by one that the settings leave alone, which costs
 * reading the question and writing an answer, and nothing else.
 *
 * <pre>
 *   AdmissionLoad PORT CERTIFICATE REVIEW.json QUESTIONS LEFT-ALONE-NAMESPACE CLIENTS…
 * </pre>
 */
public final class AdmissionLoad {
    private static final double MICROSECONDS = 1e3;

    private final int port;
    private final SSLSocketFactory sockets;

    private AdmissionLoad(int port, SSLSocketFactory sockets) {
        this.port = port;
        this.sockets = sockets;
    }

    public static void main(String[] words) throws Exception {
        AdmissionLoad load = new AdmissionLoad(Integer.parseInt(words[0]), trusting(Path.of(words[1])));
        String review = Files.readString(Path.of(words[2]));
        String leftAlone = review.replaceAll("\"namespace\":\\s*\"[^\"]*\"", "\"namespace\":\"" + words[4] + "\"");
        int questions = Integer.parseInt(words[3]);
        load.run(review, 1, questions);
        for (int i = 5; i < words.length; i++) {
            int clients = Integer.parseInt(words[i]);
            report("left alone", clients, review, load.run(leftAlone, clients, questions));
            report("decided", clients, review, load.run(review, clients, questions));
        }
    }

    private static SSLSocketFactory trusting(Path certificate) throws GeneralSecurityException, IOException {
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        try (var in = Files.newInputStream(certificate)) {
            trusted.setCertificateEntry(
                    "server", CertificateFactory.getInstance("X.509").generateCertificate(in));
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context.getSocketFactory();
    }

    /** All times in nanoseconds, sorted. */
    private long[] run(String review, int clients, int questions) throws InterruptedException {
        byte[] body = review.getBytes(StandardCharsets.UTF_8);
        byte[] head = ("POST /validate?timeout=5s HTTP/1.1\r\nHost: 127.0.0.1:" + port
                        + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        byte[] request = Arrays.copyOf(head, head.length + body.length);
        System.arraycopy(body, 0, request, head.length, body.length);
        AtomicInteger left = new AtomicInteger(questions);
        List<Thread> threads = new ArrayList<>();
        long[] times = new long[questions];
        for (int i = 0; i < clients; i++) {
            threads.add(Thread.ofPlatform().start(() -> client(request, left, times)));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        Arrays.sort(times);
        return times;
    }

    private void client(byte[] request, AtomicInteger left, long[] times) {
        try (Socket socket = sockets.createSocket("127.0.0.1", port)) {
            socket.setTcpNoDelay(true);
            for (int at = left.decrementAndGet(); at >= 0; at = left.decrementAndGet()) {
                long start = System.nanoTime();
                socket.getOutputStream().write(request);
                readAnswer(socket);
                times[at] = System.nanoTime() - start;
            }
        } catch (IOException failed) {
            throw new java.io.UncheckedIOException(failed);
        }
    }

    /** One answer: its head, then as many bytes as the head says. */
    private static void readAnswer(Socket socket) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = socket.getInputStream().read();
            if (next < 0) {
                throw new IOException("the server hung up");
            }
            head.append((char) next);
        }
        String lower = head.toString().toLowerCase(Locale.ROOT);
        int length = lower.indexOf("content-length:");
        if (!lower.startsWith("http/1.1 200") || length < 0) {
            throw new IOException("unexpected answer: " + head);
        }
        int end = lower.indexOf("\r\n", length);
        int bytes = Integer.parseInt(
                lower.substring(length + "content-length:".length(), end).strip());
        socket.getInputStream().readNBytes(bytes);
    }

    private static void report(String what, int clients, String review, long[] times) {
        System.out.printf(
                Locale.ROOT,
                "%-10s  %3d clients  %6d bytes  p50 %7.0f  p95 %7.0f  p99 %7.0f  max %7.0f µs%n",
                what,
                clients,
                review.length(),
                times[times.length / 2] / MICROSECONDS,
                times[times.length * 95 / 100] / MICROSECONDS,
                times[times.length * 99 / 100] / MICROSECONDS,
                times[times.length - 1] / MICROSECONDS);
    }
}
