package dev.holdfast.cli.runtime;

import dev.holdfast.cli.command.Options;
import dev.holdfast.cli.command.Reason;
import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.respond.Machine;
import dev.holdfast.respond.Responder;
import dev.holdfast.respond.automatic.AutomaticResponse;
import dev.holdfast.respond.automatic.PolicyFile;
import dev.holdfast.respond.automatic.ResponsePolicy;
import dev.holdfast.rules.Rule;
import dev.holdfast.watch.alert.AlertSink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** What {@code holdfast watch} does about alerts: {@code --respond FILE}. */
final class WatchResponse implements AutoCloseable {
    private static final long MOST = 1L << 20;

    /** How the policy is made to hold, the first time and again. */
    private interface Adoption {
        void adopt(ResponsePolicy policy);
    }

    private final Optional<Path> file;
    private final AutomaticResponse.Listener listener;
    private final Optional<AutomaticResponse> response;
    private final Adoption adoption;

    private WatchResponse(
            Optional<Path> file,
            AutomaticResponse.Listener listener,
            Optional<AutomaticResponse> response,
            Adoption adoption) {
        this.file = file;
        this.listener = listener;
        this.response = response;
        this.adoption = adoption;
    }

    static void addOptions(CommandSpec spec) {
        spec.addOption(
                        Options.value(
                                "--respond",
                                "FILE",
                                "Say which containers would be frozen, killed, cut off or held by this policy; see docs/respond.md."))
                .addOption(Options.flag("--act", "With --respond: do it, where the policy says act: true."))
                .addOption(Responding.journal());
    }

    static WatchResponse open(
            ParseResult words, WatchSources given, List<Rule> rules, AutomaticResponse.Listener listener)
            throws InputException, IOException {
        Optional<String> file = Options.text(words, "--respond");
        boolean isAsked = Options.isSet(words, "--act");
        if (file.isEmpty()) {
            if (isAsked) {
                throw Options.usage("--act goes with --respond FILE");
            }
            return new WatchResponse(Optional.empty(), listener, Optional.empty(), policy -> {});
        }
        Path path = Path.of(file.get());
        ResponsePolicy policy = policy(path, rules, listener);
        if (!given.isKernel()) {
            if (isAsked) {
                throw Options.usage("--act answers what happens on this machine now, not what was recorded or told");
            }
            AutomaticResponse rehearsed = AutomaticResponse.rehearsed(policy, listener);
            return new WatchResponse(Optional.of(path), listener, Optional.of(rehearsed), rehearsed::adopt);
        }
        Responding.requireRoot();
        Machine machine = Machine.at(Path.of("/"));
        Path journal = Responding.journal(words);
        AutomaticResponse live =
                AutomaticResponse.on(machine, responder(machine, journal, policy, isAsked, listener), policy, listener);
        return new WatchResponse(
                Optional.of(path),
                listener,
                Optional.of(live),
                other -> live.adopt(other, responder(machine, journal, other, isAsked, listener)));
    }

    private static ResponsePolicy policy(Path file, List<Rule> rules, AutomaticResponse.Listener listener)
            throws InputException, IOException {
        ResponsePolicy policy = PolicyFile.read(text(file), file.toString(), Limits.DEFAULT);
        policy.idle(rules).forEach(line -> listener.told(file + ": " + line));
        return policy;
    }

    private static Responder responder(
            Machine machine,
            Path journal,
            ResponsePolicy policy,
            boolean isAsked,
            AutomaticResponse.Listener listener) {
        if (isAsked && !policy.acts()) {
            listener.told("the response policy does not say act: true, so it is only told what would be done");
        }
        return new Responder(machine, journal, policy.protection(), InstantSource.system(), isAsked && policy.acts());
    }

    /** Reads the policy again; when it is wrong, the one from before stays. */
    void reload(List<Rule> rules) {
        if (file.isEmpty()) {
            return;
        }
        try {
            ResponsePolicy policy = policy(file.get(), rules, listener);
            adoption.adopt(policy);
            int answers = policy.answers().size();
            listener.told("the response policy was read again: " + answers
                    + (answers == 1 ? " answer holds" : " answers hold") + " now");
        } catch (InputException wrong) {
            listener.told("the response policy is wrong, the one from before stays: " + wrong.getMessage());
        } catch (IOException unreadable) {
            listener.told("the response policy cannot be read, the one from before stays: " + Reason.of(unreadable));
        }
    }

    private static String text(Path file) throws InputException, IOException {
        try {
            if (Files.size(file) > MOST) {
                throw new InputException(InputException.Code.LIMIT, file + ": larger than 1 MiB, which no policy is");
            }
            return Files.readString(file);
        } catch (NoSuchFileException missing) {
            throw new InputException(InputException.Code.NOT_FOUND, file + ": no such policy", missing);
        } catch (java.nio.charset.CharacterCodingException wrong) {
            throw new InputException(InputException.Code.MALFORMED, file + ": is not UTF-8", wrong);
        }
    }

    /** Some sinks, and what answers. */
    List<AlertSink> with(List<AlertSink> sinks) {
        List<AlertSink> all = new ArrayList<>(sinks);
        response.ifPresent(all::add);
        return all;
    }

    @Override
    public void close() throws IOException {
        finish();
    }

    /** Answers what still waits, for a bounded time. */
    void finish() throws IOException {
        if (response.isPresent()) {
            response.get().close();
        }
    }
}
