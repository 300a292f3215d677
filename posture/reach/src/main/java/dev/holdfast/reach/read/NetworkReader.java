package dev.holdfast.reach.read;

import dev.holdfast.core.Gap;
import dev.holdfast.kube.given.ObjectSink;
import dev.holdfast.manifest.kubernetes.LabelSelector;
import dev.holdfast.manifest.kubernetes.Origin;
import dev.holdfast.manifest.tree.Node;
import dev.holdfast.reach.cluster.Entrance;
import dev.holdfast.reach.cluster.Service;
import dev.holdfast.reach.judge.Network;
import dev.holdfast.reach.policy.Direction;
import dev.holdfast.reach.policy.Peer;
import dev.holdfast.reach.policy.Policy;
import dev.holdfast.reach.policy.Rule;
import dev.holdfast.reach.policy.Tier;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Reads what decides who talks to whom out of manifests; everything else is passed over. What the server would refuse is left out, as it would
 * not be there, and told; so is what decides too and is of a kind that is not read.
 */
public final class NetworkReader implements ObjectSink {
    private static final String POLICIES = "/apis/networking.k8s.io/v1/networkpolicies";

    /** Which collections of a running cluster it reads. */
    public static final List<String> COLLECTIONS = List.of(
            "/api/v1/namespaces",
            "/api/v1/nodes",
            "/api/v1/pods",
            "/api/v1/services",
            POLICIES,
            "/apis/networking.k8s.io/v1/ingresses");

    private static final Set<String> OF_CLUSTER =
            Set.of("ClusterNetworkPolicy", "AdminNetworkPolicy", "BaselineAdminNetworkPolicy");

    /** Groups of the API whose objects decide too. */
    private static final Set<String> OTHERS = Set.of(
            "crd.projectcalico.org",
            "projectcalico.org",
            "cilium.io",
            "security.istio.io",
            "networking.istio.io",
            "k8s.cni.cncf.io",
            "k8s.ovn.org",
            "gateway.networking.k8s.io");

    private final String defaultNamespace;
    private final Workloads workloads = new Workloads();
    private final KnownNodes nodes = new KnownNodes();
    private final Map<String, Map<String, String>> namespaces = new LinkedHashMap<>();
    private final List<Written> written = new ArrayList<>();
    private final List<Service> services = new ArrayList<>();
    private final List<Entrance> entrances = new ArrayList<>();
    private final Map<String, Integer> notRead = new TreeMap<>();
    private final List<Gap> gaps = new ArrayList<>();

    /** A policy, to be read when all nodes are known. */
    private record Written(String file, String kind, String namespace, Node.Mapping root) {}

    /** @param defaultNamespace where an object lies that does not say it */
    public NetworkReader(String defaultNamespace) {
        this.defaultNamespace = defaultNamespace;
    }

    @Override
    public void unread(String subject, String why) {
        gaps.add(new Gap(Gap.Code.UNREADABLE, subject, why + "; whom it may let talk is not known"));
    }

    @Override
    public void add(Gap gap) {
        gaps.add(gap);
    }

    @Override
    public void read(String file, Node.Mapping root) {
        String kind = root.textAt("kind").orElse("");
        String version = root.textAt("apiVersion").orElse("");
        String group = version.contains("/") ? version.substring(0, version.indexOf('/')) : "";
        if (OTHERS.contains(group)) {
            notRead.merge(kind + " (" + group + ")", 1, Integer::sum);
        } else {
            object(file, kind, group, root);
        }
    }

    private void object(String file, String kind, String group, Node.Mapping root) {
        String namespace = root.textAt("metadata", "namespace")
                .filter(name -> !name.isEmpty())
                .orElse(defaultNamespace);
        switch (kind) {
            case "Namespace" -> {
                String name = root.textAt("metadata", "name").orElse("");
                if (namespaces.put(name, LabelSelector.labels(root, "metadata", "labels")) != null) {
                    tellTwice("Namespace " + name, new Origin(file, root.place().line()));
                }
            }
            case "Node" -> nodes.add(root);
            case "NetworkPolicy", "ClusterNetworkPolicy", "AdminNetworkPolicy", "BaselineAdminNetworkPolicy" ->
                written.add(new Written(file, kind, namespace, root));
            case "Service" -> services.add(Entrances.service(namespace, root));
            case "Ingress" -> entrances.addAll(Entrances.ingress(file, namespace, root));
            case "Route" -> {
                if (group.equals("route.openshift.io")) {
                    entrances.addAll(Entrances.route(file, namespace, root));
                }
            }
            default -> workloads.add(file, namespace, root);
        }
    }

