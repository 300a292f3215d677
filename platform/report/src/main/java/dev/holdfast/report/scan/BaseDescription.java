package dev.holdfast.report.scan;

import dev.holdfast.advisory.Source;
import dev.holdfast.advisory.Staleness;
import dev.holdfast.core.ByteSize;
import dev.holdfast.core.Digest;
import dev.holdfast.core.SafeText;
import dev.holdfast.core.json.JsonWriter;
import dev.holdfast.report.form.Columns;
import dev.holdfast.report.form.DocumentParts;
import java.io.OutputStream;
import java.time.LocalDate;
import java.util.List;

/**
 * An advisory base, described for people and machines ({@code holdfast-database/1}).
 *
 * @param file where it lies
 * @param bytes its size
 * @param digest its identity
 * @param sources its layers
 * @param asOf the day from which ages count
 */
public record BaseDescription(String file, long bytes, Digest digest, List<Source> sources, LocalDate asOf) {
    public BaseDescription {
        sources = List.copyOf(sources);
    }

    /** A table, one source a line, within a hundred columns. */
    public String table() {
        StringBuilder out = new StringBuilder(2_048);
        out.append(SafeText.of(file))
                .append("   ")
                .append(new ByteSize(bytes))
                .append("   ")
                .append(digest)
                .append("\n\n");
        row(out, "source", "date", "age", "facts", "dropped", "licence");
        for (Source source : sources) {
            String age =
                    Staleness.ageDays(source, asOf).map(days -> days + " d").orElse("?");
            boolean isOld = Staleness.gap(source, asOf).isPresent();
            row(
                    out,
                    source.name(),
                    source.date(),
                    isOld ? age + " !" : age,
                    String.valueOf(source.records()),
                    String.valueOf(source.dropped()),
                    source.licence());
        }
        long old = sources.stream()
                .filter(source -> Staleness.gap(source, asOf).isPresent())
                .count();
        if (old > 0) {
            out.append("\n  ! ")
                    .append(Columns.count(old, "source"))
                    .append(" too old for use; holdfast db update fetches new ones\n");
        }
        return out.toString();
    }

    private static void row(
            StringBuilder out, String name, String date, String age, String facts, String dropped, String licence) {
        String line = "  " + Columns.left(name, 26) + Columns.left(date, 12) + Columns.right(age, 9)
                + Columns.right(facts, 11) + Columns.right(dropped, 9) + "   " + Columns.cut(licence, 26);
        out.append(line.stripTrailing()).append('\n');
    }

    /** One JSON object. */
    public void json(String version, OutputStream out) {
        try (JsonWriter json = new JsonWriter(out)) {
            json.object(() -> {
                DocumentParts.head(json, "holdfast-database/1", version);
                json.text("file", file);
                json.number("bytes", bytes);
                json.text("digest", digest.toString());
                json.text("asOf", asOf.toString());
                json.array("sources", () -> sources.forEach(source -> json.object(() -> source(json, source))));
            });
        }
    }

    private void source(JsonWriter json, Source source) {
        json.text("name", source.name());
        json.text("date", source.date());
        json.text("licence", source.licence());
        Staleness.ageDays(source, asOf).ifPresent(days -> json.number("ageDays", days));
        json.flag("tooOld", Staleness.gap(source, asOf).isPresent());
        json.text("attribution", source.attribution());
        json.number("records", source.records());
        json.number("dropped", source.dropped());
    }
}
