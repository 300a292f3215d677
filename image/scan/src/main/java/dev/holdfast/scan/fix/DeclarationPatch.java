package dev.holdfast.scan.fix;

import dev.holdfast.core.Finding;
import dev.holdfast.core.text.UnifiedDiff;
import dev.holdfast.scan.fix.Step.Kind;
import dev.holdfast.scan.fix.Step.Upgrade;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Writes the steps for libraries into the files where people declare them, as a unified diff. What a tool resolved and wrote with checksums, a
 * lock file, is that tool's to write again, and so is left to the commands of the step.
 *
 * <pre>
 *   *requirements*.txt            name==1.0          not with --hash
 *   pom.xml                       &lt;version&gt;1.0&lt;/version&gt; of the dependency, or the property that it names
 *   go.mod                        path v1.0          go.sum is go's to write: go mod tidy
 *   ivy.xml                       rev="1.0"
 *   packages.config, *.props      version="1.0"
 * </pre>
 */
public final class DeclarationPatch {
    /** The element of a dependency is no longer. */
    private static final int MOST_ELEMENT = 30;

    private static final Pattern PIN = Pattern.compile("===?\\s*([^\\s;#,\\\\]+)");
    private static final Pattern VERSION = Pattern.compile("<version>\\s*([^<\\s]+)\\s*</version>");
    private static final Pattern PROPERTY = Pattern.compile("\\$\\{([A-Za-z0-9._-]+)\\}");
    private static final Pattern MODULE = Pattern.compile("\\s(v[0-9][^\\s/]*)");
    private static final Pattern REVISION = Pattern.compile("\\brev\\s*=\\s*[\"']([^\"'$]+)[\"']");
    private static final Pattern ATTRIBUTE =
            Pattern.compile("\\bversion\\s*=\\s*[\"']\\[?([0-9][^\"'\\],]*)\\]?[\"']", Pattern.CASE_INSENSITIVE);

    private final Files files;
    private final Map<String, UnifiedDiff> diffs = new LinkedHashMap<>();

    /** The files of the target. */
    @FunctionalInterface
    public interface Files {
        /** The text of a file, by its absolute path inside the target; empty when it is not there or too large to be written by people. */
        Optional<String> text(String path) throws IOException;
    }

    private DeclarationPatch(Files files) {
        this.files = files;
    }

    /** The diff, with paths relative to the target's root; empty when nothing is declared in such a file. */
    public static String of(FixPlan plan, Files files) throws IOException {
        DeclarationPatch patch = new DeclarationPatch(files);
        for (Step step : plan.steps()) {
            if (step.kind() == Kind.LIBRARY) {
                for (Finding.Place place : step.places()) {
                    patch.change(place, step.upgrades().getFirst());
                }
            }
        }
        StringBuilder whole = new StringBuilder();
        patch.diffs.values().forEach(whole::append);
        return whole.toString();
    }

    private void change(Finding.Place place, Upgrade upgrade) throws IOException {
        String file = place.path().substring(place.path().lastIndexOf('/') + 1);
        if (file.equals("pom.xml")) {
            changeProject(place, upgrade);
        } else if (file.equals("go.mod")) {
            changeLine(place, MODULE, upgrade.to().startsWith("v") ? upgrade.to() : "v" + upgrade.to());
        } else if (file.equals("ivy.xml")) {
            changeLine(place, REVISION, upgrade.to());
        } else if (file.equals("packages.config") || file.endsWith(".props")) {
            changeLine(place, ATTRIBUTE, upgrade.to());
        } else if (file.endsWith(".txt")) {
            changeLine(place, PIN, upgrade.to());
        }
    }

    private Optional<UnifiedDiff> diff(String path) throws IOException {
        UnifiedDiff known = diffs.get(path);
        if (known != null) {
            return Optional.of(known);
        }
        Optional<UnifiedDiff> fresh = files.text(path).map(text -> new UnifiedDiff(path.substring(1), text));
        fresh.ifPresent(diff -> diffs.put(path, diff));
        return fresh;
    }

    private void changeLine(Finding.Place place, Pattern version, String to) throws IOException {
        Optional<UnifiedDiff> diff = diff(place.path());
        int at = place.line() - 1;
        if (diff.isEmpty() || at < 0 || at >= diff.get().lines().size()) {
            return;
        }
        String line = diff.get().lines().get(at);
        Matcher found = version.matcher(line);
        boolean isHashed = line.contains("--hash") || line.stripTrailing().endsWith("\\");
        if (found.find() && !isHashed) {
            replace(diff.get(), at, found, to);
        }
    }

    private void changeProject(Finding.Place place, Upgrade upgrade) throws IOException {
        Optional<UnifiedDiff> diff = diff(place.path());
        int declared = place.line() - 1;
        if (diff.isEmpty() || declared < 0) {
            return;
        }
        List<String> lines = diff.get().lines();
        int last = Math.min(lines.size(), declared + MOST_ELEMENT);
        for (int at = declared; at < last; at++) {
            Matcher found = VERSION.matcher(lines.get(at));
            if (found.find()) {
                Matcher property = PROPERTY.matcher(found.group(1));
                if (property.matches()) {
                    changeProperty(diff.get(), property.group(1), upgrade);
                } else {
                    replace(diff.get(), at, found, upgrade.to());
                }
                return;
            }
            if (lines.get(at).contains("</dependency>")) {
                return; // managed elsewhere
            }
        }
    }

    private static void changeProperty(UnifiedDiff diff, String name, Upgrade upgrade) {
        Pattern element =
                Pattern.compile("<" + Pattern.quote(name) + ">\\s*(" + Pattern.quote(upgrade.from()) + ")\\s*</");
        for (int at = 0; at < diff.lines().size(); at++) {
            Matcher found = element.matcher(diff.lines().get(at));
            if (found.find()) {
                replace(diff, at, found, upgrade.to());
                return;
            }
        }
    }

    private static void replace(UnifiedDiff diff, int at, Matcher version, String to) {
        String line = diff.lines().get(at);
        String changed = line.substring(0, version.start(1)) + to + line.substring(version.end(1));
        diff.replace(at, 1, List.of(changed.endsWith("\r") ? changed.substring(0, changed.length() - 1) : changed));
    }
}
