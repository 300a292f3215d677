package dev.holdfast.jvm.reach;

import dev.holdfast.core.Gaps;
import dev.holdfast.core.Limits;
import dev.holdfast.jvm.reach.classpath.Platform;
import dev.holdfast.jvm.reach.image.ImageFiles;
import dev.holdfast.jvm.reach.image.StartSettings;
import dev.holdfast.jvm.reach.layout.Application;
import dev.holdfast.jvm.reach.layout.Applications;
import dev.holdfast.jvm.reach.layout.Archives;
import dev.holdfast.jvm.reach.start.Starts;
import dev.holdfast.jvm.reach.trace.Rounds;
import dev.holdfast.jvm.reach.trace.Trail;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
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
                trails.add(Rounds.over(application, platform, gaps));
            }
            return new ReachReport(trails, starts.doubts());
        }
    }
}
