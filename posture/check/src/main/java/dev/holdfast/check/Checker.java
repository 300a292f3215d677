package dev.holdfast.check;

import dev.holdfast.check.cluster.RunningCluster;
import dev.holdfast.check.exception.Exceptions;
import dev.holdfast.check.exception.Exceptions.Excepted;
import dev.holdfast.check.host.HostInspection;
import dev.holdfast.check.image.ImageArchive;
import dev.holdfast.check.join.Joining;
import dev.holdfast.check.join.KnownImages;
import dev.holdfast.core.Gap;
import dev.holdfast.core.Gaps;
import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.core.Severity;
import dev.holdfast.manifest.InputKind;
import dev.holdfast.manifest.ManifestFile;
import dev.holdfast.manifest.Recognition;
import dev.holdfast.manifest.Recognizer;
import dev.holdfast.manifest.SourceFile;
import dev.holdfast.manifest.Surroundings;
import dev.holdfast.manifest.helm.ChartRenderer;
import dev.holdfast.manifest.tree.Document;
import dev.holdfast.manifest.tree.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Says what weakens the configurations it is shown. Every file ends as judged, as a gap with its place and reason, or counted as none of
 * ours; nothing that is wrong with one costs another its answer.
 */
public final class Checker {
    /** A failure of this severity fails the gate when the caller named none. */
    public static final Severity USUAL_THRESHOLD = Severity.HIGH;

    private final Limits limits;
    private final KnownImages images;
    private final Exceptions exceptions;

    public Checker(Limits limits) {
        this(limits, new KnownImages());
    }

    /** @param images what is known beside of the images that manifests name */
    public Checker(Limits limits, KnownImages images) {
        this(limits, images, Exceptions.none());
    }

    /** @param exceptions which findings do not count; those that stand in the checked files are added to them */
    public Checker(Limits limits, KnownImages images, Exceptions exceptions) {
        this.limits = limits;
        this.images = images;
        this.exceptions = exceptions;
    }

    /** Checks one target: a file, a folder that is walked, or a text. */
    public CheckReport check(CheckRequest request) throws InputException, IOException {
        if (request.input() instanceof CheckRequest.Input.Host(Path root)) {
            return host(root, request);
        }
        boolean isChart =
                request.input() instanceof CheckRequest.Input.Place(Path file) && ChartRenderer.isPacked(file);
        if (request.input() instanceof CheckRequest.Input.Place(Path path)
                && request.podSecurity().isEmpty()
                && !isChart
                && ImageArchive.isImage(path)) {
            return image(path, request);
        }
        Gaps gaps = new Gaps();
        FileWalk walk = new FileWalk(limits, gaps);
        List<SourceFile> walked = isChart ? List.of() : walk.read(request.input());
        Charts charts = Charts.among(request.input(), walked, walk.packed());
        List<SourceFile> sources = charts.without(walked);
        List<Overlay> overlays = Overlay.of(request.input(), sources, limits, gaps);
        charts.render(request.values(), overlays, limits, gaps);
        Recognized files = recognize(Overlay.without(overlays, sources), gaps);
        overlays.forEach(made -> files.add(made.files()));
        files.add(charts.files());
        if (request.input() instanceof CheckRequest.Input.Cluster(RunningCluster cluster)) {
            files.add(cluster.read(limits, gaps));
        }
        charts.files().forEach(file -> file.documents().forEach(document -> broken(document, file.path(), gaps)));
        List<Result> results = new ArrayList<>();
        Map<InputKind, Integer> judged = judge(files, request, FolderSurroundings.of(request.input()), results, gaps);
        results.replaceAll(charts::traced);
        if (request.podSecurity().isEmpty()) {
            results.addAll(charts.notes());
        }
        List<Excepted> excepted =
                request.podSecurity().isPresent() ? List.of() : exceptions.apply(files.all(), results);
        results.sort(request.podSecurity().isPresent() ? Comparator.comparing(Result::status) : null); // stable
        dropRepeated(results);
        Set<String> rendered = new HashSet<>();
        overlays.forEach(made -> rendered.addAll(made.sources()));
        boolean isLive = request.input() instanceof CheckRequest.Input.Cluster;
        results.replaceAll(result -> isLive || rendered.contains(result.path()) ? result.withoutRepair() : result);
        List<Result> shown =
                results.stream().filter(result -> isShown(result, request)).toList();
        Verdict verdict = request.podSecurity().isPresent()
                ? Judgement.ofPodSecurity(
                        results, gaps.list(), request.podSecurity().get())
                : Judgement.of(results, gaps.list(), excepted.size(), judged, request);
        return new CheckReport(
                request.given(),
                kind(request, files),
                judged,
                files.foreign + walk.foreign(),
                charts.size(),
                shown,
                gaps.list(),
                excepted,
                verdict);
    }

