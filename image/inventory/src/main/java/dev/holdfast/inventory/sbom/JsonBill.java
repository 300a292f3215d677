package dev.holdfast.inventory.sbom;

import dev.holdfast.core.Gap;
import dev.holdfast.core.Gaps;
import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.core.json.JsonCursor;
import dev.holdfast.core.json.JsonValue;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Base64;
import java.util.TreeSet;

/**
 * A JSON document that is a bill of materials, told by the members it has, in whatever order they come. Only one entry is held at a time.
 *
 * <pre>
 *   CycloneDX          bomFormat, specVersion, metadata, components[]
 *   SPDX 2             spdxVersion, SPDXID, creationInfo, name, packages[]; also as "sbom" of GitHub's export
 *   SPDX 3             &#64;context, &#64;graph[]
 *   Syft               artifacts[], distro, source, descriptor
 *   GitHub snapshot    detector, manifests{}
 *   in-toto statement  predicateType, subject, predicate: any of the above
 *   DSSE envelope      payloadType, payload: a statement or any of the above in Base64
 * </pre>
 */
final class JsonBill {
    /** An envelope around a statement around a bill, and one spare. */
    private static final int MOST_WRAPPINGS = 4;

    /** So many member names are quoted when a document is something else. */
    private static final int SHOWN = 8;

    private final BillAssembly bill;
    private final String document;
    private final Limits limits;
    private final Gaps gaps;
    private final Spdx2 spdx;
    private final Spdx3 spdx3;
    private final TreeSet<String> strangers = new TreeSet<>();
    private String specVersion = "";
    private boolean isCycloneDx;
    private int wrappings;

    JsonBill(BillAssembly bill, String document, Limits limits, Gaps gaps) {
        this.bill = bill;
        this.document = document;
        this.limits = limits;
        this.gaps = gaps;
        this.spdx = new Spdx2(bill);
        this.spdx3 = new Spdx3(bill);
    }

    void read(InputStream bytes) throws InputException, IOException {
        try (JsonCursor cursor = JsonCursor.open(bytes, limits)) {
            members(cursor);
            if (!cursor.isAtEnd()) {
                gaps.add(
                        Gap.Code.UNSUPPORTED,
                        document,
                        "another document follows the first in the same file; only the first was read");
            }
        }
        settleFormat();
    }

    private void settleFormat() throws InputException {
        if (isCycloneDx) {
            bill.format("CycloneDX " + (specVersion.isEmpty() ? "of unknown version" : specVersion));
            if (!CycloneDx.isKnownVersion(specVersion)) {
                gaps.add(
                        Gap.Code.UNSUPPORTED,
                        document,
                        "CycloneDX version \"" + specVersion
                                + "\" is none that is known (1.0 to 1.7); it was read as 1.7");
            }
        }
        if (bill.format().isEmpty()) {
            String found = strangers.isEmpty()
                    ? "it has no members"
                    : "it has "
                            + String.join(", ", strangers.stream().limit(SHOWN).toList());
            throw new InputException(
                    InputException.Code.MALFORMED,
                    "no bill of materials: a JSON object without the marks of CycloneDX, SPDX, Syft or a GitHub snapshot; "
                            + found);
        }
    }

    private void members(JsonCursor cursor) throws InputException, IOException {
        if (++wrappings > MOST_WRAPPINGS) {
            throw new InputException(
                    InputException.Code.LIMIT, "envelopes within envelopes, more than " + MOST_WRAPPINGS);
        }
        if (!cursor.enterObject()) {
            throw new InputException(InputException.Code.MALFORMED, "no bill of materials: not a JSON object");
        }
        while (cursor.nextMember()) {
            member(cursor);
        }
    }

    private void member(JsonCursor cursor) throws InputException, IOException {
        switch (cursor.name()) {
            case "bomFormat" -> isCycloneDx |= cursor.text().orElse("").equals("CycloneDX");
            case "specVersion" -> specVersion = cursor.text().orElse("");
            case "metadata" -> CycloneDx.metadata(cursor.value(), cursor.line(), bill);
            case "components" -> components(cursor);
            case "spdxVersion" -> spdxVersion(cursor.text().orElse(""));
            case "creationInfo" ->
                bill.created(cursor.value().get("created").text().orElse(""));
            case "name" -> bill.subject(cursor.text().orElse(""));
            case "packages" -> packages(cursor);
            case "@graph" -> graph(cursor);
            case "artifacts" -> artifacts(cursor);
            case "distro" -> SyftArtifacts.distro(cursor.value(), document, bill);
            case "source" -> SyftArtifacts.source(cursor.value(), bill);
            case "manifests" -> manifests(cursor);
            case "predicate", "sbom", "Data" -> members(cursor);
            case "payload" -> payload(cursor.text().orElse(""));
            default -> {
                if (strangers.size() <= SHOWN) {
                    strangers.add(cursor.name());
                }
                cursor.skip();
            }
        }
    }

    private void components(JsonCursor cursor) throws InputException, IOException {
        if (cursor.enterArray()) {
            bill.reading("CycloneDX");
            while (cursor.nextElement()) {
                int line = cursor.line();
                CycloneDx.component(cursor.value(), line, bill);
            }
        }
    }

    private void packages(JsonCursor cursor) throws InputException, IOException {
        if (cursor.enterArray()) {
            bill.reading("SPDX");
            while (cursor.nextElement()) {
                int line = cursor.line();
                spdx.take(cursor.value(), line);
            }
        }
    }

    private void spdxVersion(String version) {
        if (version.startsWith("SPDX-")) {
            bill.format(version);
            if (!version.startsWith("SPDX-2.")) {
                gaps.add(Gap.Code.UNSUPPORTED, document, version + " is not SPDX 2; it was read as SPDX-2.3");
            }
        }
    }

    private void graph(JsonCursor cursor) throws InputException, IOException {
        if (cursor.enterArray()) {
            bill.reading("SPDX");
            while (cursor.nextElement()) {
                int line = cursor.line();
                spdx3.take(cursor.value(), line);
            }
        }
    }

    private void artifacts(JsonCursor cursor) throws InputException, IOException {
        if (cursor.enterArray()) {
            bill.format("Syft JSON");
            bill.reading("Syft JSON");
            while (cursor.nextElement()) {
                int line = cursor.line();
                SyftArtifacts.take(cursor.value(), line, bill);
            }
        }
    }

    /** Snapshots hold their packages by manifest, and each by a name of its own. */
    private void manifests(JsonCursor cursor) throws InputException, IOException {
        if (!cursor.enterObject()) {
            return;
        }
        while (cursor.nextMember()) {
            int line = cursor.line();
            JsonValue manifest = cursor.value();
            bill.format("GitHub dependency snapshot");
            bill.reading("GitHub dependency snapshot");
            GithubSnapshot.take(manifest, line, bill);
        }
    }

    private void payload(String text) throws InputException, IOException {
        if (text.length() > limits.fileBytes()) {
            throw new InputException(InputException.Code.LIMIT, "the envelope's payload is larger than the budget");
        }
        byte[] inner;
        try {
            inner = Base64.getMimeDecoder().decode(text);
        } catch (IllegalArgumentException broken) {
            throw new InputException(
                    InputException.Code.MALFORMED,
                    "the envelope's payload is not Base64: " + broken.getMessage(),
                    broken);
        }
        try (JsonCursor cursor = JsonCursor.open(new ByteArrayInputStream(inner), limits)) {
            members(cursor);
        }
    }
}
