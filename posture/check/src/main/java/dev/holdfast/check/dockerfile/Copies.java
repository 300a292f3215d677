package dev.holdfast.check.dockerfile;

import static dev.holdfast.manifest.InputKind.DOCKERFILE;

import dev.holdfast.check.ContainerRules;
import dev.holdfast.check.Credentials;
import dev.holdfast.check.Repair;
import dev.holdfast.check.Rule;
import dev.holdfast.core.Severity;
import dev.holdfast.manifest.dockerfile.Expanded;
import dev.holdfast.manifest.dockerfile.Instruction;
import dev.holdfast.manifest.dockerfile.Keyword;
import dev.holdfast.manifest.dockerfile.Stage;
import dev.holdfast.manifest.dockerfile.Word;
import dev.holdfast.manifest.tree.Place;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** What {@code ADD} and {@code COPY} bring in. */
final class Copies implements Look {
    static final Rule ADD_FOR_COPY = Rule.of(
            "add-instead-of-copy",
            Severity.LOW,
            "ADD where COPY would do",
            "ADD also unpacks archives and fetches addresses, which nobody expects of a plain file",
            DOCKERFILE);

    static final Rule NOT_VERIFIED = ContainerRules.ADD_UNVERIFIED;

    static final Rule SECRET_FILE = Rule.of(
            "secret-file-copied",
            Severity.HIGH,
            "copies a file of credentials into the image",
            "everybody who can pull the image can read it, even when a later step deletes it",
            DOCKERFILE);

    static final Rule WHOLE_CONTEXT = Rule.of(
            "whole-context-copied",
            Severity.MEDIUM,
            "copies everything, and nothing is left out",
            "the history of the repository and local settings with credentials go along",
            DOCKERFILE);

    static final Rule WORLD_WRITABLE = Powers.WORLD_WRITABLE;

    static final Rule NO_SLASH = Rule.of(
            "copy-several-without-slash",
            Severity.MEDIUM,
            "several sources, and a destination that does not end in a slash",
            "the build fails: a destination of several files must be a folder",
            DOCKERFILE);

    private static final Pattern ARCHIVE = Pattern.compile(
            ".*\\.(tar|tgz|tbz2?|txz|tlz|taz|tb2|tar\\.[a-z0-9]{2,4}|gz|bz2|xz|zst|lzma)", Pattern.CASE_INSENSITIVE);

    private static final Pattern ADDRESS = Pattern.compile("(https?|ftp)://.*", Pattern.CASE_INSENSITIVE);

    private static final Pattern GIT = Pattern.compile(
            "(git@[^:]+:.*|git://.*|ssh://.*|https?://[^#?]+\\.git([#?].*)?|https?://github\\.com/[^/]+/[^/]+\\.git.*)");

    private static final Pattern COMMIT =
            Pattern.compile(".*#[0-9a-f]{40}(:.*)?|.*[?&](checksum|commit)=[0-9a-f]{7,64}.*");

    /** Names of files that hold credentials and little else. */
    private static final Pattern SECRETS = Pattern.compile(
            "(.*/)?(\\.env(\\.(local|prod|production|dev|development|staging|secret))?|id_(rsa|dsa|ecdsa|ed25519)|\\.npmrc|\\.yarnrc|\\.pypirc|"
                    + "\\.netrc|_netrc|\\.pgpass|kubeconfig|\\.kube/config|\\.aws/credentials|\\.aws/?|credentials\\.json|"
                    + "service[-_]?account(-key)?\\.json|\\.docker/config\\.json|\\.dockercfg|\\.git-credentials|\\.htpasswd|\\.ssh/?|"
                    + "[^/]*\\.(pfx|p12|jks|keystore|kdbx)|[^/]*(private|server|tls|client|priv)[^/]*\\.key|[^/]*private[^/]*\\.pem|"
                    + "[^/]*[-_.]key\\.pem|key\\.pem|secrets?\\.(ya?ml|json|env|txt))");

    @Override
    public List<Rule> rules() {
        return List.of(ADD_FOR_COPY, NOT_VERIFIED, SECRET_FILE, WHOLE_CONTEXT, NO_SLASH);
    }

    @Override
    public void at(Subject subject) {
        for (Stage stage : subject.stages().all()) {
            for (Instruction written : stage.instructions()) {
                Instruction one = Build.acting(written);
                if ((one.keyword() == Keyword.ADD || one.keyword() == Keyword.COPY)
                        && one.words().size() >= 2) {
                    copy(stage, one, subject);
                }
            }
        }
    }

