package dev.holdfast.jvm.reach.trace;

import dev.holdfast.jvm.reach.code.ClassFile;
import dev.holdfast.jvm.reach.code.Known;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A method of the class path and what the trace knows of it. Owned by one {@link Tracer}. */
final class MethodNode {
    /** More callers than this that hand over something known are not remembered one by one. */
    private static final int MOST_SITES = 256;

    private final TypeNode type;
    private final ClassFile.Member member;
    private final List<Site> sites = new ArrayList<>();
    private final Set<Demand> demands = new LinkedHashSet<>();

    /** How it was reached; empty while it is not. */
    Optional<Step> step = Optional.empty();

    /** A call of it. */
    record Site(MethodNode caller, List<Known> arguments) {}

    /** That an argument decides what is loaded. */
    record Demand(Sinks.Sink sink, int argument) {}

    MethodNode(TypeNode type, ClassFile.Member member) {
        this.type = type;
        this.member = member;
    }

    TypeNode type() {
        return type;
    }

    ClassFile.Member member() {
        return member;
    }

    /** As people write it. */
    String text() {
        String name = member.name();
        return type.dotted()
                + switch (name) {
                    case "<init>" -> " (constructor)";
                    case "<clinit>" -> " (initialiser)";
                    default -> "." + name;
                };
    }

    List<Site> sites() {
        return sites;
    }

    /** Remembers a call; whether it is one that was not known. */
    boolean add(Site site) {
        if (sites.contains(site) || sites.size() > MOST_SITES) {
            return false;
        }
        boolean isFull = sites.size() == MOST_SITES;
        sites.add(isFull ? new Site(site.caller(), unknown(site.arguments())) : site);
        return true;
    }

    private static List<Known> unknown(List<Known> arguments) {
        return arguments.stream().map(each -> Known.NOTHING).toList();
    }

    Set<Demand> demands() {
        return demands;
    }
}
