package dev.holdfast.jvm.reach.trace;

import dev.holdfast.jvm.reach.code.ClassFile;
import dev.holdfast.jvm.reach.layout.Element;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A class of the class path and what the trace knows of it. Owned by one {@link Tracer}. */
final class TypeNode {
    private final ClassFile file;
    private final Element element;
    private final Map<String, ClassFile.Member> methods = new HashMap<>();
    private final Map<String, MethodNode> reached = new HashMap<>();

    /** The names of all that it is, itself and types off the class path included; filled when it is first asked for. */
    @Nullable
    Set<String> supers;

    /** The classes of the class path that it is; filled when it is first asked for. */
    @Nullable
    List<TypeNode> line;

    /** Whether something that it extends is not known. */
    boolean hasUnknownSuper;

    /** How it came to be loaded; empty while it is not. */
    Optional<Step> loaded = Optional.empty();

    /** How its code first came to run; empty while none does. */
    Optional<Step> run = Optional.empty();

    boolean isInitialised;
    boolean isInstantiated;
    boolean isEscaped;
    boolean isOpened;

    TypeNode(ClassFile file, Element element) {
        this.file = file;
        this.element = element;
        for (ClassFile.Member method : file.methods()) {
            methods.put(method.key(), method);
        }
    }

    String name() {
        return file.name();
    }

    /** As people write it. */
    String dotted() {
        return file.name().replace('/', '.');
    }

    ClassFile file() {
        return file;
    }

    Element element() {
        return element;
    }

    Optional<ClassFile.Member> method(String key) {
        return Optional.ofNullable(methods.get(key));
    }

    /** What it extends directly, the class first. */
    List<String> parents() {
        List<String> all = new ArrayList<>();
        if (!file.superName().isEmpty()) {
            all.add(file.superName());
        }
        all.addAll(file.interfaces());
        return all;
    }

    MethodNode node(ClassFile.Member member) {
        return reached.computeIfAbsent(member.key(), key -> new MethodNode(this, member));
    }
}
