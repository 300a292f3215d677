package dev.holdfast.jvm.reach;

import dev.holdfast.core.Gap;
import dev.holdfast.core.Gaps;
import dev.holdfast.core.Limits;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Finds out what the Java applications of an image can reach. */
public final class Pathfinder {
    private final Limits limits;

    public Pathfinder(Limits limits) {
        this.limits = limits;
    }

    /**
     * Finds the applications, puts their class paths together, and follows their code.
     *
     * @param settings how the image starts
     * @param archives paths of the Java archives in the image, to be tried when it does not say how it starts
     * @param gaps takes what could not be followed
     */
    public ReachReport explore(ImageFiles files, StartSettings settings, Collection<String> archives, Gaps gaps) {
        Starts.Found starts = Starts.of(files, settings);
        try (Archives opened = new Archives(files, limits)) {
            List<Trail> trails = new ArrayList<>();
            Platform platform = new Platform();
            for (Application application :
                    new Applications(files, settings, new TreeSet<>(archives), opened, limits).find(starts)) {
                trails.add(follow(application, platform, gaps));
            }
            return new ReachReport(trails, starts.doubts());
        }
    }

    private static Trail follow(Application application, Platform platform, Gaps gaps) {
        ClassPath path = new ClassPath(application.elements(), gaps);
        World world = new World(path, platform, gaps);
        Tracer tracer = new Tracer(world);
        Step start = Step.first(application.label(), true);
        Frameworks frameworks = new Frameworks(tracer, application.isWeb(), start);
        List<String> doubts = new ArrayList<>(application.doubts());
        for (Application.Root root : application.roots()) {
            begin(root, tracer, start, doubts);
        }
        for (Application.Configuration configuration : application.configurations()) {
            frameworks.configuredBy(configuration.text(), configuration.place());
        }
        frameworks.settle();
        if (doubts.isEmpty()
                && tracer.blind().all().stream().noneMatch(each -> each.isOnPath() && !each.isOfContainer())) {
            suppose(tracer, frameworks, start);
        }
        if (!application.isOrdered()) {
            copies(tracer, doubts);
        }
        for (String doubt : doubts) {
            gaps.add(Gap.Code.UNFOLLOWED, application.label(), doubt);
        }
        return new Trail(application, tracer, doubts);
    }

    /** Where the order of the class path is not defined, either of two copies of a class may be loaded. */
    private static void copies(Tracer tracer, List<String> doubts) {
        ClassPath path = tracer.world().path();
        for (TypeNode node : tracer.loaded()) {
            var other = path.differs(node.name(), node.element());
            if (other.isPresent()) {
                doubts.add("there are two copies of " + node.dotted() + ", in "
                        + node.element().place() + " and " + other.get().place()
                        + ", and the order of the class path is not defined");
                return;
            }
        }
    }

    private static void begin(Application.Root root, Tracer tracer, Step start, List<String> doubts) {
        var node = tracer.world().node(root.name());
        if (node.isEmpty()) {
            if (root.how().isEmpty()) {
                doubts.add("the main class " + root.name().replace('/', '.')
                        + " is not on the class path, or cannot be read");
            }
            return;
        }
        Step step = root.how().isEmpty() ? start : start.to(node.get().dotted() + root.how());
        if (root.isWhole()) {
            tracer.reflection().escape(node.get(), step);
        } else {
            tracer.start(node.get(), step);
        }
    }

    /** The second round: what is possible and not certain. It ends where anything may happen, or when it brings nothing new. */
    private static void suppose(Tracer tracer, Frameworks frameworks, Step start) {
        tracer.suppose();
        Step possible = Step.first(start.text(), false);
        int before;
        do {
            before = tracer.loaded().size() + tracer.blind().all().size();
            Map<String, Step> prefixes = new LinkedHashMap<>(tracer.names().prefixes());
            prefixes.forEach((prefix, step) -> {
                for (String name : tracer.world().path().beginning(prefix)) {
                    tracer.reflection().escape(name, step, " (its name begins like one that is computed)");
                }
            });
            services(tracer, possible);
            if (tracer.names().unknownMembers().isPresent()) {
                tracer.reflection().openAll(tracer.names().unknownMembers().get());
            }
            frameworks.settle();
        } while (tracer.loaded().size() + tracer.blind().all().size() > before);
    }

    private static void services(Tracer tracer, Step possible) {
        for (String service : tracer.world().path().services()) {
            boolean isOfPlatform = tracer.world().platform().brings(service.replace('.', '/'))
                    || tracer.world().platform().brought(service.replace('.', '/'));
            if (tracer.names().unknownServices().isPresent()) {
                tracer.names()
                        .providers(service, tracer.names().unknownServices().get());
            } else if (isOfPlatform && PlatformServices.mayLoad(service, tracer)) {
                tracer.names().providers(service, possible);
            }
        }
    }
}
