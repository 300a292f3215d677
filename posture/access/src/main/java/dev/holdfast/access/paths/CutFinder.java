package dev.holdfast.access.paths;

import dev.holdfast.access.paths.Step.Need;
import dev.holdfast.access.rbac.Grant;
import dev.holdfast.access.rbac.Request;
import dev.holdfast.access.rbac.Requester;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The fewest edits that cut all ways. Any solution must edit something on the shortest way, so the search branches over what that way uses
 * and looks for the shortest way that is left, with one edit more allowed in each round: the first solution is a smallest one (a minimum
 * hitting set over ways that are found as they are needed). Past {@value #MOST_SEARCHES} searches it takes the first edit of each way that is
 * left, and says that fewer may suffice.
 */
final class CutFinder {
    /** Some seconds at most; honest clusters need some dozen. */
    private static final int MOST_SEARCHES = 3_000;

    private static final int MOST_EDITS = 200;
    /** An honest rule has fewer rights that matter. */
    private static final int MOST_RIGHTS = 200;

    private final PathFinder finder;
    private final Requester subject;
    private final boolean prefersRules;
    private int searches;

    /** @param prefersRules whether to narrow rules, and unbind only where the rule is not ours; else to unbind */
    CutFinder(PathFinder finder, Requester subject, boolean prefersRules) {
        this.finder = finder;
        this.subject = subject;
        this.prefersRules = prefersRules;
    }

    /** What is edited. */
    private sealed interface Element {
        boolean covers(Grant grant);

        /** A rule, told from the same words elsewhere by its writer, its place and the namespace of the role. */
        record OfRule(Grant grant) implements Element {
            @Override
            public boolean covers(Grant other) {
                return grant.rule().equals(other.rule())
                        && grant.role().namespace().equals(other.role().namespace());
            }
        }

        /** A subject of a binding. */
        record OfBinding(Grant grant) implements Element {
            @Override
            public boolean covers(Grant other) {
                return grant.binding().name().equals(other.binding().name())
                        && grant.binding().namespace().equals(other.binding().namespace())
                        && grant.subject().equals(other.subject());
            }
        }
    }

    /** The cut; empty when some way has nothing on it that can be edited. */
    Optional<Cut> find() {
        for (int most = 1; searches < MOST_SEARCHES; most++) {
            List<Element> chosen = new ArrayList<>();
            Outcome outcome = search(chosen, most);
            if (outcome == Outcome.CUT) {
                return Optional.of(new Cut(edits(chosen), true));
            }
            if (outcome == Outcome.IMPOSSIBLE) {
                return Optional.empty();
            }
        }
        return greedy();
    }

    private enum Outcome {
        CUT,
        MORE_NEEDED,
        IMPOSSIBLE
    }

    private Outcome search(List<Element> chosen, int most) {
        List<Step> way = left(chosen);
        if (way.isEmpty()) {
            return Outcome.CUT;
        }
        List<Element> elements = elements(way);
        if (elements.isEmpty()) {
            return Outcome.IMPOSSIBLE;
        }
        if (most == 0 || searches > MOST_SEARCHES) {
            return Outcome.MORE_NEEDED;
        }
        boolean isImpossible = true;
        for (Element element : elements) {
            chosen.addLast(element);
            Outcome outcome = search(chosen, most - 1);
            if (outcome == Outcome.CUT) {
                return outcome;
            }
            isImpossible &= outcome == Outcome.IMPOSSIBLE;
            chosen.removeLast();
        }
        return isImpossible ? Outcome.IMPOSSIBLE : Outcome.MORE_NEEDED;
    }

    private Optional<Cut> greedy() {
        List<Element> chosen = new ArrayList<>();
        List<Step> way = left(chosen);
        while (!way.isEmpty()) {
            List<Element> elements = elements(way);
            if (elements.isEmpty() || chosen.size() == MOST_EDITS) {
                return Optional.empty();
            }
            chosen.add(elements.getFirst());
            way = left(chosen);
        }
        return Optional.of(new Cut(edits(chosen), false));
    }

    private List<Step> left(List<Element> chosen) {
        searches++;
        return finder.shortest(subject, (grant, request) -> isEdited(chosen, grant));
    }

    private static boolean isEdited(List<Element> chosen, Grant grant) {
        for (Element element : chosen) {
            if (element.covers(grant)) {
                return true;
            }
        }
        return false;
    }

    private List<Element> elements(List<Step> way) {
        List<Element> elements = new ArrayList<>();
        for (Step step : way) {
            for (Need need : step.needs()) {
                if (!isEdited(elements, need.grant())) {
                    element(need.grant()).ifPresent(elements::add);
                }
            }
        }
        return elements;
    }

    private Optional<Element> element(Grant grant) {
        boolean isRuleOurs = !grant.role().isKeptByServer();
        boolean isBindingOurs = !grant.binding().isKeptByServer();
        if (isRuleOurs && (prefersRules || !isBindingOurs)) {
            return Optional.of(new Element.OfRule(grant));
        }
        return isBindingOurs ? Optional.of(new Element.OfBinding(grant)) : Optional.empty();
    }

    private List<Edit> edits(List<Element> chosen) {
        List<Set<String>> rights = rights(chosen);
        List<Edit> edits = new ArrayList<>();
        for (int i = 0; i < chosen.size(); i++) {
            edits.add(
                    switch (chosen.get(i)) {
                        case Element.OfRule(Grant grant) ->
                            new Edit.NarrowRule(grant.role(), grant.rule(), List.copyOf(rights.get(i)));
                        case Element.OfBinding(Grant grant) -> new Edit.Unbind(grant.binding(), grant.subject());
                    });
        }
        return edits;
    }

    /** Which rights of each chosen rule are used by any way: they are taken away one by one until no way is left. */
    private List<Set<String>> rights(List<Element> chosen) {
        List<Set<String>> rights = new ArrayList<>();
        chosen.forEach(element -> rights.add(new LinkedHashSet<>()));
        for (int i = 0; i < MOST_RIGHTS; i++) {
            List<Step> way = finder.shortest(subject, (grant, request) -> isTaken(chosen, rights, grant, request));
            if (way.isEmpty() || !take(way, chosen, rights)) {
                return rights;
            }
        }
        return rights;
    }

    private static boolean isTaken(
            List<Element> chosen, List<Set<String>> rights, Grant grant, Request.OnResource request) {
        for (int i = 0; i < chosen.size(); i++) {
            boolean isWhole = chosen.get(i) instanceof Element.OfBinding;
            if (chosen.get(i).covers(grant) && (isWhole || rights.get(i).contains(right(request)))) {
                return true;
            }
        }
        return false;
    }

    /** Takes one right away: the last that a step needs, which is the one that makes it dangerous. */
    private static boolean take(List<Step> way, List<Element> chosen, List<Set<String>> rights) {
        for (Step step : way) {
            for (Need need : step.needs().reversed()) {
                for (int i = 0; i < chosen.size(); i++) {
                    if (chosen.get(i).covers(need.grant()) && rights.get(i).add(right(need.request()))) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    /** A right as people name it, without the object: a rule has it for all of its names. */
    private static String right(Request.OnResource request) {
        return request.named("").toString();
    }
}
