package dev.holdfast.advisory.feed.rpm;

import dev.holdfast.advisory.fact.FactSink;
import dev.holdfast.advisory.feed.Feed;
import dev.holdfast.advisory.feed.FeedText;
import dev.holdfast.advisory.feed.Statements;
import dev.holdfast.core.InputException;
import dev.holdfast.core.json.Json;
import dev.holdfast.core.json.JsonValue;
import java.io.IOException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Photon OS's {@code cve_data_photonRELEASE.json}:
 *
 * <pre>
 * [ { "cve_id": ID, "pkg": NAME, "cve_score": NUMBER, "aff_ver": PROSE, "res_ver": VERSION | "NA", "status": "Fixed" | "Not Affected" }, … ]
 * </pre>
 *
 * <p>{@code status} is missing in older files. The score has no vector and no stated origin and is left out. Names are of source and of
 * binary packages alike. Identifiers that begin with {@code UNK-} are placeholders that mean another flaw in each release, and are
 * dropped; so is a fix without a version.
 */
public final class PhotonCves implements Feed {
    private static final Pattern FILE = Pattern.compile("cve_data_photon(\\d\\.\\d).*\\.json");

    @Override
    public String name() {
        return "photon";
    }

    @Override
    public boolean recognises(String path, byte[] head) {
        return FILE.matcher(FeedText.fileName(path)).matches();
    }

    @Override
    public void read(FeedFile file, FactSink facts) throws InputException, IOException {
        Matcher release = FILE.matcher(FeedText.fileName(file.path()));
        if (!release.matches()) {
            throw new InputException(
                    InputException.Code.MALFORMED,
                    file.path() + ": the file name does not tell a release of Photon OS");
        }
        String namespace = "photon:" + release.group(1);
        Json.stream(file.bytes(), file.limits(), List.of(), (name, record) -> readRecord(namespace, record, facts));
    }

    private static void readRecord(String namespace, JsonValue record, FactSink facts) {
        String id = record.get("cve_id").text().orElse("");
        String name = record.get("pkg").text().orElse("");
        boolean isKnown =
                FeedText.isName(id) && !id.startsWith("UNK-") && (!id.startsWith("CVE-") || FeedText.isCve(id));
        if (!isKnown || !FeedText.isName(name)) {
            facts.dropped(namespace + " " + name, "no identifier");
            return;
        }
        String version = record.get("res_ver").text().orElse("");
        Statements about = Statements.of(id, namespace, name, "");
        if (record.get("status").text().orElse("").equals("Not Affected")) {
            facts.accept(about.notAffected());
        } else if (version.indexOf('-') > 0 && FeedText.isName(version)) {
            facts.accept(about.fixedIn(Nevra.evr(version)));
        } else {
            facts.dropped(namespace + " " + name + " " + id, "fixed without a version");
        }
    }
}
