package dev.holdfast.jvm.reach;

import dev.holdfast.core.InputException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
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
final class Tracer implements Deeds {
    /** Calls that are followed for one application: some hundred times what a large one has. */
    private static final long MOST_WORK = 100_000_000;

    /** Calls of one method on one type that are told apart by what they hand over; further ones are taken together. */
    private static final int MOST_CALLS = 64;

    private final World world;
    private final Deque<MethodNode> open = new ArrayDeque<>();
    private final Deque<TypeNode> arrived = new ArrayDeque<>();
    private final Deque<TypeNode> readied = new ArrayDeque<>();
    private final Deque<Asked> asked = new ArrayDeque<>();
    private final Map<String, List<TypeNode>> made = new HashMap<>();
    private final Map<String, Map<String, List<MethodNode.Site>>> virtual = new HashMap<>();
    private final List<TypeNode> loaded = new ArrayList<>();
    private final List<Blind> blind = new ArrayList<>();
    private final Set<String> blindPlaces = new LinkedHashSet<>();
    private final Map<String, Step> named = new LinkedHashMap<>();
    private final Map<String, Step> packages = new LinkedHashMap<>();
    private final Map<String, Step> constants = new LinkedHashMap<>();
    private final TreeSet<String> used = new TreeSet<>();
    private final Map<String, Step> prefixes = new LinkedHashMap<>();
    private Optional<Step> unknownMembers = Optional.empty();
    private Optional<Step> unknownNames = Optional.empty();
    private Optional<Step> unknownServices = Optional.empty();
    private boolean isCertain = true;
    private boolean opensAll;
    private long work;

    /** That a call may decide what is loaded. Queued like everything else, so that no chain of calls is too long for us. */
    private record Asked(MethodNode.Demand demand, MethodNode.Site site) {}

    Tracer(World world) {
        this.world = world;
    }

    World world() {
        return world;
    }

    // --- what the trace found ---

    /** Classes in the order in which they were reached. */
    List<TypeNode> loaded() {
        return loaded;
    }

    List<Blind> blind() {
        return blind;
    }

    /** Whether code uses a class whose internal name begins so, on the class path or not. */
    boolean uses(String prefix) {
        String found = used.ceiling(prefix);
        return found != null && found.startsWith(prefix);
    }

    Optional<Step> unknownServices() {
        return unknownServices;
    }

    /** Packages of the class path that constants name, with the code that does. */
    Map<String, Step> packages() {
        return packages;
    }

    boolean loadsUnknownNames() {
        return unknownNames.isPresent();
    }

    Map<String, Step> prefixes() {
        return prefixes;
    }

    // --- beginning ---

    /** From now on, what is reached is only possible. */
    void suppose() {
        isCertain = false;
    }

    /** Whether members of classes are used that the code does not name: then any member of what is reached may be. */
    boolean opensMembers() {
        return unknownMembers.isPresent();
    }

