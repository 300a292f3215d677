package dev.holdfast.server.admission;

import dev.holdfast.core.json.JsonWriter;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * Writes answers that the API server takes: with the question's own version and uid, a code with every denial (without one clients see 400),
 * and warnings that reach the client whole. The server drops a warning with a control character, cuts every warning to 256 bytes once all
 * together have more than 4,096, and drops what is beyond.
 */
public final class ReviewWriter {
    private static final int FORBIDDEN = 403;
    private static final int MOST_WARNING_BYTES = 4_096;
    private static final int MOST_MESSAGE_BYTES = 8_192;

    private ReviewWriter() {}

    public static byte[] write(AdmissionRequest request, AdmissionAnswer answer) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(512);
        try (JsonWriter json = JsonWriter.oneLine(out)) {
            json.object(() -> {
                json.text("apiVersion", request.apiVersion());
                json.text("kind", "AdmissionReview");
                json.object("response", () -> response(request, answer, json));
            });
        }
        return out.toByteArray();
    }

    private static void response(AdmissionRequest request, AdmissionAnswer answer, JsonWriter json) {
        json.text("uid", request.uid());
        json.flag("allowed", answer.isAllowed());
        if (!answer.isAllowed()) {
            json.object("status", () -> {
                json.number("code", FORBIDDEN);
                json.text("reason", "Forbidden");
                json.text("message", cut(printable(answer.message()), MOST_MESSAGE_BYTES));
            });
        }
        if (!answer.patch().isEmpty()) {
            json.text("patchType", "JSONPatch"); // without a type a patch is malformed, and a type without a patch
            json.text("patch", Base64.getEncoder().encodeToString(answer.patch().getBytes(StandardCharsets.UTF_8)));
        }
        if (!answer.warnings().isEmpty()) {
            json.texts("warnings", fitting(answer.warnings()));
        }
        if (!answer.annotations().isEmpty()) {
            json.object("auditAnnotations", () -> answer.annotations().forEach(json::text));
        }
    }

    /** The warnings that the server passes on whole, and how many there are beside them. */
    static List<String> fitting(List<String> warnings) {
        LinkedHashSet<String> distinct = new LinkedHashSet<>();
        warnings.forEach(warning -> distinct.add(printable(warning)));
        List<String> all =
                distinct.stream().filter(warning -> !warning.isBlank()).toList();
        List<String> fitting = new ArrayList<>();
        int left = MOST_WARNING_BYTES - "and 99999 more; see the audit log".length();
        for (String warning : all) {
            int bytes = warning.getBytes(StandardCharsets.UTF_8).length;
            if (bytes > left) {
                break;
            }
            left -= bytes;
            fitting.add(warning);
        }
        if (fitting.isEmpty() && !all.isEmpty()) {
            fitting.add(cut(all.getFirst(), left));
        }
        if (fitting.size() < all.size()) {
            fitting.add("and " + (all.size() - fitting.size()) + " more; see the audit log");
        }
        return fitting;
    }

    private static String printable(String text) {
        StringBuilder clean = new StringBuilder(text.length());
        text.codePoints().forEach(point -> clean.appendCodePoint(Character.isISOControl(point) ? ' ' : point));
        return clean.toString().strip();
    }

    private static String cut(String text, int bytes) {
        if (text.getBytes(StandardCharsets.UTF_8).length <= bytes) {
            return text;
        }
        StringBuilder cut = new StringBuilder(bytes);
        int left = bytes - "…".getBytes(StandardCharsets.UTF_8).length;
        for (int at = 0; at < text.length(); ) {
            int point = text.codePointAt(at);
            left -= Character.toString(point).getBytes(StandardCharsets.UTF_8).length;
            if (left < 0) {
                break;
            }
            cut.appendCodePoint(point);
            at += Character.charCount(point);
        }
        return cut.append('…').toString();
    }
}
