package dev.holdfast.jvm.reach.trace;

import dev.holdfast.core.InputException;
import dev.holdfast.jvm.reach.code.ClassFile;
import dev.holdfast.jvm.reach.code.CodeVisitor;
import dev.holdfast.jvm.reach.code.Descriptor;
import dev.holdfast.jvm.reach.code.Known;
import dev.holdfast.jvm.reach.code.Result;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Tells the trace what one method does. */
final class Following implements CodeVisitor {
    private final Tracer tracer;
    private final World world;
    private final MethodNode method;
    private final TypeNode type;
    private final Step step;

    Following(Tracer tracer, MethodNode method, Step step) {
        this.tracer = tracer;
        this.world = tracer.world();
        this.method = method;
        this.type = method.type();
        this.step = step;
    }

    @Override
    public Known calls(Call call, ClassFile.Reference target, List<Known> arguments, boolean isGuarded)
            throws InputException {
        if (target.owner().startsWith("[")) {
            return Known.NOTHING; // of arrays there are only the methods of Object
        }
        Optional<TypeNode> owner = use(target.owner(), isGuarded);
        if (owner.isEmpty()) {
            leave(target.owner(), target, arguments);
            return Result.of(target, arguments);
        }
        String key = target.name() + target.descriptor();
        Optional<MethodNode> declared = world.select(owner.get(), key);
        if (call != Call.VIRTUAL) {
            tracer.initialise(owner.get(), step);
        }
        MethodNode.Site site = new MethodNode.Site(method, arguments);
        if (declared.isEmpty()) {
            leave(world.outside(owner.get()), target, arguments);
        } else if (call != Call.VIRTUAL || declared.get().member().is(ClassFile.PRIVATE)) {
            tracer.runs(declared.get(), site, step);
        }
        if (call == Call.VIRTUAL) {
            tracer.callsVirtually(owner.get().name(), key, site, step);
        }
        return Result.of(target, arguments);
    }

    /** A call leads out of the class path. */
    private void leave(String owner, ClassFile.Reference target, List<Known> arguments) {
        Optional<Sinks.Sink> sink = Sinks.of(owner, target.name(), target.descriptor());
        if (sink.isPresent()) {
            Known known = sink.get().argument() < arguments.size()
                    ? arguments.get(sink.get().argument())
                    : Known.NOTHING;
            tracer.names().decide(sink.get(), known, method);
        }
        if (owner.equals("java/lang/System") && target.name().equals("setProperty")) {
            tracer.names().mayLoad(arguments.get(1), step);
        }
        PlatformServices.called(owner, target.name())
                .ifPresent(service -> tracer.names().providers(service, step));
    }

    /** A class is used; empty when it is not on the class path. */
    private Optional<TypeNode> use(String name, boolean isGuarded) {
        tracer.uses(name, step);
        Optional<TypeNode> node = world.node(name);
        if (node.isPresent()) {
            tracer.load(node.get(), step);
            return node;
        }
        switch (world.origin(name)) {
            case MISSING -> {
                if (!isGuarded) {
                    tracer.missing(type, name, step);
                }
            }
            case UNREADABLE -> tracer.blind().add(type, step, "a class cannot be read: " + name.replace('/', '.'));
            case PATH, PLATFORM -> {}
        }
        return Optional.empty();
    }

    @Override
    public void usesField(ClassFile.Reference field, boolean isStatic, boolean isGuarded) {
        if (isStatic) {
            use(field.owner(), isGuarded).ifPresent(node -> tracer.initialise(node, step));
        }
    }

    @Override
    public void creates(String name, boolean isGuarded) {
        Optional<TypeNode> node = use(name, isGuarded);
        if (node.isPresent()) {
            tracer.initialise(node.get(), step);
            tracer.instantiate(node.get(), step);
        }
    }

    @Override
    public void mentions(String name) {
        world.node(element(name)).ifPresent(node -> tracer.load(node, step));
    }

    private static String element(String name) {
        return name.startsWith("[") ? ClassFile.typeOf(name).orElse("") : name;
    }

    @Override
    public void holdsClass(String name) {
        mentions(name);
        tracer.names().holdsClass(element(name), type, step);
    }

    @Override
    public void holdsString(String text) {
        tracer.names().holdsString(text, step);
    }

    /** JVMS 5.4.3.5: 1 to 4 are fields, 5 virtual, 6 static, 7 special, 8 a constructor, 9 of an interface. */
    @Override
    public void holdsHandle(ClassFile.Handle handle) throws InputException {
        ClassFile.Reference member = handle.member();
        if (handle.kind() <= 4) {
            usesField(member, handle.kind() == 2 || handle.kind() == 4, false);
            return;
        }
        Call call = switch (handle.kind()) {
            case 6 -> Call.STATIC;
            case 7, 8 -> Call.SPECIAL;
            default -> Call.VIRTUAL;
        };
        if (handle.kind() == 8) {
            creates(member.owner(), false);
        }
        int count = Descriptor.parse(member.descriptor()).parameters().size() + 1;
        calls(call, member, Collections.nCopies(count, Known.NOTHING), false);
    }

    @Override
    public void makesLambda(String name) {
        world.node(name).ifPresent(node -> {
            tracer.load(node, step);
            if (node.file().isInterface()) {
                tracer.instantiate(node, step);
            }
        });
    }
}
