package dev.holdfast.advisory.feed.lang;

import dev.holdfast.advisory.fact.Advisory;
import dev.holdfast.advisory.fact.FactSink;
import dev.holdfast.advisory.fact.Statement;
import dev.holdfast.advisory.fact.Statement.Qualifiers;
import dev.holdfast.advisory.fact.Statement.Status;
import dev.holdfast.advisory.feed.Feed;
import dev.holdfast.advisory.feed.FeedText;
import dev.holdfast.advisory.feed.Yaml;
import dev.holdfast.core.InputException;
import dev.holdfast.core.json.JsonValue;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * SAP's project KB: {@code statements/ID/statement.yaml}, YAML.
 *
 * <pre>
 * vulnerability_id    a CVE, or another identifier
 * aliases[]           { alias } or identifiers
 * fixes[]             commits; not read
 * artifacts[]         verdicts on single versions
 *   id                package URL with a version, pkg:maven/GROUP/ARTIFACT@VERSION
 *   affected          true | false
 * </pre>
 *
 * <p>There are no ranges: for each package the versions found affected are stated one by one, and those found not to be, as not affected.
 * Statements with fix commits only give the identifier and no more.
 */
public final class ProjectKbFeed implements Feed {
    @Override
    public String name() {
        return "sap-project-kb";
    }

    @Override
    public boolean recognises(String path, byte[] head) {
        return path.endsWith(".yaml") && FeedText.headText(head).contains("vulnerability_id:");
    }

    /** The versions of one package, by verdict. */
    private record Verdicts(Set<String> affected, Set<String> unaffected) {}

    @Override
    public void read(FeedFile file, FactSink facts) throws InputException, IOException {
        JsonValue record = Yaml.parse(FeedText.bytes(file), file.limits());
        String id = record.get("vulnerability_id").text().orElse("").strip();
        if (!FeedText.isName(id) || id.indexOf(' ') >= 0) {
            throw new InputException(
                    InputException.Code.MALFORMED, file.path() + ": not a project KB statement: no vulnerability_id");
        }
        facts.accept(new Advisory(
                id, Advisory.Kind.VULNERABILITY, aliases(record, id), List.of(), "", "", false, List.of(), List.of()));
        for (Map.Entry<String, Verdicts> artifact :
                verdicts(file.path(), id, record, facts).entrySet()) {
            state(
                    facts,
                    id,
                    artifact.getKey(),
                    Status.UNFIXED,
                    artifact.getValue().affected());
            state(
                    facts,
                    id,
                    artifact.getKey(),
                    Status.NOT_AFFECTED,
                    artifact.getValue().unaffected());
        }
    }

    private static void state(FactSink facts, String id, String artifact, Status status, Set<String> versions) {
        if (!versions.isEmpty()) {
            facts.accept(new Statement(
                    id,
                    "maven",
                    artifact,
                    status,
                    List.of(),
                    new ArrayList<>(versions),
                    List.of(),
                    Qualifiers.NONE,
                    ""));
        }
    }

    private static Map<String, Verdicts> verdicts(String where, String id, JsonValue record, FactSink facts) {
        Map<String, Verdicts> found = new TreeMap<>();
        for (JsonValue artifact : record.get("artifacts").elements()) {
            String purl = artifact.get("id").text().orElse("");
            String verdict = artifact.get("affected").scalar().orElse("");
            Optional<String[]> coordinates = maven(purl);
            if (coordinates.isEmpty() || !verdict.equals("true") && !verdict.equals("false")) {
                facts.dropped(where, id + ": a verdict is of no Maven version, or neither true nor false");
                continue;
            }
            Verdicts verdicts =
                    found.computeIfAbsent(coordinates.get()[0], _ -> new Verdicts(new TreeSet<>(), new TreeSet<>()));
            (verdict.equals("true") ? verdicts.affected() : verdicts.unaffected())
                    .add(coordinates.get()[1]);
        }
        for (Verdicts verdicts : found.values()) {
            if (verdicts.unaffected().removeAll(verdicts.affected())) {
                facts.dropped(where, id + ": a version is called affected and unaffected; it is taken to be affected");
            }
        }
        return found;
    }

    /** {@code group:artifact} and version of a Maven package URL. */
    private static Optional<String[]> maven(String purl) {
        int at = purl.lastIndexOf('@');
        if (!purl.startsWith("pkg:maven/") || at < 0) {
            return Optional.empty();
        }
        String name = decoded(purl.substring("pkg:maven/".length(), at)).replace('/', ':');
        String rest = purl.substring(at + 1);
        int end = 0;
        while (end < rest.length() && rest.charAt(end) != '?' && rest.charAt(end) != '#') {
            end++;
        }
        String version = decoded(rest.substring(0, end));
        boolean isUsable = FeedText.isName(name) && FeedText.isName(version) && name.indexOf(':') > 0;
        return isUsable ? Optional.of(new String[] {name, version}) : Optional.empty();
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException broken) {
            return text;
        }
    }

    private static List<String> aliases(JsonValue record, String id) {
        List<String> aliases = new ArrayList<>(record.get("aliases").texts());
        for (JsonValue alias : record.get("aliases").elements()) {
            alias.get("alias").text().ifPresent(aliases::add);
        }
        return FeedText.identifiers(aliases, id);
    }
}
