package dev.holdfast.watch.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.Limits;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class AuditWebhookTest {
    private static String batch(int number) {
        StringBuilder items = new StringBuilder();
        for (int i = 0; i < 5; i++) {
            items.append(i == 0 ? "" : ",")
                    .append("{\"kind\":\"Event\",\"stage\":\"ResponseComplete\",\"auditID\":\"")
                    .append(number)
                    .append('-')
                    .append(i)
                    .append("\"}");
        }
        return "{\"kind\":\"EventList\",\"items\":[" + items + "]}";
    }

    private static AuditWebhook listen() throws Exception {
        return AuditWebhook.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), Limits.DEFAULT);
    }

    private static HttpRequest request(AuditWebhook webhook, String method, String body) {
        return HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + webhook.address().getPort() + "/"))
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
    }

    /** A list that is not taken is sent again, as the server does it; then none is missing and none is there twice. */
    @Test
    void takesBatchesThatComeAtOnce() throws Exception {
        TreeSet<String> ids = new TreeSet<>();
        int batches = 40;
        try (AuditWebhook webhook = listen();
                HttpClient client = HttpClient.newHttpClient()) {
            CountDownLatch sent = new CountDownLatch(batches);
            for (int i = 0; i < batches; i++) {
                int number = i;
                Thread.ofVirtual().start(() -> {
                    try {
                        int answer = 503;
                        while (answer == 503) {
                            answer = client.send(
                                            request(webhook, "POST", batch(number)),
                                            HttpResponse.BodyHandlers.discarding())
                                    .statusCode();
                        }
                    } catch (Exception failed) {
                        throw new IllegalStateException(failed);
                    }
                    sent.countDown();
                });
            }
            List<Long> numbers = new ArrayList<>();
            for (int i = 0; i < batches * 5; i++) {
                AuditEvent event = webhook.next().orElseThrow();
                ids.add(event.json().get("auditID").text().orElse(""));
                numbers.add(event.number());
            }
            sent.await();
            assertThat(numbers).isSorted().last().isEqualTo(200L);
        }
        assertThat(ids).hasSize(batches * 5);
    }

    @Test
    void refusesWhatIsNoBatch() throws Exception {
        try (AuditWebhook webhook = listen();
                HttpClient client = HttpClient.newHttpClient()) {
            for (String[] given : new String[][] {
                {"GET", "", "405"},
                {"PUT", batch(1), "405"},
                {"DELETE", "", "405"},
                {"POST", "", "400"},
                {"POST", "{\"kind\":\"EventList\",\"items\":[", "400"},
                {"POST", "{\"kind\":\"Pod\"}", "400"},
                {"POST", "[".repeat(100_000), "400"},
                {"POST", "{\"kind\":\"EventList\",\"items\":[]}", "200"},
                {"POST", batch(1), "200"}
            }) {
                int answer = client.send(request(webhook, given[0], given[1]), HttpResponse.BodyHandlers.discarding())
                        .statusCode();
                assertThat(answer).as(given[0] + " " + given[1].length()).hasToString(given[2]);
            }
            assertThat(webhook.next()).isPresent();
            assertThat(webhook.gaps()).isNotEmpty();
        }
    }

    /** Nothing is read, and nothing kept, of a body that says it is larger than any batch. */
    @Test
    void refusesABodyThatSaysItIsHuge() throws Exception {
        try (AuditWebhook webhook = listen();
                Socket socket = new Socket(
                        InetAddress.getLoopbackAddress(), webhook.address().getPort())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream()
                    .write("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999\r\n\r\n".getBytes(UTF_8));
            BufferedReader answer = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
            assertThat(answer.readLine()).startsWith("HTTP/1.1 413");
        }
    }

    /** Bodies that never end keep out other ones for a while, but hold no more memory than a few do. */
    @Test
    void readsFewBodiesAtOnce() throws Exception {
        List<Socket> slow = new ArrayList<>();
        try (AuditWebhook webhook = listen();
                HttpClient client = HttpClient.newHttpClient()) {
            for (int i = 0; i < 4; i++) {
                Socket socket = new Socket(
                        InetAddress.getLoopbackAddress(), webhook.address().getPort());
                socket.getOutputStream()
                        .write("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n{".getBytes(UTF_8));
                slow.add(socket);
            }
            int answer = 200;
            for (int i = 0; i < 1_000 && answer != 503; i++) {
                answer = client.send(request(webhook, "POST", batch(i)), HttpResponse.BodyHandlers.discarding())
                        .statusCode();
            }
            assertThat(answer).isEqualTo(503);
            for (Socket socket : slow) {
                socket.close();
            }
            for (int i = 0; i < 10_000 && answer == 503; i++) {
                answer = client.send(request(webhook, "POST", batch(i)), HttpResponse.BodyHandlers.discarding())
                        .statusCode();
            }
            assertThat(answer).isEqualTo(200);
        }
    }
}
