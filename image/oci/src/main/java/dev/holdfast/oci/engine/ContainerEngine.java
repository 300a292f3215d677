package dev.holdfast.oci.engine;

import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.core.SafeText;
import dev.holdfast.core.json.Json;
import dev.holdfast.core.json.JsonValue;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A container engine that serves Docker's API on a Unix socket: Docker, or Podman's service. */
public final class ContainerEngine {
    private static final int MOST_DOCUMENT_BYTES = 16 << 20;

    private final Path socket;

    public ContainerEngine(Path socket) {
        this.socket = socket;
    }

    /** Whether the engine is there and has this image. */
    public boolean hasImage(String name) {
        if (!Files.exists(socket)) {
            return false;
        }
        try (UnixHttp.Answer answer = UnixHttp.get(socket, "/images/" + escaped(name) + "/json")) {
            return answer.status() == 200;
        } catch (IOException unreachable) {
            return false; // another place is asked for the image
        }
    }

    /** What the engine knows of an image. */
    public JsonValue image(String name) throws InputException, IOException {
        return document("/images/" + escaped(name) + "/json", "image " + name);
    }

    /** What the engine knows of a container. */
    public JsonValue container(String name) throws InputException, IOException {
        return document("/containers/" + escaped(name) + "/json", "container " + name);
    }

    /** Writes an image as a docker-archive. */
    public void saveImage(String name, OutputStream to) throws InputException, IOException {
        copy("/images/" + escaped(name) + "/get", "image " + name, to);
    }

    /** Writes the file system of a container, as it is now and without its volumes, as one tar. */
    public void exportContainer(String name, OutputStream to) throws InputException, IOException {
        copy("/containers/" + escaped(name) + "/export", "container " + name, to);
    }

    private void copy(String path, String what, OutputStream to) throws InputException, IOException {
        try (UnixHttp.Answer answer = ask(path, what)) {
            answer.body().transferTo(to);
        }
    }

    private JsonValue document(String path, String what) throws InputException, IOException {
        try (UnixHttp.Answer answer = ask(path, what)) {
            return Json.parse(answer.body().readNBytes(MOST_DOCUMENT_BYTES), Limits.DEFAULT);
        }
    }

    private UnixHttp.Answer ask(String path, String what) throws InputException, IOException {
        UnixHttp.Answer answer;
        try {
            answer = UnixHttp.get(socket, path);
        } catch (ConnectException refused) {
            throw new IOException(socket + ": no container engine answers there: " + refused.getMessage(), refused);
        } catch (java.net.SocketException absent) {
            String why = Files.exists(socket) ? absent.getMessage() : "no such socket; is the engine running?";
            throw new IOException(socket + ": " + why, absent);
        }
        if (answer.status() == 200) {
            return answer;
        }
        try (answer) {
            String message = message(answer.body().readNBytes(MOST_DOCUMENT_BYTES));
            if (answer.status() == 404) {
                throw new InputException(InputException.Code.NOT_FOUND, "the container engine has no " + what);
            }
            throw new IOException(socket + ": the container engine answers " + answer.status() + ": " + message);
        }
    }

    private static String message(byte[] body) {
        try {
            return SafeText.of(
                    Json.parse(body, Limits.DEFAULT).get("message").text().orElse(""));
        } catch (InputException noJson) {
            return "";
        }
    }

    private static String escaped(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8)
                .replace("%2F", "/")
                .replace("+", "%20");
    }
}
