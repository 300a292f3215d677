package dev.holdfast.jvm.reach.trace;

import dev.holdfast.core.InputException;
import dev.holdfast.jvm.reach.classpath.ClassPath;
import dev.holdfast.jvm.reach.classpath.Platform;
import dev.holdfast.jvm.reach.code.Annotation;
import dev.holdfast.jvm.reach.code.ClassFile;
import dev.holdfast.jvm.reach.code.CodeReader;
import dev.holdfast.jvm.reach.code.Known;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Follows code over a class path, method by method.
 *
 * <p><b>What is followed</b> is rapid type analysis (Bacon and Sweeney, "Fast static analysis of C++ virtual function calls", OOPSLA 1996):
 * beginning with the roots, every call is followed; a virtual one to the methods that the classes made so far run for it, and to those of
 * classes made later. A class is made by {@code new}, by a lambda's or method handle's constructor, or when it <em>escapes</em>: loaded by a
 * constant name, provided for a service, or wanted by reflection, after which all its methods count as called. The platform is not followed:
 * once a class is made, each of its methods that overrides one of the platform's counts as called; when something that it extends is not
 * known, each that is not private. Initialisers run when a class is first used.
 *
 * <p><b>Names and classes that code computes with</b> are followed through local variables, concatenations and the arguments of methods of
 * the class path, as far as they are constant ({@link CodeReader}, {@link MethodNode.Demand}).
 *
 * <p><b>Two rounds.</b> The first follows what code leads to for certain. The second, begun by {@link #suppose}, follows what is only possible:
 * what it reaches is possible too. A {@link Blind} spot found in either means that anything may be reached beyond it.
 */
final class Tracer {
    /** Calls that are followed for one application: some hundred times what a large one has. */
    private static final long MOST_WORK = 100_000_000;

    /** Calls of one method on one type that are told apart by what they hand over; further ones are taken together. */
    private static final int MOST_CALLS = 64;

    private final World world;
    private final BlindSpots blind = new BlindSpots();
    private final Reflection reflection;
    private final Names names;
    private final Deque<MethodNode> open = new ArrayDeque<>();
    private final Deque<TypeNode> arrived = new ArrayDeque<>();
    private final Deque<TypeNode> readied = new ArrayDeque<>();
    private final Deque<Asked> asked = new ArrayDeque<>();
    private final Map<String, List<TypeNode>> made = new HashMap<>();
    private final Map<String, Map<String, List<MethodNode.Site>>> virtual = new HashMap<>();
    private final List<TypeNode> loaded = new ArrayList<>();
    private final TreeSet<String> used = new TreeSet<>();
    private boolean isCertain = true;
    private long work;

    /** That a call may decide what is loaded. Queued like everything else, so that no chain of calls is too long for us. */
    private record Asked(MethodNode.Demand demand, MethodNode.Site site) {}

    Tracer(World world) {
        this.world = world;
        this.reflection = new Reflection(this, blind);
        this.names = new Names(this, reflection, blind);
    }

    /** Classes that code reaches by values. */
    Names names() {
        return names;
    }

    /** What unseen code does with classes. */
    Reflection reflection() {
        return reflection;
    }

    /** What the trace could not see. */
    BlindSpots blind() {
        return blind;
    }

    World world() {
        return world;
    }

    // --- what the trace found ---

    /** Classes in the order in which they were reached. */
    List<TypeNode> loaded() {
        return loaded;
    }

    /** Whether code uses a class whose internal name begins so, on the class path or not. */
    boolean uses(String prefix) {
        String found = used.ceiling(prefix);
        return found != null && found.startsWith(prefix);
    }

    // --- beginning ---

    /** From now on, what is reached is only possible. */
    void suppose() {
        isCertain = false;
    }

    /** The main method of a class, and whatever else it takes to start there. */
    void start(TypeNode node, Step step) {
        initialise(node, step);
        instantiate(node, step);
        for (ClassFile.Member method : node.file().methods()) {
            if (method.name().equals("main")
                    || method.name().equals("premain")
                    || method.name().equals("agentmain")
                    || method.key().equals("<init>()V")) {
                enter(node.node(method), step);
            }
        }
        for (TypeNode above : world.line(node)) {
            above.method("main([Ljava/lang/String;)V").ifPresent(main -> enter(above.node(main), step));
        }
    }

    // --- following ---

    /** Follows everything that is open. */
    void drain() {
        while (advance()) {
            if (work > MOST_WORK) {
                giveUp();
            }
        }
    }

    /** Takes the next of what is waiting, small things first; whether there was any. */
    private boolean advance() {
        if (!arrived.isEmpty()) {
            arrive(arrived.poll());
        } else if (!readied.isEmpty()) {
            ready(readied.poll());
        } else if (!asked.isEmpty()) {
            Asked next = asked.poll();
            satisfy(next.demand(), next.site());
        } else if (!open.isEmpty()) {
            follow(open.poll());
        } else {
            names.loadNamed();
        }
        return !(arrived.isEmpty() && readied.isEmpty() && asked.isEmpty() && open.isEmpty());
    }

    private void giveUp() {
        Optional<Step> last = open.isEmpty() ? Optional.empty() : open.getLast().step;
        arrived.clear();
        readied.clear();
        asked.clear();
        open.clear();
        blind.add(
                last.orElseGet(() -> Step.first("this application", isCertain)),
                "there are more than " + MOST_WORK + " calls to follow, and the rest was left",
                true,
                false);
    }

    private void follow(MethodNode method) {
        Step step = method.step.orElseThrow();
        ClassFile.Member member = method.member();
        if (member.is(ClassFile.NATIVE)) {
            blind.add(method.type(), step, "native code is called, whose calls are not seen");
        }
        if (member.code() == 0) {
            return;
        }
        try {
            CodeReader.read(method.type().file(), member, new Following(this, method, step));
        } catch (InputException wrong) {
            world.unfollowed(
                    ClassPath.inside(method.type().element(), method.type().name() + ".class"),
                    wrong.in("the code of " + member.name()));
            blind.add(method.type(), step, "code cannot be read");
        }
    }

    /** A method runs whose caller is unseen. */
    void enter(MethodNode method, Step step) {
        if (!isForDeserialisation(method.member().key())) {
            reach(method, step);
            unseen(method);
        }
    }

    /** What only deserialisation calls: where that happens, everything is unknown already. */
    private static boolean isForDeserialisation(String key) {
        return switch (key) {
            case "readObject(Ljava/io/ObjectInputStream;)V",
                    "readExternal(Ljava/io/ObjectInput;)V",
                    "readResolve()Ljava/lang/Object;",
                    "readObjectNoData()V" -> true;
            default -> false;
        };
    }

    private void unseen(MethodNode method) {
        // What it is handed is not known: recorded as a call of itself.
        int count = method.member().descriptor().length();
        call(method, new MethodNode.Site(method, Collections.nCopies(count, Known.NOTHING)));
    }

    private void reach(MethodNode method, Step from) {
        if (method.step.isPresent()) {
            return;
        }
        Step step = next(from, method.text());
        method.step = Optional.of(step);
        if (method.type().run.isEmpty()) {
            method.type().run = method.step;
        }
        load(method.type(), step);
        open.add(method);
    }

    Step next(Step before, String text) {
        return new Step(Optional.of(before), text, isCertain && before.isCertain());
    }

    private void call(MethodNode method, MethodNode.Site site) {
        work++;
        if (method.add(site)) {
            for (MethodNode.Demand demand : method.demands()) {
                asked.add(new Asked(demand, site));
            }
        }
    }

    /** A call is made whose argument may decide what is loaded: to be looked at when its turn comes. */
    void ask(MethodNode.Demand demand, MethodNode.Site site) {
        asked.add(new Asked(demand, site));
    }

    private void satisfy(MethodNode.Demand demand, MethodNode.Site site) {
        Known known =
                demand.argument() < site.arguments().size() ? site.arguments().get(demand.argument()) : Known.NOTHING;
        names.decide(demand.sink(), known, site.caller());
    }

    // --- deeds of code ---

    /** A method runs. */
    void runs(MethodNode method, MethodNode.Site site, Step step) {
        reach(method, step);
        call(method, site);
    }

    /**
     * A method is called on an object of which only a type is known.
     *
     * @param key the method's name and descriptor
     */
    void callsVirtually(String owner, String key, MethodNode.Site site, Step step) {
        List<MethodNode.Site> sites = virtual.computeIfAbsent(owner, first -> new LinkedHashMap<>())
                .computeIfAbsent(key, first -> new ArrayList<>());
        MethodNode.Site kept = sites.size() < MOST_CALLS ? site : unknown(site);
        if (sites.size() > MOST_CALLS || sites.contains(kept)) {
            return;
        }
        sites.add(kept);
        for (TypeNode node : List.copyOf(made.getOrDefault(owner, List.of()))) {
            world.select(node, key).ifPresent(method -> runs(method, kept, step));
        }
    }

    private static MethodNode.Site unknown(MethodNode.Site site) {
        return new MethodNode.Site(
                site.caller(), Collections.nCopies(site.arguments().size(), Known.NOTHING));
    }

    /** A class is made ready for its first use. */
    void initialise(TypeNode node, Step step) {
        load(node, step);
        if (node.isInitialised) {
            return;
        }
        node.isInitialised = true;
        readied.add(node);
        node.method("<clinit>()V").ifPresent(method -> reach(node.node(method), step));
    }

    private void ready(TypeNode node) {
        Step here = node.loaded.orElseThrow();
        for (String parent : node.parents()) {
            world.node(parent).ifPresent(above -> initialise(above, here));
        }
    }

    /** A class is named. */
    void load(TypeNode node, Step step) {
        if (node.loaded.isPresent()) {
            return;
        }
        boolean isNamed = step.text().startsWith(node.dotted()) && step.isCertain() == isCertain;
        Step here = isNamed ? step : next(step, node.dotted());
        node.loaded = Optional.of(here);
        loaded.add(node);
        used.add(node.name());
        arrived.add(node);
    }

    private void arrive(TypeNode node) {
        Step here = node.loaded.orElseThrow();
        for (String parent : node.parents()) {
            switch (world.origin(parent)) {
                case PATH -> world.node(parent).ifPresent(above -> load(above, here));
                case MISSING -> missing(node, parent, here);
                case UNREADABLE -> blind.add(node, here, "a class cannot be read: " + parent.replace('/', '.'));
                case PLATFORM -> {}
            }
        }
        annotations(node, here);
        if (reflection.opensAll()) {
            reflection.open(node, here);
        }
    }

    private void annotations(TypeNode node, Step step) {
        for (Annotation annotation : node.file().annotations()) {
            names.holdsClass(annotation.type(), node, step);
            for (Annotation.Value value : annotation.values()) {
                if (value.isClass()) {
                    names.holdsClass(value.text(), node, step);
                }
            }
        }
    }

    /** An object of this very class is made. */
    void instantiate(TypeNode node, Step step) {
        if (node.isInstantiated) {
            return;
        }
        node.isInstantiated = true;
        Set<String> supers = world.supers(node);
        for (String each : supers) {
            made.computeIfAbsent(each, first -> new ArrayList<>()).add(node);
        }
        for (String each : supers) {
            Map<String, List<MethodNode.Site>> calls = virtual.get(each);
            if (calls != null) {
                new LinkedHashMap<>(calls)
                        .forEach((key, sites) -> world.select(node, key).ifPresent(method -> {
                            for (MethodNode.Site site : List.copyOf(sites)) {
                                runs(method, site, site.caller().step.orElse(step));
                            }
                        }));
            }
        }
        overrides(node, supers, step);
    }

    /** The platform calls what overrides its methods. */
    private void overrides(TypeNode node, Set<String> supers, Step step) {
        for (TypeNode each : world.line(node)) {
            for (ClassFile.Member method : each.file().methods()) {
                boolean isCallable = !method.is(ClassFile.STATIC)
                        && !method.is(ClassFile.PRIVATE)
                        && !method.is(ClassFile.ABSTRACT)
                        && !method.name().startsWith("<");
                if (isCallable && (node.hasUnknownSuper || isOfPlatform(method.key(), supers))) {
                    enter(each.node(method), node.loaded.orElse(step));
                }
            }
        }
        for (ClassFile.Member method : node.file().methods()) {
            if (isHook(method.name()) && supers.contains("java/io/Serializable")) {
                enter(node.node(method), node.loaded.orElse(step));
            }
        }
    }

    /** What serialisation calls though it overrides nothing. */
    private static boolean isHook(String name) {
        return switch (name) {
            case "writeObject", "writeReplace" -> true;
            default -> false;
        };
    }

    private boolean isOfPlatform(String key, Set<String> supers) {
        for (String each : supers) {
            Optional<Platform.Type> type = world.platform().type(each);
            if (type.isPresent() && type.get().methods().contains(key)) {
                return true;
            }
        }
        return world.platform()
                .type("java/lang/Object")
                .filter(type -> type.methods().contains(key))
                .isPresent();
    }

    /** A class is used, on the class path or not. */
    void uses(String name, Step step) {
        used.add(name);
    }

    /** A class is used that is nowhere. */
    void missing(TypeNode in, String name, Step step) {
        blind.add(in, step, "the class " + name.replace('/', '.') + " is used, which is not on the class path,");
    }
}
