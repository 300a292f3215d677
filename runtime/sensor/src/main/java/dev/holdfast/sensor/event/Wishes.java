package dev.holdfast.sensor.event;

import dev.holdfast.rules.event.ExecutionAspect;
import dev.holdfast.rules.event.OpenAspect;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * What somebody wants to hear of; executions, forks, ends and control groups are told in any case.
 *
 * @param ofAny what is wanted of whoever does it
 * @param ofHost what of that is wanted of processes that certainly belong to no container, too
 */
public record Wishes(Asked ofAny, Asked ofHost) {
    /** A bit for each aspect. */
    public static final int ALL = (1 << OpenAspect.COUNT - 1) - 1;

    public Wishes {
        if (!ofAny.kinds.containsAll(ofHost.kinds)) {
            throw new IllegalArgumentException("what is wanted of the host is wanted: " + ofHost + " of " + ofAny);
        }
    }

    /**
     * Kinds of events that are asked for.
     *
     * @param kinds of system calls
     * @param opened of kinds that open files a bit for each {@link OpenAspect} that is wanted, the lowest for the first one (1); of those that
     *     are not in it all are
     */
    public record Asked(Set<Kind> kinds, Map<Kind, Integer> opened) {
        public Asked {
            kinds = Set.copyOf(kinds);
            opened = Map.copyOf(opened);
        }

        /** The aspects that are wanted of a kind that opens files. */
        public int opened(Kind kind) {
            return kinds.contains(kind) ? opened.getOrDefault(kind, ALL) : 0;
        }

        private static int aspect(Kind kind) {
            return kind.isFailedExecution() ? ExecutionAspect.FAILED : OpenAspect.UNKNOWN;
        }

        /** What is chosen of all that can be chosen from. */
        private static Asked chosen(Choice choice) {
            Set<Kind> kinds = EnumSet.noneOf(Kind.class);
            Map<Kind, Integer> opened = new EnumMap<>(Kind.class);
            for (Kind kind : Kind.values()) {
                if (kind.body() == Kind.Body.OPEN) {
                    int aspects = 0;
                    for (int aspect = 1; aspect < OpenAspect.COUNT; aspect++) {
                        aspects |= choice.isWanted(kind, aspect) ? 1 << aspect - 1 : 0;
                    }
                    if (aspects != 0) {
                        kinds.add(kind);
                        opened.put(kind, aspects);
                    }
                } else if (kind.isCall() && choice.isWanted(kind, aspect(kind))) {
                    kinds.add(kind);
                }
            }
            return new Asked(kinds, opened);
        }
    }

    /** Everything of these kinds, of whoever does it. */
    public static Wishes of(Set<Kind> kinds) {
        Asked all = new Asked(kinds, Map.of());
        return new Wishes(all, all);
    }

    /** Says which events are wanted. */
    @FunctionalInterface
    public interface Choice {
        /**
         * Whether it is wanted.
         *
         * @param aspect of an opened file or a failed execution; {@link OpenAspect#UNKNOWN} for all other kinds
         */
        boolean isWanted(Kind kind, int aspect);
    }

    /** What is chosen of all that can be chosen from, of whoever does it. */
    public static Wishes chosen(Choice ofAny) {
        Asked asked = Asked.chosen(ofAny);
        return new Wishes(asked, asked);
    }

    /** What is chosen of all that can be chosen from, of whoever does it, and of the host. */
    public static Wishes chosen(Choice ofAny, Choice ofHost) {
        return new Wishes(Asked.chosen(ofAny), Asked.chosen(ofHost));
    }

    /** The kinds of system calls that are wanted at all. */
    public Set<Kind> kinds() {
        return ofAny.kinds;
    }

    /** Whether it is wanted, and nothing of it of the host. */
    public boolean isOfContainers(Kind kind) {
        return ofAny.kinds.contains(kind) && !ofHost.kinds.contains(kind);
    }
}
