package dev.holdfast.bench;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;

/**
 * How long the webhook takes: {@code holdfast serve} as a process of its own, over TLS on loopback, with the 17 policies of the Pod Security
 * Standards in CEL. Each measurement stands beside one of {@code /ping} of the same server, which takes the same bytes and does nothing. No
 * two questions are the same.
 *
 * <p>Closed loop: each client has one connection, asks, waits, and asks again. Open loop: questions are due at fixed times whatever became
 * of those before; the time counts from when one was due, so that a server that stands still is not forgiven.
 *
 * <pre>
 *   AdmissionLoad HOLDFAST MILLISECONDS      the launcher; how long each measurement takes
 * </pre>
 */
public final class AdmissionLoad {
    private static final int[] CONTAINERS = {1, 4, 10};
    private static final int[] CLIENTS = {1, 10, 100};
    private static final int RATE = 2_000;
    private static final int CONNECTIONS = 64;
    private static final int MOST_TIMES = 2_000_000;
    private static final String UID = "00000000-0000-4000-8000-0000";
    private static final int UID_DIGITS = 8;
    private static final double MICROSECONDS = 1e3;

    private final int port;
    private final SSLSocketFactory sockets;
    private final Duration time;
    private final AtomicLong number = new AtomicLong();

    private AdmissionLoad(int port, SSLSocketFactory sockets, Duration time) {
        this.port = port;
        this.sockets = sockets;
        this.time = time;
    }

    public static void main(String[] words) throws Exception {
        Path folder = Files.createTempDirectory("holdfast-load-");
        files(folder);
        Process server = new ProcessBuilder(
                        words[0],
                        "serve",
                        "--admission",
                        folder.resolve("settings.yaml").toString(),
                        "--certificate",
                        folder.resolve("tls.crt").toString(),
                        "--key",
                        folder.resolve("tls.key").toString(),
                        "--listen",
                        "127.0.0.1:0")
                .start();
        try (BufferedReader said =
                new BufferedReader(new InputStreamReader(server.getErrorStream(), StandardCharsets.UTF_8))) {
            String line = said.readLine();
            while (line != null && !line.contains("listening on")) {
                System.err.println(line);
                line = said.readLine();
            }
            if (line == null) {
                throw new IOException("the server did not start");
            }
            int port = Integer.parseInt(line.replaceFirst(".*listening on [^ ]*:(\\d+).*", "$1"));
            Duration time = Duration.ofMillis(Long.parseLong(words[1]));
            new AdmissionLoad(port, trusting(folder.resolve("tls.crt")), time).run();
        } finally {
            server.destroy();
            server.waitFor();
        }
    }

