package dev.holdfast.check.image;

import static dev.holdfast.manifest.InputKind.IMAGE;

import dev.holdfast.check.ContainerRules;
import dev.holdfast.check.EndedReleases;
import dev.holdfast.check.Findings;
import dev.holdfast.check.Rule;
import dev.holdfast.core.Severity;
import dev.holdfast.manifest.tree.Place;
import dev.holdfast.oci.FileTree;
import dev.holdfast.oci.FileType;
import dev.holdfast.oci.FileVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** What an image holds that nothing in it needs, and the release that it stands on. */
final class LeftoverChecks {
    static final Rule UNNEEDED = Rule.of(
                    "unneeded-files",
                    Severity.LOW,
                    "holds what only the build needed",
                    "it makes the image larger, and a history or a source map tells more than it should",
                    IMAGE)
            .strict();

    static final Rule TOOLS = Rule.of(
                    "intruders-tools",
                    Severity.LOW,
                    "holds programs that help an intruder",
                    "who breaks in finds at hand what else would have to be brought along",
                    IMAGE)
            .strict();

    static final Rule ENDED = ContainerRules.ENDED;

    /** Programs to gain rights, to look around and to build; what every distribution carries is not among them. */
    private static final Set<String> HELPFUL = Set.of(
            "sudo",
            "doas",
            "nc",
            "ncat",
            "netcat",
            "nc.openbsd",
            "nc.traditional",
            "nmap",
            "socat",
            "telnet",
            "tcpdump",
            "gdb",
            "gdbserver",
            "strace",
            "ltrace",
            "gcc",
            "cc",
            "clang",
            "make",
            "tshark",
            "masscan",
            "hydra",
            "john",
            "proxychains4");

    private static final Pattern PROGRAMS = Pattern.compile("(/usr/local|/usr)?/s?bin/([^/]+)");

    /** Where package managers keep what they fetched. */
    private static final Pattern CACHE = Pattern.compile(
            "/var/lib/apt/lists/[^/]+_(Packages|Sources|InRelease|Release)[^/]*|/var/cache/(apt/archives/[^/]+\\.deb|apt/pkgcache\\.bin|apk/.+"
                    + "|dnf/.+|yum/.+|zypp/.+)|/root/\\.(cache|npm|cargo/registry|m2/repository|gradle/caches)/.+");

    private static final Pattern HISTORY = Pattern.compile(".*/\\.git/(HEAD|index|packed-refs|objects/.+)");

    /** Identifiers of os-release, by the repository that the list of releases knows them under. */
    private static final Map<String, String> REPOSITORIES = Map.of(
            "debian", "debian",
            "ubuntu", "ubuntu",
            "alpine", "alpine",
            "fedora", "fedora",
            "centos", "centos",
            "amzn", "amazonlinux",
            "ol", "oraclelinux",
            "opensuse-leap", "opensuse/leap");

    private final FileTree tree;
    private final Findings findings;
    private final String who;

    LeftoverChecks(FileTree tree, Findings findings, String who) {
        this.tree = tree;
        this.findings = findings;
        this.who = who;
    }

    static List<Rule> rules() {
        return List.of(UNNEEDED, TOOLS, ENDED);
    }

    /**
     * Judges the living files.
     *
     * @param release the text of os-release, empty when there is none
     */
    void judge(String release) {
        Map<String, Sum> left = new java.util.TreeMap<>();
        Set<String> tools = new TreeSet<>();
        boolean isAsked = findings.asks(UNNEEDED) || findings.asks(TOOLS);
        if (isAsked) {
            tree.forEach(entry -> look(entry, left, tools));
        }
        tell(left, tools);
        release(release);
    }

    /** Files of one kind. */
    private static final class Sum {
        private long files;
        private long bytes;
        private String first = "";

        private void add(FileVersion file) {
            files++;
            bytes += file.size();
            first = first.isEmpty() ? file.path() : first;
        }
    }

