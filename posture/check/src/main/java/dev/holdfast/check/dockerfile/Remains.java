package dev.holdfast.check.dockerfile;

import static dev.holdfast.manifest.InputKind.DOCKERFILE;

import dev.holdfast.check.ImageName;
import dev.holdfast.check.PackageCommands;
import dev.holdfast.check.Rule;
import dev.holdfast.core.Severity;
import dev.holdfast.manifest.dockerfile.Foundation;
import dev.holdfast.manifest.dockerfile.Instruction;
import dev.holdfast.manifest.dockerfile.Keyword;
import dev.holdfast.manifest.dockerfile.Stage;
import dev.holdfast.manifest.shell.ShellCommand;
import dev.holdfast.manifest.shell.ShellWord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What the build needed and the final image still holds. */
final class Remains implements Look {
    static final Rule TWO_CLIENTS = Rule.of(
                    "wget-and-curl",
                    Severity.NEGLIGIBLE,
                    "installs two programs for one purpose",
                    "each program more is one more to keep free of flaws",
                    DOCKERFILE)
            .strict();

    static final Rule BUILD_TOOLS = Rule.of(
                    "build-tools-in-final-stage",
                    Severity.MEDIUM,
                    "the final image holds tools of the build",
                    "a compiler or debugger in the image saves an intruder the trouble of bringing one",
                    DOCKERFILE)
            .strict();

    /** Packages of compilers, build systems, version control and debuggers, as the distributions call them. */
    private static final Pattern TOOL =
            Pattern.compile("(gcc|g\\+\\+|clang|llvm|gfortran|golang|rustc|tcc)(-[0-9.]+)?(-go)?|"
                    + "build-essential|build-base|alpine-sdk|base-devel|make|gmake|cmake|ninja-build|meson|bazel|autoconf|automake|libtool|"
                    + "cargo|maven|gradle|default-jdk(-headless)?|openjdk-?[0-9]+-jdk(-headless)?|java-[0-9.]+-openjdk-devel|"
                    + "git|subversion|mercurial|gdb|strace|ltrace|valgrind|@?development-tools|Development Tools");

    /** Official images that are a compiler's, with the command that builds with it. */
    private static final Map<String, Pattern> COMPILERS = Map.of(
            "golang", Pattern.compile("go (build|install).*"),
            "rust", Pattern.compile("cargo (build|install).*"),
            "gcc", Pattern.compile("(gcc|g\\+\\+|make|cmake) .*|make"),
            "maven", Pattern.compile("(mvn|\\./mvnw) .*"),
            "gradle", Pattern.compile("(gradle|\\./gradlew) .*"));

    private static final Set<String> REMOVERS = Set.of("purge", "remove", "autoremove", "del", "erase", "rm");

    @Override
    public List<Rule> rules() {
        return List.of(TWO_CLIENTS, BUILD_TOOLS);
    }

    @Override
    public void at(Subject subject) {
        Optional<Stage> last = subject.stages().last();
        if (last.isEmpty()) {
            return;
        }
        List<Stage> chain = subject.stages().chain(last.get());
        List<Steps> steps = Steps.all(subject.build()).stream()
                .filter(one -> chain.contains(one.stage()))
                .toList();
        clients(steps, subject);
        steps.forEach(one -> tools(one, subject));
        compiler(chain, steps, subject);
    }

    private static void clients(List<Steps> all, Subject subject) {
        Optional<ShellWord> curl = installed(all, "curl");
        Optional<ShellWord> wget = installed(all, "wget");
        if (curl.isPresent() && wget.isPresent()) {
            boolean isWgetLater =
                    wget.get().place().line() >= curl.get().place().line();
            ShellWord later = isWgetLater ? wget.get() : curl.get();
            subject.findings()
                    .fail(TWO_CLIENTS, "the final stage", later.place())
                    .says("both curl and wget are installed: " + TWO_CLIENTS.why())
                    .fix("use one of them everywhere")
                    .add();
        }
    }

    private static Optional<ShellWord> installed(List<Steps> all, String name) {
        for (Steps steps : all) {
            for (ShellWord word : packages(steps)) {
                if (word.text().equals(name) && !removes(steps, name)) {
                    return Optional.of(word);
                }
            }
        }
        return Optional.empty();
    }

    /** The packages that a step installs, as words. */
    private static List<ShellWord> packages(Steps steps) {
        List<ShellWord> packages = new ArrayList<>();
        for (ShellCommand command : steps.commands()) {
            if (PackageCommands.isInstall(command)) {
                command.words().stream()
                        .skip(1)
                        .filter(word -> !word.text().startsWith("-"))
                        .forEach(packages::add);
            }
        }
        return packages;
    }

    /** Whether the step takes out again what it brought in: by name, by the name of the group, or all that is not needed. */
    private static boolean removes(Steps steps, String name) {
        for (ShellCommand command : steps.commands()) {
            List<String> words = Steps.plain(command);
            boolean isRemoval =
                    PackageCommands.isManager(command) && words.stream().anyMatch(REMOVERS::contains);
            boolean isOfGroup = words.stream().anyMatch(word -> word.startsWith(".") || word.startsWith("$"));
            boolean isAll = words.contains("autoremove") || Steps.has(command, "--auto-remove", "--autoremove");
            if (isRemoval && (isOfGroup || isAll || words.contains(name))) {
                return true;
            }
        }
        return false;
    }

    private static void tools(Steps steps, Subject subject) {
        List<ShellWord> left = packages(steps).stream()
                .filter(word ->
                        TOOL.matcher(word.text().replaceFirst("[=~<>].*", "")).matches())
                .filter(word -> !removes(steps, word.text()))
                .toList();
        if (!left.isEmpty()) {
            String names = String.join(", ", left.stream().map(ShellWord::text).toList());
            subject.findings()
                    .fail(
                            BUILD_TOOLS,
                            Subject.name(steps.stage()),
                            left.getFirst().place())
                    .says(Subject.name(steps.stage()) + " installs " + names + " and keeps "
                            + (left.size() == 1 ? "it" : "them") + " in the image: " + BUILD_TOOLS.why())
                    .fix("build in a stage of its own, and copy only what was built: COPY --from=build …")
                    .add();
        }
    }

    /** A program that is built on a compiler's image and runs there. */
    private static void compiler(List<Stage> chain, List<Steps> all, Subject subject) {
        if (!(chain.getFirst().base() instanceof Foundation.Image(String reference))) {
            return;
        }
        Pattern builds = COMPILERS.get(ImageName.of(reference).shortRepository());
        boolean isRun = chain.stream()
                .flatMap(stage -> stage.instructions().stream())
                .map(Instruction::keyword)
                .anyMatch(keyword -> keyword == Keyword.CMD || keyword == Keyword.ENTRYPOINT);
        if (builds == null || !isRun) {
            return;
        }
        boolean isBuilt = all.stream()
                .flatMap(steps -> steps.commands().stream())
                .anyMatch(command -> builds.matcher(Steps.shown(command)).matches());
        if (isBuilt) {
            Stage stage = chain.getFirst();
            subject.findings()
                    .fail(
                            BUILD_TOOLS,
                            Subject.name(stage),
                            stage.from().words().getFirst().place())
                    .says("the program runs on " + reference + ", the image that it was built with: "
                            + BUILD_TOOLS.why())
                    .fix("add a stage on a smaller image, and copy the program into it: COPY --from=build …")
                    .add();
        }
    }
}
