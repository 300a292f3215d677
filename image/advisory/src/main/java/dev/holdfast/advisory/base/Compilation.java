package dev.holdfast.advisory.base;

import dev.holdfast.advisory.Source;
import dev.holdfast.advisory.fact.Advisory;
import dev.holdfast.advisory.fact.Exoneration;
import dev.holdfast.advisory.fact.Exploited;
import dev.holdfast.advisory.fact.Lifecycle;
import dev.holdfast.advisory.fact.Rating;
import dev.holdfast.advisory.fact.Statement;
import dev.holdfast.core.PackageUrl;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Collects the facts of a base, in any order, from several importers at a time, each through an {@link Intake} of its own. Facts are held
 * as numbers: a full base has over a million statements, most of them alike. What cannot be kept is counted against its layer.
 */
public final class Compilation {
    /** How many of a layer's dropped records are kept as examples: enough to see a pattern. */
    private static final int EXAMPLES = 20;

    final Numbering<String> texts = new Numbering<>();
    final Numbering<String> ids = new Numbering<>();
    final Numbering<String> layerNames = new Numbering<>();
    final List<Layer> layers = new ArrayList<>();
    final Numbering<StatementBodies.VersionText> versions = new Numbering<>();
    final Numbering<Tuple> bodies = new Numbering<>();

    final Numbering<String> packageNames = new Numbering<>();

    /** Namespace (a text) and package (a name). */
    final Numbering<Tuple> groups = new Numbering<>();

    final Ints statementGroups = new Ints();
    final Ints statementIds = new Ints();
    final Ints statementBodies = new Ints();

    /** By, vector, word: texts. */
    final Numbering<Tuple> ratings = new Numbering<>();

    /** Id, layer, kind, withdrawn, published, modified, then four lists, each after its length: ids, ids, ratings, texts. */
    final Set<Tuple> records = new HashSet<>();

    /** Layer and six texts: product, release, codename, three days. */
    final Set<Tuple> lifecycles = new HashSet<>();

    /** Product and subcomponent: texts, the second plus one, 0 for none. */
    final Numbering<Tuple> claimPairs = new Numbering<>();

    /** Layer, status, justification, author: texts but for the first. */
    final Numbering<Tuple> claimKinds = new Numbering<>();

    /** Pair, id, kind. */
    final Set<Tuple> claims = new HashSet<>();

    /** By text of a package URL, the text of its type and name. */
    final Map<Integer, Integer> purlNames = new HashMap<>();

    private final StatementBodies statementBodyReader = new StatementBodies(this);

    /**
     * What one source gives.
     *
     * <p>Score and exploit lists are replaced whole by their publishers, so of several editions only the newest counts.
     */
    static final class Layer {
        final TreeSet<String> examples = new TreeSet<>();
        String newest = "";
        String fallback = "";
        int dropped;
        Optional<Edition<long[]>> scores = Optional.empty();
        Optional<Edition<Exploited>> exploited = Optional.empty();
        Optional<Source> carried = Optional.empty();

        String date() {
            return newest.isEmpty() ? fallback : newest;
        }
    }

    /**
     * One edition of a list that is replaced whole.
     *
     * @param date its day
     * @param rows its content; a score: CVE and units as {@link Layout} has them
     */
    record Edition<R>(String date, List<R> rows) {
        boolean replaces(Edition<R> other) {
            int byDate = date.compareTo(other.date);
            return byDate > 0 || byDate == 0 && rows.size() > other.rows.size();
        }
    }

    /**
     * Opens an intake for one file of a feed. It is used by one thread; several may be open.
     *
     * @param source the layer of its facts
     * @param fallbackDate the day of the file itself, for a layer whose facts carry no day; empty when unknown
     */
    public Intake open(String source, String fallbackDate) {
        return new Intake(this, source, fallbackDate);
    }

    /** Takes over name, date and counts of a layer whose facts come out of another base. */
    public synchronized void carry(Source source) {
        Layer layer = layers.get(layer(source.name()));
        layer.carried = Optional.of(source);
        layer.newest = source.date();
        layer.dropped += source.dropped();
    }

    /** Some of the records that could not be used, each with its layer, place and reason; sorted. */
    public synchronized List<String> droppedExamples() {
        List<String> all = new ArrayList<>();
        for (int i = 0; i < layers.size(); i++) {
            for (String example : layers.get(i).examples) {
                all.add(layerNames.get(i) + ": " + example);
            }
        }
        all.sort(null);
        return all;
    }

