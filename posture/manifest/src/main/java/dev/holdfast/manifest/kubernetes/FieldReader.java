package dev.holdfast.manifest.kubernetes;

import dev.holdfast.manifest.kubernetes.FieldCatalogue.Kind;
import dev.holdfast.manifest.tree.Node;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads an object as the server's decoder does, and tells what it would not take. Kinds that are not in the catalogue have no problems. */
public final class FieldReader {
    /** What the server's own message demands. */
    private static final Pattern QUANTITY = Pattern.compile("([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)");

    private static final int MOST_PROBLEMS = 50;

    /** A misspelling has no more wrong letters than this. */
    private static final int NEAR = 2;

    private final FieldCatalogue catalogue;

    public FieldReader(FieldCatalogue catalogue) {
        this.catalogue = catalogue;
    }

    public List<FieldProblem> problems(KubernetesObject object) {
        Optional<Kind> kind = catalogue.kind(object.apiVersion(), object.kind());
        List<FieldProblem> problems = new ArrayList<>();
        if (kind.isPresent() && !kind.get().type().isEmpty()) {
            fields(object.root(), kind.get().type(), "", problems);
        } else {
            repeated(object.root(), "", problems);
        }
        return problems;
    }

    private void fields(Node.Mapping node, String type, String path, List<FieldProblem> problems) {
        Map<String, String> fields = catalogue.fields(type);
        repeatedHere(node, path, problems);
        for (Node.Entry entry : node.entries()) {
            String name = entry.key().text();
            String field = path.isEmpty() ? name : path + "." + name;
            String form = fields.get(name);
            if (problems.size() > MOST_PROBLEMS) {
                return;
            }
            if (form == null) {
                problems.add(new FieldProblem(
                        FieldProblem.Kind.UNKNOWN, field, entry.key().place(), name, nearest(name, fields.keySet())));
            } else {
                value(entry.value(), form, field, problems);
            }
        }
    }

    private static void repeatedHere(Node.Mapping node, String path, List<FieldProblem> problems) {
        for (Node.Scalar key : node.repeatedKeys()) {
            String field = path.isEmpty() ? key.text() : path + "." + key.text();
            problems.add(new FieldProblem(FieldProblem.Kind.REPEATED, field, key.place(), key.text(), ""));
        }
    }

    /** Of a kind that is not known only what is wrong in any kind can be told. */
    private static void repeated(Node node, String path, List<FieldProblem> problems) {
        if (node instanceof Node.Mapping mapping) {
            repeatedHere(mapping, path, problems);
            for (Node.Entry entry : mapping.entries()) {
                repeated(
                        entry.value(),
                        path.isEmpty()
                                ? entry.key().text()
                                : path + "." + entry.key().text(),
                        problems);
            }
        }
        int index = 0;
        for (Node element : node.elements()) {
            repeated(element, path + "[" + index++ + "]", problems);
        }
    }

    private void value(Node node, String form, String path, List<FieldProblem> problems) {
        if (node.isNull()) {
            return;
        }
        switch (form.charAt(0)) {
            case '*' -> list(node, form.substring(1), path, problems);
            case '%' -> map(node, form.substring(1), path, problems);
            case '@' -> {
                if (node instanceof Node.Mapping mapping) {
                    fields(mapping, form.substring(1), path, problems);
                } else {
                    wrong(node, path, "a map of fields", problems);
                }
            }
            default -> scalar(node, form, path, problems);
        }
    }

    private void list(Node node, String form, String path, List<FieldProblem> problems) {
        if (!(node instanceof Node.Sequence sequence)) {
            wrong(node, path, "a list", problems);
            return;
        }
        int index = 0;
        for (Node element : sequence.elements()) {
            value(element, form, path + "[" + index++ + "]", problems);
        }
    }

