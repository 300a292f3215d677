package dev.holdfast.advisory.feed.osv;

import dev.holdfast.advisory.fact.FactSink;
import dev.holdfast.advisory.feed.Feed;
import dev.holdfast.advisory.feed.FeedText;
import dev.holdfast.core.InputException;
import dev.holdfast.core.json.Json;
import dev.holdfast.core.json.JsonValue;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * OSV JSON, one record a file, as in the buckets' {@code all.zip}, the git repositories of GitHub, Go, AlmaLinux, Bitnami and OpenSSF, and
 * Ubuntu's archive. {@link OsvRecord} has the format. There is one feed for each publisher, because each has its own licence and date;
 * they differ only in the identifiers that they recognise.
 */
public final class OsvFeed implements Feed {
    /** An identifier at the start of a file's name: {@code ALSA-2023:4520.json}, {@code GO-2021-0059.json}. */
    private static final Pattern FILE_NAME = Pattern.compile("([A-Za-z]+-[A-Za-z0-9][\\w:.-]*)\\.json");

    private static final Pattern ID = Pattern.compile("\"id\"\\s*:\\s*\"([A-Za-z]+-[\\w:.-]+)\"");
    private static final Pattern OTHER_MEMBER =
            Pattern.compile("\"(?:schema_version|affected|modified|published|details|aliases)\"\\s*:");

    private final String source;

    private OsvFeed(String source) {
        this.source = source;
    }

    /** One a publisher, the one for unknown publishers last. */
    public static List<Feed> all() {
        Set<String> sources = new LinkedHashSet<>();
        for (OsvPublisher publisher : OsvPublisher.ALL) {
            sources.add(publisher.source());
        }
        sources.add(OsvPublisher.OTHER.source());
        List<Feed> feeds = new ArrayList<>();
        for (String each : sources) {
            feeds.add(new OsvFeed(each));
        }
        return feeds;
    }

    @Override
    public String name() {
        return source;
    }

    @Override
    public boolean recognises(String path, byte[] head) {
        if (!path.endsWith(".json") || !FeedText.isJsonObject(head)) {
            return false;
        }
        String text = FeedText.headText(head);
        if (!OTHER_MEMBER.matcher(text).find() || text.contains("\"sourceIdentifier\"")) {
            return false;
        }
        Matcher id = ID.matcher(text);
        Matcher fileName = FILE_NAME.matcher(FeedText.fileName(path));
        String found = id.find() ? id.group(1) : fileName.matches() ? fileName.group(1) : "";
        return !found.isEmpty() && OsvPublisher.of(found).source().equals(source);
    }

    @Override
    public void read(FeedFile file, FactSink facts) throws InputException, IOException {
        JsonValue record = Json.parse(FeedText.bytes(file), file.limits());
        OsvRecord.read(file.path(), record, facts);
    }
}
