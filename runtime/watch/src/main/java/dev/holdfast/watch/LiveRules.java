package dev.holdfast.watch;

import dev.holdfast.core.FileStamps;
import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.core.SafeText;
import dev.holdfast.core.Settling;
import dev.holdfast.rules.LoadedRules;
import dev.holdfast.rules.Problem;
import dev.holdfast.rules.RuleEngine;
import dev.holdfast.rules.RuleFile;
import dev.holdfast.rules.RuleLoader;
import dev.holdfast.rules.RuleSelection;
import dev.holdfast.rules.ShippedRules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The rules of some files as they are now. Read again when a file changes or somebody asks; what is wrong then is told, and the rules from
 * before stay.
 */
public final class LiveRules implements Supplier<RuleEngine>, AutoCloseable {
    private static final Pattern REQUIRED_VERSION =
            Pattern.compile("(?m)^\\s*-\\s+required_engine_version:\\s*[\"']?(\\d+)(?:\\.(\\d+))?");

    /** The engine of Falco 0.42: from there on a system call is one event, told when it returns. */
    private static final int ONE_EVENT_A_CALL = 57;

    /** So long after a change another one gives another time, however coarse the file system counts; until then files are read. */
    private static final Duration SETTLED = Duration.ofSeconds(3);

    /** A text that is new is read once more after so long. */
    private static final Duration WRITTEN = Duration.ofMillis(200);

    /** After so many looks a rule file that cannot be read is no longer one that is being exchanged. */
    private static final int FAILURES_TOLD = 3;

    /**
     * Which rules.
     *
     * @param files in their order: later ones may change what earlier ones define; {@link ShippedRules#NAME} stands for those of the program
     */
    public record Choice(List<Path> files, RuleSelection selection, RuleEngine.Matching matching) {
        public Choice {
            files = List.copyOf(files);
        }
    }

    /** Hears what became of rules that were read again. */
    @FunctionalInterface
    public interface Listener {
        /** One line: that they hold now, or that they are wrong and the old ones stay. */
        void told(String line);
    }

    private final Choice choice;
    private final Limits limits;
    private final Tally tally;
    private final Listener listener;
    private volatile RuleEngine engine;
    private volatile List<RuleFile> files;
    private List<Problem> problems;

    /** Files that are none, such as what a shell makes of {@code <(…)}, with what was in them. */
    private final Map<Path, RuleFile> streams = new HashMap<>();

    private boolean hasRead;
    private volatile boolean isClosed;

    private LiveRules(Choice choice, Limits limits, Tally tally, Listener listener) throws InputException, IOException {
        this.choice = choice;
        this.limits = limits;
        this.tally = tally;
        this.listener = listener;
        this.files = read();
        this.hasRead = true;
        LoadedRules loaded = load(files);
        this.problems = loaded.problems();
        this.engine = RuleEngine.of(loaded.rules(), choice.selection, choice.matching);
    }

    /**
     * Reads the rules for the first time.
     *
     * @throws InputException when they are wrong
     */
    public static LiveRules read(Choice choice, Limits limits, Tally tally, Listener listener)
            throws InputException, IOException {
        return new LiveRules(choice, limits, tally, listener);
    }

    private List<RuleFile> read() throws InputException, IOException {
        List<RuleFile> read = new ArrayList<>();
        for (Path file : choice.files) {
            Optional<RuleFile> stream = Optional.ofNullable(streams.get(file));
            if (file.toString().equals(ShippedRules.NAME)) {
                read.addAll(ShippedRules.files());
            } else if (stream.isPresent()) {
                read.add(stream.get());
            } else {
                read.add(read(file));
            }
        }
        return List.copyOf(read);
    }

    /** A pipe is read once, and what was in it stays. Whoever lays one in the place of a file would have us wait for him. */
    private RuleFile read(Path file) throws InputException, IOException {
        boolean isStream = Files.exists(file) && !Files.isRegularFile(file) && !Files.isDirectory(file);
        if (isStream && hasRead) {
            throw new InputException(
                    InputException.Code.USAGE,
                    SafeText.of(file.toString()) + ": is a pipe or a device now, and no file");
        }
        RuleFile read = RuleFile.read(file, limits);
        if (isStream) {
            streams.put(file, read);
        }
        return read;
    }