    /** Judges the images in an archive or layout, with the files of all their layers. */
    private CheckReport image(Path path, CheckRequest request) throws InputException, IOException {
        Gaps gaps = new Gaps();
        List<Result> results = new ArrayList<>();
        Findings findings = new Findings(request.given(), asked(ImageArchive.rules(), request), results, gaps);
        int images = ImageArchive.judge(request.given(), path, limits, findings, gaps);
        List<Excepted> excepted = exceptions.apply(List.of(), results);
        results.sort(null);
        Map<InputKind, Integer> judged = Map.of(InputKind.IMAGE, images);
        return new CheckReport(
                request.given(),
                InputKind.IMAGE.word(),
                judged,
                0,
                0,
                results.stream().filter(result -> isShown(result, request)).toList(),
                gaps.list(),
                excepted,
                Judgement.of(results, gaps.list(), excepted.size(), judged, request));
    }

    /** A file that several projects include is judged for each; what is the same in all of them is told once. */
    private static void dropRepeated(List<Result> results) {
        List<Result> kept = new ArrayList<>(results.size());
        for (Result result : results) {
            if (kept.isEmpty() || kept.getLast().compareTo(result) != 0) {
                kept.add(result);
            }
        }
        results.clear();
        results.addAll(kept);
    }

    /** Judges a host by the files below its root; they are not walked as a team's files are. */
    private CheckReport host(Path root, CheckRequest request) throws InputException {
        if (!Files.isDirectory(root)) {
            throw new InputException(InputException.Code.NOT_FOUND, request.given() + ": no such folder");
        }
        Gaps gaps = new Gaps();
        List<Result> results = new ArrayList<>();
        Findings findings = new Findings("", asked(HostInspection.rules(), request), results, gaps);
        guarded("/", results, () -> HostInspection.inspect(root, limits, findings));
        List<Excepted> excepted = exceptions.apply(List.of(), results);
        results.sort(null);
        Map<InputKind, Integer> judged = Map.of(InputKind.HOST, 1);
        return new CheckReport(
                request.given(),
                InputKind.HOST.word(),
                judged,
                0,
                0,
                results.stream().filter(result -> isShown(result, request)).toList(),
                gaps.list(),
                excepted,
                Judgement.of(results, gaps.list(), excepted.size(), judged, request));
    }

    /** The files of a target, by what they are. */
    private static final class Recognized {
        private final Map<InputKind, List<ManifestFile>> ours = new EnumMap<>(InputKind.class);
        private final List<String> unread = new ArrayList<>();
        private int foreign;

        private List<ManifestFile> all() {
            return ours.values().stream().flatMap(List::stream).toList();
        }

        private void add(List<ManifestFile> rendered) {
            if (!rendered.isEmpty()) {
                ours.computeIfAbsent(InputKind.KUBERNETES, _ -> new ArrayList<>())
                        .addAll(rendered);
            }
        }
    }

    private Recognized recognize(List<SourceFile> sources, Gaps gaps) {
        Recognizer recognizer = new Recognizer(limits);
        Recognized files = new Recognized();
        Patches patches = Patches.of(sources, limits);
        for (SourceFile source : sources) {
            if (patches.contain(source.path())) {
                gaps.add(
                        Gap.Code.UNSUPPORTED,
                        source.path(),
                        "kustomize, not assessed: a patch, only part of an object");
                files.unread.add(source.path());
                continue;
            }
            switch (recognizer.recognize(source)) {
                case Recognition.Ours(ManifestFile file) -> {
                    files.ours
                            .computeIfAbsent(file.kind(), _ -> new ArrayList<>())
                            .add(file);
                    file.documents().forEach(document -> broken(document, file.path(), gaps));
                }
                case Recognition.Unfinished(InputKind kind, String reason) -> {
                    gaps.add(Gap.Code.UNSUPPORTED, source.path(), kind.word() + ", not assessed: " + reason);
                    files.unread.add(source.path());
                }
                case Recognition.Unreadable(InputKind _, Document.Broken problem) -> {
                    broken(problem, source.path(), gaps);
                    files.unread.add(source.path());
                }
                case Recognition.Foreign() -> {
                    files.foreign++;
                    if (source.isNamed()) {
                        gaps.add(Gap.Code.UNSUPPORTED, source.path(), "nothing that is checked; see docs/check.md");
                    }
                }
            }
        }
        return files;
    }

