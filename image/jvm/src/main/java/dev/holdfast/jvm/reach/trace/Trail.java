package dev.holdfast.jvm.reach.trace;

import dev.holdfast.core.Reach;
import dev.holdfast.core.Reach.Status;
import dev.holdfast.jvm.reach.classpath.ClassPath;
import dev.holdfast.jvm.reach.layout.Application;
import dev.holdfast.jvm.reach.layout.Element;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What the trace of one application says about places of the image. */
public final class Trail {
    /** Longer than any way to code that runs. */
    private static final int NAMED_ONLY = 1 << 20;

    private static final String INSIDE = " ▸ ";

    private final Application application;
    private final ClassPath path;
    private final List<Blind> blind;
    private final Map<String, Element> elements = new HashMap<>();
    private final Map<Element, List<TypeNode>> reached = new LinkedHashMap<>();
    private final Map<String, Packages> parted = new HashMap<>();
    private final int classes;
    private final List<String> doubts;

    Trail(Application application, Tracer tracer, List<String> doubts) {
        this.application = application;
        this.path = tracer.world().path();
        this.blind = List.copyOf(tracer.blind().all());
        this.doubts = List.copyOf(doubts);
        this.classes = tracer.loaded().size();
        for (Element element : path.elements()) {
            elements.putIfAbsent(element.place(), element);
        }
        for (TypeNode node : tracer.loaded()) {
            reached.computeIfAbsent(node.element(), first -> new ArrayList<>()).add(node);
        }
    }

    /** Whether the place is on the class path, or inside what is. */
    public boolean holds(String place) {
        return element(place).isPresent();
    }

    /** Whether it is a server, which loads nothing but its own code and the applications that have trails of their own. */
    public boolean isServer() {
        return application.isServer();
    }

    public String label() {
        return application.label();
    }

    /** How many classes code leads to. */
    public int classes() {
        return classes;
    }

    public List<String> doubts() {
        return doubts;
    }

    /**
     * Whether what lies at a place is reached.
     *
     * @param place as a component's: a path, and behind {@code ▸} what is inside
     * @param coordinates {@code group:artifact}, to tell the classes of libraries that were merged into one archive
     * @param merged the coordinates of all that lie in the same archive
     */
    public Reach of(String place, String coordinates, Set<String> merged) {
        Optional<Element> element = element(place);
        if (element.isEmpty()) {
            return outside();
        }
        boolean isWhole = element.get().place().equals(place);
        if (!isWhole && isArchive(place.substring(element.get().place().length()))) {
            return outside(); // an archive in an archive, which no class loader of the platform looks into
        }
        List<TypeNode> nodes = reached.getOrDefault(element.get(), List.of());
        return isWhole ? whole(element.get(), nodes) : part(element.get(), nodes, coordinates, merged);
    }

    private Optional<Element> element(String place) {
        for (String at = place; !at.isEmpty(); at = at.substring(0, Math.max(0, at.lastIndexOf(INSIDE)))) {
            Element element = elements.get(at);
            if (element != null) {
                return Optional.of(element);
            }
        }
        return Optional.empty();
    }

    private static boolean isArchive(String inside) {
        return inside.contains(".jar") || inside.contains(".war") || inside.contains(".zip");
    }

    private Reach outside() {
        if (!doubts.isEmpty()) {
            return unknown(doubts.getFirst());
        }
        Optional<Blind> first =
                blind.stream().filter(each -> !each.isOfContainer()).findFirst();
        return first.isPresent()
                ? unknown("it is not on the class path, but " + first.get().sentence())
                : not("it is not on the class path of " + application.label());
    }

    private Reach whole(Element element, List<TypeNode> nodes) {
        Optional<TypeNode> certain = first(nodes, true);
        if (certain.isPresent()) {
            return reached(certain.get());
        }
        if (path.isHidden(element) && application.isOrdered() && doubts.isEmpty() && loadsNothingElse()) {
            String other = path.hides(element).map(Element::place).orElse("another element");
            return not("every class of it is loaded from " + other + ", which stands before it on the class path");
        }
        Optional<TypeNode> copy = application.isOrdered() ? Optional.empty() : copied(element);
        if (copy.isPresent()) {
            return unknown(copy.get().element().place() + " holds the same class "
                    + copy.get().dotted() + ", which is reached, and the order of the class path is not defined");
        }
        return first(nodes, false).map(this::possible).orElseGet(() -> unreached(element));
    }

    /** A reached class of another element that this one has too. */
    private Optional<TypeNode> copied(Element element) {
        for (List<TypeNode> nodes : reached.values()) {
            for (TypeNode node : nodes) {
                if (node.element() != element
                        && element.isBeside(node.element())
                        && element.has(node.name() + ".class")) {
                    return Optional.of(node);
                }
            }
        }
        return Optional.empty();
    }

    private boolean loadsNothingElse() {
        return blind.isEmpty();
    }

