package dev.holdfast.compare;

import dev.holdfast.core.Digest;
import dev.holdfast.core.Evidence;
import dev.holdfast.core.Finding;
import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.core.PackageUrl;
import dev.holdfast.core.Severity;
import dev.holdfast.core.json.JsonCursor;
import dev.holdfast.core.json.JsonValue;
import dev.holdfast.inventory.Component;
import dev.holdfast.inventory.Confidence;
import dev.holdfast.inventory.Distribution;
import dev.holdfast.inventory.PackageRecord;
import dev.holdfast.inventory.PackageType;
import dev.holdfast.inventory.sbom.BillOfMaterials;
import dev.holdfast.oci.Layer;
import dev.holdfast.scan.ruling.Ruling;
import dev.holdfast.scan.ruling.SetAside;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Our own report of one target, read back: what was in the image and what was reported, so that it can be compared without the image. Files
 * are not known any more; what only the scan saw beyond the report's packages, such as an RPM module, is not either.
 *
 * @param bill what was inside
 * @param database the digest of the base that it was made with; empty when it is not said
 * @param findings what was reported
 * @param setAside what did not count
 */
public record OwnReport(BillOfMaterials bill, String database, List<Finding> findings, List<SetAside> setAside) {
    /** The head of a report is within so many bytes. */
    private static final int HEAD = 512;

    public OwnReport {
        findings = List.copyOf(findings);
        setAside = List.copyOf(setAside);
    }

