package dev.holdfast.advisory.feed.general;

import dev.holdfast.advisory.fact.Exoneration;
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
import java.util.Optional;
import java.util.Set;

/**
 * OpenVEX documents (0.0 to 0.2), such as VEX repositories hold; their {@code index.json} and {@code vex-repository.json} say where
 * documents are, and nothing about packages.
 *
 * <pre>
 * {@literal @}context        https://openvex.dev/ns…
 * author, timestamp, last_updated
 * statements[]
 *   vulnerability        { name, aliases[] }, or in 0.0 the identifier itself
 *   products[]           { {@literal @}id, identifiers { purl }, subcomponents[] { {@literal @}id, identifiers { purl } } }, or in 0.0 package URLs
 *   subcomponents[]      in 0.0: of every product
 *   status               not_affected | affected | fixed | under_investigation
 *   justification        label
 * </pre>
 *
 * <p>One fact is made for each product and subcomponent of a statement. Products and subcomponents that are no package URLs cannot be
 * matched and are dropped.
 */
public final class OpenVexFeed implements Feed {
    /** Near the start of each document of Rancher's repository, wherever it is mirrored. */
    private static final String RANCHER = "Rancher Security";

    /** Every subcomponent may be said of every product. The most seen are 60. */
    private static final int MAX_CLAIMS = 100_000;

    private static final Set<String> STATUSES = Set.of("not_affected", "affected", "fixed", "under_investigation");

    private final String name;
    private final boolean isRancher;

    private OpenVexFeed(String name, boolean isRancher) {
        this.name = name;
        this.isRancher = isRancher;
    }

    /** One for the large collection that has its own licence, and one for all others. */
    public static List<Feed> all() {
        return List.of(new OpenVexFeed("openvex-rancher", true), new OpenVexFeed("openvex", false));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean recognises(String path, byte[] head) {
        String text = FeedText.headText(head);
        return FeedText.isJsonObject(head) && text.contains("openvex.dev/ns") && text.contains(RANCHER) == isRancher;
    }

    @Override
    public void read(FeedFile file, FactSink facts) throws InputException, IOException {
        new Document(file.path(), facts).read(file);
    }

    /** One document while it is read: statements that come before the author wait for it. */
    private static final class Document {
        private final String where;
        private final FactSink facts;
        private final List<JsonValue> waiting = new ArrayList<>();
        private Optional<String> author = Optional.empty();
        private boolean hasStatements;
        private String day = "";

        Document(String where, FactSink facts) {
            this.where = where;
            this.facts = facts;
        }

        void read(FeedFile file) throws InputException, IOException {
            Json.streamMembers(file.bytes(), file.limits(), Set.of("statements"), this::member);
            for (JsonValue statement : waiting) {
                state(statement, author.orElse(""));
            }
            if (!hasStatements) {
                throw new InputException(
                        InputException.Code.MALFORMED, where + ": not an OpenVEX document: it has no statements");
            }
            if (!day.isEmpty()) {
                facts.dated(day);
            }
        }

        private void member(String name, JsonValue value) {
            switch (name) {
                case "author" ->
                    author = Optional.of(
                            FeedText.isName(value.text().orElse(""))
                                    ? value.text().orElse("")
                                    : "");
                case "timestamp", "last_updated" -> {
                    String found = FeedText.day(value.text().orElse(""));
                    day = found.compareTo(day) > 0 ? found : day;
                }
                case "statements" -> {
                    hasStatements = true;
                    if (author.isPresent()) {
                        state(value, author.get());
                    } else {
                        waiting.add(value);
                    }
                }
                default -> {}
            }
        }

        private void state(JsonValue statement, String by) {
            JsonValue named = statement.get("vulnerability");
            String id =
                    named.text().or(() -> named.get("name").text()).orElse("").strip();
            String status = statement.get("status").text().orElse("");
            if (!FeedText.isName(id) || id.indexOf(' ') >= 0 || !STATUSES.contains(status)) {
                facts.dropped(where, "a statement has no vulnerability, or a status that OpenVEX does not know");
                return;
            }
            String justification = FeedText.word(
                    statement.get("justification").text().orElse("").replace(' ', '_'));
            Exoneration claim = new Exoneration(id, "", "", status, justification, by);
            long claims = (1L + statement.get("subcomponents").elements().size())
                    * statement.get("products").elements().size();
            if (claims > MAX_CLAIMS) {
                facts.dropped(where, id + ": a statement of more than " + MAX_CLAIMS + " products and parts of them");
                return;
            }
            for (JsonValue product : statement.get("products").elements()) {
                List<JsonValue> parts =
                        new ArrayList<>(product.get("subcomponents").elements());
                parts.addAll(statement.get("subcomponents").elements());
                Set<String> subcomponents = new LinkedHashSet<>();
                for (JsonValue part : parts) {
                    subcomponents.add(purl(part));
                }
                if (parts.isEmpty()) {
                    subcomponents.add("");
                }
                for (String subcomponent : subcomponents) {
                    state(claim, purl(product), subcomponent, parts.isEmpty());
                }
            }
        }

        private void state(Exoneration claim, String product, String subcomponent, boolean ofWhole) {
            if (!isPurl(product) || !ofWhole && !isPurl(subcomponent)) {
                facts.dropped(where, claim.advisory() + ": a product or subcomponent is no package URL");
                return;
            }
            facts.accept(new Exoneration(
                    claim.advisory(), product, subcomponent, claim.status(), claim.justification(), claim.author()));
        }

        private static boolean isPurl(String text) {
            return text.startsWith("pkg:") && FeedText.isName(text);
        }

        private static String purl(JsonValue named) {
            return named.at("identifiers", "purl")
                    .text()
                    .or(() -> named.get("@id").text())
                    .or(named::text)
                    .orElse("")
                    .strip();
        }
    }
}