    private static void copy(Stage stage, Instruction one, Subject subject) {
        boolean isLocal = one.flag("from").isEmpty();
        List<Word> sources = one.words().subList(0, one.words().size() - 1);
        if (one.keyword() == Keyword.ADD) {
            add(stage, one, sources, subject);
        }
        if (isLocal) {
            for (Word source : sources) {
                secretFile(stage, one, source, subject);
            }
            context(stage, one, sources, subject);
        }
        mode(stage, one, subject);
        slash(stage, one, sources, subject);
    }

    private static void add(Stage stage, Instruction one, List<Word> sources, Subject subject) {
        boolean isPlain = one.heredocs().isEmpty() && one.flag("unpack").isEmpty();
        for (Word source : sources) {
            Expanded expanded = subject.build().expand(stage, one, source.text());
            String text = expanded.text();
            if (ADDRESS.matcher(text).matches() || GIT.matcher(text).matches()) {
                fetched(stage, one, source, text, subject);
                isPlain = false;
            } else if (ARCHIVE.matcher(text).matches() || !expanded.isKnown() || text.indexOf('*') >= 0) {
                isPlain = false; // ADD unpacks it, or may
            }
        }
        boolean isGitOnly =
                one.flag("keep-git-dir").isPresent() || one.flag("checksum").isPresent();
        if (isPlain && !isGitOnly) {
            Place keyword = keyword(one);
            subject.findings()
                    .fail(ADD_FOR_COPY, Subject.name(stage), one.place())
                    .says("ADD " + shown(one) + ": " + ADD_FOR_COPY.why())
                    .fix("write COPY", new Repair.Replace(keyword, "COPY"))
                    .add();
        }
    }

    private static Place keyword(Instruction one) {
        Place place = one.place();
        return new Place(
                place.line(),
                place.column(),
                place.line(),
                place.column() + one.keyword().name().length());
    }

    private static void fetched(Stage stage, Instruction one, Word source, String text, Subject subject) {
        boolean isChecked =
                one.flag("checksum").isPresent() || COMMIT.matcher(text).matches();
        boolean isPlain = text.toLowerCase(Locale.ROOT).startsWith("http://")
                || text.toLowerCase(Locale.ROOT).startsWith("ftp://")
                || text.startsWith("git://");
        if (isChecked) {
            subject.findings().pass(NOT_VERIFIED, Subject.name(stage), source.place());
            return;
        }
        boolean isGit = GIT.matcher(text).matches();
        subject.findings()
                .fail(NOT_VERIFIED, Subject.name(stage), source.place())
                .as(
                        isPlain ? Severity.HIGH : isGit ? Severity.LOW : Severity.MEDIUM,
                        isPlain
                                ? "the connection is not protected: anybody on the way can change the file"
                                : NOT_VERIFIED.why())
                .says("ADD fetches " + Credentials.withoutUser(text) + " and takes whatever it gets; "
                        + NOT_VERIFIED.why())
                .fix(
                        isGit
                                ? "name the commit: <address>#<40 digits>"
                                : "give the digest: ADD --checksum=sha256:… " + Credentials.withoutUser(text))
                .add();
    }

    private static void secretFile(Stage stage, Instruction one, Word source, Subject subject) {
        String path = source.text();
        if (!SECRETS.matcher(path).matches()
                || path.contains("example")
                || path.contains("sample")
                || path.contains("template")
                || path.contains("test")
                || path.contains("pub")) {
            return;
        }
        Optional<Place> removed = removal(stage, one, subject);
        boolean isFinal = subject.stages()
                .last()
                .filter(last -> subject.stages().chain(last).contains(stage))
                .isPresent();
        if (!isFinal && removed.isEmpty()) {
            subject.findings()
                    .fail(SECRET_FILE, Subject.name(stage), source.place())
                    .as(Severity.LOW, "the stage is not part of the final image; its layers stay in the build cache")
                    .says(one.keyword() + " brings " + path + " into " + Subject.name(stage)
                            + "; it is not in the final image, but in the build cache, which may be shared")
                    .fix(mount(path))
                    .add();
            return;
        }
        String later = removed.map(place -> "; line " + place.line() + " deletes it, and the layer still holds it")
                .orElse("");
        subject.findings()
                .fail(SECRET_FILE, Subject.name(stage), source.place())
                .says(one.keyword() + " brings " + path + " into the image" + later + ": " + SECRET_FILE.why())
                .fix(mount(path))
                .add();
    }

    private static String mount(String path) {
        String id = path.substring(path.lastIndexOf('/') + 1).replaceAll("^\\.+", "");
        return "give it to the one step that needs it: RUN --mount=type=secret,id=" + id + ",target=<path> …";
    }

