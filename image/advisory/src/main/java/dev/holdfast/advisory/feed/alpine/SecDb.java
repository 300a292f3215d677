package dev.holdfast.advisory.feed.alpine;

import dev.holdfast.advisory.fact.Advisory;
import dev.holdfast.advisory.fact.Advisory.Kind;
import dev.holdfast.advisory.fact.FactSink;
import dev.holdfast.advisory.fact.Statement.Qualifiers;
import dev.holdfast.advisory.feed.Feed;
import dev.holdfast.advisory.feed.FeedText;
import dev.holdfast.advisory.feed.Statements;
import dev.holdfast.advisory.feed.Yaml;
import dev.holdfast.core.InputException;
import dev.holdfast.core.json.Json;
import dev.holdfast.core.json.JsonValue;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The security database of Alpine, and of Wolfi and Chainguard in the same form; JSON today, YAML until 2020.
 *
 * <pre>
 * { "distroversion": "v3.17" | "edge", "reponame": "main", "urlprefix": URL,
 *   "packages": [ { "pkg": { "name": SOURCE, "secfixes": { VERSION: [ ITEM, … ] | null, … } } }, … ] }
 * ITEM = identifier { " " identifier } [ comment ]
 * </pre>
 *
 * <p>Each version lists what it was the first to fix. Version {@code 0} means that the package never was affected. An item may hold
 * several identifiers, and remarks ({@code # only windows}, {@code (SMB)}): the statement is made under every CVE in it, or under the
 * first identifier when there is none. Further identifiers with a CVE beside them are bulletins of that CVE ({@code XSA-…}), because
 * such a bulletin can close several. The repository ({@code main}, {@code community}) qualifies the statement. Wolfi and Chainguard have
 * no {@code distroversion} and are told by their {@code urlprefix}. The database says nothing of what is not fixed.
 */
public final class SecDb implements Feed {
    private final String name;
    private final String marker;

    /**
     * @param name of the source
     * @param marker what stands near the start of its files
     */
    SecDb(String name, String marker) {
        this.name = name;
        this.marker = marker;
    }

    /** One importer a publisher: each is a source of its own, with its own terms and date. */
    public static List<Feed> all() {
        return List.of(
                new SecDb("wolfi-secdb", "wolfi.dev"),
                new SecDb("chainguard-secdb", "cgr.dev"),
                new SecDb("alpine-secdb", "alpinelinux"));
    }

    /** Also as {@code CVE_2019-2426}, {@code CVE 2018-16859} and {@code CVE-2017-17434-1}: all of these stand in the database. */
    private static final Pattern CVE = Pattern.compile("CVE[-_ ](\\d{4})[-_](\\d{4,10})");

    private static final Pattern OTHER_ID =
            Pattern.compile("[A-Z][A-Z0-9]{1,15}(?:-[A-Za-z0-9]{1,20}){1,6}|VSV\\d{5}|wnpa-sec-\\d{4}-\\d{2}");

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean recognises(String path, byte[] head) {
        String text = FeedText.headText(head);
        boolean isJson = FeedText.isJsonObject(head) && text.contains("\"apkurl\"");
        boolean isYaml = text.contains("apkurl:") && text.contains("reponame:");
        return (isJson || isYaml) && text.contains(marker);
    }

    @Override
    public void read(FeedFile file, FactSink facts) throws InputException, IOException {
        byte[] bytes = FeedText.bytes(file);
        JsonValue database =
                FeedText.isJsonObject(bytes) ? Json.parse(bytes, file.limits()) : Yaml.parse(bytes, file.limits());
        Optional<String> namespace = namespace(database);
        if (namespace.isEmpty()) {
            throw new InputException(
                    InputException.Code.MALFORMED,
                    file.path() + ": a secdb that names neither a release of Alpine nor Wolfi or Chainguard");
        }
        String repository = database.get("reponame").text().orElse("");
        Set<String> bulletins = new TreeSet<>();
        for (JsonValue element : database.get("packages").elements()) {
            String name = element.at("pkg", "name").text().orElse("");
            if (!FeedText.isName(name)) {
                facts.dropped(file.path(), "a package without a name");
                continue;
            }
            for (Map.Entry<String, JsonValue> fix :
                    element.at("pkg", "secfixes").members().entrySet()) {
                for (String item : fix.getValue().texts()) {
                    Place place = new Place(namespace.get(), name, fix.getKey().strip(), repository);
                    readItem(place, item, bulletins, facts);
                }
            }
        }
    }

    private static Optional<String> namespace(JsonValue database) {
        String release = database.get("distroversion").text().orElse("");
        if (release.matches("v\\d{1,3}\\.\\d{1,3}")) {
            return Optional.of("alpine:" + release.substring(1));
        }
        if (release.startsWith("edge")) {
            return Optional.of("alpine:edge");
        }
        String origin = database.get("urlprefix").text().orElse("");
        if (origin.contains("wolfi.dev")) {
            return Optional.of("wolfi");
        }
        return origin.contains("cgr.dev") ? Optional.of("chainguard") : Optional.empty();
    }

    private static void readItem(Place place, String item, Set<String> bulletins, FactSink facts) {
        List<String> flaws = new ArrayList<>();
        List<String> others = new ArrayList<>();
        Matcher cve = CVE.matcher(item);
        while (cve.find()) {
            flaws.add("CVE-" + cve.group(1) + "-" + cve.group(2));
        }
        for (String word : item.split("[\\s,]+", -1)) {
            if (word.startsWith("#") || word.startsWith("(")) {
                break;
            }
            if (!word.startsWith("CVE") && OTHER_ID.matcher(word).matches()) {
                others.add(word);
            }
        }
        if (flaws.isEmpty() && others.isEmpty()) {
            facts.dropped(place.name, "no identifier in " + item);
            return;
        }
        if (flaws.isEmpty()) {
            flaws.add(others.getFirst());
        } else {
            stateBulletins(others, flaws, bulletins, facts);
        }
        for (String flaw : flaws) {
            Statements about = place.under(flaw);
            facts.accept(place.version.equals("0") ? about.notAffected() : about.fixedIn(place.version));
        }
    }

    private static void stateBulletins(List<String> ids, List<String> flaws, Set<String> known, FactSink facts) {
        for (String id : ids) {
            if (known.add(id + flaws)) {
                facts.accept(
                        new Advisory(id, Kind.VULNERABILITY, List.of(), flaws, "", "", false, List.of(), List.of()));
            }
        }
    }

    private record Place(String namespace, String name, String version, String repository) {
        Statements under(String flaw) {
            return new Statements(flaw, namespace, name, new Qualifiers("", List.of(), repository), "");
        }
    }
}
