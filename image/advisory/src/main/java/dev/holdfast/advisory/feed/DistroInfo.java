package dev.holdfast.advisory.feed;

import dev.holdfast.advisory.fact.FactSink;
import dev.holdfast.advisory.fact.Lifecycle;
import dev.holdfast.advisory.feed.debian.DebianRelease;
import dev.holdfast.core.InputException;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The release tables of distro-info-data: {@code debian.csv} and {@code ubuntu.csv}.
 *
 * <pre>
 * version,codename,series,created,release,eol,eol-lts,eol-elts            Debian
 * version,codename,series,created,release,eol,eol-server,eol-esm,eol-legacy   Ubuntu
 * </pre>
 *
 * <p>Fields are never quoted; missing ones at the end of a line are left out. An Ubuntu version may end in {@code  LTS}, which is not
 * part of it. The extended support that counts is Debian's own LTS and Ubuntu's ESM: what a third party or a further contract adds (ELTS,
 * legacy) brings no advisories to the feeds. Debian's unstable is release {@code sid}; experimental is no release.
 */
public final class DistroInfo implements Feed {
    private static final String START = "version,codename,series,created,release,eol";

    @Override
    public String name() {
        return "distro-info";
    }

    @Override
    public boolean recognises(String path, byte[] head) {
        return FeedText.headText(head).startsWith(START);
    }

    @Override
    public void read(FeedFile file, FactSink facts) throws InputException, IOException {
        TextLines lines = new TextLines(file.bytes(), file.limits());
        if (!lines.advance()) {
            throw new InputException(InputException.Code.TRUNCATED, file.path() + ": no header line");
        }
        Map<String, Integer> columns = new HashMap<>();
        for (String column : lines.text().split(",", -1)) {
            columns.put(column.strip(), columns.size());
        }
        boolean isUbuntu = columns.containsKey("eol-esm");
        while (lines.advance()) {
            Row row = new Row(columns, List.of(lines.text().split(",", -1)));
            if (row.cells().size() >= 4) {
                state(row, isUbuntu, facts);
            } else if (!lines.text().isBlank()) {
                facts.dropped(file.path() + ":" + lines.number(), "not a release");
            }
        }
    }

    private static void state(Row row, boolean isUbuntu, FactSink facts) {
        String series = row.cell("series");
        String release = isUbuntu
                ? row.cell("version").replace(" LTS", "")
                : DebianRelease.ofCodename(series).map(DebianRelease::release).orElse(row.cell("version"));
        if (release.isEmpty()) {
            return;
        }
        facts.accept(new Lifecycle(
                isUbuntu ? "ubuntu" : "debian",
                release,
                series,
                release.equals("sid") ? "" : row.day("release"),
                row.day("eol"),
                row.day(isUbuntu ? "eol-esm" : "eol-lts")));
    }

    private record Row(Map<String, Integer> columns, List<String> cells) {
        String cell(String column) {
            int index = columns.getOrDefault(column, Integer.MAX_VALUE);
            return index < cells.size() ? cells.get(index).strip() : "";
        }

        String day(String column) {
            return FeedText.day(cell(column));
        }
    }
}
