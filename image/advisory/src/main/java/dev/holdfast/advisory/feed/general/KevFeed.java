package dev.holdfast.advisory.feed.general;

import dev.holdfast.advisory.fact.Exploited;
import dev.holdfast.advisory.fact.FactSink;
import dev.holdfast.advisory.feed.Feed;
import dev.holdfast.advisory.feed.FeedText;
import dev.holdfast.advisory.feed.JsonHead;
import dev.holdfast.advisory.feed.TextLines;
import dev.holdfast.core.InputException;
import dev.holdfast.core.json.Json;
import dev.holdfast.core.json.JsonValue;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/**
 * CISA's catalog of known exploited vulnerabilities, as JSON and as CSV.
 *
 * <pre>
 * catalogVersion                 2025.08.25
 * dateReleased                   time
 * vulnerabilities[]              in the CSV a record each, with the same names as columns
 *   cveID
 *   dateAdded                    day
 *   knownRansomwareCampaignUse   Known | Unknown
 * </pre>
 */
public final class KevFeed implements Feed {
    /** A record of the CSV has its longest text in a quoted field; more lines than this are a quote that was never closed. */
    private static final int MAX_RECORD = 1 << 16;

    @Override
    public String name() {
        return "kev";
    }

    @Override
    public boolean recognises(String path, byte[] head) {
        return path.endsWith(".csv") && FeedText.headText(head).startsWith("cveID,")
                || path.endsWith(".json") && JsonHead.members(head).containsKey("catalogVersion");
    }

    @Override
    public void read(FeedFile file, FactSink facts) throws InputException, IOException {
        if (file.path().endsWith(".csv")) {
            readCsv(file, facts);
        } else {
            readJson(file, facts);
        }
    }

    private static void readJson(FeedFile file, FactSink facts) throws InputException, IOException {
        Json.streamMembers(file.bytes(), file.limits(), Set.of("vulnerabilities"), (name, value) -> {
            if (name.equals("vulnerabilities")) {
                accept(
                        file.path(),
                        text(value, "cveID"),
                        text(value, "dateAdded"),
                        text(value, "knownRansomwareCampaignUse"),
                        facts);
            } else if (name.equals("dateReleased")) {
                String day = FeedText.day(value.text().orElse(""));
                if (!day.isEmpty()) {
                    facts.dated(day);
                }
            }
        });
    }

    private static void readCsv(FeedFile file, FactSink facts) throws InputException, IOException {
        TextLines lines = new TextLines(file.bytes(), file.limits());
        List<String> columns = lines.advance() ? CsvLine.fields(lines.text()) : List.of();
        int id = columns.indexOf("cveID");
        int added = columns.indexOf("dateAdded");
        int ransomware = columns.indexOf("knownRansomwareCampaignUse");
        if (id < 0 || added < 0) {
            throw new InputException(
                    InputException.Code.MALFORMED, file.path() + ": not the catalog: no columns cveID and dateAdded");
        }
        while (lines.advance()) {
            StringBuilder record = new StringBuilder(lines.text());
            boolean open = CsvLine.hasOpenQuote(lines.text());
            while (open && record.length() < MAX_RECORD && lines.advance()) {
                record.append('\n').append(lines.text());
                open ^= CsvLine.hasOpenQuote(lines.text());
            }
            if (!record.isEmpty()) {
                List<String> fields = CsvLine.fields(record.toString());
                accept(file.path(), field(fields, id), field(fields, added), field(fields, ransomware), facts);
            }
        }
    }

    private static void accept(String where, String cve, String added, String ransomware, FactSink facts) {
        String day = FeedText.day(added);
        if (!FeedText.isCve(cve) || day.isEmpty()) {
            facts.dropped(where, "an entry has no CVE identifier or no day on which it was added");
            return;
        }
        facts.accept(new Exploited(cve, day, ransomware.equals("Known")));
    }

    private static String text(JsonValue entry, String name) {
        return entry.get(name).text().orElse("").strip();
    }

    private static String field(List<String> fields, int index) {
        return index >= 0 && index < fields.size() ? fields.get(index).strip() : "";
    }
}
