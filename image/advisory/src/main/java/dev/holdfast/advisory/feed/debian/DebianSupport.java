package dev.holdfast.advisory.feed.debian;

import dev.holdfast.advisory.fact.Advisory;
import dev.holdfast.advisory.fact.Advisory.Kind;
import dev.holdfast.advisory.fact.FactSink;
import dev.holdfast.advisory.fact.Statement.Status;
import dev.holdfast.advisory.feed.Feed;
import dev.holdfast.advisory.feed.FeedText;
import dev.holdfast.advisory.feed.Statements;
import dev.holdfast.advisory.feed.TextLines;
import dev.holdfast.core.InputException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Packages whose support ends before their release's: {@code security-support-ended.debN} of the package debian-security-support.
 *
 * <pre>
 * file = { "#" comment LF | LF | package blanks version blanks day [ blanks prose ] LF }
 * </pre>
 *
 * <p>The version is the last one with support, or {@code 0}. Each line becomes an {@link Kind#UNMAINTAINED} advisory
 * {@code DEBIAN-ENDED-12-wolfssl} of that day, with one statement that the package's life has ended, whatever its version. A package
 * name that is a pattern ({@code php-horde.*}) names no package and is dropped. Two lists of the same package give no facts:
 * {@code security-support-ended} does not say of which release it is (it repeats the one it was installed on), and
 * {@code security-support-limited} holds only prose.
 */
public final class DebianSupport implements Feed {
    private static final Pattern FILE = Pattern.compile("security-support-(?:limited|ended(?:\\.deb(\\d{1,3}))?)");

    @Override
    public String name() {
        return "debian-security-support";
    }

    @Override
    public boolean recognises(String path, byte[] head) {
        return FILE.matcher(FeedText.fileName(path)).matches();
    }

    @Override
    public void read(FeedFile file, FactSink facts) throws InputException, IOException {
        Matcher name = FILE.matcher(FeedText.fileName(file.path()));
        Optional<String> release = name.matches() ? Optional.ofNullable(name.group(1)) : Optional.empty();
        if (release.isEmpty()) {
            return;
        }
        TextLines lines = new TextLines(file.bytes(), file.limits());
        while (lines.advance()) {
            String line = lines.text().strip();
            if (!line.isEmpty() && !line.startsWith("#") && !readLine(line, release.get(), facts)) {
                facts.dropped(file.path() + ":" + lines.number(), "not a package, a version and a day");
            }
        }
    }

    private static boolean readLine(String line, String release, FactSink facts) {
        String[] columns = line.split("\\s+", 4);
        if (columns.length < 3 || FeedText.day(columns[2]).isEmpty() || !isPackage(columns[0])) {
            return false;
        }
        String id = "DEBIAN-ENDED-" + release + "-" + columns[0];
        facts.accept(new Advisory(
                id,
                Kind.UNMAINTAINED,
                List.of(),
                List.of(),
                FeedText.day(columns[2]),
                "",
                false,
                List.of(),
                List.of()));
        facts.accept(Statements.of(id, "debian:" + release, columns[0], "").ofEvery(Status.END_OF_LIFE));
        return true;
    }

    /** Debian Policy 5.6.7. */
    private static boolean isPackage(String name) {
        return name.matches("[a-z0-9][a-z0-9+.-]+");
    }
}
