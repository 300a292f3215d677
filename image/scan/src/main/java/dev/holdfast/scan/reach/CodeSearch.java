package dev.holdfast.scan.reach;

import dev.holdfast.core.Finding;
import dev.holdfast.core.Gaps;
import dev.holdfast.core.Limits;
import dev.holdfast.core.PackageUrl;
import dev.holdfast.core.Reach;
import dev.holdfast.inventory.Component;
import dev.holdfast.inventory.PackageType;
import dev.holdfast.jvm.reach.Pathfinder;
import dev.holdfast.jvm.reach.ReachReport;
import dev.holdfast.jvm.reach.image.StartSettings;
import dev.holdfast.oci.FileTree;
import dev.holdfast.oci.FileType;
import dev.holdfast.oci.ImageConfiguration;
import dev.holdfast.oci.Interest;
import dev.holdfast.oci.Want;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Tells of findings about Java libraries whether the image's applications reach them. Code is followed when it is first asked. */
public final class CodeSearch {
    private static final String INSIDE = " ▸ ";
    /** Larger scripts and descriptors are none. */
    private static final long MOST_TEXT = 1 << 20;

    private final ImageConfiguration configuration;
    private final FileTree tree;
    private final List<Component> components;
    private final Limits limits;
    private final Gaps gaps;
    /** By archive, the coordinates of what lies in it. */
    private final Map<String, Set<String>> merged = new HashMap<>();

    private Optional<ReachReport> report = Optional.empty();

    /** @param tree read with {@link #interest} */
    public CodeSearch(
            ImageConfiguration configuration, FileTree tree, List<Component> components, Limits limits, Gaps gaps) {
        this.configuration = configuration;
        this.tree = tree;
        this.components = components;
        this.limits = limits;
        this.gaps = gaps;
    }

    /** What else must be at hand to follow code: classes outside archives, and what tells how they are started. */
    public static Interest interest(Interest others) {
        return (path, header) -> {
            Want want = others.in(path, header);
            boolean isMore = want != Want.CONTENT && header.type() == FileType.REGULAR && isOfApplication(path);
            return isMore && header.size() <= MOST_TEXT ? Want.CONTENT : want;
        };
    }

    private static boolean isOfApplication(String path) {
        return switch (path.charAt(path.length() - 1)) {
            case 's' -> path.endsWith(".class");
            case 'h' -> path.endsWith(".sh");
            case 'F' -> path.endsWith("/META-INF/MANIFEST.MF");
            case 'x' -> path.endsWith("-INF/classpath.idx");
            case 'e' -> path.endsWith("/jib-classpath-file") || path.endsWith("/jib-main-class-file");
            case 'l' -> path.endsWith(".xml") && (path.contains("/WEB-INF/") || path.contains("/conf/"));
            default -> path.contains("/META-INF/services/") || path.contains("/META-INF/spring");
        };
    }

    /** The findings with their answers. */
    public List<Finding> answered(List<Finding> findings) {
        Map<Object, Optional<Reach>> known = new HashMap<>();
        List<Finding> answered = new ArrayList<>(findings.size());
        for (Finding finding : findings) {
            List<Object> same = List.of(finding.component(), finding.locations());
            Optional<Reach> reach = known.computeIfAbsent(same, first -> of(finding));
            answered.add(reach.map(finding::withReach).orElse(finding));
        }
        return answered;
    }

    /** Whether the library of a finding is reached: in any of its places; empty when it is no Java library. */
    public Optional<Reach> of(Finding finding) {
        if (finding.component().filter(purl -> purl.type().equals("maven")).isEmpty()) {
            return Optional.empty();
        }
        PackageUrl purl = finding.component().get();
        Optional<Reach> best = Optional.empty();
        for (Finding.Place place : finding.locations()) {
            Set<String> others = merged().getOrDefault(archive(place.path()), Set.of());
            Reach reach = report().of(place.path(), purl.namespace() + ":" + purl.name(), others);
            if (best.isEmpty() || reach.status().compareTo(best.get().status()) < 0) {
                best = Optional.of(reach);
            }
        }
        return best;
    }

    public ReachLook look() {
        return new ReachLook(report().applications(), report().copies());
    }

    private ReachReport report() {
        if (report.isEmpty()) {
            StartSettings settings = StartSettings.of(
                    configuration.environment(),
                    configuration.entrypoint(),
                    configuration.command(),
                    configuration.workingDirectory());
            TreeSet<String> archives = new TreeSet<>();
            merged().keySet().forEach(path -> archives.add(path.split(INSIDE, 2)[0]));
            report = Optional.of(new Pathfinder(limits).explore(new TreeFiles(tree), settings, archives, gaps));
        }
        return report.get();
    }

    private Map<String, Set<String>> merged() {
        if (merged.isEmpty()) {
            for (Component component : components) {
                if (component.record().type() == PackageType.MAVEN && component.state() == Component.State.INSTALLED) {
                    for (Component.Location location : component.locations()) {
                        merged.computeIfAbsent(archive(location.path()), first -> new TreeSet<>())
                                .add(component.record().name());
                    }
                }
            }
        }
        return merged;
    }

    /** The archive that a place is in, or is. */
    private static String archive(String place) {
        int inner = place.lastIndexOf(INSIDE);
        String last = place.substring(inner + 1);
        boolean isArchive = last.endsWith(".jar") || last.endsWith(".war") || last.endsWith(".ear");
        return inner < 0 || isArchive ? place : place.substring(0, inner);
    }
}
