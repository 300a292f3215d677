package dev.holdfast.access.rbac;

import dev.holdfast.core.Gap;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The objects of a cluster that matter to who may do what. It is filled by {@link ClusterReader} and does not change afterwards. */
public final class Cluster {
    private final Map<String, Role> roles = new LinkedHashMap<>();
    private final Map<String, Binding> bindings = new LinkedHashMap<>();
    private final Map<String, Map<String, String>> namespaces = new TreeMap<>();
    private final Map<String, Set<String>> accounts = new TreeMap<>();
    private final Map<String, Set<String>> podAccounts = new TreeMap<>();
    private final Map<String, String> tokenSecrets = new TreeMap<>();
    private final List<Gap> gaps = new ArrayList<>();
    private boolean isWhole = true;

    private final Map<String, List<Held>> byUser = new HashMap<>();
    private final Map<String, List<Held>> byGroup = new HashMap<>();
    private final Aggregation aggregation = new Aggregation(this);

    /** A binding with the subject of it that is meant. */
    record Held(Binding binding, Subject subject) {}

    Cluster() {
        add(Role.CLUSTER_ADMIN);
    }

    /** Adds a role; one of the same name before it is replaced, and given back. */
    Optional<Role> add(Role role) {
        return Optional.ofNullable(roles.put(key(role.namespace(), role.name()), role));
    }

    Optional<Binding> add(Binding binding) {
        return Optional.ofNullable(bindings.put(key(binding.namespace(), binding.name()), binding));
    }

    void addNamespace(String name, Map<String, String> labels) {
        namespaces.put(name, labels);
    }

    void addAccount(String namespace, String name) {
        accounts.computeIfAbsent(namespace, key -> new TreeSet<>()).add(name);
    }

    void addPodOf(String namespace, String account) {
        podAccounts.computeIfAbsent(namespace, key -> new TreeSet<>()).add(account);
        addAccount(namespace, account);
    }

    void addTokenSecret(String namespace, String secret, String account) {
        tokenSecrets.put(key(namespace, secret), account);
        addAccount(namespace, account);
    }

    void add(Gap gap) {
        gaps.add(gap);
    }

    /** Adds a gap that may hide objects. */
    void addLoss(Gap gap) {
        gaps.add(gap);
        isWhole = false;
    }

    /** Whether everything that was given could be read; otherwise a "no" may be wrong. */
    public boolean isWhole() {
        return isWhole;
    }

    /** Makes the look-ups ready, once everything is added. */
    Cluster complete() {
        for (Binding binding : bindings.values()) {
            if (!binding.namespace().isEmpty()) {
                accounts.computeIfAbsent(binding.namespace(), key -> new TreeSet<>());
            }
            for (Subject subject : binding.subjects()) {
                index(binding, subject);
            }
        }
        for (Binding binding : bindings.values()) {
            if (role(binding).isEmpty()) {
                add(new Gap(
                        Gap.Code.UNREADABLE,
                        binding.origin().toString(),
                        binding.kind() + " \"" + binding.name() + "\" refers to " + binding.roleKind() + " \""
                                + binding.roleName()
                                + "\", which is not among the files: what it grants is not known"));
            }
        }
        return this;
    }

    private void index(Binding binding, Subject subject) {
        Held held = new Held(binding, subject);
        switch (subject.kind()) {
            case Subject.USER ->
                byUser.computeIfAbsent(subject.name(), key -> new ArrayList<>()).add(held);
            case Subject.GROUP ->
                byGroup.computeIfAbsent(subject.name(), key -> new ArrayList<>())
                        .add(held);
            case Subject.ACCOUNT -> {
                String home = subject.home(binding.namespace());
                if (!home.isEmpty()) {
                    addAccount(home, subject.name());
                    byUser.computeIfAbsent(
                                    "system:serviceaccount:" + home + ":" + subject.name(), key -> new ArrayList<>())
                            .add(held);
                }
            }
            default -> {} // the reader lets no other kind in
        }
    }

    /** The bindings that mean a requester, those of the whole cluster first, each once. */
    List<Held> held(Requester requester) {
        Map<String, Held> cluster = new LinkedHashMap<>();
        Map<String, Held> local = new LinkedHashMap<>();
        List<List<Held>> sources = new ArrayList<>();
        sources.add(byUser.getOrDefault(requester.user(), List.of()));
        for (String group : new LinkedHashSet<>(requester.groups())) {
            sources.add(byGroup.getOrDefault(group, List.of()));
        }
        for (List<Held> source : sources) {
            for (Held held : source) {
                Binding binding = held.binding();
                Map<String, Held> found = binding.namespace().isEmpty() ? cluster : local;
                found.merge(key(binding.namespace(), binding.name()), held, Cluster::earlier);
            }
        }
        List<Held> all = new ArrayList<>(cluster.values());
        all.addAll(local.values());
        return all;
    }

    /** The server names the first subject of a binding that means the requester. */
    private static Held earlier(Held one, Held other) {
        List<Subject> subjects = one.binding().subjects();
        return subjects.indexOf(one.subject()) <= subjects.indexOf(other.subject()) ? one : other;
    }

    /** The role that a binding refers to, with the rules that the server would give it. */
    public Optional<Role> role(Binding binding) {
        return role(binding.roleKind().equals("Role") ? binding.namespace() : "", binding.roleName());
    }

    /** A role by its name; the namespace is empty for a ClusterRole. */
    public Optional<Role> role(String namespace, String name) {
        return Optional.ofNullable(roles.get(key(namespace, name))).map(aggregation::resolved);
    }

    public List<Role> roles() {
        return roles.values().stream().map(aggregation::resolved).toList();
    }

    List<Role> rolesAsWritten() {
        return List.copyOf(roles.values());
    }

    public List<Binding> bindings() {
        return List.copyOf(bindings.values());
    }

    /** The labels of the Namespace objects, by name. */
    public Map<String, Map<String, String>> namespaces() {
        return Collections.unmodifiableMap(namespaces);
    }

    /** The known service accounts by namespace; every namespace that anything is said of is a key. */
    public Map<String, Set<String>> accounts() {
        return Collections.unmodifiableMap(accounts);
    }

    /** The service accounts that pods are known to run as, by namespace. */
    public Map<String, Set<String>> podAccounts() {
        return Collections.unmodifiableMap(podAccounts);
    }

    /** The service account whose token a Secret holds. */
    public Optional<String> accountOfSecret(String namespace, String secret) {
        return Optional.ofNullable(tokenSecrets.get(key(namespace, secret)));
    }

    /** The service accounts of a namespace of which some Secret holds a token. */
    public Set<String> accountsWithTokenSecrets(String namespace) {
        Set<String> found = new TreeSet<>();
        tokenSecrets.forEach((secret, account) -> {
            if (secret.startsWith(namespace + "/")) {
                found.add(account);
            }
        });
        return found;
    }

    public List<Gap> gaps() {
        return gaps.stream().sorted().distinct().toList();
    }

    private static String key(String namespace, String name) {
        return namespace + "/" + name;
    }
}
