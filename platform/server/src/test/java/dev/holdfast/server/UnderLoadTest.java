package dev.holdfast.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many questions under way while settings and certificates change, and while one server ends and the next begins: each is answered. */
class UnderLoadTest {
    private static final String REVIEW = """
            {"apiVersion":"admission.k8s.io/v1","kind":"AdmissionReview","request":{"uid":"UID","operation":"CREATE","name":"p","namespace":"shop",
            "kind":{"group":"","version":"v1","kind":"Pod"},"resource":{"group":"","version":"v1","resource":"pods"},
            "object":{"apiVersion":"v1","kind":"Pod","metadata":{"name":"p"},"spec":{"hostPID":true,"containers":[{"name":"a","image":"b:1"}]}}}}
            """;
    private static final int CLIENTS = 16;

    @TempDir
    Path folder;

    private final List<String> log = new CopyOnWriteArrayList<>();
    private final List<String> wrong = new CopyOnWriteArrayList<>();
    private final AtomicInteger answered = new AtomicInteger();
    private final AtomicInteger reconnects = new AtomicInteger();
    private final AtomicBoolean isOver = new AtomicBoolean();

    private static String settings(String level) {
        return "mode: enforce\npodSecurity: " + level + "\nnamespaces:\n- names: [holdfast]\n  mode: 'off'\n";
    }

    private ServerSettings settings(int port) {
        return ServerSettings.of(
                "127.0.0.1",
                port,
                folder.resolve("tls.crt"),
                folder.resolve("tls.key"),
                folder.resolve("settings.yaml"),
                "holdfast");
    }

    /**
     * As the API server does: connections are kept, and one that the server closes after an answer, or that cannot be made, is replaced by one
     * to whoever listens then. A question that was sent must be answered.
     */
    private void ask(SSLContext context, AtomicInteger port, int client) {
        int number = 0;
        while (!isOver.get()) {
            try (Socket socket = context.getSocketFactory().createSocket("127.0.0.1", port.get())) {
                InputStream in = new BufferedInputStream(socket.getInputStream());
                boolean isOpen = true;
                while (!isOver.get() && isOpen) {
                    String uid = client + "-" + number++;
                    byte[] body = REVIEW.replace("UID", uid).getBytes(StandardCharsets.UTF_8);
                    socket.getOutputStream()
                            .write(("POST /validate HTTP/1.1\r\nHost: x\r\nContent-Length: " + body.length + "\r\n\r\n")
                                    .getBytes(StandardCharsets.US_ASCII));
                    socket.getOutputStream().write(body);
                    String head = head(in);
                    if (!head.startsWith("http/1.1 200")) {
                        wrong.add(uid + ": " + head);
                        break;
                    }
                    String length = head.replaceFirst("(?s).*content-length: *([0-9]+).*", "$1");
                    String answer = new String(in.readNBytes(Integer.parseInt(length)), StandardCharsets.UTF_8);
                    if (!answer.contains("\"uid\":\"" + uid + "\"") || !answer.contains("\"allowed\":false")) {
                        wrong.add(uid + ": " + answer);
                    }
                    answered.incrementAndGet();
                    isOpen = !head.contains("connection: close");
                }
            } catch (java.net.ConnectException nobodyListens) {
                reconnects.incrementAndGet();
            } catch (IOException failed) {
                if (!isOver.get()) {
                    wrong.add(client + "-" + number + ": " + failed);
                }
            }
        }
    }

    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("closed without an answer");
            }
            head.append((char) next);
        }
        return head.toString().toLowerCase(Locale.ROOT);
    }

    private void await(String line, int times) throws InterruptedException {
        long deadline = System.nanoTime() + 60_000_000_000L;
        while (log.stream().filter(each -> each.startsWith(line)).count() < times) {
            assertThat(System.nanoTime()).as("said " + log).isLessThan(deadline);
            Thread.sleep(20);
        }
    }

    @Test
    void noQuestionIsLost() throws Exception {
        TestKeys.make(folder, "tls");
        Files.writeString(folder.resolve("settings.yaml"), settings("baseline"));
        AdmissionServer first = AdmissionServer.start(settings(0), log::add);
        AtomicInteger port = new AtomicInteger(first.port());
        SSLContext context = TestKeys.client(folder.resolve("tls.crt"), folder, "");
        List<Thread> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            int client = i;
            clients.add(Thread.ofVirtual().start(() -> ask(context, port, client)));
        }
        Files.writeString(folder.resolve("settings.yaml"), settings("restricted"));
        await("settings and policies read anew", 1);
        Files.writeString(folder.resolve("settings.yaml"), "mode: nonsense\n");
        await("a change was not taken", 1);
        Files.setLastModifiedTime(
                folder.resolve("tls.crt"),
                java.nio.file.attribute.FileTime.fromMillis(System.currentTimeMillis() - 5_000));
        await("certificate read anew", 1);
        Files.writeString(folder.resolve("settings.yaml"), settings("baseline"));
        await("settings and policies read anew", 2);
        int before = answered.get();
        assertThat(before).isGreaterThan(CLIENTS);
        try (AdmissionServer second = AdmissionServer.start(settings(0), log::add)) {
            port.set(second.port()); // as when the first is no longer among the endpoints
            first.close();
            long deadline = System.nanoTime() + 60_000_000_000L;
            while (answered.get() < before + 5 * CLIENTS && System.nanoTime() < deadline) {
                Thread.sleep(20);
            }
            isOver.set(true);
            for (Thread client : clients) {
                client.join();
            }
        }
        assertThat(wrong)
                .as(answered + " answered, " + reconnects + " connections refused")
                .isEmpty();
        assertThat(answered.get()).isGreaterThanOrEqualTo(before + 5 * CLIENTS);
    }
}
