package dev.holdfast.advisory.feed.general;

import dev.holdfast.advisory.fact.FactSink;
import dev.holdfast.advisory.feed.Feed;
import dev.holdfast.advisory.feed.FeedText;
import dev.holdfast.advisory.feed.JsonHead;
import dev.holdfast.core.InputException;
import dev.holdfast.core.json.Json;
import dev.holdfast.core.json.JsonValue;
import java.io.IOException;
import java.util.Set;

/**
 * The API v1 of endoflife.date, {@code /api/v1/products/full} or one product.
 *
 * <pre>
 * generated_at, last_modified        times
 * result[], or one result
 *   name                             key
 *   releases[]
 *     name, codename, releaseDate
 *     isEol, eolFrom                 eolFrom null: the day is not known
 *     isEoes, eoesFrom               the same, of extended support
 *     latest { date }
 * </pre>
 */
public final class EndOfLifeApiFeed implements Feed {
    @Override
    public String name() {
        return EndOfLife.SOURCE;
    }

    @Override
    public boolean recognises(String path, byte[] head) {
        String text = FeedText.headText(head);
        return JsonHead.members(head).containsKey("result")
                && (text.contains("\"releases\"") || text.contains("\"isEol\""));
    }

    @Override
    public void read(FeedFile file, FactSink facts) throws InputException, IOException {
        Json.streamMembers(file.bytes(), file.limits(), Set.of("result"), (name, value) -> {
            if (name.equals("result")) {
                product(file.path(), value, facts);
            } else if (name.equals("generated_at")) {
                String day = FeedText.day(value.text().orElse(""));
                if (!day.isEmpty()) {
                    facts.dated(day);
                }
            }
        });
    }

    private static void product(String where, JsonValue product, FactSink facts) {
        String key = text(product, "name");
        for (JsonValue release : product.get("releases").elements()) {
            EndOfLife.accept(
                    where,
                    new EndOfLife.Cycle(
                            key,
                            text(release, "name"),
                            text(release, "codename"),
                            text(release, "releaseDate"),
                            end(release, "eolFrom", "isEol"),
                            end(release, "eoesFrom", "isEoes"),
                            release.at("latest", "date").text().orElse("")),
                    facts);
        }
    }

    private static String end(JsonValue release, String from, String flag) {
        String day = text(release, from);
        return day.isEmpty() && release.get(flag).isTrue() ? "true" : day;
    }

    private static String text(JsonValue release, String name) {
        return release.get(name).text().orElse("").strip();
    }
}
