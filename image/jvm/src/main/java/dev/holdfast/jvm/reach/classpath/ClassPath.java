package dev.holdfast.jvm.reach.classpath;

import dev.holdfast.core.Gap;
import dev.holdfast.core.Gaps;
import dev.holdfast.core.InputException;
import dev.holdfast.jvm.reach.layout.Element;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The elements from which one application loads classes, in the order in which they are asked: the first that has a class gives it. */
public final class ClassPath {
    private static final Pattern LINES = Pattern.compile("\\R");
    private static final String SERVICES = "META-INF/services/";

    private final List<Element> elements;
    private final Gaps gaps;
    private final Map<String, Element> owners = new HashMap<>();
    private final Set<String> packages = new HashSet<>();
    private final TreeSet<String> sorted = new TreeSet<>();
    private final Map<Element, Integer> hidden = new LinkedHashMap<>();

    /** @param elements in order */
    public ClassPath(List<Element> elements, Gaps gaps) {
        this.elements = List.copyOf(elements);
        this.gaps = gaps;
        for (Element element : elements) {
            for (String name : element.classes()) {
                for (int at = name.lastIndexOf('/'); at > 0 && packages.add(name.substring(0, at)); ) {
                    at = name.lastIndexOf('/', at - 1);
                }
                if (owners.putIfAbsent(name, element) != null) {
                    hidden.merge(element, 1, Integer::sum);
                }
            }
        }
    }

    public List<Element> elements() {
        return elements;
    }

    /** The element that gives a class. */
    public Optional<Element> owner(String name) {
        return Optional.ofNullable(owners.get(name));
    }

    /** Another element of the owner's folder that has a class of this name, with other bytes. */
    public Optional<Element> differs(String name, Element owner) {
        for (Element element : hidden.keySet()) {
            String resource = name + ".class";
            if (element != owner
                    && element.isBeside(owner)
                    && element.has(resource)
                    && !same(element, owner, resource)) {
                return Optional.of(element);
            }
        }
        return Optional.empty();
    }

    private static boolean same(Element one, Element other, String resource) {
        try {
            return Arrays.equals(
                    one.read(resource).orElse(new byte[0]), other.read(resource).orElse(new byte[0]));
        } catch (InputException | IOException unreadable) {
            return false;
        }
    }

    /** Whether there is a class in this package or below. */
    public boolean isPackage(String name) {
        return packages.contains(name);
    }

    /** Whether every class of the element comes from elements before it. */
    public boolean isHidden(Element element) {
        int classes = element.classes().size();
        return classes > 0 && hidden.getOrDefault(element, 0) == classes;
    }

    /** The first element before this one that gives a class of it. */
    public Optional<Element> hides(Element element) {
        for (String name : new TreeSet<>(element.classes())) {
            Element owner = owners.get(name);
            if (owner != null && owner != element) {
                return Optional.of(owner);
            }
        }
        return Optional.empty();
    }

    /** Classes whose internal name begins so, sorted. */
    public List<String> beginning(String prefix) {
        if (sorted.isEmpty()) {
            sorted.addAll(owners.keySet());
        }
        List<String> found = new ArrayList<>();
        for (String name : sorted.tailSet(prefix)) {
            if (!name.startsWith(prefix)) {
                break;
            }
            found.add(name);
        }
        return found;
    }

    /** A line of a text resource: what it names, and the resource. */
    public record Entry(String text, String place) {}

    /** All that the files {@code META-INF/services/SERVICE} of the class path name. */
    public List<Entry> providers(String service) {
        return lines(SERVICES + service);
    }

    /** Names of all services that have a file. */
    public Set<String> services() {
        TreeSet<String> found = new TreeSet<>();
        for (Element element : elements) {
            for (String name : element.below(SERVICES)) {
                if (name.indexOf('/', SERVICES.length()) < 0) {
                    found.add(name.substring(SERVICES.length()));
                }
            }
        }
        return found;
    }

    /** The lines of a resource in every element that has it, without comments ({@code #}) and empty ones. */
    List<Entry> lines(String resource) {
        List<Entry> found = new ArrayList<>();
        for (Element element : elements) {
            found.addAll(linesOf(element, resource));
        }
        return found;
    }

    public List<Entry> linesOf(Element element, String resource) {
        List<Entry> found = new ArrayList<>();
        for (String line : LINES.split(text(element, resource).orElse(""), -1)) {
            int comment = line.indexOf('#');
            String said = (comment < 0 ? line : line.substring(0, comment)).strip();
            if (!said.isEmpty()) {
                found.add(new Entry(said, inside(element, resource)));
            }
        }
        return found;
    }

    /** The same of a file of properties, a line that ends with a backslash joined with the next: {@code key=value}. */
    public List<Entry> properties(String resource) {
        List<Entry> found = new ArrayList<>();
        StringBuilder joined = new StringBuilder();
        for (Entry entry : lines(resource)) {
            boolean goesOn = entry.text().endsWith("\\");
            joined.append(goesOn ? entry.text().substring(0, entry.text().length() - 1) : entry.text());
            if (!goesOn) {
                found.add(new Entry(joined.toString(), entry.place()));
                joined.setLength(0);
            }
        }
        return found;
    }

    public static String inside(Element element, String resource) {
        return element.place() + (element.place().contains(".jar") ? " ▸ " : "/") + resource;
    }

    /** A text resource; one that cannot be read is a gap. */
    public Optional<String> text(Element element, String resource) {
        try {
            return element.read(resource).map(bytes -> new String(bytes, StandardCharsets.UTF_8));
        } catch (InputException | IOException unreadable) {
            gaps.add(
                    Gap.Code.UNREADABLE,
                    inside(element, resource),
                    unreadable.getMessage() == null ? "unreadable" : unreadable.getMessage());
            return Optional.empty();
        }
    }
}
