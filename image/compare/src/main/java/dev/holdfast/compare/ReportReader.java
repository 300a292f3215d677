package dev.holdfast.compare;

import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.core.json.JsonCursor;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/**
 * Reads the report of another tool, or one of ours. Which tool wrote it is found by the names of the document's members: a first walk passes
 * over their values, a second reads them one at a time, so that only claims are kept however large the report is.
 */
public final class ReportReader {
    /** No text of a report is longer; descriptions, the longest, reach some ten thousand. */
    private static final long MOST_TEXT = 16L << 20;

    private final Limits limits;

    public ReportReader(Limits limits) {
        this.limits = limits.withFileBytes(Math.min(limits.fileBytes(), MOST_TEXT));
    }

    /** The tools, by the form of their reports. */
    private enum Form {
        TRIVY("Trivy"),
        GRYPE("Grype"),
        OSV_SCANNER("OSV-Scanner"),
        SNYK("Snyk"),
        GITLAB("GitLab container scanning"),
        SARIF("SARIF"),
        HOLDFAST("Holdfast");

        private final String tool;

        Form(String tool) {
            this.tool = tool;
        }
    }

    /**
     * @throws InputException when it is no report we know, or is broken: with file, line and reason
     */
    public TheirReport read(Path file) throws InputException, IOException {
        try {
            Form form = form(file);
            Intake intake = new Intake(form.tool);
            try (InputStream in = new BufferedInputStream(Files.newInputStream(file));
                    JsonCursor cursor = JsonCursor.open(in, limits)) {
                switch (form) {
                    case TRIVY -> TrivyReport.read(cursor, intake);
                    case GRYPE -> GrypeReport.read(cursor, intake);
                    case OSV_SCANNER -> OsvScannerReport.read(cursor, intake);
                    case SNYK -> SnykReport.read(cursor, intake);
                    case GITLAB -> GitlabReport.read(cursor, intake);
                    case SARIF -> SarifReport.read(cursor, intake);
                    case HOLDFAST -> HoldfastReport.read(cursor, intake);
                }
            }
            return intake.report(file.toString());
        } catch (InputException wrong) {
            throw wrong.in(file.toString());
        }
    }

    private Form form(Path file) throws InputException, IOException {
        Set<String> names = new HashSet<>();
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file));
                JsonCursor cursor = JsonCursor.open(in, limits)) {
            if (cursor.isArray()) {
                return inList(cursor, names);
            }
            names(cursor, names);
            if (!cursor.isAtEnd()) {
                throw new InputException(InputException.Code.MALFORMED, "something follows the document's end");
            }
        }
        return form(names, false);
    }

    /** Two tools write a list: its first element tells. An empty one says nothing, and nobody knows who says it. */
    private static Form inList(JsonCursor cursor, Set<String> names) throws InputException, IOException {
        if (cursor.enterArray() && cursor.nextElement()) {
            names(cursor, names);
        }
        return form(names, true);
    }

    private static void names(JsonCursor cursor, Set<String> names) throws InputException, IOException {
        if (cursor.enterObject()) {
            while (cursor.nextMember()) {
                names.add(cursor.name());
                cursor.skip();
            }
        }
    }

    private static Form form(Set<String> names, boolean isListed) throws InputException {
        if (isListed && names.contains("Target")
                || !isListed
                        && names.contains("SchemaVersion")
                        && (names.contains("ArtifactName") || names.contains("Results"))) {
            return Form.TRIVY;
        }
        if (names.contains("vulnerabilities") && (names.contains("packageManager") || names.contains("dependencyCount"))
                || names.contains("applications")) {
            return Form.SNYK;
        }
        if (!isListed && names.contains("matches")) {
            return Form.GRYPE;
        }
        if (!isListed && names.contains("runs")) {
            return Form.SARIF;
        }
        if (!isListed && names.contains("schema") && names.contains("targets")) {
            return Form.HOLDFAST;
        }
        if (!isListed && names.contains("vulnerabilities") && names.contains("scan")) {
            return Form.GITLAB;
        }
        if (!isListed && names.contains("results")) {
            return Form.OSV_SCANNER;
        }
        throw new InputException(
                InputException.Code.UNSUPPORTED,
                "not a report of Trivy, Grype, Docker Scout (SARIF or GitLab), Snyk, OSV-Scanner or Holdfast in JSON"
                        + (names.isEmpty() ? "" : "; its members are " + shown(names)));
    }

    private static String shown(Set<String> names) {
        return String.join(", ", names.stream().sorted().limit(8).toList());
    }
}