    /** A library that lies in one archive with others: its classes are told by their packages. */
    private Reach part(Element element, List<TypeNode> nodes, String coordinates, Set<String> merged) {
        Set<String> all = new TreeSet<>(merged);
        all.add(coordinates);
        Packages packages = parted.computeIfAbsent(element.place() + all, key -> new Packages(element.classes(), all));
        Set<String> homes = homes();
        List<TypeNode> own = new ArrayList<>();
        List<TypeNode> unclear = new ArrayList<>();
        for (TypeNode node : nodes) {
            Set<String> owners = packages.owners(node.name());
            boolean isHome = isAtHome(node.name(), homes) && !packages.isRelocated(node.name());
            if (owners.equals(Set.of(coordinates))) {
                own.add(node);
            } else if (owners.contains(coordinates) || owners.isEmpty() && !isHome) {
                unclear.add(node);
            }
        }
        Optional<TypeNode> certain = first(own, true);
        if (certain.isPresent()) {
            return reached(certain.get());
        }
        if (!unclear.isEmpty()) {
            return unknown("it lies in one archive with other code, and "
                    + unclear.getFirst().dotted() + ", which is reached, may be of it");
        }
        if (!packages.recognises(coordinates)) {
            return unknown(
                    "it lies in one archive with other code, and none of the classes there could be told to be of it");
        }
        return first(own, false).map(this::possible).orElseGet(() -> unreached(element));
    }

    private static boolean isAtHome(String name, Set<String> homes) {
        return homes.stream().anyMatch(home -> name.startsWith(home + "/"))
                || name.indexOf('/') < 0 && homes.contains("");
    }

    /** The packages of the application itself: those above where it begins, {@code com.acme} of {@code com.acme.shop.Main}. */
    private Set<String> homes() {
        Set<String> found = new HashSet<>();
        for (Application.Root root : application.roots()) {
            String[] parts = root.name().split("/", -1);
            int length = Math.min(parts.length - 1, root.name().startsWith("com/github/") ? 3 : 2);
            found.add(String.join("/", List.of(parts).subList(0, length)));
        }
        return found;
    }

    /** The class to which the shortest way leads: one whose code runs rather than one that is only named. */
    private static Optional<TypeNode> first(List<TypeNode> nodes, boolean isCertain) {
        Optional<TypeNode> best = Optional.empty();
        int shortest = Integer.MAX_VALUE;
        for (TypeNode node : nodes) {
            Step way = way(node);
            if (node.loaded.isPresent() && node.loaded.get().isCertain() == isCertain) {
                int length = way.length() + (node.run.isPresent() ? 0 : NAMED_ONLY);
                best = length < shortest ? Optional.of(node) : best;
                shortest = Math.min(shortest, length);
            }
        }
        return best;
    }

    private static Step way(TypeNode node) {
        return node.run.or(() -> node.loaded).orElseThrow();
    }

    private Reach reached(TypeNode node) {
        return new Reach(
                Status.REACHED,
                "code of " + application.label() + " leads to " + node.dotted(),
                way(node).chain());
    }

    private Reach possible(TypeNode node) {
        List<String> chain = way(node).chain();
        return new Reach(
                Status.UNKNOWN,
                "because it may be reached by reflection: "
                        + (chain.size() < 2 ? "" : chain.get(chain.size() - 2) + " → ") + node.dotted(),
                chain);
    }

    private Reach unreached(Element element) {
        if (!doubts.isEmpty()) {
            return unknown(doubts.getFirst());
        }
        List<Blind> before = blind.stream()
                .filter(each -> each.isOnPath() && (element.isContainer() || !each.isOfContainer()))
                .toList();
        if (!before.isEmpty()) {
            int more = before.size() - 1;
            String rest = more == 0 ? "" : ", and at " + more + (more == 1 ? " more place" : " more places");
            return new Reach(
                    Status.UNKNOWN,
                    "because " + before.getFirst().sentence() + rest,
                    before.getFirst().step().chain());
        }
        if (element.classes().isEmpty()) {
            return unknown("it holds no classes");
        }
        return not("none of its classes is among the " + classes + " that code of " + application.label()
                + " leads to, and nothing in them leads where it could not be followed");
    }

    private static Reach unknown(String why) {
        return new Reach(Status.UNKNOWN, "because " + why, List.of());
    }

    private static Reach not(String why) {
        return new Reach(Status.NOT_REACHED, why, List.of());
    }

    /** Elements whose classes other elements give, in part or in whole: which copy of a library counts. */
    public List<String> copies() {
        Set<String> found = new TreeSet<>();
        for (Element element : path.elements()) {
            if (path.isHidden(element)) {
                String first = path.hides(element).map(Element::place).orElse("");
                found.add(
                        application.isOrdered()
                                ? element.place() + " is hidden by " + first + ", which is loaded first"
                                : element.place() + " holds the same classes as " + first
                                        + ", and the order of the class path is not defined");
            }
        }
        return List.copyOf(found);
    }
}