    private static void look(FileVersion entry, Map<String, Sum> left, Set<String> tools) {
        String path = entry.path();
        if (isProgram(entry) && HELPFUL.contains(path.substring(path.lastIndexOf('/') + 1))) {
            tools.add(path);
        }
        if (entry.type() == FileType.REGULAR && entry.size() > 0) {
            kind(path)
                    .ifPresent(
                            kind -> left.computeIfAbsent(kind, _ -> new Sum()).add(entry));
        }
    }

    /** A file of a folder of programs; the many names of BusyBox come with the distribution. */
    private static boolean isProgram(FileVersion entry) {
        return entry.path().contains("bin/")
                && entry.type() != FileType.DIRECTORY
                && PROGRAMS.matcher(entry.path()).matches()
                && entry.linkTarget()
                        .filter(target -> target.endsWith("busybox"))
                        .isEmpty();
    }

    /** What a file is left over from; most are told from the others by their first letters. */
    private static Optional<String> kind(String path) {
        if (path.startsWith("/var/lib/apt/") || path.startsWith("/var/cache/") || path.startsWith("/root/.")) {
            return CACHE.matcher(path).matches() ? Optional.of("caches of package managers") : Optional.empty();
        }
        if (path.startsWith("/tmp/") || path.startsWith("/var/tmp/")) {
            return Optional.of("temporary files");
        }
        if (path.endsWith(".js.map") || path.endsWith(".css.map")) {
            return path.contains("/node_modules/") ? Optional.empty() : Optional.of("source maps");
        }
        boolean isHistory = path.contains("/.git/") && HISTORY.matcher(path).matches();
        return isHistory ? Optional.of("histories of repositories") : Optional.empty();
    }

    private void tell(Map<String, Sum> left, Set<String> tools) {
        left.forEach((kind, sum) -> findings.fail(UNNEEDED, who, Place.START)
                .as(
                        kind.startsWith("histories") ? Severity.MEDIUM : Severity.LOW,
                        kind.startsWith("histories")
                                ? "the history holds what was deleted long ago, credentials too"
                                : UNNEEDED.why())
                .says(who + " holds " + kind + ", " + sum.files + (sum.files == 1 ? " file, " : " files, ")
                        + String.format(Locale.ROOT, "%.1f MB", sum.bytes / 1e6) + ", such as " + sum.first + ": "
                        + UNNEEDED.why())
                .fix("remove it in the step that makes it, mount a cache, or leave it out by .dockerignore")
                .add());
        if (!tools.isEmpty()) {
            List<String> first = new ArrayList<>(tools).subList(0, Math.min(6, tools.size()));
            findings.fail(TOOLS, who, Place.START)
                    .says(who + " holds " + String.join(", ", first) + (tools.size() > first.size() ? ", …" : "") + ": "
                            + TOOLS.why())
                    .fix("leave them out; debug with a container beside it: kubectl debug, docker debug")
                    .add();
        }
    }

    private void release(String text) {
        String repository = REPOSITORIES.getOrDefault(value(text, "ID"), "");
        String version = value(text, "VERSION_ID");
        if (repository.isEmpty() || version.isEmpty()) {
            return; // it has no distribution, or one that the list says nothing about
        }
        Optional<EndedReleases.Release> ended = EndedReleases.of(repository, version);
        if (ended.isPresent()) {
            findings.fail(ENDED, who, Place.START)
                    .says(who + " stands on " + ended.get().name() + ", of which support has ended, so " + ENDED.why())
                    .fix("build it on a release that is supported")
                    .add();
        } else {
            findings.pass(ENDED, who, Place.START);
        }
    }

    private static String value(String text, String key) {
        return text.lines()
                .map(String::strip)
                .filter(line -> line.startsWith(key + "="))
                .map(line -> line.substring(key.length() + 1).replaceAll("^[\"']|[\"']$", ""))
                .reduce("", (_, last) -> last);
    }
}
