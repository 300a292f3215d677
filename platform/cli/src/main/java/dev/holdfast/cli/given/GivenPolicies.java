package dev.holdfast.cli.given;

import dev.holdfast.cli.command.Options;
import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.policy.Exemption;
import dev.holdfast.policy.definition.PolicyFiles;
import dev.holdfast.policy.definition.PolicySet;
import dev.holdfast.policy.definition.Refusal;
import dev.holdfast.scan.exemption.IgnoreFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** The policies that the words of a command name, and the exceptions from them. */
public final class GivenPolicies {
    private GivenPolicies() {}

    public static void addExceptions(CommandSpec spec) {
        spec.addOption(Options.value(
                "--ignore-file",
                "FILE",
                "Exceptions with reason, owner, expiry and scope, id being the policy's name; default "
                        + IgnoreFile.NAME + ", if there is one."));
    }

    /** The policies, and their exceptions. */
    public static void addOptions(CommandSpec spec) {
        addPolicies(spec);
        addExceptions(spec);
    }

    public static void addPolicies(CommandSpec spec) {
        spec.addOption(Options.values(
                "--policy", "FILE", "ValidatingAdmissionPolicies that judge the Kubernetes objects as well."));
    }

    /** The policies of the option; empty when it is not given. A policy that is wrong is an error: what it would refuse is not known. */
    public static Optional<PolicySet> of(ParseResult words) throws InputException, IOException {
        List<Path> files = new ArrayList<>();
        for (String given : Options.texts(words, "--policy")) {
            files.add(GivenPath.of(given));
        }
        if (files.isEmpty()) {
            return Optional.empty();
        }
        PolicySet policies = PolicyFiles.read(files, Limits.DEFAULT);
        if (!policies.refusals().isEmpty()) {
            Refusal first = policies.refusals().getFirst();
            throw new InputException(
                    InputException.Code.MALFORMED,
                    first.place() + ": " + first.message().lines().findFirst().orElse("")
                            + "; holdfast policy test tells all of it");
        }
        return Optional.of(policies);
    }

    /** The exceptions that may be about policies: their names have no capitals, as those of flaws do, and they know nothing of packages. */
    public static List<Exemption> exceptions(ParseResult words) throws InputException, IOException {
        Path file = GivenPath.of(Options.text(words, "--ignore-file").orElse(IgnoreFile.NAME));
        boolean isNamed = Options.text(words, "--ignore-file").isPresent();
        if (!isNamed && !Files.isRegularFile(file)) {
            return List.of();
        }
        return exceptions(file);
    }

    /** Those of a file that may be about policies and checks. */
    public static List<Exemption> exceptions(Path file) throws InputException, IOException {
        List<Exemption> exceptions = new ArrayList<>();
        for (dev.holdfast.scan.exemption.Exemption rule : IgnoreFile.read(file, Limits.DEFAULT)) {
            boolean isOfFlaw = rule.ids().stream().anyMatch(id -> id.chars().anyMatch(Character::isUpperCase));
            if (!isOfFlaw
                    && rule.scope().packageName().isEmpty()
                    && rule.justification().isEmpty()) {
                exceptions.add(new Exemption(
                        rule.ids(),
                        rule.scope().path(),
                        rule.scope().target(),
                        rule.reason(),
                        rule.owner(),
                        rule.expires(),
                        rule.place()));
            }
        }
        return exceptions;
    }
}
