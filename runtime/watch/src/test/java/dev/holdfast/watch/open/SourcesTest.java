package dev.holdfast.watch.open;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.core.Gap;
import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.rules.event.Event;
import dev.holdfast.watch.audit.AuditEvent;
import dev.holdfast.watch.audit.AuditWebhook;
import dev.holdfast.watch.source.EventSource;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourcesTest {
    private static final Sources SOURCES = new Sources(Limits.DEFAULT, true);

    private static String event(String id) {
        return "{\"kind\":\"Event\",\"auditID\":\"" + id + "\",\"stage\":\"ResponseComplete\"}\n";
    }

    private static List<String> ids(EventSource source) throws InputException, IOException {
        List<String> ids = new ArrayList<>();
        Optional<? extends Event> event = source.next();
        while (event.isPresent()) {
            ids.add(((AuditEvent) event.get()).json().get("auditID").text().orElse(""));
            event = source.next();
        }
        return ids;
    }

    private static byte[] compressed(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(UTF_8));
        }
        return bytes.toByteArray();
    }

    @Test
    void readsTheFilesOfAFolderByTheirNames(@TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("b.log"), event("two"));
        Files.write(folder.resolve("a.log.gz"), compressed(event("one")));
        Files.writeString(folder.resolve("c.txt"), "notes");
        try (EventSource source = SOURCES.open(folder)) {
            assertThat(ids(source)).containsExactly("one", "two");
            assertThat(source.gaps())
                    .singleElement()
                    .extracting(Gap::subject)
                    .asString()
                    .endsWith("c.txt");
        }
    }

    @Test
    void saysWhatAFileIsNot() {
        assertThatThrownBy(() -> SOURCES.open("x", new ByteArrayInputStream("notes".getBytes(UTF_8))))
                .isInstanceOf(InputException.class)
                .hasMessage(
                        "x: neither a recording of Holdfast, nor a .scap capture, nor Kubernetes audit events as JSON");
        assertThatThrownBy(() -> SOURCES.open("x", new ByteArrayInputStream(new byte[] {0x1f, (byte) 0x8b, 8, 0})))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("gzip");
    }

    @Test
    void readsWhatIsBeforeACutOfTheGzipStream() throws Exception {
        byte[] whole = compressed(event("one") + event("two").repeat(3_000));
        try (EventSource source =
                SOURCES.open("x", new ByteArrayInputStream(java.util.Arrays.copyOf(whole, whole.length - 20)))) {
            assertThat(ids(source)).startsWith("one", "two");
            assertThat(source.gaps()).extracting(Gap::detail).contains("the gzip stream is cut off or damaged");
        }
    }

    @Test
    void followsAFileThatGrowsAndIsExchanged(@TempDir Path folder) throws Exception {
        Path log = folder.resolve("audit.log");
        Files.writeString(log, event("one"));
        try (EventSource source = SOURCES.follow(log)) {
            assertThat(source.next()).isPresent();
            Files.writeString(log, event("two"), StandardOpenOption.APPEND);
            assertThat(source.next()).isPresent();
            Files.move(log, folder.resolve("audit-1.log"));
            Files.writeString(log, event("three"));
            assertThat(source.next()).map(Event::number).contains(3L);
            source.stop();
            assertThat(source.next()).isEmpty();
        }
    }

    @Test
    void isTheWebhookOfAServer() throws Exception {
        try (AuditWebhook webhook = AuditWebhook.listen(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), Limits.DEFAULT);
                HttpClient client = HttpClient.newHttpClient()) {
            URI address = URI.create("http://127.0.0.1:" + webhook.address().getPort() + "/audit");
            String list = "{\"kind\":\"EventList\",\"items\":[" + event("one") + "," + event("two") + "]}";
            assertThat(post(client, address, list)).isEqualTo(200);
            assertThat(post(client, address, "{\"kind\":\"Pod\"}")).isEqualTo(400);
            webhook.stop();
            assertThat(ids(webhook)).containsExactly("one", "two");
            assertThat(post(client, address, list)).as("after the end").isEqualTo(503);
            assertThat(webhook.gaps()).hasSize(2);
        }
    }

    private static int post(HttpClient client, URI address, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(address)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }
}
