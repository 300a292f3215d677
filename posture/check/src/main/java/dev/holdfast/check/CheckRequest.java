package dev.holdfast.check;

import dev.holdfast.check.cluster.RunningCluster;
import dev.holdfast.check.host.HostInspection;
import dev.holdfast.check.pss.PodSecurity;
import dev.holdfast.core.Severity;
import dev.holdfast.manifest.helm.GivenValues;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What to check, and how the answer is wanted.
 *
 * @param given the target as the user gave it
 * @param input where its text is
 * @param profile which rules are asked
 * @param atLeast failures below are left out of the report; they are counted
 * @param failOn failures at or above fail the gate; without it a failure of the severity high does
 * @param podSecurity asked instead of the rules: whether these standards admit the pods
 * @param registries where images may come from
 * @param values what charts are rendered with, beside their own values
 */
public record CheckRequest(
        String given,
        Input input,
        Rule.Profile profile,
        Severity atLeast,
        Optional<Severity> failOn,
        Optional<PodSecurity> podSecurity,
        Registries registries,
        GivenValues values) {
    /** Where the text is. */
    public sealed interface Input {
        /** A file, or a folder that is walked. */
        record Place(Path path) implements Input {}

        /** The root folder of a host. */
        record Host(Path root) implements Input {}

        /** A running cluster. */
        record Cluster(RunningCluster cluster) implements Input {}

        /** A text that was read already. */
        record Text(String name, String text) implements Input {}
    }

    /** A file or folder; a folder that is the root of a host is judged as one. */
    public static CheckRequest of(String given, Path path) {
        Input input = HostInspection.isHost(path) ? new Input.Host(path) : new Input.Place(path);
        return of(given, input);
    }

    /** The root folder of a host, whatever lies in it. */
    public static CheckRequest ofHost(String given, Path root) {
        return of(given, new Input.Host(root));
    }

    /** What an API server has. */
    public static CheckRequest ofCluster(String given, RunningCluster cluster) {
        return of(given, new Input.Cluster(cluster));
    }

    public static CheckRequest ofText(String name, String text) {
        return of(name, new Input.Text(name, text));
    }

    private static CheckRequest of(String given, Input input) {
        return new CheckRequest(
                given,
                input,
                Rule.Profile.DEFAULT,
                Severity.UNKNOWN,
                Optional.empty(),
                Optional.empty(),
                Registries.ANY,
                GivenValues.NONE);
    }

    public CheckRequest profile(Rule.Profile wanted) {
        return new CheckRequest(given, input, wanted, atLeast, failOn, podSecurity, registries, values);
    }

    public CheckRequest atLeast(Severity least) {
        return new CheckRequest(given, input, profile, least, failOn, podSecurity, registries, values);
    }

    public CheckRequest failOn(Severity least) {
        return new CheckRequest(given, input, profile, atLeast, Optional.of(least), podSecurity, registries, values);
    }

    public CheckRequest podSecurity(PodSecurity standards) {
        return new CheckRequest(given, input, profile, atLeast, failOn, Optional.of(standards), registries, values);
    }

    public CheckRequest registries(Registries allowed) {
        return new CheckRequest(given, input, profile, atLeast, failOn, podSecurity, allowed, values);
    }

    /** With values for charts. */
    public CheckRequest values(GivenValues given) {
        return new CheckRequest(this.given, input, profile, atLeast, failOn, podSecurity, registries, given);
    }

    /** The same question about another text. */
    CheckRequest onText(String name, String text) {
        return new CheckRequest(
                given, new Input.Text(name, text), profile, Severity.UNKNOWN, failOn, podSecurity, registries, values);
    }
}
