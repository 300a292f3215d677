package dev.holdfast.jvm.reach.trace;

import dev.holdfast.jvm.reach.code.Annotation;
import dev.holdfast.jvm.reach.code.ClassFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is done with classes by code that is not seen: they are made and called by name, as providers of services, by their members. */
final class Reflection {
    private final Tracer tracer;
    private final World world;
    private final BlindSpots blind;
    private boolean opensAll;

    Reflection(Tracer tracer, BlindSpots blind) {
        this.tracer = tracer;
        this.world = tracer.world();
        this.blind = blind;
    }

    /** Whether reflection may use every member of every class that is reached. */
    boolean opensAll() {
        return opensAll;
    }

    /** Uses all members of all classes that are reached, as reflection does: the second round's first step when it is needed. */
    void openAll(Step why) {
        opensAll = true;
        for (TypeNode node : List.copyOf(tracer.loaded())) {
            open(node, why);
        }
    }

    /** A class that something unseen makes and calls. */
    void escape(TypeNode node, Step step) {
        tracer.initialise(node, step);
        if (node.isEscaped) {
            return;
        }
        node.isEscaped = true;
        tracer.instantiate(node, step);
        for (ClassFile.Member method : node.file().methods()) {
            tracer.enter(node.node(method), step);
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
                tracer.enter(above.node(method), step);
            }
        }
    }

    /** Calls a class by name from outside; whether it is on the class path. */
    boolean escape(String name, Step before, String how) {
        Optional<TypeNode> node = world.node(name);
        node.ifPresent(found -> escape(found, tracer.next(before, found.dotted() + how)));
        if (node.isEmpty() && world.origin(name) == World.Origin.UNREADABLE) {
            blind.add(before, "a class is used that cannot be read: " + name.replace('/', '.'));
        }
        return node.isPresent();
    }

    /** A provider of a service: it is made, or its method {@code provider} is called. */
    void provide(String name, Step before, String how) {
        Optional<TypeNode> node = world.node(name.replace('.', '/'));
        if (node.isEmpty()) {
            return;
        }
        Step step = tracer.next(before, node.get().dotted() + how);
        tracer.initialise(node.get(), step);
        tracer.instantiate(node.get(), step);
        for (ClassFile.Member method : node.get().file().methods()) {
            if (method.key().equals("<init>()V") || method.name().equals("provider") && method.is(ClassFile.STATIC)) {
                tracer.enter(node.get().node(method), step);
            }
        }
    }

    /** Everything that reflection could do with a class: call its members, and go on to the types that they have. */
    void open(TypeNode node, Step step) {
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
}
