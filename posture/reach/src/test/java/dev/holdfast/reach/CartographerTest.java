package dev.holdfast.reach;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.core.Gap;
import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.kube.given.GivenObjects;
import dev.holdfast.reach.ReachReport.Difference;
import dev.holdfast.reach.ReachReport.Overview;
import dev.holdfast.reach.ReachReport.Reason;
import dev.holdfast.reach.judge.Cause;
import dev.holdfast.reach.judge.Verdict;
import dev.holdfast.reach.read.NetworkReader;
import dev.holdfast.reach.space.Protocol;
import java.util.List;
import org.junit.jupiter.api.Test;

class CartographerTest {
    private static final String SHOP = """
            {apiVersion: v1, kind: Namespace, metadata: {name: shop, labels: {team: blue}}}
            ---
            {apiVersion: apps/v1, kind: Deployment, metadata: {name: web, namespace: shop},
             spec: {template: {metadata: {labels: {app: web}}, spec: {containers: [{name: c, ports: [{name: http, containerPort: 8080}]}]}}}}
            ---
            {apiVersion: apps/v1, kind: Deployment, metadata: {name: db, namespace: shop},
             spec: {template: {metadata: {labels: {app: db}}, spec: {containers: [{name: c, ports: [{name: sql, containerPort: 5432}]}]}}}}
            """;

    private static final String DB = """
            ---
            apiVersion: networking.k8s.io/v1
            kind: NetworkPolicy
            metadata: {name: db, namespace: shop}
            spec:
              podSelector: {matchLabels: {app: db}}
              ingress:
              - from: [{podSelector: {matchLabels: {app: web}}}]
                ports: [{port: sql}]
            """;

    private static Cartographer of(String... documents) {
        NetworkReader reader = new NetworkReader("default");
        GivenObjects.text("k8s.yaml", String.join("", documents), reader, Limits.DEFAULT);
        return new Cartographer(reader);
    }

    private static List<String> lines(ReachReport report) {
        return ((Overview) report.content())
                .connections().stream()
                        .map(each -> each.from() + " > " + each.to() + " " + each.by())
                        .toList();
    }

    private static final String ALL = "Connections[tcp=1-65535, udp=1-65535, sctp=1-65535]";

    @Test
    void everybodyMayTalkWithoutPolicies() {
        assertThat(lines(of(SHOP).map()))
                .containsExactly(
                        "external > shop/db[Deployment] " + ALL,
                        "external > shop/web[Deployment] " + ALL,
                        "shop/db[Deployment] > external " + ALL,
                        "shop/db[Deployment] > shop/web[Deployment] " + ALL,
                        "shop/web[Deployment] > external " + ALL,
                        "shop/web[Deployment] > shop/db[Deployment] " + ALL);
    }

    /** A policy isolates only the pods and the direction that it is about; a named port is the destination's. */
    @Test
    void aPolicyLetsThroughWhatItNames() {
        assertThat(lines(of(SHOP, DB).map()))
                .containsExactly(
                        "external > shop/web[Deployment] " + ALL,
                        "shop/db[Deployment] > external " + ALL,
                        "shop/db[Deployment] > shop/web[Deployment] " + ALL,
                        "shop/web[Deployment] > external " + ALL,
                        "shop/web[Deployment] > shop/db[Deployment] Connections[tcp=5432, udp=, sctp=]");
        assertThat(((Overview) of(SHOP, DB).map().content()).openIn()).containsExactly("shop/web[Deployment]");
    }

    @Test
    void tellsByWhichRuleAndLine() throws InputException {
        Reason reason = (Reason) of(SHOP, DB).why("web", "shop/db").content();
        assertThat(reason.verdicts()).extracting(Verdict::isAllowed).containsExactly(true, false);
        Cause allowing = reason.verdicts().getFirst().causes().getFirst();
        assertThat(allowing.policy()).isEqualTo("NetworkPolicy shop/db");
        assertThat(allowing.rule()).isEqualTo("#1");
        assertThat(allowing.origin().line()).isEqualTo(15);
        Cause denying = reason.verdicts().getLast().causes().getFirst();
        assertThat(denying.rule()).isEmpty();
        assertThat(reason.verdicts()
                        .getFirst()
                        .connections()
                        .ports(Protocol.TCP)
                        .texts())
                .containsExactly("5432");
    }

