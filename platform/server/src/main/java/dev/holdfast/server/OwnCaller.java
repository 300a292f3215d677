package dev.holdfast.server;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Locale;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/**
 * Calls this very server over TLS, so that the way to the judge (handshake, decryption, HTTP) is compiled before anybody waits for it. It
 * asks {@code /ping}, which counts nothing, and believes only the server's own certificate.
 */
final class OwnCaller {
    private static final Duration LONGEST = Duration.ofMillis(800);
    private static final int MOST_CALLS = 4_000;
    /** A connection for so many: handshakes are part of the way. */
    private static final int CALLS_A_CONNECTION = 500;

    private static final int SILENCE_MILLISECONDS = 2_000;
    private static final int LONGEST_HEAD = 8_192;

    private OwnCaller() {}

    /**
     * Calls as often as a moment allows.
     *
     * @param host where the server listens
     * @throws IOException when it does not answer as it should
     */
    static void call(String host, int port, Certificates certificates, byte[] body) throws IOException {
        long start = System.nanoTime();
        byte[] request = request(body);
        SSLContext context = context(certificates);
        InetAddress address = InetAddress.getByName(host);
        InetAddress target = address.isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : address;
        int calls = 0;
        while (calls < MOST_CALLS && System.nanoTime() - start < LONGEST.toNanos()) {
            try (SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(target, port)) {
                socket.setSoTimeout(SILENCE_MILLISECONDS);
                InputStream in = new BufferedInputStream(socket.getInputStream());
                for (int i = 0; i < CALLS_A_CONNECTION && System.nanoTime() - start < LONGEST.toNanos(); i++) {
                    socket.getOutputStream().write(request);
                    answer(in);
                    calls++;
                }
            }
        }
    }

    private static SSLContext context(Certificates certificates) throws IOException {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, new char[0]);
            store.setCertificateEntry("own", certificates.chain().getFirst());
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException unusable) {
            throw new IOException("the server's own certificate cannot be believed", unusable);
        }
    }

    private static byte[] request(byte[] body) {
        byte[] head = ("POST /ping HTTP/1.1\r\nHost: holdfast\r\nContent-Type: application/json\r\nContent-Length: "
                        + body.length + "\r\n\r\n")
                .getBytes(StandardCharsets.ISO_8859_1);
        byte[] request = new byte[head.length + body.length];
        System.arraycopy(head, 0, request, 0, head.length);
        System.arraycopy(body, 0, request, head.length, body.length);
        return request;
    }

    private static void answer(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0 || head.length() > LONGEST_HEAD) {
                throw new EOFException("the answer to a call of our own has no end");
            }
            head.append((char) next);
        }
        int length = 0;
        for (String line : head.toString().toLowerCase(Locale.ROOT).split("\r\n", -1)) {
            String digits = line.startsWith("content-length:")
                    ? line.substring("content-length:".length()).strip()
                    : "";
            length = digits.matches("[0-9]{1,6}") ? Integer.parseInt(digits) : length;
        }
        in.skipNBytes(length);
    }
}