    /** Uses all members of all classes that are reached, as reflection does: the second round's first step when it is needed. */
    void openAll() {
        opensAll = true;
        Step why = unknownMembers.orElseThrow();
        for (TypeNode node : List.copyOf(loaded)) {
            open(node, why);
        }
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

    /** A class that something unseen makes and calls. */
    void escape(TypeNode node, Step step) {
        initialise(node, step);
        if (node.isEscaped) {
            return;
        }
        node.isEscaped = true;
        instantiate(node, step);
        for (ClassFile.Member method : node.file().methods()) {
            enter(node.node(method), step);
        }
        for (TypeNode above : world.line(node)) {
            if (above != node) {
                inherited(above, step);
            }
        }
    }

    private void inherited(TypeNode above, Step step) {
        for (ClassFile.Member method : above.file().methods()) {
            if (!method.is(ClassFile.PRIVATE)
                    && !method.is(ClassFile.STATIC)
                    && !method.name().startsWith("<")) {
                enter(above.node(method), step);
            }
        }
    }

    /** Calls a class by name from outside; whether it is on the class path. */
    boolean escape(String name, Step before, String how) {
        Optional<TypeNode> node = world.node(name);
        node.ifPresent(found -> escape(found, next(before, found.dotted() + how)));
        if (node.isEmpty() && world.origin(name) == World.Origin.UNREADABLE) {
            blind(before, "a class is used that cannot be read: " + name.replace('/', '.'));
        }
        return node.isPresent();
    }

    /** A provider of a service: it is made, or its method {@code provider} is called. */
    void provide(String name, Step before, String how) {
        Optional<TypeNode> node = world.node(name.replace('.', '/'));
        if (node.isEmpty()) {
            return;
        }
        Step step = next(before, node.get().dotted() + how);
        initialise(node.get(), step);
        instantiate(node.get(), step);
        for (ClassFile.Member method : node.get().file().methods()) {
            if (method.key().equals("<init>()V") || method.name().equals("provider") && method.is(ClassFile.STATIC)) {
                enter(node.get().node(method), step);
            }
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
            loadNamed();
        }
        return !(arrived.isEmpty() && readied.isEmpty() && asked.isEmpty() && open.isEmpty());
    }

    private void giveUp() {
        Optional<Step> last = open.isEmpty() ? Optional.empty() : open.getLast().step;
        arrived.clear();
        readied.clear();
        asked.clear();
        open.clear();
        blind(
                last.orElseGet(() -> Step.first("this application", isCertain)),
                "there are more than " + MOST_WORK + " calls to follow, and the rest was left",
                true,
                false);
    }

    private void follow(MethodNode method) {
        Step step = method.step.orElseThrow();
        ClassFile.Member member = method.member();
        if (member.is(ClassFile.NATIVE)) {
            blind(method.type(), step, "native code is called, whose calls are not seen");
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
            blind(method.type(), step, "code cannot be read");
        }
    }

    /** A method runs whose caller is unseen. */
    private void enter(MethodNode method, Step step) {
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

    private Step next(Step before, String text) {
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

    private void satisfy(MethodNode.Demand demand, MethodNode.Site site) {
        Known known =
                demand.argument() < site.arguments().size() ? site.arguments().get(demand.argument()) : Known.NOTHING;
        decide(demand.sink(), known, site.caller());
    }

    /** Goes on behind a call of which an argument decides where. */
    void decide(Sinks.Sink sink, Known known, MethodNode in) {
        Step step = in.step.orElseThrow();
        if (known instanceof Known.Argument(int number)) {
            MethodNode.Demand demand = new MethodNode.Demand(sink, number);
            if (in.demands().add(demand)) {
                for (MethodNode.Site site : in.sites()) {
                    asked.add(new Asked(demand, site));
                }
            }
            return;
        }
        switch (sink.kind()) {
            case NAME -> loadByName(known, in.type(), step, sink);
            case BUNDLE -> loadBundle(known, in.type(), step, sink);
            case SERVICE -> loadService(known, step);
            case MEMBERS -> useMembers(known, step);
            case ANYTHING -> blind(in.type(), step, sink.phrase());
            case OUTSIDE -> blind(in.type(), step, sink.phrase(), false);
        }
    }

    private void loadByName(Known known, TypeNode in, Step step, Sinks.Sink sink) {
        switch (known) {
            case Known.Texts(var texts) -> texts.forEach(text -> escape(internal(text), step, " (loaded by name)"));
            case Known.Prefix(var text) -> prefixes.putIfAbsent(text.replace('.', '/'), step);
            case Known.Types ignored -> {}
            case Known.Argument ignored -> {}
            case Known.Loaded ignored -> {}
            case Known.Nothing ignored -> {
                unknownNames = unknownNames.or(() -> Optional.of(step));
                blind(in, step, sink.phrase());
            }
        }
    }

    /** A property is set, from which the platform may take the name of a class. */
    void mayLoad(Known known, Step step) {
        if (known instanceof Known.Texts(var texts)) {
            texts.forEach(text -> escape(internal(text), step, " (the value of a property)"));
        }
    }

    /** Of {@code [Lcom.x.Y;} and {@code com.x.Y} alike {@code com/x/Y}. */
    private static String internal(String text) {
        String name = text.replace('.', '/');
        return name.startsWith("[") ? ClassFile.typeOf(name).orElse(name) : name;
    }

    private void loadBundle(Known known, TypeNode in, Step step, Sinks.Sink sink) {
        switch (known) {
            case Known.Texts(var texts) ->
                texts.forEach(text -> {
                    for (String name : world.path().beginning(internal(text))) {
                        String rest = name.substring(text.length());
                        if (rest.isEmpty() || rest.startsWith("_")) {
                            escape(name, step, " (a resource bundle)");
                        }
                    }
                });
            case Known.Prefix(var text) -> prefixes.putIfAbsent(text.replace('.', '/'), step);
            case Known.Types ignored -> {}
            case Known.Argument ignored -> {}
            case Known.Loaded ignored -> {}
            case Known.Nothing ignored -> blind(in, step, sink.phrase());
        }
    }

    private void loadService(Known known, Step step) {
        if (known instanceof Known.Types(var names)) {
            names.forEach(name -> providers(name, step));
        } else {
            unknownServices = unknownServices.or(() -> Optional.of(step));
        }
    }

    /** All providers that the class path names for a service. */
    void providers(String service, Step step) {
        String dotted = service.replace('/', '.');
        for (ClassPath.Entry entry : world.path().providers(dotted)) {
            provide(entry.text(), step, " (provides " + dotted + ", " + entry.place() + ")");
        }
    }

    private void useMembers(Known known, Step step) {
        if (known instanceof Known.Types(var names)) {
            names.forEach(name -> escape(name, step, " (used by reflection)"));
        } else if (!(known instanceof Known.Loaded) && unknownMembers.isEmpty()) {
            unknownMembers = Optional.of(step);
            Map<String, Step> waiting = Map.copyOf(constants);
            new TreeSet<>(waiting.keySet()).forEach(name -> escape(name, waiting.getOrDefault(name, step), CONSTANT));
        }
    }

    private static final String CONSTANT = " (its class object is used where reflection is)";

    /** Classes that constants name, when names are loaded that are not known: one of them may be the one. */
    private void loadNamed() {
        if (unknownNames.isPresent()) {
            Map<String, Step> waiting = new LinkedHashMap<>(named);
            named.clear();
            waiting.forEach(
                    (name, step) -> escape(name, step, " (named by a constant, and classes are loaded by name)"));
        }
    }

    // --- deeds of code ---

    @Override
    public void runs(MethodNode method, MethodNode.Site site, Step step) {
        reach(method, step);
        call(method, site);
    }

    @Override
    public void callsVirtually(String owner, String key, MethodNode.Site site, Step step) {
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

    @Override
    public void initialise(TypeNode node, Step step) {
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

    @Override
    public void load(TypeNode node, Step step) {
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
                case UNREADABLE -> blind(node, here, "a class cannot be read: " + parent.replace('/', '.'));
                case PLATFORM -> {}
            }
        }
        annotations(node, here);
        if (opensAll) {
            open(node, here);
        }
    }

    private void annotations(TypeNode node, Step step) {
        for (Annotation annotation : node.file().annotations()) {
            holdsClass(annotation.type(), node, step);
            for (Annotation.Value value : annotation.values()) {
                if (value.isClass()) {
                    holdsClass(value.text(), node, step);
                }
            }
        }
    }

    /** Everything that reflection could do with a class: call its members, and go on to the types that they have. */
    private void open(TypeNode node, Step step) {
        if (node.isOpened) {
            return;
        }
        node.isOpened = true;
        Step here = node.loaded.orElse(step);
        escape(node, here);
        List<ClassFile.Member> members = new ArrayList<>(node.file().fields());
        members.addAll(node.file().methods());
        for (ClassFile.Member member : members) {
            for (String name : typesIn(member.descriptor())) {
                escape(name, here, " (the type of a member, which reflection may use)");
            }
            for (Annotation annotation : member.annotations()) {
                escape(annotation.type(), here, " (annotates " + member.name() + ")");
                for (Annotation.Value value : annotation.values()) {
                    if (value.isClass()) {
                        escape(value.text(), here, " (annotates " + member.name() + ")");
                    }
                }
            }
        }
    }

    private static List<String> typesIn(String descriptor) {
        List<String> names = new ArrayList<>();
        int at = descriptor.indexOf('L');
        while (at >= 0) {
            int end = descriptor.indexOf(';', at);
            if (end < 0) {
                break;
            }
            names.add(descriptor.substring(at + 1, end));
            at = descriptor.indexOf('L', end);
        }
        return names;
    }

    @Override
    public void instantiate(TypeNode node, Step step) {
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

    @Override
    public void holdsClass(String name, TypeNode in, Step step) {
        if (name.equals(in.name())) {
            return; // a class that names itself, for its logger or its assertions
        }
        if (unknownMembers.isPresent()) {
            escape(name, step, CONSTANT);
        } else {
            constants.putIfAbsent(name, step);
        }
    }

    @Override
    public void holdsString(String text, Step step) {
        String name = text.replace('.', '/');
        if (world.path().owner(name).isPresent()) {
            named.putIfAbsent(name, step);
        } else if (world.path().isPackage(name)) {
            packages.putIfAbsent(name, step);
        }
    }

    @Override
    public void uses(String name, Step step) {
        used.add(name);
    }

    @Override
    public void missing(TypeNode in, String name, Step step) {
        blind(in, step, "the class " + name.replace('/', '.') + " is used, which is not on the class path,");
    }

    /** @param in the class whose code it is */
    void blind(TypeNode in, Step step, String phrase) {
        blind(in, step, phrase, true);
    }

    private void blind(TypeNode in, Step step, String phrase, boolean isOnPath) {
        blind(step, phrase, isOnPath, in.element().isContainer());
    }

    /** Something that is not code leads to what cannot be seen. */
    void blind(Step step, String phrase) {
        blind(step, phrase, true, false);
    }

    private void blind(Step step, String phrase, boolean isOnPath, boolean isOfContainer) {
        if (blindPlaces.add(phrase + step.text())) {
            blind.add(new Blind(step, phrase, isOnPath, isOfContainer));
        }
    }
}