    /** Addresses of both versions; a hole in a block stays closed. */
    @Test
    void blocksAreCutWherePoliciesCutThem() throws InputException {
        String policy = """
                ---
                apiVersion: networking.k8s.io/v1
                kind: NetworkPolicy
                metadata: {name: out, namespace: shop}
                spec:
                  podSelector: {matchLabels: {app: web}}
                  policyTypes: [Egress]
                  egress:
                  - to: [{ipBlock: {cidr: 10.0.0.0/8, except: [10.1.0.0/16]}}, {ipBlock: {cidr: '2001:db8::/32'}}]
                    ports: [{port: 443}]
                """;
        Cartographer cartographer = of(SHOP, policy);
        assertThat(lines(cartographer.map()))
                .contains(
                        "shop/web[Deployment] > cidr:10.0.0.0/16,10.2.0.0/15,10.4.0.0/14,10.8.0.0/13,10.16.0.0/12,10.32.0.0/11,"
                                + "10.64.0.0/10,10.128.0.0/9,2001:db8::/32 Connections[tcp=443, udp=, sctp=]");
        assertThat(verdicts(cartographer, "web", "10.1.2.3")).containsExactly(false);
        assertThat(verdicts(cartographer, "web", "10.2.2.3")).containsExactly(true, false);
        assertThat(verdicts(cartographer, "web", "2001:db8::7")).containsExactly(true, false);
        assertThat(verdicts(cartographer, "web", "2001:db9::7")).containsExactly(false);
    }

    private static List<Boolean> verdicts(Cartographer cartographer, String from, String to) throws InputException {
        return ((Reason) cartographer.why(from, to).content())
                .verdicts().stream().map(Verdict::isAllowed).toList();
    }

    /** Whom the administrator denies no NetworkPolicy lets in, whom he passes on it decides. */
    @Test
    void theAdministratorIsAskedFirst() throws InputException {
        String deny = """
                ---
                apiVersion: policy.networking.k8s.io/v1alpha2
                kind: ClusterNetworkPolicy
                metadata: {name: no-sql}
                spec:
                  tier: Admin
                  priority: 1
                  subject: {namespaces: {}}
                  ingress:
                  - {name: keep-out, action: ACTION, from: [{namespaces: {matchLabels: {team: blue}}}], protocols: [{tcp: {destinationPort: {number: 5432}}}]}
                """;
        assertThat(verdicts(of(SHOP, DB, deny.replace("ACTION", "Deny")), "web", "db"))
                .containsOnly(false);
        assertThat(verdicts(of(SHOP, DB, deny.replace("ACTION", "Pass")), "web", "db"))
                .containsExactly(true, false);
        assertThat(verdicts(of(SHOP, DB, deny.replace("ACTION", "Accept")), "web", "db"))
                .containsExactly(true, false);
    }

    /** A peer of a later version allows nobody, and denies everybody. */
    @Test
    void whatIsNotKnownIsClosed() throws InputException {
        String policy = """
                ---
                apiVersion: policy.networking.k8s.io/v1alpha2
                kind: ClusterNetworkPolicy
                metadata: {name: later}
                spec:
                  tier: Admin
                  priority: 1
                  subject: {namespaces: {}}
                  egress:
                  - {action: ACTION, to: [{planets: [mars]}]}
                """;
        assertThat(verdicts(of(SHOP, policy.replace("ACTION", "Pass")), "web", "db"))
                .containsExactly(false);
        assertThat(verdicts(of(SHOP, policy.replace("ACTION", "Accept")), "web", "db"))
                .containsExactly(true);
    }

