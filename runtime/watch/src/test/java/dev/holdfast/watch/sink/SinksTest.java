package dev.holdfast.watch.sink;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import dev.holdfast.watch.Alerts;
import dev.holdfast.watch.alert.AlertFormat;
import java.io.BufferedReader;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SinksTest {
    private static final AlertFormat RULE = alert -> alert.rule();

    private final List<String> told = new ArrayList<>();

    @Test
    void rotatesAFileThatWouldGrowTooLarge(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("alerts.json");
        try (FileSink sink = new FileSink(file, RULE, new FileSink.Rotation(6, 2), told::add)) {
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
        try (FileSink sink = new FileSink(file, RULE, FileSink.Rotation.NEVER, told::add)) {
            sink.accept(Alerts.at(0, "one", "sh"));
            Files.move(file, folder.resolve("moved"));
            sink.accept(Alerts.at(0, "two", "sh"));
        }
        assertThat(Files.readString(file)).isEqualTo("two\n");
    }

    @Test
    void goesOnInANewFileWhenSomebodyPutOneThere(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("alerts.json");
        try (FileSink sink = new FileSink(file, RULE, FileSink.Rotation.NEVER, told::add)) {
            sink.accept(Alerts.at(0, "one", "sh"));
            Files.move(file, folder.resolve("moved"));
            Files.createFile(file);
            sink.accept(Alerts.at(0, "two", "sh"));
        }
        assertThat(Files.readString(file)).isEqualTo("two\n");
        assertThat(told).isEmpty();
    }

    @Test
    void saysOnceThatAFileCannotBeWrittenAndThatItCanAgain(@TempDir Path folder) throws Exception {
        Path inside = Files.createDirectory(folder.resolve("inside"));
        Path file = inside.resolve("alerts.json");
        try (FileSink sink = new FileSink(file, RULE, FileSink.Rotation.NEVER, told::add)) {
            sink.accept(Alerts.at(0, "one", "sh"));
            Files.move(inside, folder.resolve("away"));
            sink.accept(Alerts.at(0, "two", "sh"));
            sink.accept(Alerts.at(0, "three", "sh"));
            assertThat(sink.lost()).isEqualTo(2);
            assertThat(told).singleElement().asString().contains("alerts cannot be written and are lost there");
            Files.createDirectory(inside);
            sink.accept(Alerts.at(0, "four", "sh"));
            assertThat(told).hasSize(2).last().asString().endsWith("alerts are written again; 2 in all could not be");
        }
        assertThat(Files.readString(file)).isEqualTo("four\n");
    }

    /** The device is always full, and is no file that could be cut. */
    @Test
    void countsWhatAFullDiskDoesNotTake() throws Exception {
        Path full = Path.of("/dev/full");
        assumeTrue(Files.exists(full), "this system has no /dev/full");
        try (FileSink sink = new FileSink(full, RULE, FileSink.Rotation.NEVER, told::add)) {
            sink.accept(Alerts.at(0, "one", "sh"));
            sink.accept(Alerts.at(0, "two", "sh"));
            assertThat(sink.lost()).isEqualTo(2);
        }
        assertThat(told).hasSize(1);
    }

    @Test
    void growsOnWhereItCannotRotate(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("alerts.json");
        Files.createDirectories(folder.resolve("alerts.json.1/taken"));
        try (FileSink sink = new FileSink(file, RULE, new FileSink.Rotation(6, 1), told::add)) {
            for (String rule : List.of("one", "two", "3", "four")) {
                sink.accept(Alerts.at(0, rule, "sh"));
            }
            assertThat(sink.lost()).isZero();
        }
        assertThat(Files.readString(file)).isEqualTo("one\ntwo\n3\nfour\n");
        assertThat(told).isNotEmpty().allSatisfy(line -> assertThat(line).contains("grows on"));
    }

    @Test
    void sendsTheOlderFormWhereItIsAskedFor() throws Exception {
        try (DatagramSocket server = new DatagramSocket(0, InetAddress.getLoopbackAddress());
                SyslogSink sink = SyslogSink.to(
                        "udp://127.0.0.1:" + server.getLocalPort() + "?rfc3164", RULE, "", ZoneOffset.UTC)) {
            server.setSoTimeout(5_000);
            sink.accept(Alerts.at(0, "ö".repeat(1_000), "sh"));
            DatagramPacket packet = new DatagramPacket(new byte[2_000], 2_000);
            server.receive(packet);
            assertThat(new String(packet.getData(), 0, packet.getLength(), UTF_8))
                    .matches("<84>Nov 14 22:13:20 node-1 holdfast\\[[0-9]+\\]: ö+");
            assertThat(packet.getLength()).isBetween(1_020, 1_024);
        }
        assertThatThrownBy(() -> SyslogSink.to("udp://h?rfc1", RULE, "", ZoneOffset.UTC))
                .hasMessageContaining("is not understood");
    }

    @Test
    void writesLinesToASocketWithAPath(@TempDir Path folder) throws Exception {
        Path path = folder.resolve("log");
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(path));
            try (SyslogSink sink = SyslogSink.to("unix://" + path, RULE, "", ZoneOffset.UTC)) {
                sink.accept(Alerts.at(0, "one", "sh"));
                sink.accept(Alerts.at(0, "two", "sh"));
                try (SocketChannel connection = server.accept();
                        BufferedReader lines = new BufferedReader(Channels.newReader(connection, UTF_8))) {
                    assertThat(lines.readLine()).matches("<84>Nov 14 22:13:20 holdfast\\[[0-9]+\\]: one");
                    assertThat(lines.readLine()).endsWith(": two");
                }
            }
        }
    }

    /** What is written to a connection that the other side has left would be taken and lost. */
    @Test
    void seesThatASyslogServerWasStartedAgain() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                SyslogSink sink = SyslogSink.to("tcp://127.0.0.1:" + server.getLocalPort(), RULE, "", ZoneOffset.UTC)) {
            sink.accept(Alerts.at(0, "one", "sh"));
            try (Socket first = server.accept()) {
                assertThat(first.getInputStream().readNBytes(3)).hasSize(3);
                first.shutdownOutput();
                sink.accept(Alerts.at(0, "two", "sh"));
                try (Socket second = server.accept()) {
                    assertThat(second.getInputStream().readNBytes(3)).hasSize(3);
                }
            }
            assertThat(sink.lost()).isZero();
        }
    }

    @Test
    void sendsSyslogPackets() throws Exception {
        try (DatagramSocket server = new DatagramSocket(0, InetAddress.getLoopbackAddress());
                SyslogSink sink = SyslogSink.to("udp://127.0.0.1:" + server.getLocalPort(), RULE, "", ZoneOffset.UTC)) {
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
                SyslogSink sink = SyslogSink.to("tcp://127.0.0.1:" + server.getLocalPort(), RULE, "", ZoneOffset.UTC)) {
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
        SyslogSink sink = SyslogSink.to("tcp://127.0.0.1:" + closed, RULE, "", ZoneOffset.UTC);
        sink.accept(Alerts.at(0, "rule", "sh"));
        sink.close();
        assertThat(sink.lost()).isEqualTo(1);
        assertThatThrownBy(() -> SyslogSink.to("ftp://x", RULE, "", ZoneOffset.UTC))
                .hasMessageContaining("is not understood");
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
    void waitsAsLongAsTheServerAsks() throws Exception {
        List<Long> times = new CopyOnWriteArrayList<>();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            times.add(System.nanoTime());
            exchange.getResponseHeaders().set("Retry-After", "1");
            exchange.sendResponseHeaders(times.size() == 1 ? 429 : 204, -1);
            exchange.close();
        });
        server.start();
        WebhookSink sink =
                WebhookSink.to("http://127.0.0.1:" + server.getAddress().getPort(), RULE, BRIEF);
        sink.accept(Alerts.at(0, "rule", "sh"));
        sink.close();
        server.stop(0);
        assertThat(sink.lost()).isZero();
        assertThat(times.getLast() - times.getFirst()).isGreaterThan(900_000_000L);
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