    private void map(Node node, String form, String path, List<FieldProblem> problems) {
        if (!(node instanceof Node.Mapping mapping)) {
            wrong(node, path, "a map", problems);
            return;
        }
        repeatedHere(mapping, path, problems);
        for (Node.Entry entry : mapping.entries()) {
            value(entry.value(), form, path + "." + entry.key().text(), problems);
        }
    }

    private static void scalar(Node node, String form, String path, List<FieldProblem> problems) {
        if (form.equals("o")) {
            return;
        }
        if (!(node instanceof Node.Scalar scalar)) {
            wrong(node, path, wanted(form), problems);
            return;
        }
        boolean isRight = switch (form) {
            case "s", "y" -> scalar.kind() == Node.Kind.TEXT;
            case "b" -> scalar.kind() == Node.Kind.BOOLEAN;
            case "i" -> scalar.kind() == Node.Kind.INTEGER || isWhole(scalar);
            case "n" -> scalar.kind() == Node.Kind.INTEGER || scalar.kind() == Node.Kind.DECIMAL;
            case "x" -> scalar.kind() == Node.Kind.INTEGER || scalar.kind() == Node.Kind.TEXT || isWhole(scalar);
            case "q" ->
                scalar.kind() != Node.Kind.BOOLEAN
                        && QUANTITY.matcher(scalar.text()).matches();
            default -> true;
        };
        if (!isRight && !isOpen(scalar.text())) {
            wrong(node, path, wanted(form), problems);
        }
    }

    /** Something else puts a value here first. */
    private static boolean isOpen(String text) {
        return text.contains("{{") || text.contains("${") || text.contains("$(") || text.contains("<%");
    }

    /** {@code 80.0} is the number 80 once it is JSON. */
    private static boolean isWhole(Node.Scalar scalar) {
        return scalar.kind() == Node.Kind.DECIMAL && scalar.text().matches("[-+]?[0-9]+\\.0*|[0-9.]+[eE]\\+?[0-9]+");
    }

    private static String wanted(String form) {
        return switch (form) {
            case "s" -> "text; in quotes where YAML takes it for something else";
            case "y" -> "text in base64";
            case "b" -> "true or false, without quotes";
            case "i" -> "a whole number, without quotes";
            case "n" -> "a number";
            case "x" -> "a whole number or a name";
            case "q" -> "a quantity such as 100m, 0.5 or 256Mi";
            default -> "another value";
        };
    }

    private static void wrong(Node node, String path, String wanted, List<FieldProblem> problems) {
        String found = switch (node) {
            case Node.Scalar scalar ->
                switch (scalar.kind()) {
                    case TEXT -> "the text \"" + shortened(scalar.text()) + "\"";
                    case INTEGER, DECIMAL -> "the number " + scalar.text();
                    case BOOLEAN -> "the boolean " + scalar.text();
                    case NULL -> "nothing";
                };
            case Node.Sequence _ -> "a list";
            case Node.Mapping _ -> "a map";
        };
        problems.add(new FieldProblem(FieldProblem.Kind.WRONG_TYPE, path, node.place(), found, wanted));
    }

    private static String shortened(String text) {
        return text.length() <= 40 ? text : text.substring(0, 39) + "…";
    }

    /** The known field that was probably meant; empty when none is near. */
    private static String nearest(String name, Set<String> known) {
        if (name.length() > 64) {
            return "";
        }
        String best = "";
        int least = NEAR + 1;
        for (String each : new HashSet<>(known)) {
            int distance = each.equalsIgnoreCase(name) ? 0 : distance(name, each);
            if (distance < least || distance == least && each.compareTo(best) < 0) {
                least = distance;
                best = each;
            }
        }
        return least <= NEAR && least < name.length() / 2 ? best : "";
    }

    /** Levenshtein's distance, without regard to case. */
    private static int distance(String a, String b) {
        String left = a.toLowerCase(Locale.ROOT);
        String right = b.toLowerCase(Locale.ROOT);
        int[] row = new int[right.length() + 1];
        for (int j = 0; j <= right.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= left.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= right.length(); j++) {
                int replaced = diagonal + (left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[right.length()];
    }
}
