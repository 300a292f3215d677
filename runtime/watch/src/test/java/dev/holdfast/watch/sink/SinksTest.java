package dev.holdfast.watch.sink;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.holdfast.watch.Alerts;
import dev.holdfast.watch.alert.AlertFormat;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SinksTest {
    private static final AlertFormat RULE = alert -> alert.rule();

    @Test
    void rotatesAFileThatWouldGrowTooLarge(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("alerts.json");
        try (FileSink sink = new FileSink(file, RULE, new FileSink.Rotation(6, 2))) {
            for (String rule : List.of("one", "two", "three", "four", "five")) {
                sink.accept(Alerts.at(0, rule, "sh"));
            }
        }
        assertThat(Files.readString(file)).isEqualTo("five\n");
        assertThat(Files.readString(folder.resolve("alerts.json.1"))).isEqualTo("four\n");
        assertThat(Files.readString(folder.resolve("alerts.json.2"))).isEqualTo("three\n");
        assertThat(folder.resolve("alerts.json.3")).doesNotExist();
    }

    @Test
    void goesOnInANewFileWhenTheOldOneWasMovedAway(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("alerts.json");
        try (FileSink sink = new FileSink(file, RULE, new FileSink.Rotation(0, 0))) {
            sink.accept(Alerts.at(0, "one", "sh"));
            Files.move(file, folder.resolve("moved"));
            sink.accept(Alerts.at(0, "two", "sh"));
        }
        assertThat(Files.readString(file)).isEqualTo("two\n");
    }

    @Test
    void sendsSyslogPackets() throws Exception {
        try (DatagramSocket server = new DatagramSocket(0, InetAddress.getLoopbackAddress());
                SyslogSink sink = SyslogSink.to("udp://127.0.0.1:" + server.getLocalPort(), RULE, "")) {
            server.setSoTimeout(5_000);
            sink.accept(Alerts.at(0, "größer", "sh"));
            DatagramPacket packet = new DatagramPacket(new byte[1_000], 1_000);
            server.receive(packet);
            assertThat(new String(packet.getData(), 0, packet.getLength(), UTF_8))
                    .matches("<84>1 2023-11-14T22:13:20Z node-1 holdfast [0-9]+ alert - \ufeffgrößer");
        }
    }

    @Test
    void sendsSyslogOverTcpBehindItsLength() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                SyslogSink sink = SyslogSink.to("tcp://127.0.0.1:" + server.getLocalPort(), RULE, "")) {
            sink.accept(Alerts.at(0, "rule", "sh"));
            try (Socket connection = server.accept()) {
                byte[] start = connection.getInputStream().readNBytes(8);
                assertThat(new String(start, UTF_8)).matches("[0-9]+ <84>1.*");
            }
        }
    }

    @Test
    void countsWhatNoSyslogServerTakes() throws Exception {
        int closed;
        try (ServerSocket server = new ServerSocket(0)) {
            closed = server.getLocalPort();
        }
        try (SyslogSink sink = SyslogSink.to("tcp://127.0.0.1:" + closed, RULE, "")) {
            sink.accept(Alerts.at(0, "rule", "sh"));
            assertThat(sink.lost()).isEqualTo(1);
        }
        assertThatThrownBy(() -> SyslogSink.to("ftp://x", RULE, "")).hasMessageContaining("is not understood");
    }

    private static final WebhookSink.Patience BRIEF =
            new WebhookSink.Patience(2, 3, Duration.ofMillis(1), Duration.ofSeconds(2), Duration.ofSeconds(5));

    @Test
    void triesAgainWhenTheServerIsBusy() throws Exception {
        AtomicInteger requests = new AtomicInteger();
        List<String> taken = new CopyOnWriteArrayList<>();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            boolean isBusy = requests.incrementAndGet() < 3;
            if (!isBusy) {
                taken.add(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
            }
            exchange.sendResponseHeaders(isBusy ? 503 : 204, -1);
            exchange.close();
        });
        server.start();
        WebhookSink sink =
                WebhookSink.to("http://127.0.0.1:" + server.getAddress().getPort() + "/x", RULE, BRIEF);
        sink.accept(Alerts.at(0, "rule", "sh"));
        sink.close();
        server.stop(0);
        assertThat(taken).containsExactly("rule");
        assertThat(sink.lost()).isZero();
    }

    @Test
    void countsWhatNoServerTakes() throws Exception {
        int closed;
        try (ServerSocket server = new ServerSocket(0)) {
            closed = server.getLocalPort();
        }
        WebhookSink sink = WebhookSink.to("http://127.0.0.1:" + closed, RULE, BRIEF);
        sink.accept(Alerts.at(0, "rule", "sh"));
        sink.close();
        assertThat(sink.lost()).isEqualTo(1);
    }
}
