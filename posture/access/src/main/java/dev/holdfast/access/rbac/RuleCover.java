package dev.holdfast.access.rbac;

import dev.holdfast.core.text.GoText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Whether rules that somebody holds cover rules that they want to give away. Each wanted rule is broken into its smallest parts (one verb on
 * one resource of one group, one name, or one URL), and each part must be covered by one held rule alone. What is not covered is put together
 * again for the message: parts that differ only in their verb become one.
 */
final class RuleCover {
    /** So many parts are looked at; the server's own roles have some thousand. */
    private static final int MOST_PARTS = 200_000;

    private RuleCover() {}

    /** The parts of the wanted rules that no held rule covers, as the server words them, in its order; empty when all are covered. */
    static List<String> missing(List<Rule> held, List<Rule> wanted) {
        List<Part> uncovered = new ArrayList<>();
        int parts = 0;
        for (Rule rule : wanted) {
            for (Part part : parts(rule, MOST_PARTS - parts)) {
                parts++;
                if (!isCovered(part, held)) {
                    uncovered.add(part);
                }
            }
        }
        return described(uncovered);
    }

    /**
     * The smallest part of a rule.
     *
     * @param group empty with a URL; the core group is empty too
     * @param name the only object; empty text is a name as well, so absence is its own flag
     */
    private record Part(String verb, String group, String resource, boolean isNamed, String name, String url) {
        private Part of(String otherVerb) {
            return new Part(otherVerb, group, resource, isNamed, name, url);
        }
    }

    private static List<Part> parts(Rule rule, int most) {
        List<Part> parts = new ArrayList<>();
        for (String group : rule.apiGroups()) {
            for (String resource : rule.resources()) {
                for (String verb : rule.verbs()) {
                    if (rule.resourceNames().isEmpty()) {
                        parts.add(new Part(verb, group, resource, false, "", ""));
                    }
                    for (String name : rule.resourceNames()) {
                        parts.add(new Part(verb, group, resource, true, name, ""));
                    }
                    if (parts.size() > most) {
                        return parts;
                    }
                }
            }
        }
        for (String url : rule.nonResourceUrls()) {
            for (String verb : rule.verbs()) {
                parts.add(new Part(verb, "", "", false, "", url));
            }
        }
        return parts;
    }

    private static boolean isCovered(Part part, List<Rule> held) {
        for (Rule rule : held) {
            boolean hasVerb = rule.verbs().contains(Rule.ALL) || rule.verbs().contains(part.verb);
            if (hasVerb && (part.url.isEmpty() ? coversObject(rule, part) : coversUrl(rule, part.url))) {
                return true;
            }
        }
        return false;
    }

    private static boolean coversObject(Rule rule, Part part) {
        return (rule.apiGroups().contains(Rule.ALL) || rule.apiGroups().contains(part.group))
                && coversResource(rule, part.resource)
                && (rule.resourceNames().isEmpty()
                        || part.isNamed && rule.resourceNames().contains(part.name));
    }

    private static boolean coversResource(Rule rule, String resource) {
        int slash = resource.indexOf('/');
        return rule.resources().contains(Rule.ALL)
                || rule.resources().contains(resource)
                || slash >= 0 && rule.resources().contains("*" + resource.substring(slash));
    }

    private static boolean coversUrl(Rule rule, String url) {
        return rule.coversUrl(url);
    }

    private static List<String> described(List<Part> parts) {
        Map<Part, List<String>> verbs = new LinkedHashMap<>();
        TreeSet<String> lines = new TreeSet<>();
        for (Part part : parts) {
            if (part.url.isEmpty()) {
                List<String> known = verbs.computeIfAbsent(part.of(""), key -> new ArrayList<>());
                if (!known.contains(part.verb)) {
                    known.add(part.verb);
                }
            } else {
                lines.add("{NonResourceURLs:" + GoText.quoted(List.of(part.url)) + ", Verbs:"
                        + GoText.quoted(List.of(part.verb)) + "}");
            }
        }
        verbs.forEach((part, list) -> lines.add("{APIGroups:" + GoText.quoted(List.of(part.group)) + ", Resources:"
                + GoText.quoted(List.of(part.resource))
                + (part.isNamed ? ", ResourceNames:" + GoText.quoted(List.of(part.name)) : "")
                + ", Verbs:" + GoText.quoted(list) + "}"));
        return List.copyOf(lines);
    }
}
