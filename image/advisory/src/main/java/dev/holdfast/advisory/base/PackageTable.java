package dev.holdfast.advisory.base;

import dev.holdfast.advisory.KnownStatement;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds the group of a package, and reads the statements in groups. */
final class PackageTable {
    private static final int NAMESPACE_BYTES = 8;

    private final NameTable texts;
    private final Section namespaces;
    private final Section names;
    private final Section groups;
    private final Section starts;
    private final Section index;

    /** Made on first use and then only read: a race makes it twice, alike. */
    private volatile Map<String, Integer> namespaceNumbers = Map.of();

    PackageTable(NameTable texts, Section namespaces, Section names, Section groups, Section starts, Section index) {
        this.texts = texts;
        this.namespaces = namespaces;
        this.names = names;
        this.groups = groups;
        this.starts = starts;
        this.index = index;
    }

    int groupCount() {
        return groups.count();
    }

    int namespaceCount() {
        return namespaces.count();
    }

    String namespaceName(int number) {
        if (number >= namespaces.count()) {
            throw groups.corrupt("namespace " + number + " of " + namespaces.count());
        }
        return texts.get(namespaces.u31((long) number * NAMESPACE_BYTES));
    }

    /** Whether some statement about the namespace tells of a flaw that is not fixed. */
    boolean tellsUnfixed(String namespace) {
        int number = namespace(namespace);
        return number >= 0 && (namespaces.u31((long) number * NAMESPACE_BYTES + 4) & 1) != 0;
    }

    /** The number of a namespace, or -1. */
    int namespace(String name) {
        Map<String, Integer> numbers = namespaceNumbers;
        if (numbers.isEmpty() && namespaces.count() > 0) {
            numbers = new HashMap<>();
            for (int i = 0; i < namespaces.count(); i++) {
                numbers.put(namespaceName(i), i);
            }
            namespaceNumbers = numbers;
        }
        Integer number = numbers.get(name);
        return number == null ? -1 : number;
    }

    /** The group of a package, or -1. */
    int find(String namespaceName, String packageName) {
        int namespace = namespace(namespaceName);
        if (namespace < 0 || index.count() == 0) {
            return -1;
        }
        int hash = Layout.hash(namespace, packageName);
        int bits = index.u31(0);
        if (bits < 1 || bits > 30) {
            throw index.corrupt(bits + " bucket bits");
        }
        int bucket = hash >>> (32 - bits);
        long entries = 4 + 4 * ((1L << bits) + 1);
        int end = index.u31(4 + (bucket + 1) * 4L);
        for (int entry = index.u31(4 + bucket * 4L); entry < end; entry++) {
            long at = entries + entry * 8L;
            if (index.bits32(at) == hash) {
                int group = index.u31(at + 4);
                if (is(group, namespace, packageName)) {
                    return group;
                }
            }
        }
        return -1;
    }

    private boolean is(int group, int namespace, String packageName) {
        Cursor cursor = group(group);
        if (cursor.v() != namespace) {
            return false;
        }
        Cursor name = names.at(cursor.v());
        int length = name.v();
        return names.compare(name.position(), length, packageName.getBytes(StandardCharsets.UTF_8)) == 0;
    }

    private String name(int offset) {
        Cursor cursor = names.at(offset);
        return new String(cursor.bytes(cursor.count(1)), StandardCharsets.UTF_8);
    }

    private Cursor group(int number) {
        if (number >= groups.count()) {
            throw groups.corrupt("group " + number + " of " + groups.count());
        }
        return groups.at(starts.u31(number * 4L));
    }

    /** The statements of a group, in their order. */
    List<KnownStatement> statements(int group, CompiledBase base) {
        GroupReader reader = new GroupReader(group, base.ids.count());
        return statements(reader, namespaceName(reader.namespace), name(reader.packageName), base);
    }

    /** The statements about a package, in their order. */
    List<KnownStatement> about(String namespace, String packageName, CompiledBase base) {
        int group = find(namespace, packageName);
        return group < 0
                ? List.of()
                : statements(new GroupReader(group, base.ids.count()), namespace, packageName, base);
    }

    private List<KnownStatement> statements(
            GroupReader reader, String namespace, String packageName, CompiledBase base) {
        List<KnownStatement> statements = new ArrayList<>(reader.left);
        while (reader.next()) {
            statements.add(new CompiledStatement(base, namespace, packageName, reader.id, reader.body));
        }
        return statements;
    }

    /** Takes a statement: identifier and body. */
    @FunctionalInterface
    interface Visitor {
        void statement(int id, int body);
    }

    /** Goes through the statements of a group, and checks on the way that its package leads to it. */
    String verify(int group, int idLimit, Visitor visitor) {
        GroupReader reader = new GroupReader(group, idLimit);
        String namespace = namespaceName(reader.namespace);
        String packageName = name(reader.packageName);
        if (find(namespace, packageName) != group) {
            throw groups.corrupt(packageName + " of " + namespace + " is not found by its name");
        }
        while (reader.next()) {
            visitor.statement(reader.id, reader.body);
        }
        return namespace;
    }

    /** Every statement under one of these identifiers, given ascending, by namespace, package and advisory. */
    List<KnownStatement> statementsUnder(int[] ids, CompiledBase base) {
        Ints groupNumbers = new Ints();
        for (int id : ids) {
            for (int group : base.identifiers.groups(id, groups.count())) {
                groupNumbers.add(group);
            }
        }
        List<KnownStatement> found = new ArrayList<>();
        for (int group : groupNumbers.toSortedSet()) {
            for (KnownStatement statement : statements(group, base)) {
                if (java.util.Arrays.binarySearch(ids, ((CompiledStatement) statement).id()) >= 0) {
                    found.add(statement);
                }
            }
        }
        return found;
    }

    /** Goes through the statements of one group. */
    private final class GroupReader {
        private final Cursor cursor;
        private final int idLimit;
        private final int namespace;
        private final int packageName;
        private int left;
        private int id;
        private int body;

        GroupReader(int group, int idLimit) {
            this.cursor = group(group);
            this.idLimit = idLimit;
            this.namespace = cursor.v();
            this.packageName = cursor.v();
            this.left = cursor.count(2);
        }

        boolean next() {
            if (left == 0) {
                return false;
            }
            left--;
            id = cursor.addWithin(id, cursor.v(), idLimit);
            body = cursor.v();
            return true;
        }
    }
}
