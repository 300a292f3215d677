package dev.holdfast.advisory.feed.rpm;

import dev.holdfast.advisory.fact.Advisory;
import dev.holdfast.advisory.fact.Advisory.Kind;
import dev.holdfast.advisory.fact.FactSink;
import dev.holdfast.advisory.fact.Rating;
import dev.holdfast.advisory.fact.Statement.Qualifiers;
import dev.holdfast.advisory.feed.Feed;
import dev.holdfast.advisory.feed.FeedText;
import dev.holdfast.advisory.feed.Statements;
import dev.holdfast.core.InputException;
import dev.holdfast.core.json.Json;
import dev.holdfast.core.json.JsonValue;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * AlmaLinux's {@code errata.json}, a list of all bulletins of one release:
 *
 * <pre>
 * [ { "updateinfo_id": "ALSA-2021:3253", "type": "security", "severity": WORD, "issued_date": { "$date": MILLISECONDS },
 *     "pkglist": { "shortname": "almalinux-8-for-x86_64-appstream-rpms…", "packages": [ { "name", "epoch", "version", "release", "arch" } ],
 *                  "modules": [ { "name": NAME, "stream": STREAM } ] },
 *     "references": [ { "type": "cve", "id": CVE } ] }, … ]
 * </pre>
 *
 * <p>Where a bulletin names one module, its packages with {@code .module_el} in their release are of that stream.
 */
public final class AlmaErrata implements Feed {
    private static final Pattern RELEASE = Pattern.compile("(?:almalinux|rhel)-(\\d{1,2})-");

    @Override
    public String name() {
        return "almalinux-errata";
    }

    @Override
    public boolean recognises(String path, byte[] head) {
        String text = FeedText.headText(head);
        return text.contains("\"updateinfo_id\"") && text.stripLeading().startsWith("[");
    }

    @Override
    public void read(FeedFile file, FactSink facts) throws InputException, IOException {
        Json.stream(file.bytes(), file.limits(), List.of(), (name, record) -> readBulletin(record, facts));
    }

    private static void readBulletin(JsonValue record, FactSink facts) {
        String id = text(record, "updateinfo_id");
        List<String> flaws = new ArrayList<>();
        for (JsonValue reference : record.get("references").elements()) {
            String cve = text(reference, "id");
            if (FeedText.isCve(cve) && !flaws.contains(cve)) {
                flaws.add(cve);
            }
        }
        if (!text(record, "type").equals("security") && flaws.isEmpty()) {
            return;
        }
        Matcher release = RELEASE.matcher(text(record.get("pkglist"), "shortname"));
        if (!FeedText.isName(id) || !release.find()) {
            facts.dropped(id, "a bulletin of an unknown release");
            return;
        }
        String word = FeedText.word(text(record, "severity"));
        facts.accept(new Advisory(
                id,
                Kind.VULNERABILITY,
                List.of(),
                flaws,
                day(record.get("issued_date")),
                day(record.get("updated_date")),
                false,
                word.isEmpty() ? List.of() : List.of(new Rating("almalinux", "", word)),
                List.of()));
        PackageClaims claims = new PackageClaims();
        for (JsonValue each : record.at("pkglist", "packages").elements()) {
            String name = text(each, "name");
            String version = Nevra.evr(text(each, "epoch"), text(each, "version"), text(each, "release"));
            Qualifiers qualifiers = new Qualifiers(module(record.get("pkglist"), version), List.of(), "");
            for (String flaw : flaws.isEmpty() ? List.of(id) : flaws) {
                Statements about = new Statements(flaw, "almalinux:" + release.group(1), name, qualifiers, word);
                claims.add(about.fixedIn(version), text(each, "arch"));
            }
        }
        claims.state(facts);
    }

    private static String module(JsonValue list, String version) {
        List<JsonValue> modules = list.get("modules").elements();
        String untold = Nevra.moduleOf(version);
        return untold.isEmpty() || modules.size() != 1
                ? untold
                : text(modules.getFirst(), "name") + ":" + text(modules.getFirst(), "stream");
    }

    private static String day(JsonValue time) {
        long most = 253_402_300_799_999L; // the last instant of year 9999
        Optional<Long> millis = time.get("$date").integer().filter(it -> it > 0 && it <= most);
        return millis.map(it -> Instant.ofEpochMilli(it)
                        .atOffset(ZoneOffset.UTC)
                        .toLocalDate()
                        .toString())
                .orElse("");
    }

    private static String text(JsonValue value, String name) {
        return value.get(name).scalar().orElse("");
    }
}
