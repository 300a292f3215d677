package dev.holdfast.scan.judge;

import dev.holdfast.advisory.AdvisoryBase;
import dev.holdfast.advisory.KnownAdvisory;
import dev.holdfast.advisory.KnownStatement;
import dev.holdfast.advisory.fact.Advisory;
import dev.holdfast.advisory.fact.Statement.Status;
import dev.holdfast.inventory.Component;
import dev.holdfast.inventory.PackageRecord.Detail;
import dev.holdfast.scan.judge.Judgement.Answer;
import dev.holdfast.scan.judge.Judgement.Decision;
import dev.holdfast.scan.judge.Judgement.Weighed;
import dev.holdfast.scan.question.Questions;
import dev.holdfast.scan.question.Questions.Question;
import dev.holdfast.version.VersionKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Weighs what the base says of a component and decides, flaw by flaw.
 *
 * <p>The rules, in order: a flaw that its publishers took back is not reported; a notice is not a flaw; of several sources the most
 * authoritative that speaks of this package decides ({@link Authority}); among equals one that says affected outweighs those that do
 * not, except that a fix from a subscription pocket which is installed counts as installed; a distribution's statement about the package
 * that owns a language component's files decides over a language advisory; a supplier's VEX statement clears its own product.
 */
public final class Assessor {
    private final AdvisoryBase base;
    private final Questions questions;
    private final Owners owners;
    private final Vex vex;
    private final Map<String, KnownAdvisory> flaws = new HashMap<>();
    private final Set<String> consulted = new HashSet<>();
    private String lastNamespace = "";
    private String lastName = "";
    private List<KnownStatement> lastStatements = List.of();

    public Assessor(AdvisoryBase base, Questions questions, List<Component> components) {
        this.base = base;
        this.questions = questions;
        this.owners = new Owners(base, questions, components);
        this.vex = new Vex(base, components);
    }

    /** The judgements about every flaw that some statement says this component has; quick when there is none. */
    List<Judgement> judge(Component component) {
        Map<String, List<Weighed>> byFlaw = new LinkedHashMap<>();
        List<Weighed> others = new ArrayList<>();
        for (Question question : questions.about(component).questions()) {
            for (KnownStatement statement : about(question)) {
                consulted.add(statement.source().name());
                Weighed weighed = weigh(question, statement);
                if (weighed.answer() == Answer.AFFECTED) {
                    byFlaw.computeIfAbsent(flaw(statement.advisory()).id(), id -> new ArrayList<>())
                            .add(weighed);
                } else {
                    others.add(weighed);
                }
            }
        }
        List<Judgement> judgements = new ArrayList<>(byFlaw.size());
        byFlaw.forEach((id, affecting) -> {
            addAllOf(flaw(id), others, affecting);
            judgements.add(decide(component, flaw(id), affecting));
        });
        return judgements;
    }

    /** Versions of one package follow one another, and what is said of it is read once for all of them. */
    private List<KnownStatement> about(Question question) {
        if (!question.packageName().equals(lastName) || !question.namespace().equals(lastNamespace)) {
            lastName = question.packageName();
            lastNamespace = question.namespace();
            lastStatements = base.about(lastNamespace, lastName);
        }
        return lastStatements;
    }

    /** Names of the sources that said anything about the components judged so far. */
    public Set<String> consulted() {
        return Set.copyOf(consulted);
    }

    /** The judgement about one flaw, whatever the statements say; empty when none is about this component. */
    public Optional<Judgement> judge(Component component, KnownAdvisory flaw) {
        List<Weighed> all = new ArrayList<>();
        for (Question question : questions.about(component).questions()) {
            for (KnownStatement statement : base.about(question.namespace(), question.packageName())) {
                if (isOf(flaw, statement.advisory())) {
                    all.add(weigh(question, statement));
                }
            }
        }
        return all.isEmpty() ? Optional.empty() : Optional.of(decide(component, flaw, all));
    }

    /** The flaw that an identifier stands for, under the identifier people use: the CVE where its aliases hold exactly one. */
    public KnownAdvisory flaw(String id) {
        KnownAdvisory known = flaws.get(id);
        if (known == null) {
            known = named(id, base.advisory(id).orElseGet(() -> unknown(id)));
            flaws.put(id, known);
            flaws.put(known.id(), known);
        }
        return known;
    }

