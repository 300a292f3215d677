package dev.holdfast.watch.sink;

import dev.holdfast.sensor.feed.LocalDatagrams;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;

/**
 * A way to a syslog server. Over UDP a message is a packet, and is cut where none is as long; over TCP it stands behind its length in digits
 * (RFC 6587 3.4.1); at a socket with a path it is a datagram, or ends with a line end where that socket is a stream.
 */
sealed interface SyslogConnection {
    /** Where there is no way. */
    SyslogConnection NONE = new None();

    /** Sends a message, or fails. */
    void send(byte[] message) throws IOException;

    void close() throws IOException;

    /**
     * Connects.
     *
     * @param server {@code udp://HOST:PORT}, {@code tcp://HOST:PORT} or {@code unix:///PATH}
     * @param longest bytes of a message that is a packet
     */
    static SyslogConnection to(URI server, int longest) throws IOException {
        if ("unix".equalsIgnoreCase(server.getScheme())) {
            return local(Path.of(server.getPath()), longest);
        }
        int port = server.getPort() < 0 ? 514 : server.getPort();
        if ("udp".equalsIgnoreCase(server.getScheme())) {
            return new Packets(new DatagramSocket(), InetAddress.getByName(server.getHost()), port, longest);
        }
        return new Stream(Stream.open(new InetSocketAddress(server.getHost(), port)), true);
    }

    private static SyslogConnection local(Path path, int longest) throws IOException {
        try {
            return new Datagrams(LocalDatagrams.to(path), longest);
        } catch (IOException noDatagrams) {
            return new Stream(Stream.open(UnixDomainSocketAddress.of(path)), false);
        }
    }

    /** How many bytes of a message fit; no character is cut in two. */
    private static int fitting(byte[] message, int longest) {
        int length = Math.min(message.length, longest);
        while (length > 0 && length < message.length && (message[length] & 0xc0) == 0x80) {
            length--;
        }
        return length;
    }

    /** No way. */
    record None() implements SyslogConnection {
        @Override
        public void send(byte[] message) throws IOException {
            throw new IOException("not connected");
        }

        @Override
        public void close() {}
    }

    /** UDP. */
    record Packets(DatagramSocket socket, InetAddress address, int port, int longest) implements SyslogConnection {
        @Override
        public void send(byte[] message) throws IOException {
            socket.send(new DatagramPacket(message, fitting(message, longest), address, port));
        }

        @Override
        public void close() {
            socket.close();
        }
    }

    /** A socket with a path that takes datagrams. */
    record Datagrams(LocalDatagrams socket, int longest) implements SyslogConnection {
        @Override
        public void send(byte[] message) throws IOException {
            socket.send(Arrays.copyOf(message, fitting(message, longest)));
        }

        @Override
        public void close() {
            socket.close();
        }
    }

    /**
     * TCP, or a socket with a path that is a stream.
     *
     * @param isCounted whether a message stands behind its length; else it ends with a line end
     */
    record Stream(SocketChannel channel, boolean isCounted) implements SyslogConnection {
        private static final Duration PATIENCE = Duration.ofSeconds(2);

        static SocketChannel open(SocketAddress address) throws IOException {
            boolean isLocal = address instanceof UnixDomainSocketAddress;
            SocketChannel channel = isLocal ? SocketChannel.open(StandardProtocolFamily.UNIX) : SocketChannel.open();
            try {
                if (isLocal) {
                    channel.connect(address);
                } else {
                    channel.socket().connect(address, (int) PATIENCE.toMillis());
                }
                return channel;
            } catch (IOException | RuntimeException unreachable) {
                channel.close();
                throw unreachable;
            }
        }

        @Override
        public void send(byte[] message) throws IOException {
            if (isLeft()) {
                throw new IOException("the server has left");
            }
            byte[] before = isCounted ? (message.length + " ").getBytes(StandardCharsets.US_ASCII) : new byte[0];
            byte[] after = isCounted ? new byte[0] : new byte[] {'\n'};
            ByteBuffer bytes = ByteBuffer.allocate(before.length + message.length + after.length)
                    .put(before)
                    .put(message)
                    .put(after)
                    .flip();
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        }

        /** Whether the other side has closed the connection, which would take what is written and lose it. */
        private boolean isLeft() throws IOException {
            channel.configureBlocking(false);
            try {
                return channel.read(ByteBuffer.allocate(256)) < 0;
            } finally {
                channel.configureBlocking(true);
            }
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
