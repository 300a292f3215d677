package dev.holdfast.report.scan;

import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.core.json.Json;
import dev.holdfast.report.template.Template;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/** Writes scan reports as a user's template says, over the document that {@link JsonScan} writes. */
public final class TemplateScan {
    private final Template template;

    private TemplateScan(Template template) {
        this.template = template;
    }

    /** @throws InputException when the template is wrong: with line and reason */
    public static TemplateScan of(String template) throws InputException {
        return new TemplateScan(Template.parse(template));
    }

    /** Writes the text and leaves the stream open. */
    public void write(ScanResults results, OutputStream out) throws IOException {
        ByteArrayOutputStream document = new ByteArrayOutputStream(1 << 16);
        JsonScan.write(results, document);
        try {
            template.render(Json.parse(document.toByteArray(), Limits.DEFAULT), out);
        } catch (InputException tooMuch) {
            throw new UncheckedIOException(new IOException(tooMuch.getMessage(), tooMuch));
        }
    }
}