    /** Where a later step deletes what was copied. */
    private static Optional<Place> removal(Stage stage, Instruction copy, Subject subject) {
        String source = copy.words().getFirst().text();
        String name = source.substring(source.lastIndexOf('/') + 1);
        String target = copy.words().getLast().text();
        boolean isBehind = false;
        for (Instruction one : stage.instructions()) {
            if (one.equals(copy)) {
                isBehind = true;
            } else if (isBehind && one.keyword() == Keyword.RUN) {
                Optional<Place> found = subject.build().commands(one).stream()
                        .filter(command ->
                                command.name().equals("rm") || command.name().equals("shred"))
                        .filter(command -> command.arguments().stream()
                                .anyMatch(
                                        word -> word.equals(target) || word.endsWith("/" + name) || word.equals(name)))
                        .map(command -> command.place())
                        .findFirst();
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    private static void context(Stage stage, Instruction one, List<Word> sources, Subject subject) {
        boolean isWhole = sources.stream().anyMatch(source -> source.text().matches("\\.?/?\\.?|\\./\\*?|\\*"));
        if (!isWhole || !one.flags("exclude").isEmpty() || !one.heredocs().isEmpty()) {
            return;
        }
        try {
            String folder = subject.path().contains("/")
                    ? subject.path().substring(0, subject.path().lastIndexOf('/') + 1)
                    : "";
            boolean hasIgnore =
                    subject.beside().file(subject.path() + ".dockerignore").isPresent()
                            || subject.beside().file(folder + ".dockerignore").isPresent()
                            || subject.beside().file(".dockerignore").isPresent();
            boolean holdsHistory = subject.beside().file(folder + ".git/HEAD").isPresent();
            boolean holdsSettings = subject.beside().file(folder + ".env").isPresent();
            if (hasIgnore || !holdsHistory && !holdsSettings) {
                return;
            }
            String what = holdsSettings ? ".env" : ".git";
            subject.findings()
                    .fail(WHOLE_CONTEXT, Subject.name(stage), one.place())
                    .as(holdsSettings ? Severity.HIGH : Severity.MEDIUM, WHOLE_CONTEXT.why())
                    .says(one.keyword() + " " + shown(one) + " takes the whole folder, " + what
                            + " included, and there is no .dockerignore: " + WHOLE_CONTEXT.why())
                    .fix("write a .dockerignore with .git and .env in it, or copy only what is needed")
                    .add();
        } catch (IOException unreadable) {
            subject.findings()
                    .notAssessed(
                            WHOLE_CONTEXT,
                            Subject.name(stage),
                            one.place(),
                            "what lies beside cannot be read: " + unreadable);
        }
    }

    private static void mode(Stage stage, Instruction one, Subject subject) {
        one.flag("chmod")
                .filter(flag -> Powers.isWorldWritable(flag.value()))
                .ifPresent(flag -> subject.findings()
                        .fail(WORLD_WRITABLE, Subject.name(stage), flag.place())
                        .says(one.keyword() + " --chmod=" + flag.value() + " lets every user of the container change "
                                + one.words().getLast().text() + "; " + WORLD_WRITABLE.why())
                        .fix(
                                "give others no right to write: --chmod=" + Powers.withoutWorld(flag.value()),
                                new Repair.Replace(flag.place(), "--chmod=" + Powers.withoutWorld(flag.value())))
                        .add());
    }

    private static void slash(Stage stage, Instruction one, List<Word> sources, Subject subject) {
        Word target = one.words().getLast();
        Expanded expanded = subject.build().expand(stage, one, target.text());
        boolean isFolder = !expanded.isKnown()
                || expanded.text().endsWith("/")
                || expanded.text().endsWith("\\")
                || expanded.text().equals(".")
                || expanded.text().endsWith("/.")
                || expanded.text().equals("..");
        if (sources.size() < 2 || isFolder) {
            return;
        }
        subject.findings()
                .fail(NO_SLASH, Subject.name(stage), target.place())
                .says(one.keyword() + " has " + sources.size() + " sources and the destination " + target.text()
                        + ", which does not end in a slash: " + NO_SLASH.why())
                .fix(
                        "write " + target.text() + "/",
                        new Repair.Replace(
                                new Place(
                                        target.place().endLine(),
                                        target.place().endColumn(),
                                        target.place().endLine(),
                                        target.place().endColumn()),
                                "/"))
                .add();
    }

    private static String shown(Instruction one) {
        String text = one.arguments().toString();
        return text.length() > 60 ? text.substring(0, 60) + "…" : text;
    }
}