    private KnownAdvisory named(String id, KnownAdvisory known) {
        TreeSet<String> all = new TreeSet<>(known.aliases());
        all.add(known.id());
        String best = known.id();
        List<String> cves = all.stream().filter(name -> name.startsWith("CVE-")).toList();
        if (!id.startsWith("CVE-") && cves.size() == 1) {
            best = cves.getFirst();
        }
        all.remove(best);
        return new KnownAdvisory(
                best,
                known.kind(),
                List.copyOf(all),
                known.bundled(),
                known.published(),
                known.modified(),
                known.withdrawn(),
                known.ratings(),
                known.weaknesses());
    }

    private static KnownAdvisory unknown(String id) {
        return new KnownAdvisory(
                id, Advisory.Kind.VULNERABILITY, List.of(), List.of(), "", "", false, List.of(), List.of());
    }

    private static boolean isOf(KnownAdvisory flaw, String id) {
        return flaw.id().equals(id) || flaw.aliases().contains(id);
    }

    private static void addAllOf(KnownAdvisory flaw, List<Weighed> others, List<Weighed> into) {
        for (Weighed other : others) {
            if (isOf(flaw, other.statement().advisory())) {
                into.add(other);
            }
        }
    }

    private static Weighed weigh(Question question, KnownStatement statement) {
        if (!Variants.speaksOf(statement, question)) {
            return new Weighed(question, statement, Answer.OTHER_VARIANT);
        }
        boolean covers = statement.covers(question.key());
        if (statement.status() == Status.NOT_AFFECTED) {
            return new Weighed(question, statement, covers ? Answer.NOT_AFFECTED : Answer.OUTSIDE);
        }
        if (covers) {
            return new Weighed(question, statement, Answer.AFFECTED);
        }
        return new Weighed(question, statement, isBehindFix(question, statement) ? Answer.FIXED : Answer.OUTSIDE);
    }

    private static boolean isBehindFix(Question question, KnownStatement statement) {
        for (String fix : statement.fixedIn()) {
            Optional<VersionKey> key =
                    question.component().record().type().scheme().key(fix);
            if (key.isPresent() && key.get().compareTo(question.key()) <= 0) {
                return true;
            }
        }
        return false;
    }

    private static int byAuthority(Weighed a, Weighed b) {
        int order = Integer.compare(Authority.rank(a.statement()), Authority.rank(b.statement()));
        return order != 0 ? order : a.answer().compareTo(b.answer());
    }

    private Judgement decide(Component component, KnownAdvisory flaw, List<Weighed> all) {
        all.sort(Assessor::byAuthority);
        Optional<Weighed> decisive = decisive(all);
        Decision decision = decisive.map(weighed -> decision(weighed.answer())).orElse(Decision.OUT_OF_SCOPE);
        String reason = decisive.map(Reasons::of).orElse("what is said is about another module or architecture");
        if (component.state() == Component.State.REMOVED) {
            return new Judgement(
                    component, flaw, all, decisive, Decision.REMOVED, "the package was removed by a later layer");
        }
        if (decision != Decision.REPORTED) {
            return new Judgement(component, flaw, all, decisive, decision, reason);
        }
        if (flaw.withdrawn()) {
            return new Judgement(
                    component, flaw, all, decisive, Decision.WITHDRAWN, "the advisory was withdrawn by its publisher");
        }
        if (isNotice(flaw)) {
            String kind = flaw.kind().name().toLowerCase(java.util.Locale.ROOT);
            return new Judgement(
                    component,
                    flaw,
                    all,
                    decisive,
                    Decision.INFORMATIONAL,
                    "it is a notice (" + kind + "), not a flaw");
        }
        Optional<String> absent = onlyNamed(component);
        if (absent.isPresent()) {
            return new Judgement(component, flaw, all, decisive, Decision.NOT_INSTALLED, absent.get());
        }
        Optional<String> byVendor = owners.vendorDecides(component, flaw);
        if (byVendor.isPresent()) {
            return new Judgement(component, flaw, all, decisive, Decision.VENDOR_DECIDES, byVendor.get());
        }
        Optional<String> byVex = vex.clears(component, flaw);
        if (byVex.isPresent()) {
            return new Judgement(component, flaw, all, decisive, Decision.CLEARED_BY_VEX, byVex.get());
        }
        return new Judgement(component, flaw, all, decisive, decision, reason);
    }

