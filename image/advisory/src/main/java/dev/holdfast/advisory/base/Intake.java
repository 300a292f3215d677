package dev.holdfast.advisory.base;

import dev.holdfast.advisory.base.Compilation.Edition;
import dev.holdfast.advisory.fact.Advisory;
import dev.holdfast.advisory.fact.Exoneration;
import dev.holdfast.advisory.fact.ExploitScore;
import dev.holdfast.advisory.fact.Exploited;
import dev.holdfast.advisory.fact.FactSink;
import dev.holdfast.advisory.fact.Lifecycle;
import dev.holdfast.advisory.fact.Rating;
import dev.holdfast.advisory.fact.Statement;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Takes the facts of one file. Texts beyond {@link Layout#MAX_TEXT_BYTES} are refused. Owned by one thread; the days it saw count when it
 * is closed.
 */
public final class Intake implements FactSink, AutoCloseable {
    private final Compilation facts;
    private final String source;
    private final String fallback;
    private final List<long[]> scores = new ArrayList<>();
    private final List<Exploited> exploited = new ArrayList<>();
    private String stated = "";
    private int newest;
    private int newestYear;

    /** Asked for with the first fact: a file without any leaves no trace. */
    private int layer = -1;

    Intake(Compilation facts, String source, String fallback) {
        this.facts = facts;
        this.source = source;
        this.fallback = fallback;
    }

    @Override
    public void accept(Advisory fact) {
        if (!fits(fact.id(), fact.id())
                || !fits(fact.id(), fact.aliases())
                || !fits(fact.id(), fact.bundled())
                || !fits(fact.id(), fact.weaknesses())) {
            return;
        }
        for (Rating rating : fact.ratings()) {
            if (!fits(fact.id(), List.of(rating.by(), rating.vector(), rating.word()))) {
                return;
            }
        }
        int published = Day.number(fact.published());
        int modified = Day.number(fact.modified());
        newest = Math.max(newest, Math.max(published, modified));
        facts.advisory(layer(), fact, published, modified);
    }

    @Override
    public void accept(Statement fact) {
        if (fits(fact.advisory(), List.of(fact.advisory(), fact.namespace(), fact.packageName(), fact.rating()))
                && fits(
                        fact.advisory(),
                        List.of(fact.qualifiers().module(), fact.qualifiers().repository()))
                && fits(fact.advisory(), fact.qualifiers().architectures())
                && fits(fact.advisory(), fact.fixedIn())) {
            newestYear = Math.max(newestYear, Cve.year(fact.advisory()));
            facts.statement(layer(), fact);
        }
    }

    @Override
    public void accept(Exploited fact) {
        if (fits(fact.id(), fact.id())) {
            newest = Math.max(newest, Day.number(fact.since()));
            layer();
            exploited.add(fact);
        }
    }

    @Override
    public void accept(ExploitScore fact) {
        long cve = Cve.number(fact.id());
        if (cve < 0 || !isShare(fact.probability()) || !isShare(fact.percentile())) {
            dropped(fact.id(), "not a CVE with two shares from 0 to 1");
            return;
        }
        layer();
        long units = Math.round(fact.probability() * Layout.SCORE_UNITS) << Layout.SCORE_BITS
                | Math.round(fact.percentile() * Layout.SCORE_UNITS);
        scores.add(new long[] {cve, units});
    }

    private static boolean isShare(double value) {
        return value >= 0 && value <= 1;
    }

    @Override
    public void accept(Lifecycle fact) {
        String where = fact.product() + " " + fact.release();
        if (fits(where, List.of(fact.product(), fact.release(), fact.codename(), fact.released()))
                && fits(where, List.of(fact.endOfSupport(), fact.endOfExtendedSupport()))) {
            facts.lifecycle(layer(), fact);
        }
    }

    @Override
    public void accept(Exoneration fact) {
        if (fits(fact.advisory(), List.of(fact.advisory(), fact.product(), fact.subcomponent()))
                && fits(fact.advisory(), List.of(fact.status(), fact.justification(), fact.author()))) {
            newestYear = Math.max(newestYear, Cve.year(fact.advisory()));
            facts.claim(layer(), fact);
        }
    }

    @Override
    public void dated(String day) {
        stated = Compilation.later(stated, Day.text(Day.number(day)));
    }

    @Override
    public void dropped(String where, String why) {
        facts.dropped(layer(), where, why);
    }

    private int layer() {
        if (layer < 0) {
            layer = facts.layer(source);
        }
        return layer;
    }

    private boolean fits(String where, List<String> texts) {
        for (String text : texts) {
            if (!fits(where, text)) {
                return false;
            }
        }
        return true;
    }

    private boolean fits(String where, String text) {
        boolean fits = text.length() <= Layout.MAX_TEXT_BYTES / 3
                || text.getBytes(StandardCharsets.UTF_8).length <= Layout.MAX_TEXT_BYTES;
        if (!fits) {
            String brief = where.length() <= 100 ? where : where.substring(0, 100) + "…";
            dropped(brief, "a text of " + text.length() + " characters");
        }
        return fits;
    }

    /**
     * Ends the file. Its day is the one it stated, else its newest record's. A source none of whose files has either is of its files' day,
     * or at the very least not older than the year of its newest CVE.
     */
    @Override
    public void close() {
        if (layer < 0) {
            return;
        }
        String day = stated.isEmpty() ? Day.text(newest) : stated;
        String otherwise = !fallback.isEmpty() || newestYear == 0 ? fallback : newestYear + "-01-01";
        String edition = day.isEmpty() ? otherwise : day;
        facts.close(layer, day, otherwise, edition(edition, scores), edition(edition, exploited));
    }

    private static <R> Optional<Edition<R>> edition(String date, List<R> rows) {
        return rows.isEmpty() ? Optional.empty() : Optional.of(new Edition<>(date, rows));
    }
}
