package dev.holdfast.scan.licence;

import dev.holdfast.core.text.Wildcard;
import dev.holdfast.inventory.licence.LicenceExpression;
import dev.holdfast.inventory.licence.LicenceExpression.All;
import dev.holdfast.inventory.licence.LicenceExpression.Any;
import dev.holdfast.inventory.licence.LicenceExpression.One;
import dev.holdfast.inventory.licence.LicenceWords;
import dev.holdfast.scan.exemption.Exemption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a user allows. Of several rules that name a licence the one by its identifier decides before one by a pattern, that before one by
 * category; of equals the strictest.
 *
 * @param rules what lists say of licences
 * @param other about a licence that no list names
 * @param undeclared about a package that declares none
 * @param exceptions packages that the lists do not hold for
 * @param place the file; empty for the policy that asks nothing
 */
public record LicencePolicy(
        List<Rule> rules, Decision other, Decision undeclared, List<Exemption> exceptions, String place) {
    /** Asks nothing: licences are told, and none is a finding. */
    public static final LicencePolicy ALLOW_ALL =
            new LicencePolicy(List.of(), Decision.ALLOW, Decision.ALLOW, List.of(), "");

    public LicencePolicy {
        rules = List.copyOf(rules);
        exceptions = List.copyOf(exceptions);
    }

    /** In the order of strictness. */
    public enum Decision {
        ALLOW,
        REVIEW,
        DENY;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * A word of a list.
     *
     * @param decision which list
     * @param licence an identifier, a pattern of one with {@code *}, or a category's word
     * @param place file and line
     */
    public record Rule(Decision decision, String licence, String place) {
        /** 0 by the identifier, 1 by a pattern, 2 by category; empty when it does not name the licence. */
        Optional<Integer> names(One one) {
            String id = one.toString();
            if (licence.equalsIgnoreCase(id)
                    || licence.equalsIgnoreCase(one.id()) && one.exception().isEmpty()) {
                return Optional.of(0);
            }
            if (licence.contains("*") && Wildcard.matches(licence, id)) {
                return Optional.of(1);
            }
            return licence.equals(LicenceCategory.of(one).word()) ? Optional.of(2) : Optional.empty();
        }
    }

    /**
     * What is decided about one licence.
     *
     * @param why the rule, or that there is none, in a clause
     */
    public record Ruling(One licence, Decision decision, String why) {}

    /** The licence that a word means, as expressions write it; empty when the list does not have it. */
    public static Optional<String> known(String word) {
        return LicenceWords.read(word)
                .filter(read -> read instanceof One one && (one.isListed() || word.startsWith("LicenseRef-")))
                .map(Object::toString);
    }

    Ruling on(One licence) {
        Rule best = null;
        int rank = Integer.MAX_VALUE;
        for (Rule rule : rules) {
            int own = rule.names(licence).orElse(Integer.MAX_VALUE);
            boolean isStricter = best != null && own == rank && rule.decision().compareTo(best.decision()) > 0;
            if (own < rank || own != Integer.MAX_VALUE && isStricter) {
                best = rule;
                rank = own;
            }
        }
        if (best != null) {
            return new Ruling(
                    licence, best.decision(), best.decision().word() + ": " + best.licence() + "   " + best.place());
        }
        return new Ruling(licence, other, "no list names it, and other is " + other.word() + "   " + place);
    }

    /** What is decided about each licence that must be obeyed: of a choice, only those of the best one. */
    List<Ruling> on(LicenceExpression expression) {
        return switch (expression) {
            case One one -> List.of(on(one));
            case All all -> {
                List<Ruling> rulings = new ArrayList<>();
                all.parts().forEach(part -> rulings.addAll(on(part)));
                yield rulings;
            }
            case Any any -> {
                List<Ruling> best = on(any.parts().getFirst());
                for (LicenceExpression part : any.parts()) {
                    List<Ruling> rulings = on(part);
                    best = worst(rulings).compareTo(worst(best)) < 0 ? rulings : best;
                }
                yield best;
            }
        };
    }

    private static Decision worst(List<Ruling> rulings) {
        Decision worst = Decision.ALLOW;
        for (Ruling ruling : rulings) {
            worst = ruling.decision().compareTo(worst) > 0 ? ruling.decision() : worst;
        }
        return worst;
    }
}