    /** Whether the file begins as our reports do. */
    public static boolean mayBeOne(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            return false;
        }
        try (InputStream in = Files.newInputStream(file)) {
            String head = new String(in.readNBytes(HEAD), java.nio.charset.StandardCharsets.ISO_8859_1);
            return head.stripLeading().startsWith("{") && head.contains("\"holdfast-scan/1\"");
        }
    }

    /** The report's only target. */
    public static OwnReport read(Path file, Limits limits) throws InputException, IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file));
                JsonCursor cursor = JsonCursor.open(in, limits)) {
            Reading reading = new Reading(file);
            reading.document(cursor);
            return reading.report();
        } catch (InputException wrong) {
            throw wrong.in(file.toString());
        }
    }

    /** Collects one report's parts, whose order is free. */
    private static final class Reading {
        private final Path file;
        private final List<JsonValue> findings = new ArrayList<>();
        private final List<JsonValue> suppressed = new ArrayList<>();
        private final List<JsonValue> packages = new ArrayList<>();
        private final List<Layer> layers = new ArrayList<>();
        private final Map<String, Integer> layerOf = new HashMap<>();
        private String database = "";
        private JsonValue distribution = JsonValue.JsonNull.NULL;
        private String given = "";
        private int targets;

        private Reading(Path file) {
            this.file = file;
        }

        private void document(JsonCursor cursor) throws InputException, IOException {
            if (!cursor.enterObject()) {
                throw new InputException(InputException.Code.MALFORMED, "no object");
            }
            while (cursor.nextMember()) {
                switch (cursor.name()) {
                    case "database" -> database = Intake.text(cursor.value(), "digest");
                    case "targets" -> {
                        if (Intake.enterList(cursor, "\"targets\"")) {
                            while (cursor.nextElement()) {
                                target(cursor);
                            }
                        }
                    }
                    default -> cursor.skip();
                }
            }
            if (targets != 1) {
                throw new InputException(
                        InputException.Code.UNSUPPORTED,
                        "it answers about " + targets + " targets; compare takes a report of one");
            }
        }

        private void target(JsonCursor cursor) throws InputException, IOException {
            targets++;
            if (!cursor.enterObject()) {
                throw Intake.wrong(cursor.line(), "a target that is no object");
            }
            while (cursor.nextMember()) {
                switch (cursor.name()) {
                    case "target" -> given = Intake.text(cursor.value(), "given");
                    case "distribution" -> distribution = cursor.value();
                    case "layers" -> Intake.each(cursor, "\"layers\"", (value, line) -> layer(value));
                    case "packages" -> Intake.each(cursor, "\"packages\"", (value, line) -> packages.add(value));
                    case "findings" -> Intake.each(cursor, "\"findings\"", (value, line) -> findings.add(value));
                    case "suppressed" -> Intake.each(cursor, "\"suppressed\"", (value, line) -> suppressed.add(value));
                    default -> cursor.skip();
                }
            }
        }

        private void layer(JsonValue value) {
            String digest = Intake.text(value, "digest");
            layerOf.put(digest, layers.size());
            layers.add(new Layer(layers.size(), Digest.parse(digest), Intake.text(value, "createdBy")));
        }

        private OwnReport report() throws InputException {
            List<Component> components = new ArrayList<>();
            for (JsonValue value : packages) {
                components.add(component(value));
            }
            components.sort(Component.ORDER);
            List<Finding> reported = new ArrayList<>();
            for (JsonValue value : findings) {
                finding(value).ifPresent(reported::add);
            }
            List<SetAside> aside = new ArrayList<>();
            for (JsonValue value : suppressed) {
                Optional<Finding> finding = finding(value);
                if (finding.isPresent()) {
                    aside.add(new SetAside(finding.get(), ruling(value.get("exception"))));
                }
            }
            BillOfMaterials bill = new BillOfMaterials(
                    "holdfast-scan/1",
                    given.isEmpty() ? file.toString() : given,
                    "",
                    system(),
                    layers,
                    components,
                    Digest.parse(database).orElseGet(() -> Digest.ofSha256(new byte[32])),
                    List.of());
            return new OwnReport(bill, database, reported, aside);
        }

        private Optional<Distribution> system() {
            String id = Intake.text(distribution, "id");
            return id.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Distribution(
                            id,
                            Intake.text(distribution, "version"),
                            Intake.text(distribution, "name"),
                            Optional.empty(),
                            List.of(),
                            "/etc/os-release"));
        }

        private Component component(JsonValue value) throws InputException {
            String url = Intake.text(value, "purl");
            Optional<PackageUrl> purl = PackageUrl.parse(url);
            Optional<PackageType> type = PackageType.ofWord(Intake.text(value, "type"));
            if (purl.isEmpty() || type.isEmpty()) {
                throw new InputException(
                        InputException.Code.MALFORMED, "a package whose \"purl\" or \"type\" is none: " + url);
            }
            PackageRecord record = PackageRecord.of(
                    type.get(),
                    Intake.text(value, "name"),
                    Intake.text(value, "version"),
                    confidence(Intake.text(value, "confidence")),
                    "an earlier report");
            String architecture = Intake.text(value, "arch");
            record = architecture.isEmpty() ? record : record.withArchitecture(architecture);
            JsonValue source = value.get("source");
            record = source.isAbsent()
                    ? record
                    : record.withSource(Intake.text(source, "name"), Intake.text(source, "version"));
            boolean isRemoved = Intake.text(value, "state").equals("removed");
            return new Component(
                    purl.get(),
                    record,
                    isRemoved ? Component.State.REMOVED : Component.State.INSTALLED,
                    Optional.of(Intake.text(value, "ownedBy")).filter(owner -> !owner.isEmpty()),
                    locations(value),
                    Optional.ofNullable(layerOf.get(Intake.text(value, "removedIn"))));
        }

        private static Confidence confidence(String word) {
            return Arrays.stream(Confidence.values())
                    .filter(each -> each.word().equals(word))
                    .findFirst()
                    .orElse(Confidence.MEDIUM);
        }

        private List<Component.Location> locations(JsonValue value) {
            List<Component.Location> locations = new ArrayList<>();
            for (JsonValue place : value.get("locations").elements()) {
                locations.add(new Component.Location(
                        Intake.text(place, "path"),
                        layerOf.getOrDefault(Intake.text(place, "layer"), -1),
                        line(place),
                        Intake.text(place, "evidence")));
            }
            return locations;
        }

        private static int line(JsonValue place) {
            long line = place.get("line").integer().orElse(0L);
            return line > 0 && line < Integer.MAX_VALUE ? (int) line : 0;
        }

        /** A finding about a package, as far as a comparison needs it. */
        private Optional<Finding> finding(JsonValue value) {
            String kind = Intake.text(value, "kind");
            Optional<PackageUrl> purl = PackageUrl.parse(Intake.text(value, "package"));
            if (purl.isEmpty() || !kind.equals("vulnerability") && !kind.equals("malware")) {
                return Optional.empty();
            }
            List<Finding.Place> places = new ArrayList<>();
            for (JsonValue place : value.get("locations").elements()) {
                places.add(new Finding.Place(
                        Intake.text(place, "path"),
                        layerOf.getOrDefault(Intake.text(place, "layer"), -1),
                        line(place)));
            }
            return Optional.of(new Finding(
                    Intake.text(value, "id"),
                    kind.equals("malware") ? Finding.Kind.MALWARE : Finding.Kind.VULNERABILITY,
                    value.get("aliases").texts(),
                    purl,
                    Intake.severity(Intake.text(value, "severity")).orElse(Severity.UNKNOWN),
                    Intake.text(value, "severityFrom"),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Intake.text(value, "status"),
                    Optional.of(Intake.text(value, "fixedIn")).filter(fix -> !fix.isEmpty()),
                    Intake.text(value, "title"),
                    places,
                    Intake.text(value, "fix"),
                    List.<Evidence>of()));
        }

        private static Ruling ruling(JsonValue exception) {
            boolean isVex = Intake.text(exception, "kind").equals("vex");
            String expires = Intake.day(Intake.text(exception, "expires"));
            return new Ruling(
                    isVex ? Ruling.Kind.VEX : Ruling.Kind.IGNORE,
                    Intake.text(exception, "status"),
                    Intake.text(exception, "reason"),
                    Intake.text(exception, "justification"),
                    Intake.text(exception, "by"),
                    day(expires),
                    Intake.text(exception, "place"));
        }

        private static Optional<LocalDate> day(String text) {
            try {
                return text.isEmpty() ? Optional.empty() : Optional.of(LocalDate.parse(text));
            } catch (java.time.DateTimeException none) {
                return Optional.empty();
            }
        }
    }
}
