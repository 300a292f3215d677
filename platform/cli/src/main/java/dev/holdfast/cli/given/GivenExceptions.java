package dev.holdfast.cli.given;

import dev.holdfast.check.CheckReport;
import dev.holdfast.check.Result;
import dev.holdfast.check.Rule;
import dev.holdfast.check.RuleCatalogue;
import dev.holdfast.check.Verdict;
import dev.holdfast.check.exception.Exceptions;
import dev.holdfast.check.exception.Exemption;
import dev.holdfast.core.InputException;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.ParseResult;

/** The exceptions from checks that the words of a command name: the same file and the same words as for scans and policies. */
public final class GivenExceptions {
    private GivenExceptions() {}

    public static Exceptions of(ParseResult words, LocalDate today) throws InputException, IOException {
        List<Exemption> exemptions = new ArrayList<>();
        for (dev.holdfast.policy.Exemption rule : GivenPolicies.exceptions(words)) {
            exemptions.add(new Exemption(
                    rule.ids(),
                    rule.path(),
                    rule.target(),
                    Optional.empty(),
                    rule.reason(),
                    rule.owner(),
                    rule.expires(),
                    spot(rule.place())));
        }
        return new Exceptions(exemptions, today);
    }

    private static Exemption.Spot spot(String place) {
        int colon = place.lastIndexOf(':');
        String line = place.substring(colon + 1);
        boolean isLine = colon > 0
                && !line.isEmpty()
                && line.length() < 9
                && line.chars().allMatch(Character::isDigit);
        return isLine
                ? new Exemption.Spot(place.substring(0, colon), Integer.parseInt(line))
                : new Exemption.Spot(place, 0);
    }

    /** What is to be said of the file itself, after everything was checked; empty when every exception met something and holds. */
    public static Optional<CheckReport> about(Exceptions exceptions) {
        if (!exceptions.hasGiven()) {
            return Optional.empty();
        }
        List<Result> told = exceptions.unusedGiven(
                RuleCatalogue.all().stream().map(Rule::id).collect(Collectors.toSet()));
        return told.isEmpty()
                ? Optional.empty()
                : Optional.of(new CheckReport(
                        told.getFirst().path(),
                        "exceptions",
                        Map.of(),
                        0,
                        0,
                        told,
                        List.of(),
                        List.of(),
                        new Verdict(
                                Verdict.Outcome.PASS,
                                told.size() + (told.size() == 1 ? " exception" : " exceptions")
                                        + " to look at: expired, or meeting nothing")));
    }
}
