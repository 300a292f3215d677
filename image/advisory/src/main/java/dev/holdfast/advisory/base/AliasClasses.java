package dev.holdfast.advisory.base;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Which identifiers name the same flaw.
 *
 * <p>Records say of an identifier which others are its aliases; aliases of aliases are the same flaw too, so classes are the connected
 * parts of that graph. Taken blindly this joins strangers: an advisory may cover two CVEs and call both its aliases, and a CVE is by
 * definition one flaw. So no class holds two CVEs:
 *
 * <ol>
 *   <li>An identifier that records give two or more CVEs as aliases is <em>plural</em>. It joins no class and is only <em>linked</em> to
 *       each: asked about either CVE it is shown, but the CVEs stay two findings.
 *   <li>A CVE that every record about it withdrew does not count, since a duplicate is rejected in favour of the right one; it is linked.
 *   <li>Every other identifier with a CVE joins that CVE's class. Then what is left of the graph is joined in the order of the
 *       identifiers, and an edge that would bring a second CVE into a class becomes a link.
 *   <li>Some publishers number every package's share of a flaw anew: hundreds of {@code CGA-…} are one CVE. Such a <em>local</em>
 *       identifier joins no class and is no alias of the CVE, but the CVE's class are its aliases, and its statements are found under them.
 * </ol>
 *
 * Identifiers are given by their places in the sorted table, so the result depends on the facts alone.
 */
final class AliasClasses {
    private static final List<String> LOCAL_PREFIXES =
            List.of("CGA-", "BIT-", "UBUNTU-CVE-", "DEBIAN-CVE-", "ALPINE-CVE-");

    private final boolean[] isCve;
    private final boolean[] isWithdrawn;
    private final List<int[]> edges;
    private final int[] parent;

    /** By root of a class: its CVE, or -1. */
    private final int[] cveOf;

    private final Ints[] links;

    /**
     * @param isCve by identifier
     * @param isWithdrawn by identifier: whether every record about it took it back
     * @param edges pairs of an identifier and its alias, neither of them local
     */
    AliasClasses(boolean[] isCve, boolean[] isWithdrawn, List<int[]> edges) {
        this.isCve = isCve;
        this.isWithdrawn = isWithdrawn;
        this.edges = ordered(edges);
        this.parent = new int[isCve.length];
        this.cveOf = new int[isCve.length];
        this.links = new Ints[isCve.length];
        for (int id = 0; id < isCve.length; id++) {
            parent[id] = id;
            cveOf[id] = countsAsCve(id) ? id : -1;
        }
        join();
    }

    /** Whether a publisher gives such identifiers to one package's share of a flaw. */
    static boolean isLocal(String id) {
        for (String prefix : LOCAL_PREFIXES) {
            if (id.startsWith(prefix)) {
                return true;
            }
        }
        return false;
    }

    /** The classes of two or more, each ascending, in the order of their first members. */
    List<int[]> classes() {
        Ints[] members = new Ints[parent.length];
        List<Ints> found = new ArrayList<>();
        for (int id = 0; id < parent.length; id++) {
            int root = root(id);
            Ints its = members[root];
            if (its == null) {
                its = new Ints();
                members[root] = its;
                found.add(its);
            }
            its.add(id);
        }
        List<int[]> classes = new ArrayList<>();
        for (Ints its : found) {
            if (its.size() > 1) {
                classes.add(its.toArray());
            }
        }
        return classes;
    }

    /** The identifiers that share a flaw with this one without being the same. */
    int[] links(int id) {
        Ints its = links[id];
        return its == null ? new int[0] : its.toSortedSet();
    }

    private void join() {
        boolean[] isPlural = plural();
        for (int[] edge : edges) {
            boolean outside = isPlural[edge[0]] || isPlural[edge[1]];
            if (!outside && countsAsCve(edge[0]) != countsAsCve(edge[1])) {
                joinOrLink(edge[0], edge[1]);
            }
        }
        for (int[] edge : edges) {
            boolean rejected = isRejectedCve(edge[0]) || isRejectedCve(edge[1]);
            if (rejected || isPlural[edge[0]] || isPlural[edge[1]]) {
                link(edge[0], edge[1]);
            } else {
                joinOrLink(edge[0], edge[1]);
            }
        }
    }

    private boolean[] plural() {
        boolean[] isPlural = new boolean[parent.length];
        int[] first = new int[parent.length];
        Arrays.fill(first, -1);
        for (int[] edge : edges) {
            countCve(edge[0], edge[1], first, isPlural);
            countCve(edge[1], edge[0], first, isPlural);
        }
        return isPlural;
    }

    private void countCve(int id, int cve, int[] first, boolean[] isPlural) {
        if (isCve[id] || !countsAsCve(cve)) {
            return;
        }
        if (first[id] >= 0 && first[id] != cve) {
            isPlural[id] = true;
        }
        first[id] = cve;
    }

    private boolean countsAsCve(int id) {
        return isCve[id] && !isWithdrawn[id];
    }

    private boolean isRejectedCve(int id) {
        return isCve[id] && isWithdrawn[id];
    }

    private void joinOrLink(int one, int other) {
        int a = root(one);
        int b = root(other);
        if (a == b) {
            return;
        }
        if (cveOf[a] >= 0 && cveOf[b] >= 0) {
            link(one, other);
            return;
        }
        int root = Math.min(a, b);
        cveOf[root] = Math.max(cveOf[a], cveOf[b]);
        parent[Math.max(a, b)] = root;
    }

    private void link(int one, int other) {
        linksOf(one).add(other);
        linksOf(other).add(one);
    }

    private Ints linksOf(int id) {
        Ints its = links[id];
        if (its == null) {
            its = new Ints();
            links[id] = its;
        }
        return its;
    }

    private int root(int id) {
        int root = id;
        while (parent[root] != root) {
            parent[root] = parent[parent[root]];
            root = parent[root];
        }
        return root;
    }

    /** Lower identifier first, sorted, without loops to itself. */
    private static List<int[]> ordered(List<int[]> edges) {
        List<int[]> sorted = new ArrayList<>(edges.size());
        for (int[] edge : edges) {
            if (edge[0] != edge[1]) {
                sorted.add(new int[] {Math.min(edge[0], edge[1]), Math.max(edge[0], edge[1])});
            }
        }
        sorted.sort((a, b) -> a[0] != b[0] ? Integer.compare(a[0], b[0]) : Integer.compare(a[1], b[1]));
        return sorted;
    }
}
