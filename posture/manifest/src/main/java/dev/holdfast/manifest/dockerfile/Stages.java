package dev.holdfast.manifest.dockerfile;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a build makes of a file: its stages, resolved with the defaults of its arguments. Values that are given only at build time are
 * {@link Worth.Awaited} or {@link Worth.Unknown}.
 *
 * @param head the {@code ARG}s before the first stage, and what they are worth
 * @param all the stages in order
 */
public record Stages(Scope head, List<Stage> all, char escape) {
    /** What BuildKit sets for every build: the platform, and proxies. */
    private static final Set<String> OF_THE_BUILD = Set.of(
            "TARGETPLATFORM",
            "TARGETOS",
            "TARGETARCH",
            "TARGETVARIANT",
            "TARGETOSVERSION",
            "TARGETSTAGE",
            "BUILDPLATFORM",
            "BUILDOS",
            "BUILDARCH",
            "BUILDVARIANT",
            "BUILDOSVERSION");

    /** Stages that stand on each other: the deepest honest chain has about ten, and each costs a look-up a step. */
    private static final int MOST_DEPTH = 200;

    public Stages {
        all = List.copyOf(all);
    }

    public static Stages of(Dockerfile file) {
        return new Reading(file).stages();
    }

    /** The stage that is built when nobody asks for another: the last one. */
    public Optional<Stage> last() {
        return all.isEmpty() ? Optional.empty() : Optional.of(all.getLast());
    }

    /** The stage of this name or number, of those before a stage. */
    public Optional<Stage> named(String text, int before) {
        String name = text.toLowerCase(Locale.ROOT);
        for (int i = Math.min(before, all.size()) - 1; i >= 0; i--) {
            if (all.get(i).name().filter(name::equals).isPresent()) {
                return Optional.of(all.get(i));
            }
        }
        boolean isNumber = !name.isEmpty() && name.length() < 6 && name.chars().allMatch(Character::isDigit);
        return isNumber && Integer.parseInt(name) < Math.min(before, all.size())
                ? Optional.of(all.get(Integer.parseInt(name)))
                : Optional.empty();
    }

    /** The stage and those it is based on, from the lowest up. */
    public List<Stage> chain(Stage top) {
        List<Stage> chain = new ArrayList<>();
        chain.add(top);
        while (chain.getLast().base() instanceof Foundation.OfStage(int index)) {
            chain.add(all.get(index));
        }
        return chain.reversed();
    }

    /** A text of an instruction before the first stage, or of a {@code FROM}, expanded. */
    public Expanded expandInHead(Instruction at, String text) {
        return Expansion.of(text, escape, name -> head.worth(name, at));
    }

    /** One file while its stages are told apart. */
    private static final class Reading {
        private final Dockerfile file;
        private final Scope head = new Scope(Optional.empty(), new Worth.Unset());
        private final List<Stage> stages = new ArrayList<>();
        private final Map<String, Integer> names = new HashMap<>();

        private Reading(Dockerfile file) {
            this.file = file;
        }

        private Stages stages() {
            Instruction from = null;
            List<Instruction> body = new ArrayList<>();
            for (Instruction one : file.instructions()) {
                if (one.keyword() == Keyword.FROM) {
                    if (from != null) {
                        stage(from, body);
                    }
                    from = one;
                    body.clear();
                } else if (from != null) {
                    body.add(one);
                } else if (one.keyword() == Keyword.ARG) {
                    arguments(one, head, false);
                }
            }
            if (from != null) {
                stage(from, body);
            }
            return new Stages(head, stages, file.escape());
        }

        private void stage(Instruction from, List<Instruction> body) {
            Foundation base = base(from);
            Optional<Scope> inherited = base instanceof Foundation.OfStage(int index)
                    ? Optional.of(stages.get(index).scope())
                    : Optional.empty();
            Worth otherwise = base instanceof Foundation.Scratch ? new Worth.Unset() : new Worth.Unknown();
            Scope scope = new Scope(inherited, otherwise);
            for (Instruction one : body) {
                switch (one.keyword()) {
                    case ARG -> arguments(one, scope, true);
                    case ENV -> environment(one, scope);
                    case ADD,
                            CMD,
                            COPY,
                            ENTRYPOINT,
                            EXPOSE,
                            FROM,
                            HEALTHCHECK,
                            LABEL,
                            MAINTAINER,
                            ONBUILD,
                            RUN,
                            SHELL,
                            STOPSIGNAL,
                            USER,
                            VOLUME,
                            WORKDIR -> {}
                }
            }
            Optional<String> name = from.words().size() == 3
                    ? Optional.of(from.words().get(2).text().toLowerCase(Locale.ROOT))
                    : Optional.empty();
            name.ifPresent(known -> names.put(known, stages.size()));
            stages.add(new Stage(stages.size(), name, from, base, body, scope));
        }

        private Foundation base(Instruction from) {
            if (from.words().isEmpty()) {
                return new Foundation.Unknown("");
            }
            Expanded expanded = Expansion.of(
                    from.words().getFirst().text(), file.escape(), name -> ofTheBuild(name, head.worth(name, from)));
            String text = expanded.text();
            if (!expanded.isKnown() || text.isEmpty()) {
                return new Foundation.Unknown(text);
            }
            Integer stage = names.get(text.toLowerCase(Locale.ROOT));
            if (stage != null) {
                boolean isBounded = stages.get(stage).scope().depth() < MOST_DEPTH;
                return isBounded ? new Foundation.OfStage(stage) : new Foundation.Unknown(text);
            }
            return text.equals("scratch") ? new Foundation.Scratch() : new Foundation.Image(text);
        }

        private static Worth ofTheBuild(String name, Worth written) {
            return written instanceof Worth.Unset && OF_THE_BUILD.contains(name) ? new Worth.Unknown() : written;
        }

        /** {@code ARG name} in a stage takes the value that the head gives; in the head, and without one there, a build must. */
        private void arguments(Instruction arg, Scope scope, boolean isInStage) {
            for (Word word : arg.words()) {
                int equals = word.text().indexOf('=');
                String name = equals < 0 ? word.text() : word.text().substring(0, equals);
                scope.set(
                        arg,
                        name,
                        equals < 0
                                ? withoutDefault(arg, name, isInStage)
                                : worth(arg, scope, word.text().substring(equals + 1)));
            }
        }

        private Worth withoutDefault(Instruction arg, String name, boolean isInStage) {
            Worth inHead = isInStage ? head.worth(name, arg) : new Worth.Awaited();
            return inHead instanceof Worth.Unset ? new Worth.Awaited() : inHead;
        }

        private void environment(Instruction env, Scope scope) {
            for (int i = 0; i + 1 < env.words().size(); i += 2) {
                Worth worth = worth(env, scope, env.words().get(i + 1).text());
                scope.set(env, env.words().get(i).text(), worth);
            }
        }

        private Worth worth(Instruction at, Scope scope, String text) {
            Expanded expanded = Expansion.of(text, file.escape(), name -> ofTheBuild(name, scope.worth(name, at)));
            return expanded.isKnown() ? new Worth.Known(expanded.text()) : new Worth.Unknown();
        }
    }
}
