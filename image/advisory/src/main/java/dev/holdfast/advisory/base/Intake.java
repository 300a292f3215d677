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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Takes the facts of one file. Texts beyond {@link Layout#MAX_TEXT_BYTES} are refused. Owned by one thread; close it to make them count. */
public final class Intake implements FactSink, AutoCloseable {
    private final Compilation facts;
    private final UnaryOperator<String> layerOf;
    private final String fallback;
    private final Map<String, PerLayer> layers = new HashMap<>();
    private String stated = "";

    private static final class PerLayer {
        private final int number;
        private final List<long[]> scores = new ArrayList<>();
        private final List<Exploited> exploited = new ArrayList<>();
        private int newest;

        PerLayer(int number) {
            this.number = number;
        }
    }

    Intake(Compilation facts, UnaryOperator<String> layerOf, String fallback) {
        this.facts = facts;
        this.layerOf = layerOf;
        this.fallback = fallback;
    }

    @Override
    public void accept(Advisory fact) {
        PerLayer layer = layer(fact.id());
        if (!fits(layer, fact.id(), fact.id())
                || !fits(layer, fact.id(), fact.aliases())
                || !fits(layer, fact.id(), fact.bundled())
                || !fits(layer, fact.id(), fact.weaknesses())) {
            return;
        }
        for (Rating rating : fact.ratings()) {
            if (!fits(layer, fact.id(), List.of(rating.by(), rating.vector(), rating.word()))) {
                return;
            }
        }
        int published = Day.number(fact.published());
        int modified = Day.number(fact.modified());
        layer.newest = Math.max(layer.newest, Math.max(published, modified));
        facts.advisory(layer.number, fact, published, modified);
    }

    @Override
    public void accept(Statement fact) {
        PerLayer layer = layer(fact.advisory());
        if (fits(layer, fact.advisory(), List.of(fact.advisory(), fact.namespace(), fact.packageName(), fact.rating()))
                && fits(
                        layer,
                        fact.advisory(),
                        List.of(fact.qualifiers().module(), fact.qualifiers().repository()))
                && fits(layer, fact.advisory(), fact.qualifiers().architectures())
                && fits(layer, fact.advisory(), fact.fixedIn())) {
            facts.statement(layer.number, fact);
        }
    }

    @Override
    public void accept(Exploited fact) {
        PerLayer layer = layer("");
        if (fits(layer, fact.id(), fact.id())) {
            layer.newest = Math.max(layer.newest, Day.number(fact.since()));
            layer.exploited.add(fact);
        }
    }

    @Override
    public void accept(ExploitScore fact) {
        PerLayer layer = layer("");
        long cve = Cve.number(fact.id());
        if (cve < 0 || !isShare(fact.probability()) || !isShare(fact.percentile())) {
            facts.dropped(layer.number, fact.id(), "not a CVE with two shares from 0 to 1");
            return;
        }
        long units = Math.round(fact.probability() * Layout.SCORE_UNITS) << Layout.SCORE_BITS
                | Math.round(fact.percentile() * Layout.SCORE_UNITS);
        layer.scores.add(new long[] {cve, units});
    }

    private static boolean isShare(double value) {
        return value >= 0 && value <= 1;
    }

    @Override
    public void accept(Lifecycle fact) {
        PerLayer layer = layer("");
        String where = fact.product() + " " + fact.release();
        if (fits(layer, where, List.of(fact.product(), fact.release(), fact.codename(), fact.released()))
                && fits(layer, where, List.of(fact.endOfSupport(), fact.endOfExtendedSupport()))) {
            facts.lifecycle(layer.number, fact);
        }
    }

    @Override
    public void accept(Exoneration fact) {
        PerLayer layer = layer("");
        if (fits(layer, fact.advisory(), List.of(fact.advisory(), fact.product(), fact.subcomponent()))
                && fits(layer, fact.advisory(), List.of(fact.status(), fact.justification(), fact.author()))) {
            facts.claim(layer.number, fact);
        }
    }

    @Override
    public void dated(String day) {
        String known = Day.text(Day.number(day));
        stated = Compilation.later(stated, known);
    }

    @Override
    public void dropped(String where, String why) {
        facts.dropped(layer("").number, where, why);
    }

    private PerLayer layer(String advisory) {
        return layers.computeIfAbsent(layerOf.apply(advisory), name -> new PerLayer(facts.layer(name)));
    }

    private boolean fits(PerLayer layer, String where, List<String> texts) {
        for (String text : texts) {
            if (!fits(layer, where, text)) {
                return false;
            }
        }
        return true;
    }

    private boolean fits(PerLayer layer, String where, String text) {
        boolean fits = text.length() <= Layout.MAX_TEXT_BYTES / 3
                || text.getBytes(StandardCharsets.UTF_8).length <= Layout.MAX_TEXT_BYTES;
        if (!fits) {
            String brief = where.length() <= 100 ? where : where.substring(0, 100) + "…";
            facts.dropped(layer.number, brief, "a text of " + text.length() + " characters");
        }
        return fits;
    }

    @Override
    public void close() {
        for (PerLayer layer : layers.values()) {
            String newest = stated.isEmpty() ? Day.text(layer.newest) : stated;
            String date = newest.isEmpty() ? fallback : newest;
            facts.close(layer.number, newest, fallback, edition(date, layer.scores), edition(date, layer.exploited));
        }
    }

    private static <R> Optional<Edition<R>> edition(String date, List<R> rows) {
        return rows.isEmpty() ? Optional.empty() : Optional.of(new Edition<>(date, rows));
    }
}
