import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.concurrent.Executors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A small server of pages, as many Java programs in containers are: threads, a temporary folder, random numbers, a jar, a process asked now and then. */
public final class PageServer {
    public static void main(String[] arguments) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(8080), 100);
        server.setExecutor(Executors.newFixedThreadPool(16));
        Path kept = Files.createTempDirectory("pages");
        server.createContext("/", exchange -> {
            byte[] page = ("<html><body>" + exchange.getRequestURI() + " " + new SecureRandom().nextInt() + "</body></html>").getBytes();
            exchange.sendResponseHeaders(200, page.length);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(page);
            }
        });
        server.createContext("/kept", exchange -> {
            try (InputStream in = exchange.getRequestBody()) {
                Path file = Files.createTempFile(kept, "upload", ".zip");
                try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
                    zip.putNextEntry(new ZipEntry("kept"));
                    in.transferTo(zip);
                }
                Files.delete(file);
            }
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.createContext("/load", exchange -> {
            Process process = new ProcessBuilder("uptime").start();
            byte[] load = process.getInputStream().readAllBytes();
            exchange.sendResponseHeaders(200, load.length);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(load);
            }
        });
        server.start();
    }
}
