package dev.holdfast.advisory.feed;

import dev.holdfast.advisory.fact.Advisory;
import dev.holdfast.advisory.fact.Advisory.Kind;
import dev.holdfast.advisory.fact.FactSink;
import dev.holdfast.advisory.fact.Rating;
import dev.holdfast.advisory.fact.Statement.Status;
import dev.holdfast.core.InputException;
import dev.holdfast.core.json.Json;
import dev.holdfast.core.json.JsonValue;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Arch Linux's {@code all.json}: groups of flaws that came and went together.
 *
 * <pre>
 * [ { "name": "AVG-20", "packages": [ NAME, … ], "status": "Fixed" | "Vulnerable" | "Testing" | "Not affected" | "Unknown",
 *     "severity": WORD, "affected": VERSION, "fixed": VERSION | null, "issues": [ CVE, … ], "advisories": [ "ASA-…", … ] }, … ]
 * </pre>
 *
 * <p>{@code affected} is the version in which the flaw was looked at; earlier ones have it, too. {@code Testing} means that the fix is not
 * in the stable repositories yet.
 */
public final class ArchTracker implements Feed {
    @Override
    public String name() {
        return "arch";
    }

    @Override
    public boolean recognises(String path, byte[] head) {
        String text = FeedText.headText(head);
        return text.stripLeading().startsWith("[") && text.contains("\"AVG-");
    }

    @Override
    public void read(FeedFile file, FactSink facts) throws InputException, IOException {
        Json.stream(file.bytes(), file.limits(), List.of(), (name, group) -> readGroup(group, facts));
    }

    private static void readGroup(JsonValue group, FactSink facts) {
        String id = group.get("name").text().orElse("");
        List<String> flaws = FeedText.identifiers(group.get("issues").texts(), id);
        if (!FeedText.isName(id)) {
            facts.dropped("arch", "a group without a name");
            return;
        }
        String word = FeedText.word(group.get("severity").text().orElse("").toLowerCase(Locale.ROOT));
        facts.accept(new Advisory(
                id,
                Kind.VULNERABILITY,
                List.of(),
                flaws,
                "",
                "",
                false,
                word.isEmpty() || word.equals("unknown") ? List.of() : List.of(new Rating("arch", "", word)),
                List.of()));
        for (String packageName : group.get("packages").texts()) {
            for (String flaw : flaws.isEmpty() ? List.of(id) : flaws) {
                state(Statements.of(flaw, "arch", packageName, word), group, facts);
            }
        }
    }

    private static void state(Statements about, JsonValue group, FactSink facts) {
        Optional<String> fix = group.get("fixed").text().filter(FeedText::isName);
        switch (group.get("status").text().orElse("")) {
            case "Fixed" -> {
                if (fix.isPresent()) {
                    facts.accept(about.fixedIn(fix.get()));
                } else {
                    facts.dropped(about.advisory() + " " + about.packageName(), "fixed without a version");
                }
            }
            case "Vulnerable" -> facts.accept(about.ofEvery(Status.UNFIXED));
            case "Testing" -> facts.accept(about.below(Status.UNFIXED, fix.orElse("")));
            case "Not affected" -> facts.accept(about.notAffected());
            case "Unknown" -> facts.accept(about.ofEvery(Status.UNDER_INVESTIGATION));
            default -> facts.dropped(about.advisory() + " " + about.packageName(), "unknown status");
        }
    }
}