    private static void files(Path folder) throws IOException, InterruptedException {
        Files.writeString(
                folder.resolve("settings.yaml"),
                "mode: enforce\npodSecurity: restricted\npolicies: [policies.yaml]\nnamespaces:\n- names: [holdfast]\n  mode: off\n");
        try (InputStream in = AdmissionLoad.class.getResourceAsStream("pod-security-policies.yaml")) {
            if (in == null) {
                throw new IOException("the policies are not in the program");
            }
            Files.write(folder.resolve("policies.yaml"), in.readAllBytes());
        }
        Process openssl = new ProcessBuilder(
                        "openssl",
                        "req",
                        "-x509",
                        "-newkey",
                        "ec",
                        "-pkeyopt",
                        "ec_paramgen_curve:P-256",
                        "-nodes",
                        "-subj",
                        "/CN=holdfast",
                        "-addext",
                        "subjectAltName=IP:127.0.0.1",
                        "-keyout",
                        folder.resolve("tls.key").toString(),
                        "-out",
                        folder.resolve("tls.crt").toString())
                .redirectErrorStream(true)
                .start();
        openssl.getInputStream().readAllBytes();
        if (openssl.waitFor() != 0) {
            throw new IOException("openssl made no certificate");
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

    private void run() throws InterruptedException {
        for (int containers : CONTAINERS) { // both sides get warm
            closed("/validate", review(containers), 4);
            closed("/ping", review(containers), 4);
        }
        for (int containers : CONTAINERS) {
            byte[] review = review(containers);
            for (int clients : CLIENTS) {
                report(
                        "closed " + clients,
                        review,
                        closed("/ping", review, clients),
                        closed("/validate", review, clients));
            }
            report("open " + RATE + "/s", review, open("/ping", review), open("/validate", review));
        }
    }

    /** A question about a pod that everything admits; the digits of its uid and name change from one to the next. */
    private static byte[] review(int containers) {
        StringBuilder pod = new StringBuilder();
        for (int i = 0; i < containers; i++) {
            pod.append(i == 0 ? "" : ",")
                    .append("{\"name\":\"app-")
                    .append(i)
                    .append("\",\"image\":\"registry.example/shop/app-")
                    .append(i)
                    .append(
                            ":1.4.2\",\"ports\":[{\"containerPort\":8080,\"name\":\"http\",\"protocol\":\"TCP\"}],\"env\":[");
            for (int j = 0; j < 20; j++) {
                pod.append(j == 0 ? "" : ",")
                        .append("{\"name\":\"SETTING_")
                        .append(j)
                        .append("\",\"value\":\"the value of this setting is a text ")
                        .append(j)
                        .append("\"}");
            }
            pod.append(
                    "],\"resources\":{\"limits\":{\"cpu\":\"500m\",\"memory\":\"256Mi\"},\"requests\":{\"cpu\":\"100m\",\"memory\":\"128Mi\"}},"
                            + "\"securityContext\":{\"allowPrivilegeEscalation\":false,\"runAsNonRoot\":true,\"capabilities\":{\"drop\":[\"ALL\"]},"
                            + "\"seccompProfile\":{\"type\":\"RuntimeDefault\"}},\"volumeMounts\":[{\"name\":\"settings\",\"mountPath\":\"/settings\"}],"
                            + "\"livenessProbe\":{\"httpGet\":{\"path\":\"/healthz\",\"port\":8080,\"scheme\":\"HTTP\"},\"periodSeconds\":10,\"failureThreshold\":3},"
                            + "\"terminationMessagePath\":\"/dev/termination-log\",\"terminationMessagePolicy\":\"File\",\"imagePullPolicy\":\"IfNotPresent\"}");
        }
        return ("{\"kind\":\"AdmissionReview\",\"apiVersion\":\"admission.k8s.io/v1\",\"request\":{\"uid\":\"" + UID
                        + "00000000\",\"kind\":{\"group\":\"\",\"version\":\"v1\",\"kind\":\"Pod\"},\"resource\":{\"group\":\"\","
                        + "\"version\":\"v1\",\"resource\":\"pods\"},\"name\":\"web\",\"namespace\":\"shop\",\"operation\":\"CREATE\","
                        + "\"userInfo\":{\"username\":\"system:serviceaccount:kube-system:replicaset-controller\",\"groups\":[\"system:authenticated\"]},"
                        + "\"object\":{\"kind\":\"Pod\",\"apiVersion\":\"v1\",\"metadata\":{\"name\":\"web\",\"namespace\":\"shop\",\"labels\":{\"app\":\"web\"}},"
                        + "\"spec\":{\"volumes\":[{\"name\":\"settings\",\"configMap\":{\"name\":\"settings\"}}],\"containers\":["
                        + pod
                        + "],\"restartPolicy\":\"Always\",\"serviceAccountName\":\"default\"}},\"oldObject\":null,\"dryRun\":false}}")
                .getBytes(StandardCharsets.UTF_8);
    }

    private byte[] request(String path, byte[] review) {
        byte[] head = ("POST " + path + "?timeout=5s HTTP/1.1\r\nHost: 127.0.0.1:" + port
                        + "\r\nContent-Type: application/json\r\nContent-Length: " + review.length + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        byte[] request = Arrays.copyOf(head, head.length + review.length);
        System.arraycopy(review, 0, request, head.length, review.length);
        return request;
    }

    /** All times in nanoseconds, sorted. */
    private long[] closed(String path, byte[] review, int clients) throws InterruptedException {
        return times(clients, path, review, (client, times, begin) -> {
            long end = begin + time.toNanos();
            for (int n = 0; System.nanoTime() < end && n < times.length; n++) {
                long start = System.nanoTime();
                client.ask();
                times[n] = System.nanoTime() - start;
            }
        });
    }

    private long[] open(String path, byte[] review) throws InterruptedException {
        AtomicLong slot = new AtomicLong();
        long gap = 1_000_000_000L / RATE;
        long slots = time.toNanos() / gap;
        return times(CONNECTIONS, path, review, (client, times, begin) -> {
            int n = 0;
            for (long next = slot.getAndIncrement(); next < slots; next = slot.getAndIncrement()) {
                long due = begin + next * gap;
                for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                    LockSupport.parkNanos(left);
                }
                client.ask();
                times[n++] = System.nanoTime() - due;
            }
        });
    }

    private interface Behaviour {
        /** @param begin when the time begins, for all of them */
        void run(Client client, long[] times, long begin) throws IOException;
    }

    private long[] times(int clients, String path, byte[] review, Behaviour behaviour) throws InterruptedException {
        List<long[]> all = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        AtomicLong begin = new AtomicLong();
        CyclicBarrier connected = new CyclicBarrier(clients, () -> begin.set(System.nanoTime()));
        for (int i = 0; i < clients; i++) {
            long[] times = new long[MOST_TIMES / clients];
            all.add(times);
            threads.add(Thread.ofPlatform().start(() -> {
                try (Client client = new Client(request(path, review))) {
                    client.ask();
                    connected.await();
                    behaviour.run(client, times, begin.get());
                } catch (IOException failed) {
                    throw new UncheckedIOException(failed);
                } catch (InterruptedException | BrokenBarrierException ended) {
                    throw new IllegalStateException(ended);
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        return all.stream()
                .flatMapToLong(Arrays::stream)
                .filter(each -> each > 0)
                .sorted()
                .toArray();
    }

    /** One connection. */
    private final class Client implements AutoCloseable {
        private final Socket socket;
        private final InputStream in;
        private final byte[] request;
        private final int uid;

        private Client(byte[] request) throws IOException {
            this.request = request;
            this.uid = new String(request, StandardCharsets.UTF_8).indexOf(UID) + UID.length();
            this.socket = sockets.createSocket("127.0.0.1", port);
            socket.setTcpNoDelay(true);
            this.in = new BufferedInputStream(socket.getInputStream(), 1 << 14);
        }

        private void ask() throws IOException {
            long next = number.incrementAndGet();
            for (int i = UID_DIGITS - 1; i >= 0; i--) {
                request[uid + i] = (byte) ('0' + next % 10);
                next /= 10;
            }
            socket.getOutputStream().write(request);
            readAnswer();
        }

        /** Its head, then as many bytes as the head says. */
        private void readAnswer() throws IOException {
            StringBuilder head = new StringBuilder(200);
            while (head.length() < 4 || !head.substring(head.length() - 4).equals("\r\n\r\n")) {
                int next = in.read();
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
            in.readNBytes(Integer.parseInt(
                    lower.substring(length + "content-length:".length(), end).strip()));
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    private static void report(String what, byte[] review, long[] nothing, long[] decided) {
        System.out.printf(
                Locale.ROOT,
                "%-11s %6d bytes   ping %s   validate %s   p99 × %.2f%n",
                what,
                review.length,
                line(nothing),
                line(decided),
                at(decided, 99) / at(nothing, 99));
    }

    private static String line(long[] times) {
        return String.format(
                Locale.ROOT,
                "n %6d p50 %6.2f p95 %6.2f p99 %6.2f max %6.2f ms",
                times.length,
                at(times, 50),
                at(times, 95),
                at(times, 99),
                times[times.length - 1] / MICROSECONDS / 1e3);
    }

    private static double at(long[] times, int percent) {
        return times[(int) Math.min(times.length - 1L, (long) times.length * percent / 100)] / MICROSECONDS / 1e3;
    }
}
