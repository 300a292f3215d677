package dev.holdfast.cli.posture;

import dev.holdfast.access.audit.AuditReader;
import dev.holdfast.access.audit.UsageReview;
import dev.holdfast.access.rbac.Cluster;
import dev.holdfast.cli.command.Command;
import dev.holdfast.cli.command.Console;
import dev.holdfast.cli.command.Options;
import dev.holdfast.core.ExitCode;
import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code holdfast access unused PATH… --audit FILE}. */
final class AccessUnusedCommand implements Command {
    @Override
    public String name() {
        return "access unused";
    }

    @Override
    public CommandSpec spec() {
        return AccessWords.spec(
                        "Example: holdfast access unused rbac/ --audit audit.log",
                        "",
                        "Tells what is granted and, by the audit log of the API server, was not used: whole bindings, subjects, single rights.",
                        "The longer the log, the more the answer is worth.")
                .addOption(Options.values("--audit", "FILE", "Audit log, one event a line; - reads standard input."))
                .addPositional(Options.words("PATH", "The objects of the cluster."));
    }

    @Override
    public ExitCode run(ParseResult words, Console console) throws InputException, IOException {
        List<String> logs = Options.texts(words, "--audit");
        if (logs.isEmpty()) {
            throw Options.usage("what was used is told by an audit log; give one with --audit FILE");
        }
        List<String> paths = words.matchedPositionalValue(0, List.of());
        Cluster cluster = AccessWords.cluster(paths, words, console);
        UsageReview usage = new UsageReview(cluster);
        AuditReader reader = new AuditReader(Limits.DEFAULT);
        for (String log : logs) {
            try (Reader text = open(log, console)) {
                reader.read(log, text, usage::use);
            }
        }
        return AccessWords.answer(
                AccessWords.reviewer(cluster, paths, words).unused(usage.report(), reader.gaps()), words, console);
    }

    /** Bytes that are no UTF-8 are replaced: one bad line must not cost the others. */
    private static Reader open(String log, Console console) throws IOException {
        return new InputStreamReader(
                log.equals("-") ? console.in() : Files.newInputStream(Path.of(log)),
                StandardCharsets.UTF_8
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPLACE)
                        .onUnmappableCharacter(CodingErrorAction.REPLACE));
    }
}
