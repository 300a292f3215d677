package dev.holdfast.reach;

import dev.holdfast.core.Gap;
import dev.holdfast.reach.judge.Connection;
import dev.holdfast.reach.judge.Place;
import dev.holdfast.reach.judge.Verdict;
import java.util.List;

/** An answer about who may talk to whom, with what could not be seen. */
public record ReachReport(Content content, List<Gap> gaps) {
    public ReachReport {
        gaps = List.copyOf(gaps);
    }

    /** What was asked, and what was found. */
    public sealed interface Content {}

    /**
     * Everything that is allowed.
     *
     * @param connections in the order of their names
     * @param openIn the workloads whose incoming connections no policy is about
     * @param openOut those whose outgoing ones none is about
     */
    public record Overview(
            List<Connection> connections, int workloads, int policies, List<String> openIn, List<String> openOut)
            implements Content {
        public Overview {
            connections = List.copyOf(connections);
            openIn = List.copyOf(openIn);
            openOut = List.copyOf(openOut);
        }
    }

    /** What a change opens and closes. */
    public record Difference(List<Connection> added, List<Connection> removed) implements Content {
        public Difference {
            added = List.copyOf(added);
            removed = List.copyOf(removed);
        }
    }

    /** Why one may talk to another. */
    public record Reason(Place from, Place to, List<Verdict> verdicts) implements Content {
        public Reason {
            verdicts = List.copyOf(verdicts);
        }
    }
}
