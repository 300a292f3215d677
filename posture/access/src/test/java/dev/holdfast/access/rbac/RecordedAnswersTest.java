package dev.holdfast.access.rbac;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.Limits;
import dev.holdfast.kube.given.GivenObjects;
import dev.holdfast.manifest.kubernetes.ListItems;
import dev.holdfast.manifest.tree.Node;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Differences to a real API server 1.37.2: none are wanted. */
class RecordedAnswersTest {
    @Test
    void answersEveryQuestionAsTheServerDid() throws IOException {
        List<String> differences = new ArrayList<>();
        int questions = 0;
        for (Path scenario : Recorded.scenarios()) {
            Authorizer authorizer = new Authorizer(Recorded.cluster(scenario));
            for (Node question :
                    Recorded.json(scenario).get("questions").orElseThrow().elements()) {
                questions++;
                Requester requester = Recorded.requester(question);
                Request request = Recorded.request(question);
                Answer ours = authorizer.answer(requester, request);
                boolean isAllowed =
                        question.at("answer", "allowed").orElseThrow().isTrue();
                String reason = Recorded.text(question, "answer", "reason");
                boolean isSame = ours.isAllowed() == isAllowed
                        && (ours.reason().equals(reason) || reasons(ours).contains(reason));
                if (!isSame) {
                    differences.add(scenario.getFileName() + " " + requester + " " + request + " server: " + isAllowed
                            + " " + reason + " ours: " + ours.isAllowed() + " " + ours.reason());
                }
            }
        }
        assertThat(differences).isEmpty();
        assertThat(questions).isGreaterThan(4_000);
    }

    /** Where several bindings grant, the server names one of them. */
    private static List<String> reasons(Answer answer) {
        return answer.grants().stream()
                .map(grant -> "RBAC: allowed by " + grant.binding().described(grant.subject()))
                .toList();
    }

    @Test
    void listsTheRightsOfEverySubjectAsTheServerDid() throws IOException {
        for (Path scenario : Recorded.scenarios()) {
            Authorizer authorizer = new Authorizer(Recorded.cluster(scenario));
            for (Node review :
                    Recorded.json(scenario).get("rules_reviews").orElseThrow().elements()) {
                Requester requester = Recorded.requester(review);
                String namespace = Recorded.text(review, "namespace");
                if (!Recorded.text(review, "code").equals("201")) { // it may not even ask
                    assertThat(authorizer
                                    .answer(
                                            requester,
                                            Request.of("create", "authorization.k8s.io", "selfsubjectrulesreviews"))
                                    .isAllowed())
                            .isFalse();
                    continue;
                }
                List<String> ours = new ArrayList<>();
                authorizer.rights(requester, namespace).forEach(grant -> described(grant.rule(), ours));
                List<String> theirs = new ArrayList<>();
                for (String list : List.of("resourceRules", "nonResourceRules")) {
                    for (Node rule :
                            review.at("status", list).map(Node::elements).orElse(List.of())) {
                        theirs.add(described(
                                Recorded.texts(rule, "verbs"),
                                Recorded.texts(rule, "apiGroups"),
                                Recorded.texts(rule, "resources"),
                                Recorded.texts(rule, "resourceNames"),
                                Recorded.texts(rule, "nonResourceURLs")));
                    }
                }
                assertThat(ours)
                        .as("%s %s", scenario.getFileName(), requester)
                        .containsExactlyInAnyOrderElementsOf(theirs);
                List<Binding> missing = authorizer.missing(requester, namespace);
                assertThat(missing.isEmpty() ? "" : Authorizer.notFound(missing))
                        .isEqualTo(Recorded.text(review, "status", "evaluationError"));
            }
        }
    }

    private static void described(Rule rule, List<String> out) {
        out.add(described(
                rule.verbs(), rule.apiGroups(), rule.resources(), rule.resourceNames(), rule.nonResourceUrls()));
    }

    private static String described(
            List<String> verbs, List<String> groups, List<String> resources, List<String> names, List<String> urls) {
        return List.of(verbs, groups, resources, names, urls).toString();
    }

    @Test
    void makesAggregatedRolesOfTheSameRulesAsTheController() throws IOException {
        int roles = 0;
        for (Path scenario : Recorded.scenarios()) {
            Optional<Node> aggregated = Recorded.json(scenario).get("aggregated_roles");
            Cluster cluster = Recorded.cluster(scenario);
            for (Node wanted : aggregated.map(Node::elements).orElse(List.of())) {
                Role ours = cluster.role("", Recorded.text(wanted, "name")).orElseThrow();
                List<String> theirs = new ArrayList<>();
                wanted.get("rules")
                        .orElseThrow()
                        .elements()
                        .forEach(rule -> theirs.add(described(
                                Recorded.texts(rule, "verbs"),
                                Recorded.texts(rule, "apiGroups"),
                                Recorded.texts(rule, "resources"),
                                Recorded.texts(rule, "resourceNames"),
                                Recorded.texts(rule, "nonResourceURLs"))));
                List<String> rules = new ArrayList<>();
                ours.rules().forEach(rule -> described(rule, rules));
                assertThat(rules).as(ours.name()).containsExactlyInAnyOrderElementsOf(theirs);
                roles++;
            }
        }
        assertThat(roles).isPositive();
    }

