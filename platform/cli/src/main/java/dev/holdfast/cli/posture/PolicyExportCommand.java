package dev.holdfast.cli.posture;

import dev.holdfast.check.Rule;
import dev.holdfast.check.RuleCatalogue;
import dev.holdfast.check.pss.PodSecurity;
import dev.holdfast.check.pss.PodSecurityLevel;
import dev.holdfast.check.pss.PodSecurityVersion;
import dev.holdfast.cli.command.Command;
import dev.holdfast.cli.command.Console;
import dev.holdfast.cli.command.Options;
import dev.holdfast.cli.command.Output;
import dev.holdfast.cli.given.GivenPath;
import dev.holdfast.core.ExitCode;
import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.core.Severity;
import dev.holdfast.manifest.InputKind;
import dev.holdfast.manifest.Surroundings;
import dev.holdfast.policy.export.ExportRequest;
import dev.holdfast.policy.export.ExportRequest.Mode;
import dev.holdfast.policy.export.ExportRequest.Scope;
import dev.holdfast.policy.export.ExportRequest.Standards;
import dev.holdfast.policy.export.PolicyExporter;
import dev.holdfast.policy.request.TextFile;
import dev.holdfast.server.admission.AdmissionSettings;
import dev.holdfast.server.admission.AdmissionSettings.Demands;
import dev.holdfast.server.admission.SettingsReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code holdfast policy export}: what the webhook would ask, as policies of the API server itself. */
final class PolicyExportCommand implements Command {
    /** Where a policy must never keep anything out: what the cluster itself runs on, and our own namespace. */
    private static final List<String> EXEMPT = List.of("kube-system", "kube-public", "kube-node-lease", "holdfast");

    @Override
    public String name() {
        return "policy export";
    }

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpec.create();
        spec.usageMessage()
                .description(
                        "Example: holdfast policy export --pss restricted:v1.32 --checks high --action deny | kubectl apply -f -",
                        "",
                        "Writes ValidatingAdmissionPolicies and bindings: the API server asks them itself, without the webhook.",
                        "What CEL cannot say is listed on standard error. The namespaces of the cluster and holdfast are left out.");
        return spec.addOption(Options.value(
                        "--pss", "LEVEL[:VERSION]", "Pod Security Standards: baseline, restricted:v1.32."))
                .addOption(Options.value("--checks", "SEVERITY", "Our checks, from this severity on."))
                .addOption(Options.value("--action", "ACTION", "deny, warn (default) or audit."))
                .addOption(Options.values("--namespaces", "NAME", "Only in these; * stands for anything."))
                .addOption(Options.value(
                        "--admission", "FILE", "Instead of those: the settings of the webhook, see docs/serve.md."));
    }

    @Override
    public ExitCode run(ParseResult words, Console console) throws InputException, IOException {
        Optional<String> settings = Options.text(words, "--admission");
        List<Scope> scopes = settings.isPresent() ? scopes(settings.get(), console) : List.of(scope(words));
        String yaml = PolicyExporter.export(new ExportRequest(scopes, EXEMPT));
        if (yaml.isEmpty()) {
            throw Options.usage(
                    "nothing to export: --pss LEVEL, --checks SEVERITY, or --admission FILE that asks one of them");
        }
        Output.of(words, console).text(yaml);
        scopes.stream()
                .filter(scope -> scope.mode().isPresent())
                .flatMap(scope -> scope.checks().stream())
                .reduce((one, other) -> one.atLeast(other) ? other : one)
                .ifPresent(threshold -> unsaid(threshold, console));
        return ExitCode.PASS;
    }

    private static Scope scope(ParseResult words) throws InputException {
        String action = Options.text(words, "--action").orElse("warn");
        Mode mode = switch (action) {
            case "deny" -> Mode.ENFORCE;
            case "warn" -> Mode.WARN;
            case "audit" -> Mode.AUDIT;
            default -> throw Options.usage("--action " + action + ": deny, warn and audit are known");
        };
        Optional<String> word = Options.text(words, "--checks");
        Optional<Severity> checks = Optional.empty();
        if (word.isPresent()) {
            checks = Optional.of(Severity.ofWord(word.get())
                    .orElseThrow(() -> Options.usage("--checks " + word.get() + ": no severity")));
        }
        Optional<String> level = Options.text(words, "--pss");
        Optional<Standards> standards = Optional.empty();
        if (level.isPresent()) {
            standards = standards(standards(level.get()));
        }
        return new Scope(Options.texts(words, "--namespaces"), Optional.of(mode), standards, checks);
    }

    private static PodSecurity standards(String given) throws InputException {
        String[] parts = given.split("[:@]", 2);
        Optional<PodSecurityLevel> level = PodSecurityLevel.ofWord(parts[0]);
        Optional<PodSecurityVersion> version = PodSecurityVersion.ofWord(parts.length < 2 ? "latest" : parts[1])
                .filter(PodSecurityVersion::isKnown);
        if (level.isEmpty() || version.isEmpty()) {
            throw Options.usage(
                    "--pss " + given + ": a level such as baseline or restricted:v1.32; the newest version known is "
                            + PodSecurityVersion.NEWEST);
        }
        return new PodSecurity(level.get(), version.get());
    }

    /** Empty for the level that asks nothing. */
    private static Optional<Standards> standards(PodSecurity asked) {
        Optional<Integer> minor = asked.version().equals(PodSecurityVersion.LATEST)
                ? Optional.empty()
                : Optional.of(asked.version().minor());
        return switch (asked.level()) {
            case PRIVILEGED -> Optional.empty();
            case BASELINE -> Optional.of(new Standards(false, minor));
            case RESTRICTED -> Optional.of(new Standards(true, minor));
        };
    }

    private static List<Scope> scopes(String file, Console console) throws InputException, IOException {
        Path path = GivenPath.of(file);
        AdmissionSettings settings = SettingsReader.read(TextFile.read(path), file, Limits.DEFAULT);
        List<Scope> scopes = new ArrayList<>();
        for (AdmissionSettings.NamespaceRule rule : settings.namespaces()) {
            scopes.add(scope(rule.names(), rule.demands()));
        }
        scopes.add(scope(List.of(), settings.usual()));
        if (!settings.policies().isEmpty()) {
            console.tell("policies of your own are not repeated here, apply them as they are: "
                    + String.join(", ", settings.policies()));
        }
        return scopes;
    }

    private static Scope scope(List<String> names, Demands demands) {
        Optional<Mode> mode = switch (demands.mode()) {
            case OFF -> Optional.empty();
            case AUDIT -> Optional.of(Mode.AUDIT);
            case WARN -> Optional.of(Mode.WARN);
            case ENFORCE -> Optional.of(Mode.ENFORCE);
        };
        return new Scope(names, mode, demands.podSecurity().flatMap(PolicyExportCommand::standards), demands.checks());
    }

    /** Says which of the webhook's own rules the API server will not ask. */
    private static void unsaid(Severity threshold, Console console) {
        List<String> unsaid = RuleCatalogue.inspection(InputKind.KUBERNETES, Surroundings.NONE, Limits.DEFAULT).stream()
                .flatMap(inspection -> inspection.rules().stream())
                .filter(rule -> rule.profile() == Rule.Profile.DEFAULT
                        && rule.severity().atLeast(threshold)
                        && !PolicyExporter.says(rule.id()))
                .map(Rule::id)
                .sorted()
                .toList();
        if (!unsaid.isEmpty()) {
            console.tell("not in these policies, because they are about other objects than pods, or need more"
                    + " than CEL can say; the webhook and check ask them: "
                    + String.join(", ", unsaid));
        }
    }
}
