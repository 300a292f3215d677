package dev.holdfast.jvm.reach.trace;

import dev.holdfast.jvm.reach.classpath.ClassPath;
import dev.holdfast.jvm.reach.code.ClassFile;
import dev.holdfast.jvm.reach.code.Known;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** Classes that code reaches by values: names, class objects, services, bundles, and what is done with those that are not known. */
final class Names {
    private static final String CONSTANT = " (its class object is used where reflection is)";

    private final Tracer tracer;
    private final World world;
    private final Reflection reflection;
    private final BlindSpots blind;
    private final Map<String, Step> named = new LinkedHashMap<>();
    private final Map<String, Step> packages = new LinkedHashMap<>();
    private final Map<String, Step> constants = new LinkedHashMap<>();
    private final Map<String, Step> prefixes = new LinkedHashMap<>();
    private Optional<Step> unknownMembers = Optional.empty();
    private Optional<Step> unknownNames = Optional.empty();
    private Optional<Step> unknownServices = Optional.empty();

    Names(Tracer tracer, Reflection reflection, BlindSpots blind) {
        this.tracer = tracer;
        this.world = tracer.world();
        this.reflection = reflection;
        this.blind = blind;
    }

    /** Packages of the class path that constants name, with the code that does. */
    Map<String, Step> packages() {
        return packages;
    }

    /** How names begin that code computes, with the code that does. */
    Map<String, Step> prefixes() {
        return prefixes;
    }

    boolean loadsUnknownNames() {
        return unknownNames.isPresent();
    }

    Optional<Step> unknownServices() {
        return unknownServices;
    }

    /** The code that uses members of classes that it does not name: then any member of what is reached may be. */
    Optional<Step> unknownMembers() {
        return unknownMembers;
    }

    /** Goes on behind a call of which an argument decides where. */
    void decide(Sinks.Sink sink, Known known, MethodNode in) {
        Step step = in.step.orElseThrow();
        if (known instanceof Known.Argument(int number)) {
            MethodNode.Demand demand = new MethodNode.Demand(sink, number);
            if (in.demands().add(demand)) {
                for (MethodNode.Site site : in.sites()) {
                    tracer.ask(demand, site);
                }
            }
            return;
        }
        switch (sink.kind()) {
            case NAME -> loadByName(known, in.type(), step, sink);
            case BUNDLE -> loadBundle(known, in.type(), step, sink);
            case SERVICE -> loadService(known, step);
            case MEMBERS -> useMembers(known, step);
            case ANYTHING -> blind.add(in.type(), step, sink.phrase());
            case OUTSIDE -> blind.add(in.type(), step, sink.phrase(), false);
        }
    }

    private void loadByName(Known known, TypeNode in, Step step, Sinks.Sink sink) {
        switch (known) {
            case Known.Texts(var texts) ->
                texts.forEach(text -> reflection.escape(internal(text), step, " (loaded by name)"));
            case Known.Prefix(var text) -> prefixes.putIfAbsent(text.replace('.', '/'), step);
            case Known.Types ignored -> {}
            case Known.Argument ignored -> {}
            case Known.Loaded ignored -> {}
            case Known.Nothing ignored -> {
                unknownNames = unknownNames.or(() -> Optional.of(step));
                blind.add(in, step, sink.phrase());
            }
        }
    }

    /** A property is set, from which the platform may take the name of a class. */
    void mayLoad(Known known, Step step) {
        if (known instanceof Known.Texts(var texts)) {
            texts.forEach(text -> reflection.escape(internal(text), step, " (the value of a property)"));
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
                            reflection.escape(name, step, " (a resource bundle)");
                        }
                    }
                });
            case Known.Prefix(var text) -> prefixes.putIfAbsent(text.replace('.', '/'), step);
            case Known.Types ignored -> {}
            case Known.Argument ignored -> {}
            case Known.Loaded ignored -> {}
            case Known.Nothing ignored -> blind.add(in, step, sink.phrase());
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
            reflection.provide(entry.text(), step, " (provides " + dotted + ", " + entry.place() + ")");
        }
    }

    private void useMembers(Known known, Step step) {
        if (known instanceof Known.Types(var names)) {
            names.forEach(name -> reflection.escape(name, step, " (used by reflection)"));
        } else if (!(known instanceof Known.Loaded) && unknownMembers.isEmpty()) {
            unknownMembers = Optional.of(step);
            Map<String, Step> waiting = Map.copyOf(constants);
            new TreeSet<>(waiting.keySet())
                    .forEach(name -> reflection.escape(name, waiting.getOrDefault(name, step), CONSTANT));
        }
    }

    /** Classes that constants name, when names are loaded that are not known: one of them may be the one. */
    void loadNamed() {
        if (unknownNames.isPresent()) {
            Map<String, Step> waiting = new LinkedHashMap<>(named);
            named.clear();
            waiting.forEach((name, step) ->
                    reflection.escape(name, step, " (named by a constant, and classes are loaded by name)"));
        }
    }

    /** A class object is at hand: what is done with it is not followed. */
    void holdsClass(String name, TypeNode in, Step step) {
        if (name.equals(in.name())) {
            return; // a class that names itself, for its logger or its assertions
        }
        if (unknownMembers.isPresent()) {
            reflection.escape(name, step, CONSTANT);
        } else {
            constants.putIfAbsent(name, step);
        }
    }

    /** A constant is at hand that may name a class or a package. */
    void holdsString(String text, Step step) {
        String name = text.replace('.', '/');
        if (world.path().owner(name).isPresent()) {
            named.putIfAbsent(name, step);
        } else if (world.path().isPackage(name)) {
            packages.putIfAbsent(name, step);
        }
    }
}
