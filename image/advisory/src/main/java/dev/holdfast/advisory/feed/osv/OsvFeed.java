package dev.holdfast.advisory.feed.osv;

import dev.holdfast.advisory.fact.FactSink;
import dev.holdfast.advisory.feed.Feed;
import dev.holdfast.advisory.feed.FeedText;
import dev.holdfast.advisory.feed.JsonHead;
import dev.holdfast.core.InputException;
import dev.holdfast.core.json.Json;
import dev.holdfast.core.json.JsonValue;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * OSV JSON, one record a file, as in the buckets' {@code all.zip}, the git repositories of GitHub, Go, AlmaLinux, Bitnami and OpenSSF, and
 * Ubuntu's archive. {@link OsvRecord} has the format. There is one feed for each publisher, because each has its own licence and date;
 * they differ only in the identifiers that they recognise.
 */
public final class OsvFeed implements Feed {
    private static final Pattern ID = Pattern.compile("[A-Za-z]+-[A-Za-z0-9][\\w:.-]*");

    /** Members of which a record has one among its first. */
    private static final Set<String> MEMBERS =
            Set.of("schema_version", "affected", "modified", "published", "withdrawn", "details", "summary", "aliases");

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
        // Most files are called after their record: nearly every publisher's feed is ruled out without a look inside.
        OsvPublisher named = OsvPublisher.of(FeedText.fileName(path));
        if (!named.equals(OsvPublisher.OTHER) && !named.source().equals(source)) {
            return false;
        }
        Map<String, String> members = JsonHead.members(head);
        if (Collections.disjoint(members.keySet(), MEMBERS)
                || members.containsKey("sourceIdentifier") // the NVD's record of a CVE
                || !members.getOrDefault("affected", "[").equals("[")) {
            return false;
        }
        String id = members.containsKey("id") ? members.get("id") : idOf(path, members);
        return ID.matcher(id).matches() && OsvPublisher.of(id).source().equals(source);
    }

    /** The identifier after which a file is called, when the head ends before the record's own. */
    private static String idOf(String path, Map<String, String> members) {
        String name = FeedText.fileName(path);
        return members.containsKey("affected") || members.containsKey("schema_version")
                ? name.substring(0, name.length() - ".json".length())
                : "";
    }

    @Override
    public void read(FeedFile file, FactSink facts) throws InputException, IOException {
        JsonValue record = Json.parse(FeedText.bytes(file), file.limits());
        OsvRecord.read(file.path(), record, facts);
    }
}
