package dev.holdfast.cli.knowledge;

import dev.holdfast.advisory.Advisories;
import dev.holdfast.advisory.UpdateReport;
import dev.holdfast.advisory.UpdateReport.Outcome;
import dev.holdfast.advisory.UpdateRequest;
import dev.holdfast.advisory.update.FeedLocations;
import dev.holdfast.cli.command.Command;
import dev.holdfast.cli.command.Console;
import dev.holdfast.cli.command.Options;
import dev.holdfast.cli.user.AdvisoryFile;
import dev.holdfast.cli.user.UserFolders;
import dev.holdfast.core.ByteSize;
import dev.holdfast.core.ExitCode;
import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.core.SafeText;
import dev.holdfast.core.net.EnvironmentProxy;
import dev.holdfast.core.net.Patience;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code holdfast db update}. */
final class DbUpdateCommand implements Command {
    @Override
    public String name() {
        return "db update";
    }

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpec.create();
        spec.usageMessage()
                .description(
                        "Example: holdfast db update",
                        "",
                        "Fetches what changed in the publishers' feeds, compiles them, verifies the base and swaps it in.",
                        "A feed that cannot be fetched keeps what is in the cache. Proxies: HTTPS_PROXY, HTTP_PROXY, NO_PROXY.");
        return spec.addOption(
                        Options.value(
                                "--mirror",
                                "ADDRESS",
                                "Root that serves every feed as ADDRESS/host/path; default: HOLDFAST_FEEDS_MIRROR, else the publishers."))
                .addOption(Options.value(
                        "--feed", "NAME=ADDRESS,…", "Fetch these feeds from elsewhere, separated by commas."))
                .addOption(Options.value("--only", "NAMES", "Only these feeds, separated by commas."));
    }

    @Override
    public ExitCode run(ParseResult words, Console console) throws InputException, IOException {
        Path base = Options.text(words, "--output").map(Path::of).orElseGet(() -> AdvisoryFile.installed(console));
        DbBuildCommand.createFolder(base);
        UpdateReport report = Advisories.update(new UpdateRequest(
                base,
                UserFolders.cache(console).resolve("feeds"),
                locations(words, console),
                console.today().get(),
                new EnvironmentProxy(console.environment()::apply),
                Patience.USUAL,
                Limits.DEFAULT));
        boolean isWhole = tell(report, base, console, Options.isSet(words, "--quiet"));
        return isWhole ? ExitCode.PASS : ExitCode.COULD_NOT_TELL;
    }

    private static FeedLocations locations(ParseResult words, Console console) throws InputException {
        FeedLocations locations = FeedLocations.publishers();
        Optional<String> mirror = Options.text(words, "--mirror")
                .or(() -> Optional.of(console.environment().apply("HOLDFAST_FEEDS_MIRROR"))
                        .filter(root -> !root.isEmpty()));
        if (mirror.isPresent()) {
            locations = locations.from(mirror.get());
        }
        Optional<String> elsewhere = Options.text(words, "--feed");
        if (elsewhere.isPresent()) {
            locations = locations.with(addresses(elsewhere.get()));
        }
        Optional<String> only = Options.text(words, "--only");
        return only.isPresent() ? locations.only(List.copyOf(Options.parts(only.get()))) : locations;
    }

    private static Map<String, String> addresses(String text) throws InputException {
        Map<String, String> addresses = new LinkedHashMap<>();
        for (String one : text.split(",")) {
            int equals = one.indexOf('=');
            if (equals < 1) {
                throw new InputException(
                        InputException.Code.USAGE, "--feed: expected NAME=ADDRESS, found: " + SafeText.of(one));
            }
            addresses.put(
                    one.substring(0, equals).strip(), one.substring(equals + 1).strip());
        }
        return addresses;
    }

    /** Whether every feed is up to date. */
    private static boolean tell(UpdateReport report, Path base, Console console, boolean isQuiet) {
        int fetched = 0;
        int unchanged = 0;
        boolean isWhole = true;
        for (Outcome outcome : report.feeds()) {
            switch (outcome) {
                case Outcome.Fetched its -> fetched++;
                case Outcome.Unchanged its -> unchanged++;
                case Outcome.Kept kept -> {
                    isWhole = false;
                    String age = kept.day().isEmpty() ? "of unknown age" : "of " + kept.day();
                    console.tell(kept.feed() + " stays as it was, " + age + ": " + kept.reason());
                }
                case Outcome.Missing missing -> {
                    isWhole = false;
                    console.tell(missing.feed() + " is missing: " + missing.reason());
                }
            }
        }
        if (!isQuiet) {
            console.out()
                    .printf(
                            Locale.ROOT,
                            "%s: %,d feeds fetched, %,d unchanged, %s, %s%n",
                            SafeText.of(base.toString()),
                            fetched,
                            unchanged,
                            new ByteSize(report.bytes()),
                            report.digest());
        }
        return isWhole;
    }
}
