package dev.holdfast.jvm.reach.trace;

import dev.holdfast.core.Gap;
import dev.holdfast.core.Gaps;
import dev.holdfast.jvm.reach.classpath.ClassPath;
import dev.holdfast.jvm.reach.classpath.Platform;
import dev.holdfast.jvm.reach.layout.Application;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Follows the code of one application in two rounds: from its roots and what its frameworks are configured to do, then, where nothing was in
 * the way, from what is possible and not certain.
 */
public final class Rounds {
    private Rounds() {}

    /** @param gaps takes what could not be followed */
    public static Trail over(Application application, Platform platform, Gaps gaps) {
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