    private LoadedRules load(List<RuleFile> read) throws InputException {
        LoadedRules loaded = new RuleLoader(limits).load(read);
        if (loaded.isWrong()) {
            List<Problem> errors =
                    loaded.problems().stream().filter(Problem::isError).toList();
            String more =
                    errors.size() > 1 ? "; and " + (errors.size() - 1) + " more, which holdfast rules check lists" : "";
            throw new InputException(InputException.Code.MALFORMED, errors.getFirst() + more);
        }
        return loaded;
    }

    @Override
    public RuleEngine get() {
        return engine;
    }

    /** What was doubtful in the rules that were read first. */
    public List<Problem> warnings() {
        return problems.stream().filter(problem -> !problem.isError()).toList();
    }

    /**
     * Whether the rules were written for engines that told a system call by two events, one at its entry and one at its return: no file asks
     * for a later engine.
     */
    public boolean expectEntries() {
        for (RuleFile file : files) {
            Matcher version = REQUIRED_VERSION.matcher(file.text());
            while (version.find()) {
                // A single number is the minor one: 15 stands for 0.15.0.
                String major = version.group(2) == null ? "0" : version.group(1);
                String minor = version.group(2) == null ? version.group(1) : version.group(2);
                if (major.length() > 6 || minor.length() > 6) {
                    return false;
                }
                if (Integer.parseInt(major) > 0 || Integer.parseInt(minor) >= ONE_EVENT_A_CALL) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Reads the files again. */
    public void reload() {
        try {
            hold(read());
        } catch (InputException wrong) {
            failed(wrong.getMessage());
        } catch (IOException unreadable) {
            failed(String.valueOf(unreadable.getMessage()));
        }
    }

    private synchronized void hold(List<RuleFile> read) {
        try {
            LoadedRules loaded = load(read);
            engine = RuleEngine.of(loaded.rules(), choice.selection, choice.matching);
            files = read;
            tally.reload(true);
            listener.told("rules were read again: " + engine.rules().size() + " rules hold now");
        } catch (InputException wrong) {
            failed(wrong.getMessage());
        }
    }

    private void failed(String reason) {
        tally.reload(false);
        listener.told("the rules that were changed are wrong, those from before stay: " + reason);
    }

    /** Looks at the files again and again from now on, and reads them when their text has changed; those of the program never do. */
    public void follow(Duration period) {
        List<Path> changing = choice.files.stream()
                .filter(file -> !file.toString().equals(ShippedRules.NAME) && !streams.containsKey(file))
                .toList();
        if (changing.isEmpty()) {
            return;
        }
        Thread.ofPlatform().daemon().name("rules").start(() -> {
            Followed followed = new Followed(changing);
            while (!isClosed) {
                try {
                    Thread.sleep(followed.texts.isChanging() ? WRITTEN : period);
                    followed.look();
                } catch (InterruptedException ended) {
                    return;
                }
            }
        });
    }

    /** Files that may change, and what was seen of them. */
    private final class Followed {
        private final List<Path> changing;
        private final Settling<List<RuleFile>> texts = new Settling<>(files);
        private FileStamps stamps = FileStamps.NONE;
        private long since;
        private int failures;

        private Followed(List<Path> changing) {
            this.changing = changing;
        }

        private void look() {
            FileStamps now = FileStamps.of(changing);
            if (!now.equals(stamps)) {
                stamps = now;
                since = System.nanoTime();
            }
            // A file that cannot be read is looked for on: it may be one that is being exchanged.
            if (failures > 0 || System.nanoTime() - since < SETTLED.toNanos()) {
                compare();
            }
        }

        private void compare() {
            try {
                List<RuleFile> now = read();
                failures = 0;
                if (texts.settlesOn(now)) {
                    hold(now);
                }
            } catch (InputException | IOException unreadable) {
                failures++;
                if (failures == FAILURES_TOLD) {
                    failed(String.valueOf(unreadable.getMessage()));
                }
            }
        }
    }

    @Override
    public void close() {
        isClosed = true;
    }
}