    @Test
    void tellsWhatAChangeOpens() {
        Difference difference = (Difference) of(SHOP, DB)
                .diff(of(SHOP, DB.replace("port: sql", "port: 5432, endPort: 5433")))
                .content();
        assertThat(difference.removed()).isEmpty();
        assertThat(difference.added())
                .singleElement()
                .satisfies(each -> assertThat(each.from() + " > " + each.to() + " " + each.by())
                        .isEqualTo("shop/web[Deployment] > shop/db[Deployment] Connections[tcp=5433, udp=, sctp=]"));
    }

    @Test
    void whatTheServerRefusesIsToldAndNotThere() {
        Cartographer cartographer = of(SHOP, DB.replace("port: sql", "port: 70000"));
        assertThat(cartographer.map().gaps())
                .singleElement()
                .satisfies(gap -> assertThat(gap.detail()).contains("port").contains("refuses"));
        assertThat(lines(cartographer.map())).hasSize(6);
    }

    @Test
    void policiesOfOthersAreToldAbout() {
        Cartographer cartographer = of(SHOP, """
                ---
                {apiVersion: cilium.io/v2, kind: CiliumNetworkPolicy, metadata: {name: a, namespace: shop}, spec: {}}
                ---
                {apiVersion: cilium.io/v2, kind: CiliumNetworkPolicy, metadata: {name: b, namespace: shop}, spec: {}}
                """);
        assertThat(cartographer.map().gaps())
                .containsExactly(new Gap(
                        Gap.Code.UNSUPPORTED,
                        "CiliumNetworkPolicy (cilium.io)",
                        "2 objects of this kind decide too, and are not read: the answer is as if there were none"));
    }

    @Test
    void aNameThatMayMeanSeveralIsAsked() {
        Cartographer cartographer = of(SHOP, "---\n" + SHOP.replace("namespace: shop}", "namespace: test}"));
        assertThatThrownBy(() -> cartographer.why("web", "shop/db"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("shop/web[Deployment] or test/web[Deployment]");
        assertThatThrownBy(() -> cartographer.why("nobody", "shop/db"))
                .hasMessageContaining("nobody: no workload is called so; there are shop/db[Deployment]");
        assertThatThrownBy(() -> cartographer.why("external", "10.0.0.1")).hasMessageContaining("has to be a workload");
    }

    /** Whatever is written, the answer is an answer or a gap. */
    @Test
    void hostileObjectsCostNobodyElseTheAnswer() {
        String hostile = """
                ---
                {apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: [], spec: {podSelector: [1], ingress: x}}
                ---
                {apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: 7}, spec: {podSelector: {}, ingress: [{from: [{ipBlock: {cidr: '::/129'}}]}]}}
                ---
                {apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: 8}, spec: {podSelector: {}, ingress: [{from: [{}], ports: [{port: 99999999999999999999}]}]}}
                ---
                {apiVersion: policy.networking.k8s.io/v1alpha2, kind: ClusterNetworkPolicy, metadata: {name: x}, spec: []}
                ---
                {apiVersion: v1, kind: Pod, metadata: {name: p, ownerReferences: 7}, status: {podIP: 999.1.1.1, podIPs: {a: b}}, spec: {containers: [{ports: [{name: 1, containerPort: -5}]}, 7]}}
                ---
                {apiVersion: v1, kind: Service, metadata: {name: s}, spec: {selector: [], ports: [{port: 1e99, targetPort: {}}]}}
                ---
                {apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: {name: i}, spec: {rules: [{http: {paths: [{backend: {service: {name: s, port: {}}}}]}}]}}
                ---
                {apiVersion: v1, kind: PodList, items: [{}, [], {metadata: {name: q}}]}
                ---
                {apiVersion: v1, kind: List}
                ---
                {apiVersion: v1, kind: List, items: [{kind: List}, {kind: List, items: [{kind: PodList, apiVersion: v1}, {items: []}]}, {kind: ListList, items: [{items: [{}]}]}]}
                """;
        ReachReport report = of(SHOP, DB, hostile).map();
        assertThat(report.gaps()).hasSizeGreaterThanOrEqualTo(4);
        assertThat(lines(report))
                .contains("shop/web[Deployment] > shop/db[Deployment] Connections[tcp=5432, udp=, sctp=]");
    }
}