    synchronized int layer(String name) {
        int number = layerNames.of(name);
        if (number == layers.size()) {
            layers.add(new Layer());
        }
        return number;
    }

    synchronized void dropped(int layer, String where, String why) {
        Layer its = layers.get(layer);
        its.dropped++;
        its.examples.add(where + ": " + why);
        if (its.examples.size() > EXAMPLES) {
            its.examples.removeLast();
        }
    }

    synchronized void statement(int layer, Statement fact) {
        Optional<Tuple> body = statementBodyReader.body(layer, fact);
        if (body.isPresent()) {
            statementGroups.add(groups.of(new Tuple(texts.of(fact.namespace()), packageNames.of(fact.packageName()))));
            statementIds.add(ids.of(fact.advisory()));
            statementBodies.add(bodies.of(body.get()));
        }
    }

    synchronized void advisory(int layer, Advisory fact, int published, int modified) {
        Ints out = new Ints();
        out.add(ids.of(fact.id()));
        out.add(layer);
        out.add(Codes.of(fact.kind()));
        out.add(fact.withdrawn() ? 1 : 0);
        out.add(published);
        out.add(modified);
        addAll(out, ids, fact.aliases());
        addAll(out, ids, fact.bundled());
        Set<Integer> given = new TreeSet<>();
        for (Rating rating : fact.ratings()) {
            given.add(ratings.of(new Tuple(texts.of(rating.by()), texts.of(rating.vector()), texts.of(rating.word()))));
        }
        out.add(given.size());
        given.forEach(out::add);
        addAll(out, texts, fact.weaknesses());
        records.add(new Tuple(out.toArray()));
    }

    private static void addAll(Ints out, Numbering<String> numbering, List<String> names) {
        Set<Integer> numbers = new TreeSet<>();
        for (String name : names) {
            numbers.add(numbering.of(name));
        }
        out.add(numbers.size());
        numbers.forEach(out::add);
    }

    synchronized void lifecycle(int layer, Lifecycle fact) {
        lifecycles.add(new Tuple(
                layer,
                texts.of(fact.product()),
                texts.of(fact.release()),
                texts.of(fact.codename()),
                texts.of(fact.released()),
                texts.of(fact.endOfSupport()),
                texts.of(fact.endOfExtendedSupport())));
    }

    synchronized void claim(int layer, Exoneration fact) {
        Optional<String> product = nameOf(fact.product());
        Optional<String> part = fact.subcomponent().isEmpty() ? product : nameOf(fact.subcomponent());
        if (product.isEmpty() || part.isEmpty()) {
            String written = product.isEmpty() ? fact.product() : fact.subcomponent();
            dropped(layer, fact.advisory(), "not a package URL: " + written);
            return;
        }
        int productText = purl(fact.product(), product.get());
        int partText = fact.subcomponent().isEmpty() ? 0 : purl(fact.subcomponent(), part.get()) + 1;
        int kind = claimKinds.of(
                new Tuple(layer, texts.of(fact.status()), texts.of(fact.justification()), texts.of(fact.author())));
        claims.add(new Tuple(claimPairs.of(new Tuple(productText, partText)), ids.of(fact.advisory()), kind));
    }

    private int purl(String written, String name) {
        int text = texts.of(written);
        purlNames.put(text, texts.of(name));
        return text;
    }

    /** Type and full name of a package URL; empty when it is none. */
    private Optional<String> nameOf(String written) {
        int known = texts.find(written);
        if (known >= 0 && purlNames.containsKey(known)) {
            return Optional.of(texts.get(purlNames.get(known)));
        }
        return PackageUrl.parse(written).map(Compilation::nameOf);
    }

    static String nameOf(PackageUrl url) {
        return url.type() + "/" + (url.namespace().isEmpty() ? "" : url.namespace() + "/") + url.name();
    }

    /** Ends one intake: its days and its editions are the layer's if they are newer. */
    synchronized void close(
            int layer,
            String newest,
            String fallback,
            Optional<Edition<long[]>> scores,
            Optional<Edition<Exploited>> exploited) {
        Layer its = layers.get(layer);
        its.newest = later(its.newest, newest);
        its.fallback = later(its.fallback, fallback);
        its.scores = newer(its.scores, scores);
        its.exploited = newer(its.exploited, exploited);
    }

    private static <R> Optional<Edition<R>> newer(Optional<Edition<R>> one, Optional<Edition<R>> other) {
        return one.isEmpty() || other.isPresent() && other.get().replaces(one.get()) ? other : one;
    }

    static String later(String one, String other) {
        return one.compareTo(other) >= 0 ? one : other;
    }
}
