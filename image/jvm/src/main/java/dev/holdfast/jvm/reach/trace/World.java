package dev.holdfast.jvm.reach.trace;

import dev.holdfast.core.Gap;
import dev.holdfast.core.Gaps;
import dev.holdfast.core.InputException;
import dev.holdfast.jvm.reach.classpath.ClassPath;
import dev.holdfast.jvm.reach.classpath.Platform;
import dev.holdfast.jvm.reach.code.Annotation;
import dev.holdfast.jvm.reach.code.ClassFile;
import dev.holdfast.jvm.reach.layout.Element;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The classes that an application can load, read when they are asked for. */
final class World {
    /** Classes that one application loads at most; the largest ones load some ten thousands. */
    private static final int MOST_CLASSES = 200_000;
    /** How long a chain of superclasses may be; a hostile one may be a circle. */
    private static final int DEEPEST = 256;
    /** How many classes and interfaces one class may be. */
    private static final int MOST_SUPERS = 2_000;

    private final ClassPath path;
    private final Platform platform;
    private final Gaps gaps;
    private final Map<String, Optional<TypeNode>> nodes = new HashMap<>();
    private final List<String> unreadable = new ArrayList<>();
    private boolean isFull;

    World(ClassPath path, Platform platform, Gaps gaps) {
        this.path = path;
        this.platform = platform;
        this.gaps = gaps;
    }

    ClassPath path() {
        return path;
    }

    Platform platform() {
        return platform;
    }

    /** What a type is. */
    enum Origin {
        /** On the class path, and read. */
        PATH,
        /** The platform's, or was once. */
        PLATFORM,
        /** Nobody's: loading it fails. */
        MISSING,
        /** On the class path, and not to be read. */
        UNREADABLE
    }

    Origin origin(String name) {
        if (platform.brings(name)) {
            return Origin.PLATFORM;
        }
        if (node(name).isPresent()) {
            return Origin.PATH;
        }
        if (path.owner(name).isPresent()) {
            return Origin.UNREADABLE;
        }
        return platform.brought(name) ? Origin.PLATFORM : Origin.MISSING;
    }

    /** A class of the class path; the platform's come before it, whatever the class path holds. */
    Optional<TypeNode> node(String name) {
        Optional<TypeNode> known = nodes.get(name);
        if (known == null) {
            known = platform.brings(name) ? Optional.empty() : path.owner(name).flatMap(owner -> read(name, owner));
            nodes.put(name, known);
        }
        return known;
    }

    /** The annotations of a class of the class path. */
    List<Annotation> annotations(String name) {
        return node(name).map(node -> node.file().annotations()).orElse(List.of());
    }

    private Optional<TypeNode> read(String name, Element owner) {
        if (nodes.size() > MOST_CLASSES) {
            if (!isFull) {
                isFull = true;
                gaps.add(
                        Gap.Code.UNFOLLOWED,
                        owner.place(),
                        "more than " + MOST_CLASSES + " classes are reached; the rest was not followed");
            }
            return Optional.empty();
        }
        String resource = name + ".class";
        try {
            byte[] bytes = owner.read(resource).orElse(new byte[0]);
            ClassFile file = ClassFile.parse(bytes);
            if (!file.name().equals(name)) {
                throw new InputException(
                        InputException.Code.MALFORMED, "the class in it has another name than the file");
            }
            return Optional.of(new TypeNode(file, owner));
        } catch (InputException | IOException wrong) {
            unfollowed(ClassPath.inside(owner, resource), wrong);
            return Optional.empty();
        }
    }

    /** Notes code that cannot be read. */
    void unfollowed(String place, Exception wrong) {
        String said = wrong.getMessage() == null ? "unreadable" : wrong.getMessage();
        gaps.add(Gap.Code.UNFOLLOWED, place, said + "; what its code reaches is unknown");
        unreadable.add(place);
    }

    /** Places of classes that could not be read. */
    List<String> unreadable() {
        return unreadable;
    }

    /** The names of all that a class is: itself, what it extends and implements, on the class path or not. */
    Set<String> supers(TypeNode node) {
        Set<String> known = node.supers;
        if (known == null) {
            Set<String> found = new HashSet<>();
            found.add(node.name());
            node.supers = found; // a circle of classes that extend one another meets it
            node.hasUnknownSuper = collect(node, found, 0);
            known = found;
        }
        return known;
    }

    /** @return whether something on the way is not known */
    private boolean collect(TypeNode node, Set<String> found, int depth) {
        boolean isUnknown = depth > DEEPEST || found.size() > MOST_SUPERS;
        for (String parent : isUnknown ? List.<String>of() : node.parents()) {
            Optional<TypeNode> above = node(parent);
            Optional<Platform.Type> ofPlatform = above.isPresent() ? Optional.empty() : platform.type(parent);
            boolean isNew = found.add(parent);
            ofPlatform.ifPresent(type -> found.addAll(type.supers()));
            isUnknown |= above.isEmpty() && ofPlatform.isEmpty();
            if (isNew && above.isPresent()) {
                isUnknown |= collect(above.get(), found, depth + 1);
            }
        }
        return isUnknown;
    }

    /** The classes of the class path that a class is, itself first, then its superclasses, then interfaces. */
    List<TypeNode> line(TypeNode node) {
        List<TypeNode> known = node.line;
        if (known == null) {
            known = lineAnew(node);
            node.line = known;
        }
        return known;
    }

    private List<TypeNode> lineAnew(TypeNode node) {
        List<TypeNode> all = new ArrayList<>();
        Set<TypeNode> seen = new HashSet<>();
        Optional<TypeNode> at = Optional.of(node);
        while (at.isPresent() && all.size() < DEEPEST && seen.add(at.get())) {
            all.add(at.get());
            at = node(at.get().file().superName());
        }
        for (int i = 0; i < all.size() && all.size() < MOST_SUPERS; i++) {
            for (String parent : all.get(i).file().interfaces()) {
                node(parent).filter(seen::add).ifPresent(all::add);
            }
        }
        return List.copyOf(all);
    }

    /** The method that a call of this type's name and descriptor runs; empty when it is inherited from outside the class path, or abstract. */
    Optional<MethodNode> select(TypeNode node, String key) {
        Optional<MethodNode> fallback = Optional.empty();
        for (TypeNode each : line(node)) {
            Optional<ClassFile.Member> member = each.method(key);
            if (member.isPresent() && !member.get().is(ClassFile.ABSTRACT)) {
                return Optional.of(each.node(member.get()));
            }
            if (member.isPresent() && fallback.isEmpty()) {
                fallback = Optional.of(each.node(member.get()));
            }
        }
        return fallback;
    }

    /** Where a lookup of a method leaves the class path: the first superclass or interface that is not on it. */
    String outside(TypeNode node) {
        for (TypeNode each : line(node)) {
            String parent = each.file().superName();
            if (!parent.isEmpty()
                    && !parent.equals("java/lang/Object")
                    && node(parent).isEmpty()) {
                return parent;
            }
        }
        for (TypeNode each : line(node)) {
            for (String parent : each.file().interfaces()) {
                if (node(parent).isEmpty()) {
                    return parent;
                }
            }
        }
        return "java/lang/Object";
    }
}