    /** Why a component counts as named without being installed; empty when it is there. */
    private static Optional<String> onlyNamed(Component component) {
        return component
                .record()
                .detail(Detail.WITNESS)
                .filter("cache"::equals)
                .map(cache -> "it lies in a package manager's download cache; it is not installed");
    }

    private static boolean isNotice(KnownAdvisory flaw) {
        return switch (flaw.kind()) {
            case VULNERABILITY, MALWARE -> false;
            case UNMAINTAINED, UNSOUND, NOTICE -> true;
        };
    }

    /** The first in order of authority; of equals, the first that says affected, unless an installed subscription fix speaks against it. */
    private static Optional<Weighed> decisive(List<Weighed> sorted) {
        List<Weighed> speaking = sorted.stream()
                .filter(weighed -> weighed.answer() != Answer.OTHER_VARIANT)
                .toList();
        if (speaking.isEmpty()) {
            return Optional.empty();
        }
        int best = Authority.rank(speaking.getFirst().statement());
        for (Weighed weighed : speaking) {
            boolean isSubscription =
                    Authority.isSubscription(weighed.statement().qualifiers().repository());
            if (Authority.rank(weighed.statement()) == best && isSubscription && weighed.answer() == Answer.FIXED) {
                return Optional.of(weighed);
            }
        }
        return Optional.of(speaking.getFirst());
    }

    private static Decision decision(Answer answer) {
        return switch (answer) {
            case AFFECTED -> Decision.REPORTED;
            case FIXED -> Decision.ALREADY_FIXED;
            case NOT_AFFECTED -> Decision.NOT_AFFECTED;
            case OUTSIDE -> Decision.OUT_OF_RANGE;
            case OTHER_VARIANT -> Decision.OUT_OF_SCOPE;
        };
    }

    /** Which module stream, architecture, and package of an RPM's source and binaries a statement is about. */
    static final class Variants {
        private Variants() {}

        static boolean speaksOf(KnownStatement statement, Question question) {
            String module = statement.qualifiers().module();
            Optional<String> installed = question.component().record().detail(Detail.MODULE);
            return isStream(module, installed.orElse(""), question, statement)
                    && (saysSource(statement)
                            ? isSourceOf(question)
                            : isOfBinary(question) && isArchitecture(statement, question.component()));
        }

        /** {@code src} alone marks what is said of a source package, so of every package built from it. */
        private static boolean saysSource(KnownStatement statement) {
            return statement.qualifiers().architectures().equals(List.of("src"));
        }

        private static boolean isSourceOf(Question question) {
            return question.component()
                    .record()
                    .source()
                    .map(source -> source.name().equals(question.packageName()))
                    .orElse(true);
        }

        /** Photon's names are of source and of binary packages alike; elsewhere a source's namesake is only one of its packages. */
        private static boolean isOfBinary(Question question) {
            return !question.isSource() || question.namespace().startsWith("photon:");
        }

        /**
         * A package of a module is spoken of only by its own stream's statements, one outside modules only by those without a module.
         * Where a feed names no stream ({@code ?}), the fix must be of the same leading version number: streams of one module differ in it.
         */
        private static boolean isStream(String module, String installed, Question question, KnownStatement statement) {
            if (module.isEmpty() || installed.isEmpty()) {
                return module.isEmpty() && installed.isEmpty();
            }
            if (!module.equals("?")) {
                return module.equals(installed);
            }
            String lead = leadingNumber(question.version());
            return statement.fixedIn().isEmpty()
                    || statement.fixedIn().stream()
                            .anyMatch(fix -> leadingNumber(fix).equals(lead));
        }

        private static String leadingNumber(String version) {
            int from = version.indexOf(':') + 1;
            int to = from;
            while (to < version.length() && Character.isDigit(version.charAt(to))) {
                to++;
            }
            return version.substring(from, to);
        }

        private static boolean isArchitecture(KnownStatement statement, Component component) {
            Set<String> only = Set.copyOf(statement.qualifiers().architectures());
            Optional<String> architecture = component.record().architecture();
            return only.isEmpty()
                    || architecture.isEmpty()
                    || only.contains(architecture.get())
                    || only.contains("noarch")
                    || architecture.get().equals("noarch");
        }
    }
}
