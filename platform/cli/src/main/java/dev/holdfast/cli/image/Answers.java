package dev.holdfast.cli.image;

import dev.holdfast.cli.command.Console;
import dev.holdfast.cli.command.Options;
import dev.holdfast.cli.user.UserBases;
import dev.holdfast.core.Digest;
import dev.holdfast.core.ExitCode;
import dev.holdfast.core.InputException;
import dev.holdfast.memory.DamagedFactsException;
import dev.holdfast.memory.FactReader;
import dev.holdfast.memory.FactWriter;
import dev.holdfast.memory.Memory;
import dev.holdfast.memory.Shelf;
import dev.holdfast.oci.Platform;
import dev.holdfast.oci.Target;
import dev.holdfast.oci.TargetDescription;
import dev.holdfast.scan.ScanRequest;
import dev.holdfast.scan.exemption.IgnoreFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/**
 * What the scan command answered, word for word. An answer is a function of the target's bytes, the advisory base, the options and the day;
 * where all of these are the same, nothing is left to be found out.
 *
 * <pre>
 * answer = exit code, bytes ;
 * </pre>
 */
final class Answers {
    /** A longer one is written again each time. */
    static final int MOST_BYTES = 16 << 20;

    /** No path is longer. */
    private static final int LONGEST_NAME = 4_096;

    /** They say where an answer goes, not what it is; the base is known by its digest. */
    private static final Set<String> OF_NO_MATTER =
            Set.of("--output", "--quiet", "--no-cache", "--config", "--help", "--db");

    private final Memory memory;
    private final String terms;

    /** An answer as it was given. */
    record Answer(ExitCode exit, byte[] text) {}

    private Answers(Memory memory, String terms) {
        this.memory = memory;
        this.terms = terms;
    }

    /** @param base the advisory base's digest */
    static Answers of(ParseResult words, Console console, Memory memory, Digest base, ScanRequest request)
            throws IOException {
        return new Answers(memory, memory.isOn() ? terms(words, console, base, request) : "");
    }

    private static String terms(ParseResult words, Console console, Digest base, ScanRequest request)
            throws IOException {
        FactWriter facts = new FactWriter();
        facts.text("scan").digest(base).text(request.asOf().toString());
        facts.text(Options.ink(words, console).name());
        for (OptionSpec option : words.commandSpec().options()) {
            Object value = option.getValue();
            if (value == null || OF_NO_MATTER.contains(option.longestName())) {
                continue;
            }
            facts.text(option.longestName());
            for (Object each : value instanceof List<?> several ? several : List.of(value)) {
                facts.text(String.valueOf(each));
                content(String.valueOf(each), facts);
            }
        }
        content(UserBases.file(console).toString(), facts);
        content(IgnoreFile.NAME, facts);
        return Digest.sha256(facts.toBytes()).hex();
    }

    /** What a word means may be what stands in the file of that name. */
    private static void content(String word, FactWriter facts) throws IOException {
        if (word.isEmpty() || word.length() > LONGEST_NAME || word.indexOf('\0') >= 0) {
            return;
        }
        try {
            Path file = Path.of(word);
            if (Files.isRegularFile(file)) {
                facts.digest(Digest.sha256(Files.readAllBytes(file)));
            }
        } catch (InvalidPathException none) {
            return; // no file can have that name
        }
    }

    /** The answer about exactly these targets, each of which is proven to be the same. */
    Optional<Answer> recall(List<Target> targets) throws InputException, IOException {
        Optional<Digest> about = about(targets);
        if (about.isEmpty() || !memory.mayKnow(Shelf.ANSWERS, about.get()) || !areProven(targets)) {
            return Optional.empty();
        }
        Optional<FactReader> facts = memory.find(Shelf.ANSWERS, about.get());
        try {
            return facts.isPresent()
                    ? Optional.of(new Answer(
                            facts.get().oneOf(ExitCode.values()), facts.get().bytes()))
                    : Optional.empty();
        } catch (DamagedFactsException unknown) {
            return Optional.empty();
        }
    }

    /** Remembers an answer about targets that were read. */
    void keep(Digest about, ExitCode exit, Recording answer) {
        if (answer.isWhole()) {
            FactWriter facts = new FactWriter().oneOf(ExitCode.values(), exit);
            memory.keep(Shelf.ANSWERS, about, facts.bytes(answer.bytes()));
        }
    }

    static boolean areProven(List<Target> targets) throws InputException, IOException {
        for (Target target : targets) {
            if (!target.isProven()) {
                return false;
            }
        }
        return true;
    }

    /** What an answer about these targets is remembered under; empty when there is no such thing. */
    Optional<Digest> about(List<Target> targets) {
        if (!memory.isOn() || targets.isEmpty()) {
            return Optional.empty();
        }
        FactWriter words = new FactWriter().text("answer").text(terms);
        for (Target target : targets) {
            TargetDescription description = target.description();
            if (description.digest().isEmpty()) {
                return Optional.empty();
            }
            words.text(description.given()).text(description.kind().word());
            words.digest(description.digest().get()).texts(description.tags());
            words.text(description.platform().map(Platform::toString).orElse(""));
        }
        return Optional.of(Digest.sha256(words.toBytes()));
    }
}