    private static void broken(Document document, String path, Gaps gaps) {
        if (document instanceof Document.Broken(int line, int column, String problem)) {
            gaps.add(Gap.Code.UNREADABLE, path + ":" + line + ":" + column, problem);
        }
    }

    private Map<InputKind, Integer> judge(
            Recognized files, CheckRequest request, Surroundings beside, List<Result> results, Gaps gaps) {
        Map<InputKind, Integer> judged = new EnumMap<>(InputKind.class);
        Optional<Joining> joining = request.podSecurity().isPresent()
                ? Optional.empty()
                : Optional.of(new Joining(files.ours, images, beside, limits));
        KnownImages known = joining.map(Joining::images).orElse(images);
        files.ours.forEach((kind, ours) -> {
            if (request.podSecurity().isPresent() && kind != InputKind.KUBERNETES) {
                files.foreign += ours.size();
                return;
            }
            Optional<Inspection> inspection = request.podSecurity()
                    .<Inspection>map(PodSecurityInspection::new)
                    .or(() -> RuleCatalogue.inspection(kind, beside, known, limits));
            if (inspection.isEmpty()) {
                ours.forEach(file -> gaps.add(
                        Gap.Code.UNSUPPORTED, file.path(), kind.word() + ", which this version does not judge"));
                return;
            }
            judged.put(kind, ours.size());
            inspect(inspection.get(), ours, files.unread, request, results, gaps);
        });
        joining.ifPresent(all -> join(all, files, request, results, gaps));
        return judged;
    }

    /** What an image answers is no longer open. */
    private static void join(Joining joining, Recognized files, CheckRequest request, List<Result> results, Gaps gaps) {
        List<Result> joined = new ArrayList<>();
        Findings findings = new Findings("", asked(Joining.rules(), request), joined, gaps);
        guarded(".", joined, () -> joining.judge(files.ours, findings));
        Set<String> answered = new HashSet<>();
        joined.forEach(result -> answered.add(question(result)));
        results.removeIf(result -> result.status() == Status.NOT_ASSESSED && answered.contains(question(result)));
        results.addAll(joined);
    }

    private static String question(Result result) {
        return result.rule() + "\n" + result.path() + "\n" + result.subject();
    }

    private static void inspect(
            Inspection inspection,
            List<ManifestFile> files,
            List<String> unread,
            CheckRequest request,
            List<Result> results,
            Gaps gaps) {
        Findings findings = new Findings("", asked(inspection.rules(), request), results, gaps, request.registries());
        guarded(".", results, () -> inspection.prepare(files));
        for (ManifestFile file : files) {
            guarded(file.path(), results, () -> inspection.inspect(file, findings.in(file.path())));
        }
        guarded(".", results, () -> inspection.together(files, unread, findings));
    }

    private static Set<String> asked(List<Rule> rules, CheckRequest request) {
        Set<String> asked = new HashSet<>();
        for (Rule rule : rules) {
            if (rule.profile() == Rule.Profile.DEFAULT || request.profile() == Rule.Profile.STRICT) {
                asked.add(rule.id());
            }
        }
        return asked;
    }

    /** A bug of ours in one file is told, and costs only this file. */
    private static void guarded(String path, List<Result> results, Runnable check) {
        try {
            check.run();
        } catch (RuntimeException | StackOverflowError bug) {
            results.add(new Result(
                    "internal",
                    Status.ERROR,
                    Severity.UNKNOWN,
                    "",
                    path,
                    path,
                    Place.START,
                    "the check broke off (" + bug + "); please report it",
                    "",
                    Optional.empty()));
        }
    }

    private static boolean isShown(Result result, CheckRequest request) {
        return !result.isFailure() || result.severity().atLeast(request.atLeast());
    }

    private static String kind(CheckRequest request, Recognized files) {
        if (request.input() instanceof CheckRequest.Input.Place(Path path) && Files.isDirectory(path)) {
            return "folder";
        }
        if (request.input() instanceof CheckRequest.Input.Cluster) {
            return "cluster";
        }
        return files.ours.keySet().stream().findFirst().map(InputKind::word).orElse("unknown");
    }
}