    /** What was read. */
    public Network network() {
        Map<String, Policy> policies = new LinkedHashMap<>();
        for (Written each : written) {
            try {
                Policy policy = OF_CLUSTER.contains(each.kind())
                        ? ClusterPolicies.read(each.file(), each.root(), nodes)
                        : NetworkPolicies.read(each.file(), each.namespace(), each.root());
                if (policies.put(policy.title(), policy) != null) {
                    tellTwice(policy.title(), policy.origin());
                }
            } catch (Refusal refused) {
                gaps.add(new Gap(
                        Gap.Code.UNREADABLE,
                        each.file() + ":" + refused.line(),
                        each.kind() + " "
                                + each.root().textAt("metadata", "name").orElse("") + ": " + refused.getMessage()
                                + "; the server refuses it, so it counts as not there"));
            }
        }
        List<Policy> ordered = new ArrayList<>(policies.values());
        ordered.sort(Comparator.comparing(Policy::tier).thenComparingInt(Policy::priority));
        tellUndefined(ordered);
        ordered.forEach(this::tellDoubts);
        return new Network(workloads.workloads(), namespaces, ordered, services, entrances);
    }

    private void tellTwice(String title, Origin again) {
        gaps.add(new Gap(Gap.Code.UNDEFINED, again.toString(), title + " is given twice; this one counts"));
    }

    /** What was not seen, or does not tell. */
    public List<Gap> gaps() {
        List<Gap> all = new ArrayList<>(gaps);
        notRead.forEach((kind, count) -> all.add(new Gap(
                Gap.Code.UNSUPPORTED,
                kind,
                count + (count == 1 ? " object of this kind decides" : " objects of this kind decide")
                        + " too, and " + (count == 1 ? "is" : "are")
                        + " not read: the answer is as if there were none")));
        return all.stream().distinct().sorted().toList();
    }

    /** Of two policies of one priority the API does not say which is asked first. */
    private void tellUndefined(List<Policy> ordered) {
        for (int i = 1; i < ordered.size(); i++) {
            Policy one = ordered.get(i - 1);
            Policy two = ordered.get(i);
            boolean isTie = one.tier() == two.tier() && one.tier() != Tier.NETWORK && one.priority() == two.priority();
            if (isTie) {
                gaps.add(new Gap(
                        Gap.Code.UNDEFINED,
                        two.origin().toString(),
                        two.title() + " and " + one.title() + " have the same priority, so which of them decides where"
                                + " both do is not defined; here it is the one that was read first"));
            }
        }
    }

    private void tellDoubts(Policy policy) {
        for (Direction direction : Direction.values()) {
            for (Rule rule : policy.rules(direction)) {
                rule.peers().forEach(peer -> tellDoubts(policy, rule, peer));
            }
        }
    }

    private void tellDoubts(Policy policy, Rule rule, Peer peer) {
        String which = policy.title() + ", rule " + rule.name() + ": ";
        switch (peer) {
            case Peer.Nobody() ->
                gaps.add(new Gap(
                        Gap.Code.UNSUPPORTED,
                        rule.origin().toString(),
                        which + "a peer by its name in the DNS is nobody here"));
            case Peer.Addresses addresses -> {
                boolean isOdd = addresses.except().stream()
                        .anyMatch(except -> !addresses.block().holds(except) || except.equals(addresses.block()));
                if (isOdd) {
                    gaps.add(new Gap(
                            Gap.Code.UNDEFINED,
                            rule.origin().toString(),
                            which + "an except that is no smaller part of its cidr is refused by the server; here it"
                                    + " takes away what it covers"));
                }
            }
            case Peer.Pods _, Peer.Nodes _, Peer.Everybody _ -> {}
        }
    }
}
