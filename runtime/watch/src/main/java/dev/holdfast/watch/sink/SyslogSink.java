package dev.holdfast.watch.sink;

import dev.holdfast.core.InputException;
import dev.holdfast.rules.Priority;
import dev.holdfast.watch.alert.Alert;
import dev.holdfast.watch.alert.AlertFormat;
import dev.holdfast.watch.alert.AlertSink;
import java.io.IOException;
import java.io.OutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Sends alerts to a syslog server in the form of RFC 5424:
 *
 * <pre>
 *   message = "&lt;" priority "&gt;1 " time " " host " holdfast " process " alert - " BOM text
 * </pre>
 *
 * The priority is facility 1 (user) or 10 (security, where the server is asked for it) times eight, and the severity of the rule, whose eight
 * levels are those of syslog. Over UDP a message is a packet (RFC 5426) and cut at 8 KiB; over TCP it stands behind its length in digits (RFC
 * 6587 3.4.1); at a unix socket it ends with a line end. A message that cannot be sent is tried once more over a new connection, and then
 * counted as lost.
 */
public final class SyslogSink implements AlertSink {
    private static final int SECURITY = 10;
    private static final int LONGEST_PACKET = 8_192;
    private static final int PATIENCE_MILLIS = 2_000;
    private static final int LONGEST_HOST = 255;
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

    private final String name;
    private final URI server;
    private final AlertFormat format;
    private final String host;
    private Connection connection = Connection.NONE;
    private long lost;

    /** A way to the server. */
    private interface Connection {
        Connection NONE = new Connection() {
            @Override
            public void send(byte[] message) throws IOException {
                throw new IOException("not connected");
            }

            @Override
            public void close() {}
        };

        void send(byte[] message) throws IOException;

        void close() throws IOException;
    }

    private SyslogSink(URI server, AlertFormat format, String host) {
        this.name = "syslog " + server;
        this.server = server;
        this.format = format;
        this.host = host;
    }

    /**
     * A sink for a server.
     *
     * @param server {@code udp://HOST:PORT}, {@code tcp://HOST:PORT} or {@code unix:///PATH}; the port is 514 where none is told
     */
    public static SyslogSink to(String server, AlertFormat format, String host) throws InputException {
        URI uri;
        try {
            uri = URI.create(server);
        } catch (IllegalArgumentException wrong) {
            throw wrong(server);
        }
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        boolean isNetwork = scheme.equals("udp") || scheme.equals("tcp");
        boolean isUnix =
                scheme.equals("unix") && uri.getPath() != null && uri.getPath().startsWith("/");
        if (!isUnix && (!isNetwork || uri.getHost() == null)) {
            throw wrong(server);
        }
        return new SyslogSink(uri, format, host);
    }

    private static InputException wrong(String server) {
        return new InputException(
                InputException.Code.USAGE,
                "syslog server " + server
                        + " is not understood; udp://HOST:514, tcp://HOST:601 and unix:///dev/log are");
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void accept(Alert alert) {
        byte[] message = message(alert);
        try {
            connection.send(message);
            return;
        } catch (IOException broken) {
            reconnect();
        }
        try {
            connection.send(message);
        } catch (IOException unreachable) {
            lost++;
        }
    }

    private byte[] message(Alert alert) {
        int priority = SECURITY * 8 + severity(alert.priority());
        String from = alert.hostname().isEmpty() ? host : alert.hostname();
        String head = "<" + priority + ">1 " + alert.instant() + " " + printable(from) + " holdfast "
                + ProcessHandle.current().pid() + " alert - ";
        byte[] first = head.getBytes(StandardCharsets.US_ASCII);
        byte[] text = format.print(alert).getBytes(StandardCharsets.UTF_8);
        ByteBuffer message = ByteBuffer.allocate(first.length + BYTE_ORDER_MARK.length + text.length);
        return message.put(first).put(BYTE_ORDER_MARK).put(text).array();
    }

    /** RFC 5424 6.2.1. */
    private static int severity(Priority priority) {
        return switch (priority) {
            case EMERGENCY -> 0;
            case ALERT -> 1;
            case CRITICAL -> 2;
            case ERROR -> 3;
            case WARNING -> 4;
            case NOTICE -> 5;
            case INFORMATIONAL -> 6;
            case DEBUG -> 7;
        };
    }

    /** Host names have visible ASCII characters only; an unknown one is a dash. */
    private static String printable(String host) {
        String plain = host.replaceAll("[^!-~]", "");
        return plain.isEmpty() ? "-" : plain.substring(0, Math.min(LONGEST_HOST, plain.length()));
    }

    private void reconnect() {
        try {
            connection.close();
        } catch (IOException alreadyGone) {
            // It was broken before.
        }
        try {
            connection = connect();
        } catch (IOException unreachable) {
            connection = Connection.NONE;
        }
    }

    private Connection connect() throws IOException {
        String scheme = server.getScheme().toLowerCase(Locale.ROOT);
        if (scheme.equals("unix")) {
            return unix();
        }
        int port = server.getPort() < 0 ? 514 : server.getPort();
        return scheme.equals("udp") ? udp(port) : tcp(port);
    }

    private Connection udp(int port) throws IOException {
        DatagramSocket socket = new DatagramSocket();
        InetAddress address = InetAddress.getByName(server.getHost());
        return new Connection() {
            @Override
            public void send(byte[] message) throws IOException {
                socket.send(new DatagramPacket(message, Math.min(message.length, LONGEST_PACKET), address, port));
            }

            @Override
            public void close() {
                socket.close();
            }
        };
    }

    private Connection tcp(int port) throws IOException {
        Socket socket = new Socket();
        socket.connect(new InetSocketAddress(server.getHost(), port), PATIENCE_MILLIS);
        OutputStream out = socket.getOutputStream();
        return new Connection() {
            @Override
            public void send(byte[] message) throws IOException {
                out.write((message.length + " ").getBytes(StandardCharsets.US_ASCII));
                out.write(message);
                out.flush();
            }

            @Override
            public void close() throws IOException {
                socket.close();
            }
        };
    }

    private Connection unix() throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        channel.connect(UnixDomainSocketAddress.of(server.getPath()));
        OutputStream out = Channels.newOutputStream(channel);
        return new Connection() {
            @Override
            public void send(byte[] message) throws IOException {
                out.write(message);
                out.write('\n');
            }

            @Override
            public void close() throws IOException {
                channel.close();
            }
        };
    }

    @Override
    public long lost() {
        return lost;
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }
}
