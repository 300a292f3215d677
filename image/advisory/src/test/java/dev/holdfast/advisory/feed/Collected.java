package dev.holdfast.advisory.feed;

import dev.holdfast.advisory.fact.Advisory;
import dev.holdfast.advisory.fact.Exoneration;
import dev.holdfast.advisory.fact.ExploitScore;
import dev.holdfast.advisory.fact.Exploited;
import dev.holdfast.advisory.fact.FactSink;
import dev.holdfast.advisory.fact.Lifecycle;
import dev.holdfast.advisory.fact.Statement;
import dev.holdfast.advisory.feed.Feed.FeedFile;
import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Keeps every fact, for tests to look at. */
public final class Collected implements FactSink {
    public final List<Advisory> advisories = new ArrayList<>();
    public final List<Statement> statements = new ArrayList<>();
    public final List<Exploited> exploited = new ArrayList<>();
    public final List<ExploitScore> scores = new ArrayList<>();
    public final List<Lifecycle> lifecycles = new ArrayList<>();
    public final List<Exoneration> exonerations = new ArrayList<>();
    public final List<String> dropped = new ArrayList<>();
    public final List<String> days = new ArrayList<>();

    /** What the feed makes of one file's text. */
    public static Collected from(Feed feed, String path, String text) throws InputException, IOException {
        Collected facts = new Collected();
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        feed.read(new FeedFile(path, new ByteArrayInputStream(bytes), Limits.DEFAULT), facts);
        return facts;
    }

    @Override
    public void accept(Advisory fact) {
        advisories.add(fact);
    }

    @Override
    public void accept(Statement fact) {
        statements.add(fact);
    }

    @Override
    public void accept(Exploited fact) {
        exploited.add(fact);
    }

    @Override
    public void accept(ExploitScore fact) {
        scores.add(fact);
    }

    @Override
    public void accept(Lifecycle fact) {
        lifecycles.add(fact);
    }

    @Override
    public void accept(Exoneration fact) {
        exonerations.add(fact);
    }

    @Override
    public void dated(String day) {
        days.add(day);
    }

    @Override
    public void dropped(String where, String why) {
        dropped.add(where + ": " + why);
    }
}
