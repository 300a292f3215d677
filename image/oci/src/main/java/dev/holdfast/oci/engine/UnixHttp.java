package dev.holdfast.oci.engine;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;

/**
 * HTTP/1.1 (RFC 9112) over a Unix socket, as much as one {@code GET} needs: the JDK's client knows only TCP. One connection a request. A
 * body ends by its length, by its last chunk, or with the connection; one that ends before is an {@link EOFException}.
 */
final class UnixHttp {
    private static final int MOST_LINE = 8_192;
    private static final int MOST_HEADERS = 200;

    private UnixHttp() {}

    /**
     * An answer.
     *
     * @param status such as 200
     * @param body closes the connection when it is closed
     */
    record Answer(int status, InputStream body) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            body.close();
        }
    }

    /**
     * @param path printable ASCII without spaces
     */
    static Answer get(Path socket, String path) throws IOException {
        SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
        try {
            ByteBuffer request = StandardCharsets.US_ASCII.encode("GET " + path
                    + " HTTP/1.1\r\nHost: localhost\r\nUser-Agent: holdfast\r\nConnection: close\r\n\r\n");
            while (request.hasRemaining()) {
                channel.write(request);
            }
            InputStream in = new java.io.BufferedInputStream(Channels.newInputStream(channel), 1 << 16);
            return answer(in);
        } catch (IOException | RuntimeException failed) {
            channel.close();
            throw failed;
        }
    }

    private static Answer answer(InputStream in) throws IOException {
        String[] status = line(in).split(" ", 3);
        if (status.length < 2 || !status[0].startsWith("HTTP/1.") || !status[1].matches("[1-5]\\d\\d")) {
            throw new IOException("the socket does not speak HTTP");
        }
        long length = -1;
        boolean isChunked = false;
        int headers = 0;
        for (String header = line(in); !header.isEmpty(); header = line(in)) {
            if (++headers > MOST_HEADERS) {
                throw new IOException("the answer has more than " + MOST_HEADERS + " headers");
            }
            String lower = header.toLowerCase(Locale.ROOT);
            if (lower.startsWith("content-length:")) {
                length = number(lower.substring("content-length:".length()).strip(), 10);
            } else if (lower.startsWith("transfer-encoding:")) {
                isChunked = lower.endsWith("chunked");
            }
        }
        InputStream body = isChunked ? new Chunks(in) : length >= 0 ? new Counted(in, length) : in;
        return new Answer(Integer.parseInt(status[1]), body);
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0 || line.length() > MOST_LINE) {
                throw new EOFException("the answer ends within its head");
            }
            line.append((char) c);
        }
        int end = line.length();
        return end > 0 && line.charAt(end - 1) == '\r' ? line.substring(0, end - 1) : line.toString();
    }

    private static long number(String text, int radix) throws IOException {
        try {
            long number = Long.parseLong(text, radix);
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException notOne) {
            // told below
        }
        throw new IOException("the answer's length is no number");
    }

    /** A body of a known length. */
    private static final class Counted extends InputStream {
        private final InputStream in;
        private long left;

        private Counted(InputStream in, long length) {
            this.in = in;
            this.left = length;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            if (left == 0) {
                return -1;
            }
            int got = in.read(into, offset, (int) Math.min(length, left));
            if (got < 0) {
                throw new EOFException("the answer ends " + left + " bytes early");
            }
            left -= got;
            return got;
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }

    /** A body in chunks: a length in hexadecimal digits on a line, that many bytes, an empty line; the last one has length 0. */
    private static final class Chunks extends InputStream {
        private final InputStream in;
        private long left;
        private boolean isFirst = true;
        private boolean isEnded;

        private Chunks(InputStream in) {
            this.in = in;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            if (left == 0 && !isEnded) {
                begin();
            }
            if (isEnded) {
                return -1;
            }
            int got = in.read(into, offset, (int) Math.min(length, left));
            if (got < 0) {
                throw new EOFException("the answer ends within a chunk");
            }
            left -= got;
            return got;
        }

        private void begin() throws IOException {
            if (!isFirst) {
                line(in); // ends the chunk before
            }
            isFirst = false;
            String size = line(in);
            int extension = size.indexOf(';');
            left = number((extension < 0 ? size : size.substring(0, extension)).strip(), 16);
            isEnded = left == 0;
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
