package dev.holdfast.cli.runtime;

import dev.holdfast.cli.command.Console;
import dev.holdfast.cli.command.Options;
import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.sensor.Probe;
import dev.holdfast.watch.LiveRules;
import dev.holdfast.watch.audit.AuditWebhook;
import dev.holdfast.watch.live.KernelSource;
import dev.holdfast.watch.open.Sources;
import dev.holdfast.watch.source.EventSource;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/**
 * Where {@code holdfast watch} takes its events from.
 *
 * @param tier how this machine's kernel is watched; empty for the most that it allows
 * @param given a file, a folder, {@code -}, or the address to listen on; empty for this machine's kernel
 * @param use what becomes of this machine's events
 * @param entries whether the entries of system calls are events too; empty to do as the rules expect
 */
record WatchSources(
        String given,
        boolean isFollowed,
        Optional<Boolean> entries,
        Optional<Probe.Tier> tier,
        KernelSource.Use use,
        InputStream standardInput) {
    static void addOptions(CommandSpec spec) {
        spec.addOption(Options.value(
                        "--replay",
                        "FILE",
                        "Play a recording, a .scap capture or audit events (file, folder, -); which, is seen."))
                .addOption(Options.value(
                        "--audit",
                        "WHERE",
                        "Kubernetes audit events: a file, a folder, -, or http://HOST:PORT to be the webhook."))
                .addOption(Options.value(
                        "--tier",
                        "WHICH",
                        "How this machine is watched: auto (default: the most that it allows), kernel, notices."))
                .addOption(Options.flag("--follow", "With --audit FILE: go on as the file grows and is rotated."))
                .addOption(
                        Options.value(
                                "--entry-events",
                                "WHEN",
                                "Whether old captures give an event at the entry of a call too: auto (default: as the rules expect), yes, no."));
    }

    static WatchSources of(ParseResult words, Console console) throws InputException {
        Optional<String> replay = Options.text(words, "--replay");
        Optional<String> audit = Options.text(words, "--audit");
        if (replay.isPresent() && audit.isPresent()) {
            throw Options.usage("--replay and --audit are two sources; give one");
        }
        if (replay.or(() -> audit).filter(String::isBlank).isPresent()) {
            throw Options.usage("--replay and --audit want a name, and this one is empty");
        }
        String entries = Options.text(words, "--entry-events").orElse("auto").toLowerCase(Locale.ROOT);
        if (!List.of("auto", "yes", "no").contains(entries)) {
            throw Options.usage("--entry-events " + entries + " is not known; auto, yes and no are");
        }
        boolean isFollowed = Options.isSet(words, "--follow");
        if (isFollowed && (audit.isEmpty() || audit.get().equals("-"))) {
            throw Options.usage("--follow goes with --audit FILE");
        }
        return new WatchSources(
                replay.or(() -> audit).orElse(""),
                isFollowed,
                entries.equals("auto") ? Optional.empty() : Optional.of(entries.equals("yes")),
                tier(words),
                Options.text(words, "--record").isPresent() ? KernelSource.Use.RECORDED : KernelSource.Use.JUDGED,
                console.in());
    }

    private static Optional<Probe.Tier> tier(ParseResult words) throws InputException {
        String tier = Options.text(words, "--tier").orElse("auto").toLowerCase(Locale.ROOT);
        return switch (tier) {
            case "auto" -> Optional.empty();
            case "kernel" -> Optional.of(Probe.Tier.KERNEL);
            case "notices" -> Optional.of(Probe.Tier.NOTICES);
            default -> throw Options.usage("--tier " + tier + " is not known; auto, kernel and notices are");
        };
    }

    /** Whether events are those of this machine's kernel. */
    boolean isKernel() {
        return given.isEmpty();
    }

    /** Whether it goes on until it is stopped. */
    boolean isLive() {
        return isKernel() || isFollowed || isWebhook() || given.equals("-");
    }

    private boolean isWebhook() {
        return given.startsWith("http://");
    }

    String description(EventSource source) {
        return isKernel()
                ? containers(source) + " · " + tier.map(Probe.Tier::words).orElse("the most that it allows")
                : isWebhook() ? "as audit webhook on " + given : given.equals("-") ? "standard input" : given;
    }

    private static String containers(EventSource source) {
        int count = source instanceof KernelSource kernel ? kernel.containers() : 0;
        return "this machine and " + count + (count == 1 ? " container" : " containers");
    }

    EventSource open(LiveRules rules) throws InputException, IOException {
        if (isKernel()) {
            return kernel(rules);
        }
        if (isWebhook()) {
            return AuditWebhook.listen(address(), Limits.DEFAULT);
        }
        Sources sources = new Sources(Limits.DEFAULT, entries.orElse(rules.expectEntries()));
        if (given.equals("-")) {
            return sources.open("standard input", standardInput);
        }
        Path path = Path.of(given);
        if (!Files.exists(path)) {
            throw new InputException(InputException.Code.NOT_FOUND, given + ": no such file or folder");
        }
        return isFollowed && Files.isRegularFile(path) ? sources.follow(path) : sources.open(path);
    }

    /** Without programs in the kernel less is seen, which is said at the end; why, is said when even that is refused. */
    private KernelSource kernel(LiveRules rules) throws IOException {
        if (tier.isPresent()) {
            return KernelSource.start(rules, tier.get(), use);
        }
        try {
            return KernelSource.start(rules, Probe.Tier.KERNEL, use);
        } catch (IOException refused) {
            try {
                return KernelSource.start(rules, Probe.Tier.NOTICES, use);
            } catch (IOException again) {
                refused.addSuppressed(again);
                throw refused;
            }
        }
    }

    private InetSocketAddress address() throws InputException {
        try {
            URI uri = URI.create(given);
            if (uri.getHost() != null && uri.getPort() >= 0) {
                return new InetSocketAddress(uri.getHost(), uri.getPort());
            }
        } catch (IllegalArgumentException wrong) {
            // told below
        }
        throw Options.usage("--audit " + given + " is no address; http://127.0.0.1:9765 is");
    }
}
