package dev.holdfast.advisory.feed.debian;

import dev.holdfast.advisory.fact.FactSink;
import dev.holdfast.advisory.fact.Statement.Status;
import dev.holdfast.advisory.feed.Feed;
import dev.holdfast.advisory.feed.FeedText;
import dev.holdfast.advisory.feed.Statements;
import dev.holdfast.core.InputException;
import dev.holdfast.core.json.Json;
import dev.holdfast.core.json.JsonValue;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The Debian security tracker's JSON ({@code /tracker/data/json}): one document of some 70 MB, read one source package at a time.
 *
 * <pre>
 * { SOURCE: { IDENTIFIER: {
 *     "releases": { CODENAME: {
 *         "status": "resolved" | "open" | "undetermined",
 *         "fixed_version": VERSION,            // with "resolved"; "0": never affected
 *         "urgency": "high" | "medium**" | "unimportant" | "not yet assigned" | "end-of-life" | …,
 *         "nodsa": PROSE, "nodsa_reason": "" | "ignored" | "postponed"   // with "open": no bulletin is planned
 *     } },
 *     "_changelog": { "date": DAY }            // only in lists made from packages' changelogs
 * } } }
 * </pre>
 *
 * <p>Asterisks behind an urgency mark it as derived from NVD; they are left out. {@code end-of-life} is no urgency but says that the
 * package's support has ended in that release.
 */
public final class DebianTracker implements Feed {
    private final String name;
    private final String marker;

    /**
     * @param name of the source
     * @param marker what stands near the start of its files
     */
    DebianTracker(String name, String marker) {
        this.name = name;
        this.marker = marker;
    }

    /** The tracker itself, and lists of the same form that were derived from changelogs: another source, of less authority. */
    public static List<Feed> all() {
        return List.of(
                new DebianTracker("debian-changelogs", "\"_changelog\""), new DebianTracker("debian-tracker", ""));
    }

    private static final Pattern START =
            Pattern.compile("\\s*\\{\\s*\"[a-z0-9][a-z0-9.+-]*\"\\s*:\\s*\\{\\s*\"(?:CVE|TEMP)-\\d.*", Pattern.DOTALL);

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean recognises(String path, byte[] head) {
        String text = FeedText.headText(head);
        return START.matcher(text).matches() && text.contains(marker);
    }

    @Override
    public void read(FeedFile file, FactSink facts) throws InputException, IOException {
        String[] newest = {""};
        Json.stream(file.bytes(), file.limits(), List.of(), (source, flaws) -> {
            for (Map.Entry<String, JsonValue> flaw : flaws.members().entrySet()) {
                readFlaw(source, flaw.getKey(), flaw.getValue(), facts);
                String day = FeedText.day(
                        flaw.getValue().at("_changelog", "date").text().orElse(""));
                newest[0] = day.compareTo(newest[0]) > 0 ? day : newest[0];
            }
        });
        if (!newest[0].isEmpty()) {
            facts.dated(newest[0]);
        }
    }

    private static void readFlaw(String source, String id, JsonValue flaw, FactSink facts) {
        if (!FeedText.isName(source)
                || !FeedText.isName(id)
                || flaw.get("releases").members().isEmpty()) {
            facts.dropped(source + " " + id, "no releases");
            return;
        }
        for (Map.Entry<String, JsonValue> member :
                flaw.get("releases").members().entrySet()) {
            Optional<DebianRelease> release = DebianRelease.ofCodename(member.getKey());
            if (release.isEmpty()) {
                facts.dropped(source + " " + id, "unknown release " + member.getKey());
            } else {
                readState(source, id, release.get(), member.getValue(), facts);
            }
        }
    }

    private static void readState(String source, String id, DebianRelease release, JsonValue state, FactSink facts) {
        String urgency = state.get("urgency").text().orElse("").replace("*", "").strip();
        boolean isEnded = urgency.equals("end-of-life");
        String rating = isEnded || urgency.equals("not yet assigned") ? "" : FeedText.word(urgency);
        Statements about = Statements.of(id, release.namespace(), source, rating);
        switch (state.get("status").text().orElse("")) {
            case "resolved" -> readFix(about, state.get("fixed_version").text().orElse(""), facts);
            case "open" -> facts.accept(about.ofEvery(isEnded ? Status.END_OF_LIFE : open(state)));
            case "undetermined" -> facts.accept(about.ofEvery(Status.UNDER_INVESTIGATION));
            default -> facts.dropped(source + " " + id + " " + release.namespace(), "unknown status");
        }
    }

    private static void readFix(Statements about, String version, FactSink facts) {
        if (version.equals("0")) {
            facts.accept(about.notAffected());
        } else if (PackageNote.isVersion(version)) {
            facts.accept(about.fixedIn(version));
        } else {
            facts.dropped(about.packageName() + " " + about.advisory(), "resolved without a version");
        }
    }

    private static Status open(JsonValue state) {
        if (state.get("nodsa").isAbsent() && state.get("nodsa_reason").isAbsent()) {
            return Status.UNFIXED;
        }
        return state.get("nodsa_reason").text().orElse("").equals("ignored") ? Status.WILL_NOT_FIX : Status.DEFERRED;
    }
}
