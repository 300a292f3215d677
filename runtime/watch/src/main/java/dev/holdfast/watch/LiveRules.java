package dev.holdfast.watch;

import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.rules.LoadedRules;
import dev.holdfast.rules.Problem;
import dev.holdfast.rules.RuleEngine;
import dev.holdfast.rules.RuleFile;
import dev.holdfast.rules.RuleLoader;
import dev.holdfast.rules.RuleSelection;
import dev.holdfast.rules.ShippedRules;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
    private volatile boolean isClosed;

    private LiveRules(Choice choice, Limits limits, Tally tally, Listener listener) throws InputException, IOException {
        this.choice = choice;
        this.limits = limits;
        this.tally = tally;
        this.listener = listener;
        this.files = read();
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
            if (file.toString().equals(ShippedRules.NAME)) {
                read.addAll(ShippedRules.files());
                continue;
            }
            try {
                read.add(RuleFile.read(file, limits));
            } catch (NoSuchFileException missing) {
                throw new InputException(InputException.Code.NOT_FOUND, file + ": no such rule file", missing);
            }
        }
        return List.copyOf(read);
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
    public synchronized void reload() {
        try {
            List<RuleFile> read = read();
            LoadedRules loaded = load(read);
            engine = RuleEngine.of(loaded.rules(), choice.selection, choice.matching);
            files = read;
            tally.reload(true);
            listener.told("rules were read again: " + engine.rules().size() + " rules hold now");
        } catch (InputException wrong) {
            failed(wrong.getMessage());
        } catch (IOException unreadable) {
            failed(String.valueOf(unreadable.getMessage()));
        }
    }

    private void failed(String reason) {
        tally.reload(false);
        listener.told("the rules that were changed are wrong, those from before stay: " + reason);
    }

    /** Looks at the files again and again from now on, and reads them when their text has changed. */
    public void follow(Duration period) {
        Thread.ofVirtual().name("rules").start(() -> {
            List<RuleFile> seen = files;
            while (!isClosed) {
                try {
                    Thread.sleep(period);
                    List<RuleFile> now = read();
                    if (!now.equals(seen)) {
                        seen = now;
                        reload();
                    }
                } catch (InputException | IOException between) {
                    // A file that is being exchanged is not there for a moment: looked at again.
                } catch (InterruptedException ended) {
                    return;
                }
            }
        });
    }

    @Override
    public void close() {
        isClosed = true;
    }
}