    @Test
    void refusesEscalationInTheServersWords() throws IOException {
        List<String> differences = new ArrayList<>();
        int attempts = 0;
        for (Node attempt :
                Recorded.json(Recorded.folder().resolve("escalation.json")).elements()) {
            attempts++;
            String scenario = Recorded.text(attempt, "user").substring(1, 3);
            Path file = Recorded.scenarios().stream()
                    .filter(path -> path.getFileName().toString().startsWith(scenario))
                    .findFirst()
                    .orElseThrow();
            WriteReview.Outcome ours = attempted(attempt, Recorded.cluster(file));
            if (ours.code() != Integer.parseInt(Recorded.text(attempt, "code"))
                    || !ours.message().equals(Recorded.text(attempt, "message"))) {
                differences.add(attempt.textAt("user") + " " + attempt.textAt("what") + ": " + ours + " but "
                        + Recorded.text(attempt, "message"));
            }
        }
        assertThat(differences).isEmpty();
        assertThat(attempts).isPositive();
    }

    private static WriteReview.Outcome attempted(Node attempt, Cluster cluster) {
        ClusterReader reader = new ClusterReader("default");
        ListItems.each(attempt.get("object").orElseThrow(), object -> reader.read("attempt", object));
        Cluster written = reader.cluster();
        Requester requester = Requester.ofUser(Recorded.text(attempt, "user"));
        WriteReview review = new WriteReview(cluster);
        String kind = Recorded.text(attempt, "object", "kind").toLowerCase(Locale.ROOT);
        return kind.endsWith("binding")
                ? review.creating(written.bindings().getFirst(), requester)
                : review.creating(
                        written.rolesAsWritten().stream()
                                .filter(role -> role.origin().line() > 0)
                                .findFirst()
                                .orElseThrow(),
                        requester);
    }

    @Test
    void refusesInvalidObjectsInTheServersWords() throws IOException {
        int objects = 0;
        for (Node wrong :
                Recorded.json(Recorded.folder().resolve("invalid-objects.json")).elements()) {
            String message = Recorded.text(wrong, "message");
            String ours = wrong.get("object").isPresent()
                    ? ObjectRules.refusal(wrong.get("object").get()).orElse("")
                    : ObjectRules.refusalOfOtherRole("RoleBinding", "s01-b", "Role", "other");
            assertThat(ours).as(Recorded.text(wrong, "what")).isEqualTo(message);
            objects++;
        }
        assertThat(objects).isPositive();
    }

    @Test
    void opensStreamsWhereTheServerDid() throws IOException {
        for (Node attempt : Recorded.json(Recorded.folder().resolve("streaming-permissions.json"))
                .elements()) {
            String user = switch (Recorded.text(attempt, "subject_verbs_on_subresource")) {
                case "get" -> "viewer";
                case "create" -> "support-agent";
                case "list,watch" -> "auditor";
                default -> "oncall";
            };
            ClusterReader reader = new ClusterReader("default");
            GivenObjects.text(
                    "streams",
                    String.format(
                            Locale.ROOT,
                            """
                            {kind: Role, apiVersion: rbac.authorization.k8s.io/v1, metadata: {name: r, namespace: execs},
                             rules: [{verbs: [%s], apiGroups: [''], resources: ['pods/%s']}]}
                            ---
                            {kind: RoleBinding, apiVersion: rbac.authorization.k8s.io/v1, metadata: {name: b, namespace: execs},
                             roleRef: {kind: Role, name: r}, subjects: [{kind: User, name: %s}]}
                            """,
                            "'"
                                    + Recorded.text(attempt, "subject_verbs_on_subresource")
                                            .replace(",", "','") + "'",
                            Recorded.text(attempt, "subresource"),
                            user),
                    reader,
                    Limits.DEFAULT);
            StreamReview streams = new StreamReview(new Authorizer(reader.cluster()));
            StreamReview.Way way = StreamReview.Way.valueOf(Recorded.text(attempt, "http_method") + "_"
                    + Recorded.text(attempt, "upgrade").toUpperCase(Locale.ROOT));
            StreamReview.Outcome ours =
                    streams.opening(Requester.ofUser(user), "execs", "t", Recorded.text(attempt, "subresource"), way);
            assertThat(ours)
                    .as(attempt.toString())
                    .isEqualTo(new StreamReview.Outcome(
                            Integer.parseInt(Recorded.text(attempt, "http_status")),
                            Recorded.text(attempt, "message")));
        }
    }
}
