package dev.holdfast.cli;

import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.respond.Machine;
import dev.holdfast.respond.Responder;
import dev.holdfast.respond.automatic.AutomaticResponse;
import dev.holdfast.respond.automatic.PolicyFile;
import dev.holdfast.respond.automatic.ResponsePolicy;
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

    private final Optional<AutomaticResponse> response;

    private WatchResponse(Optional<AutomaticResponse> response) {
        this.response = response;
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

    static WatchResponse open(ParseResult words, WatchSources given, AutomaticResponse.Listener listener)
            throws InputException, IOException {
        Optional<String> file = Options.text(words, "--respond");
        boolean isAsked = Options.isSet(words, "--act");
        if (file.isEmpty()) {
            if (isAsked) {
                throw Options.usage("--act goes with --respond FILE");
            }
            return new WatchResponse(Optional.empty());
        }
        ResponsePolicy policy = PolicyFile.read(text(Path.of(file.get())), file.get(), Limits.DEFAULT);
        if (!given.isKernel()) {
            if (isAsked) {
                throw Options.usage("--act answers what happens on this machine now, not what was recorded or told");
            }
            return new WatchResponse(Optional.of(AutomaticResponse.rehearsed(policy, listener)));
        }
        Responding.requireRoot();
        Machine machine = Machine.at(Path.of("/"));
        boolean acts = isAsked && policy.acts();
        if (isAsked && !policy.acts()) {
            listener.told(file.get() + " does not say act: true, so it is only told what would be done");
        }
        Responder responder =
                new Responder(machine, Responding.journal(words), policy.protection(), InstantSource.system(), acts);
        return new WatchResponse(Optional.of(AutomaticResponse.on(machine, responder, policy, listener)));
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
