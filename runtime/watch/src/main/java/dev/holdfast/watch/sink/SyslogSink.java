package dev.holdfast.watch.sink;

import dev.holdfast.core.InputException;
import dev.holdfast.rules.Priority;
import dev.holdfast.watch.alert.Alert;
import dev.holdfast.watch.alert.AlertFormat;
import dev.holdfast.watch.alert.AlertSink;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * Sends alerts to a syslog server:
 *
 * <pre>
 *   RFC 5424   "&lt;" priority "&gt;1 " time " " host " holdfast " process " alert - " BOM text
 *   RFC 3164   "&lt;" priority "&gt;" month " " day " " time " " host " holdfast[" process "]: " text         where the server is asked for it
 *   local      the same without the host, as syslog(3) writes                                         at a socket with a path
 * </pre>
 *
 * The priority is facility 10 (security) times eight, and the severity of the rule, whose eight levels are those of syslog. A packet is cut
 * at 8 KiB (RFC 5426), over UDP at 1 KiB in the older form; how messages are sent is told by {@link SyslogConnection}. They wait in a queue of
 * bounded length, so that watching never waits for the server. One that cannot be sent is tried once more over a new connection, and then
 * counted as lost.
 */
public final class SyslogSink implements AlertSink {
    private static final int SECURITY = 10;
    private static final int LONGEST_PACKET = 8_192;
    /** RFC 3164 4.1. */
    private static final int LONGEST_OLD_PACKET = 1_024;

    private static final int LONGEST_HOST = 255;
    private static final int MOST_WAITING = 10_000;
    private static final Duration ENDING = Duration.ofSeconds(10);
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};
    private static final String OLD = "rfc3164";
    private static final DateTimeFormatter OLD_TIME = DateTimeFormatter.ofPattern("MMM ppd HH:mm:ss", Locale.ENGLISH);

    private final String name;
    private final URI server;
    private final AlertFormat format;
    private final String host;
    private final ZoneId zone;
    private final Postbox<byte[]> waiting;
    /** Owned by the thread of the postbox, and at the end by the one that closes. */
    private SyslogConnection connection = SyslogConnection.NONE;

    private SyslogSink(URI server, AlertFormat format, String host, ZoneId zone) {
        this.name = "syslog " + server;
        this.server = server;
        this.format = format;
        this.host = host;
        this.zone = zone;
        this.waiting = new Postbox<>("syslog", MOST_WAITING, ENDING, this::isSent).started();
    }

    /**
     * A sink for a server.
     *
     * @param server {@code udp://HOST:PORT}, {@code tcp://HOST:PORT} or {@code unix:///PATH}; the port is 514 where none is told; with
     *     {@code ?rfc3164} behind it for the older form
     * @param zone of the times of the older form, which are local ones
     */
    public static SyslogSink to(String server, AlertFormat format, String host, ZoneId zone) throws InputException {
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
        boolean isForm = uri.getQuery() == null || uri.getQuery().equals(OLD);
        if (!isForm || (!isUnix && (!isNetwork || uri.getHost() == null))) {
            throw wrong(server);
        }
        return new SyslogSink(uri, format, host, zone);
    }

    private static InputException wrong(String server) {
        return new InputException(
                InputException.Code.USAGE,
                "syslog server " + server
                        + " is not understood; udp://HOST:514, tcp://HOST:601 and unix:///dev/log are,"
                        + " with ?rfc3164 behind them for the older form");
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void accept(Alert alert) {
        waiting.put(message(alert));
    }

    private boolean isSent(byte[] message) {
        try {
            connection.send(message);
            return true;
        } catch (IOException broken) {
            reconnect();
        }
        try {
            connection.send(message);
            return true;
        } catch (IOException unreachable) {
            return false;
        }
    }

    private boolean isUnix() {
        return "unix".equalsIgnoreCase(server.getScheme());
    }

    private boolean isOld() {
        return isUnix() || OLD.equals(server.getQuery());
    }

    private byte[] message(Alert alert) {
        String priority = "<" + (SECURITY * 8 + severity(alert.priority())) + ">";
        String from = printable(alert.hostname().isEmpty() ? host : alert.hostname());
        long process = ProcessHandle.current().pid();
        byte[] text = format.print(alert).getBytes(StandardCharsets.UTF_8);
        if (isOld()) {
            String time = OLD_TIME.format(alert.instant().atZone(zone));
            return joined(
                    priority + time + " " + (isUnix() ? "" : from + " ") + "holdfast[" + process + "]: ",
                    new byte[0],
                    text);
        }
        return joined(
                priority + "1 " + alert.instant() + " " + from + " holdfast " + process + " alert - ",
                BYTE_ORDER_MARK,
                text);
    }

    private static byte[] joined(String head, byte[] mark, byte[] text) {
        byte[] first = head.getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(first.length + mark.length + text.length)
                .put(first)
                .put(mark)
                .put(text)
                .array();
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
            connection = SyslogConnection.to(server, isOld() && !isUnix() ? LONGEST_OLD_PACKET : LONGEST_PACKET);
        } catch (IOException unreachable) {
            connection = SyslogConnection.NONE;
        }
    }

    @Override
    public long lost() {
        return waiting.lost();
    }

    @Override
    public void close() throws IOException {
        waiting.close();
        connection.close();
    }
}
