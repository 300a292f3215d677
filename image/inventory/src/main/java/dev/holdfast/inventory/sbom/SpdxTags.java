package dev.holdfast.inventory.sbom;

import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.core.json.JsonValue;
import dev.holdfast.core.json.JsonValue.JsonArray;
import dev.holdfast.core.json.JsonValue.JsonObject;
import dev.holdfast.core.json.JsonValue.JsonString;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An SPDX 2 document as tag-value.
 *
 * <pre>
 * document = { line } ;
 * line     = [ "#" comment | tag ":" value ] LF ;
 * value    = one line | "&lt;text>" any lines "&lt;/text>" ;
 * </pre>
 *
 * <p>{@code PackageName} begins a package, {@code FileName}, {@code SnippetSPDXID} and {@code LicenseID} end one; what follows a package's
 * tag {@code ExternalRef} is {@code CATEGORY TYPE LOCATOR}, what follows {@code PackageChecksum} is {@code ALGORITHM: DIGITS}.
 */
final class SpdxTags {
    private final BillAssembly bill;
    private final Limits limits;
    private final Spdx2 spdx;
    private Map<String, JsonValue> entry = new LinkedHashMap<>();
    private List<JsonValue> references = new ArrayList<>();
    private List<JsonValue> checksums = new ArrayList<>();
    private List<JsonValue> sentences = new ArrayList<>();
    private boolean isInPackage;
    private int begun;
    private int line;

    SpdxTags(BillAssembly bill, Limits limits) {
        this.bill = bill;
        this.limits = limits;
        this.spdx = new Spdx2(bill);
    }

    void read(InputStream bytes) throws InputException, IOException {
        bill.reading("SPDX");
        BufferedReader reader = new BufferedReader(new InputStreamReader(bytes, StandardCharsets.UTF_8));
        for (String text = next(reader); !text.equals(END); text = next(reader)) {
            String stripped = text.strip();
            if (stripped.startsWith("\ufeff")) {
                stripped = stripped.substring(1);
            }
            if (stripped.isEmpty() || stripped.startsWith("#")) {
                continue;
            }
            int colon = stripped.indexOf(':');
            if (colon < 1) {
                throw new InputException(
                        InputException.Code.MALFORMED,
                        "line " + line + ": expected 'Tag: value', found: "
                                + stripped.substring(0, Math.min(60, stripped.length())));
            }
            String tag = stripped.substring(0, colon).strip();
            String value = stripped.substring(colon + 1).strip();
            tag(tag, value.startsWith("<text>") ? block(value, reader) : value);
        }
        finishPackage();
        if (bill.format().isEmpty()) {
            throw new InputException(InputException.Code.MALFORMED, "no bill of materials: it has no SPDXVersion");
        }
    }

    /** What {@link #next} answers behind the last line; no line can hold a line feed. */
    private static final String END = "\n";

    /** The next line; one longer than the budget is an error, and never held whole. */
    private String next(BufferedReader reader) throws InputException, IOException {
        StringBuilder text = new StringBuilder();
        int c = reader.read();
        if (c < 0) {
            return END;
        }
        line++;
        while (c >= 0 && c != '\n') {
            if (text.length() >= limits.lineBytes()) {
                throw new InputException(
                        InputException.Code.LIMIT,
                        "line " + line + " is longer than " + limits.lineBytes() + " characters");
            }
            text.append((char) c);
            c = reader.read();
        }
        return text.toString();
    }

    private String block(String first, BufferedReader reader) throws InputException, IOException {
        int begin = line;
        StringBuilder text = new StringBuilder(first.substring("<text>".length()));
        while (text.indexOf("</text>") < 0) {
            String more = next(reader);
            if (more.equals(END)) {
                throw new InputException(
                        InputException.Code.TRUNCATED,
                        "line " + begin + ": <text> that is not closed before the file ends");
            }
            if (text.length() > limits.lineBytes()) {
                throw new InputException(
                        InputException.Code.LIMIT,
                        "line " + begin + ": <text> is longer than " + limits.lineBytes() + " characters");
            }
            text.append('\n').append(more);
        }
        return text.substring(0, text.indexOf("</text>")).strip();
    }

    private void tag(String tag, String value) throws InputException {
        switch (tag) {
            case "SPDXVersion" -> bill.format(value);
            case "DocumentName" -> bill.subject(value);
            case "Created" -> bill.created(value);
            case "PackageName" -> {
                finishPackage();
                isInPackage = true;
                begun = line;
                put("name", value);
            }
            case "FileName", "SnippetSPDXID", "LicenseID" -> finishPackage();
            case "SPDXID" -> put("SPDXID", value);
            case "PackageVersion" -> put("versionInfo", value);
            case "PackageFileName" -> put("packageFileName", value);
            case "PackageSourceInfo" -> put("sourceInfo", value);
            case "PackageLicenseConcluded" -> put("licenseConcluded", value);
            case "PackageLicenseDeclared" -> put("licenseDeclared", value);
            case "PrimaryPackagePurpose" -> put("primaryPackagePurpose", value);
            case "PackageAttributionText", "AnnotationComment" -> {
                if (isInPackage) {
                    sentences.add(new JsonString(value));
                }
            }
            case "PackageChecksum" -> pair(value, ":", "algorithm", "checksumValue", checksums);
            case "ExternalRef" -> {
                int blank = value.indexOf(' ');
                pair(value.substring(blank + 1).strip(), " ", "referenceType", "referenceLocator", references);
            }
            default -> {}
        }
    }

    private void put(String name, String value) {
        if (isInPackage) {
            entry.put(name, new JsonString(value));
        }
    }

    private void pair(String value, String between, String first, String second, List<JsonValue> into) {
        int at = value.indexOf(between);
        if (isInPackage && at > 0) {
            into.add(new JsonObject(Map.of(
                    first, new JsonString(value.substring(0, at).strip()),
                    second, new JsonString(value.substring(at + 1).strip()))));
        }
    }

    private void finishPackage() throws InputException {
        if (isInPackage) {
            entry.put("externalRefs", new JsonArray(references));
            entry.put("checksums", new JsonArray(checksums));
            entry.put("attributionTexts", new JsonArray(sentences));
            spdx.take(new JsonObject(entry), begun);
        }
        isInPackage = false;
        entry = new LinkedHashMap<>();
        references = new ArrayList<>();
        checksums = new ArrayList<>();
        sentences = new ArrayList<>();
    }
}
