package dev.holdfast.advisory.feed.oval;

import dev.holdfast.advisory.fact.Statement.Range;
import dev.holdfast.advisory.feed.oval.OvalDocument.Node;
import dev.holdfast.advisory.feed.oval.OvalDocument.State;
import dev.holdfast.advisory.feed.oval.OvalDocument.Test;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Turns a tree of criteria into claims about packages. A conjunction narrows what stands below it: to a product or any of several, to a
 * module's stream, to architectures. Tests of one package in one conjunction bound its versions from both sides; where a conjunction
 * tests several packages, each is claimed by itself, which says rather too much than too little. A conjunction with a product that we do
 * not know, or with a special build, is passed over.
 */
final class CriteriaWalk {
    private final OvalDocument document;
    private final List<Claim> claims = new ArrayList<>();
    private int unresolved;

    CriteriaWalk(OvalDocument document) {
        this.document = document;
    }

    /**
     * What the criteria say of one package.
     *
     * @param platforms products by name; empty: not told
     * @param module {@code name:stream}, empty for none
     * @param architectures empty for all
     * @param packageName package
     * @param range the versions that meet the criteria
     * @param isNever whether the publisher says that none does
     */
    record Claim(
            List<String> platforms,
            String module,
            List<String> architectures,
            String packageName,
            Range range,
            boolean isNever) {}

    /** The claims of a tree. */
    List<Claim> of(Node criteria) {
        claims.clear();
        unresolved = 0;
        walk(criteria, new Scope(List.of(), "", List.of()));
        return List.copyOf(claims);
    }

    /** How many tests of the last tree the document does not tell. */
    int unresolved() {
        return unresolved;
    }

    private record Scope(List<String> platforms, String module, List<String> architectures) {
        Scope inPlatforms(List<String> names) {
            return new Scope(names, module, architectures);
        }

        Scope inModule(String name) {
            return new Scope(platforms, name, architectures);
        }

        Scope inArchitectures(List<String> names) {
            return new Scope(platforms, module, names);
        }
    }

    private void walk(Node node, Scope scope) {
        switch (node) {
            case Node.Group group when group.all() -> walkAll(group, scope);
            case Node.Group group -> group.children().forEach(child -> walk(child, scope));
            case Node.TestReference reference -> walkAll(new Node.Group(true, List.of(reference)), scope);
            case Node.Platform ignored -> {}
            case Node.Module ignored -> {}
            case Node.Architecture ignored -> {}
            case Node.SpecialBuild ignored -> {}
        }
    }

    private void walkAll(Node.Group group, Scope outer) {
        Optional<Scope> scope = narrowed(group, outer);
        if (scope.isEmpty()) {
            return;
        }
        Map<String, Bounds> packages = new LinkedHashMap<>();
        for (Node child : group.children()) {
            if (child instanceof Node.TestReference reference) {
                bound(reference, packages);
            } else if (child instanceof Node.Group inner) {
                walk(inner, scope.get());
            }
        }
        packages.forEach((name, bounds) -> claims.add(bounds.claim(name, scope.get())));
    }

    /** The scope with what the group's own criteria, or groups that only hold such, narrow it to; empty: passed over. */
    private Optional<Scope> narrowed(Node.Group group, Scope outer) {
        Scope scope = outer;
        for (Node child : group.children()) {
            switch (child) {
                case Node.SpecialBuild ignored -> {
                    return Optional.empty();
                }
                case Node.Platform platform -> scope = scope.inPlatforms(List.of(platform.name()));
                case Node.Module module -> scope = scope.inModule(module.name());
                case Node.Architecture architecture -> scope = scope.inArchitectures(List.of(architecture.name()));
                case Node.TestReference reference -> {
                    if (isOtherProduct(reference)) {
                        return Optional.empty();
                    }
                }
                case Node.Group inner -> {
                    List<String> platforms = platforms(inner);
                    if (isOfProducts(inner)) {
                        if (platforms.isEmpty()) {
                            return Optional.empty();
                        }
                        scope = scope.inPlatforms(platforms);
                    }
                }
            }
        }
        return Optional.of(scope);
    }

    private boolean isOfProducts(Node.Group group) {
        if (group.children().isEmpty()) {
            return false;
        }
        for (Node child : group.children()) {
            boolean isProduct = child instanceof Node.Platform
                    || child instanceof Node.TestReference reference && isOtherProduct(reference);
            if (!isProduct) {
                return false;
            }
        }
        return true;
    }

    private static List<String> platforms(Node.Group group) {
        List<String> names = new ArrayList<>();
        for (Node child : group.children()) {
            if (child instanceof Node.Platform platform) {
                names.add(platform.name());
            }
        }
        return names;
    }

    /** Whether a test asks for a product: a file of it, or its {@code -release} package. */
    private boolean isOtherProduct(Node.TestReference reference) {
        Test test = document.tests().get(reference.id());
        return test != null
                && (!test.isPackage()
                        || document.objects().getOrDefault(test.object(), "").endsWith("-release"));
    }

    private void bound(Node.TestReference reference, Map<String, Bounds> packages) {
        Test test = document.tests().get(reference.id());
        String name = test == null ? "" : document.objects().getOrDefault(test.object(), "");
        State state = test == null ? null : document.states().get(test.state());
        if (test == null || name.isEmpty() || state == null && !test.state().isEmpty()) {
            boundByComment(reference, packages);
        } else if (state == null) {
            if (!test.isAbsence()) {
                packages.computeIfAbsent(name, any -> new Bounds());
            }
        } else if (state.isNever() || !state.operation().isEmpty()) {
            packages.computeIfAbsent(name, any -> new Bounds()).take(state);
        }
    }

    private void boundByComment(Node.TestReference reference, Map<String, Bounds> packages) {
        if (reference.packageName().isEmpty()) {
            unresolved++;
            return;
        }
        State state = new State("less than", reference.version(), List.of(), false);
        packages.computeIfAbsent(reference.packageName(), any -> new Bounds()).take(state);
    }

    /** The versions of one package, while the tests of a conjunction are taken. */
    private static final class Bounds {
        private Range range = Range.ALL;
        private List<String> architectures = List.of();
        private boolean isNever;

        void take(State state) {
            isNever |= state.isNever();
            if (!state.architectures().isEmpty()) {
                architectures = state.architectures();
            }
            String version = state.version();
            range = switch (state.operation()) {
                case "less than" -> new Range(range.from(), range.fromInclusive(), version, false);
                case "less than or equal" -> new Range(range.from(), range.fromInclusive(), version, true);
                case "greater than" ->
                    version.equals("0-0") || version.equals("0")
                            ? range
                            : new Range(version, false, range.to(), range.toInclusive());
                case "greater than or equal" -> new Range(version, true, range.to(), range.toInclusive());
                case "equals" -> new Range(version, true, version, true);
                default -> range;
            };
        }

        Claim claim(String name, Scope scope) {
            List<String> named = architectures.isEmpty() ? scope.architectures() : architectures;
            return new Claim(scope.platforms(), scope.module(), named, name, range, isNever);
        }
    }
}
