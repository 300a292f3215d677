package dev.holdfast.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.core.Gaps;
import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.manifest.SourceFile;
import dev.holdfast.policy.PolicyReport.Verdict;
import dev.holdfast.policy.definition.PolicyReader;
import dev.holdfast.policy.definition.PolicySet;
import dev.holdfast.policy.request.Resource;
import dev.holdfast.policy.request.ResourceFiles;
import dev.holdfast.policy.trial.PolicyTest;
import dev.holdfast.policy.trial.PolicyTestReader;
import dev.holdfast.policy.trial.PolicyTester;
import dev.holdfast.policy.trial.PolicyTester.TestResult;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PolicyJudgeTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 26);
    private static final String NO_LATEST = """
            apiVersion: admissionregistration.k8s.io/v1
            kind: ValidatingAdmissionPolicy
            metadata: {name: no-latest}
            spec:
              matchConstraints:
                resourceRules:
                  - {apiGroups: [""], apiVersions: [v1], operations: [CREATE, UPDATE], resources: [pods]}
              validations:
                - expression: object.spec.containers.all(c, c.image.contains(':'))
                  message: an image without a tag
            """;
    private static final String DEPLOYMENT = """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: web, namespace: shop}
            spec:
              template:
                spec: {containers: [{name: app, image: nginx}]}
            """;

    private static PolicySet policies(String text) throws InputException {
        return PolicyReader.read(text, "policies.yaml", Limits.DEFAULT);
    }

    private static List<Resource> resources(String text) {
        return new ResourceFiles(Limits.DEFAULT, new Gaps())
                .read(new SourceFile("deploy/web.yaml", text, true))
                .resources();
    }

    private static Exemption exemption(String target, String expires) {
        return new Exemption(
                List.of("no-latest"),
                "",
                target,
                "moves next week",
                "shop team",
                Optional.of(LocalDate.parse(expires)),
                "ignore.yaml:1");
    }

    private static PolicyReport judge(String policies, String resources, Exemption... exemptions)
            throws InputException {
        return new PolicyJudge(policies(policies), List.of(exemptions), TODAY).judge(resources(resources), new Gaps());
    }

    private static String definition(String strategy) {
        return """
                apiVersion: apiextensions.k8s.io/v1
                kind: CustomResourceDefinition
                metadata: {name: widgets.shop.example}
                spec:
                  group: shop.example
                  names: {plural: widgets, singular: widget, kind: Widget}
                  conversion: {strategy: STRATEGY}
                  versions:
                    - {name: v1, served: true, storage: true}
                    - {name: v2, served: true, storage: false}
                    - {name: v0, served: false, storage: false}
                ---
                """.replace("STRATEGY", strategy);
    }

    private static String about(String group, String version, String resource, String matchPolicy, String validation) {
        return "apiVersion: admissionregistration.k8s.io/v1\nkind: ValidatingAdmissionPolicy\nmetadata: {name: p}\nspec:\n"
                + "  matchConstraints:\n    matchPolicy: " + matchPolicy
                + "\n    resourceRules:\n      - {apiGroups: [\"" + group
                + "\"], apiVersions: [" + version + "], operations: [CREATE], resources: [" + resource + "]}\n"
                + "  validations:\n    - expression: \"" + validation + "\"\n";
    }

    private static final String WIDGET =
            "apiVersion: shop.example/v2\nkind: Widget\nmetadata: {name: w, namespace: shop}\n";

    @Test
    void ruleAboutOneVersionMeetsTheOthersConverted() throws Exception {
        String sees = "object.apiVersion == 'shop.example/v1' && request.kind.version == 'v1'"
                + " && request.resource.version == 'v1' && request.requestKind.version == 'v2'"
                + " && request.requestResource.version == 'v2'";

        PolicyReport report =
                judge(definition("None") + about("shop.example", "v1", "widgets", "Equivalent", sees), WIDGET);
        assertThat(report.judged()).hasSize(1);
        assertThat(report.verdict()).isEqualTo(Verdict.PASS);
        assertThat(judge(
                                about("shop.example", "v1", "widgets", "Equivalent", "'false' == ''"),
                                definition("None") + WIDGET)
                        .verdict())
                .as("the definition may stand among the objects")
                .isEqualTo(Verdict.FAIL);
    }

    @Test
    void ruleThatNamesTheVersionComesFirst() throws Exception {
        PolicyReport report = judge(
                definition("None")
                        + about(
                                "shop.example",
                                "v1, v2",
                                "widgets",
                                "Equivalent",
                                "object.apiVersion == 'shop.example/v2'"),
                WIDGET);
        assertThat(report.verdict()).isEqualTo(Verdict.PASS);
        assertThat(report.judged()).hasSize(1);
    }

    @Test
    void exactRuleDoesNotMeetOtherVersions() throws Exception {
        assertThat(judge(definition("None") + about("shop.example", "v1", "widgets", "Exact", "'a' == 'b'"), WIDGET)
                        .idle())
                .containsExactly("p");
        assertThat(judge(
                                definition("None") + about("shop.example", "v0", "widgets", "Equivalent", "'a' == 'b'"),
                                WIDGET)
                        .idle())
                .as("a version that is not served")
                .containsExactly("p");
    }

    @Test
    void whatIsExcludedUnderOneNameIsExcludedUnderAll() throws Exception {
        String excluded = about("shop.example", "v1", "widgets", "Equivalent", "'a' == 'b'")
                .replace(
                        "    resourceRules:",
                        "    excludeResourceRules:\n      - {apiGroups: [shop.example], apiVersions: [v2], operations: [CREATE],"
                                + " resources: [widgets]}\n    resourceRules:");

        assertThat(judge(definition("None") + excluded, WIDGET).idle()).containsExactly("p");
        assertThat(judge(definition("None") + excluded, WIDGET.replace("/v2", "/v1"))
                        .idle())
                .containsExactly("p");
    }

    @Test
    void whatOnlyTheServerCanConvertHasNoAnswer() throws Exception {
        PolicyReport report = judge(
                about("autoscaling", "v2", "horizontalpodautoscalers", "Equivalent", "object.spec.maxReplicas < 10"),
                "apiVersion: autoscaling/v1\nkind: HorizontalPodAutoscaler\nmetadata: {name: h}\nspec: {maxReplicas: 3}\n");
        assertThat(report.verdict()).isEqualTo(Verdict.COULD_NOT_TELL);
        assertThat(report.judged().getFirst().ruling().message())
                .isEqualTo(
                        "the policy is about autoscaling/v2 HorizontalPodAutoscaler, into which the API server would convert"
                                + " this autoscaling/v1 HorizontalPodAutoscaler; that cannot be done here: write the object in that"
                                + " version");
        assertThat(judge(
                                definition("Webhook")
                                        + about("shop.example", "v1", "widgets", "Equivalent", "true == true"),
                                WIDGET)
                        .verdict())
                .isEqualTo(Verdict.COULD_NOT_TELL);
    }

    @Test
    void refusesAMatchPolicyThatThereIsNot() throws Exception {
        assertThat(policies(about("apps", "v1", "deployments", "Similar", "true == true"))
                        .refusals()
                        .getFirst()
                        .message())
                .isEqualTo("ValidatingAdmissionPolicy.admissionregistration.k8s.io \"p\" is invalid:"
                        + " spec.matchConstraints.matchPolicy: Unsupported value: \"Similar\": supported values:"
                        + " \"Equivalent\", \"Exact\"");
    }

    @Test
    void asksPoliciesOfPodsAboutTheirWorkload() throws Exception {
        PolicyReport report = judge(NO_LATEST, DEPLOYMENT);
        assertThat(report.verdict()).isEqualTo(Verdict.FAIL);
        assertThat(report.judged()).hasSize(1);
        assertThat(report.judged().getFirst().subject()).isEqualTo("the pod of Deployment shop/web");
        assertThat(report.judged().getFirst().ruling().denial())
                .isEqualTo("ValidatingAdmissionPolicy 'no-latest' with binding 'no-latest' denied request: an image"
                        + " without a tag");
    }

    @Test
    void setsAsideWhatAnExceptionCovers() throws Exception {
        PolicyReport report = judge(NO_LATEST, DEPLOYMENT, exemption("shop/*", "2026-11-26"));
        assertThat(report.verdict()).isEqualTo(Verdict.PASS);
        assertThat(report.judged().getFirst().exemption()).isPresent();
    }

    @Test
    void tellsExceptionsThatExpiredOrMeetNothing() throws Exception {
        PolicyReport report =
                judge(NO_LATEST, DEPLOYMENT, exemption("shop/*", "2026-11-25"), exemption("other/*", "2027-01-01"));
        assertThat(report.verdict()).isEqualTo(Verdict.FAIL);
        assertThat(report.expired()).hasSize(1);
        assertThat(report.unmatched()).hasSize(1);
    }

    @Test
    void aQuestionWithoutAnAnswerIsNoPass() throws Exception {
        String fault = NO_LATEST.replace("c.image.contains(':')", "c.command.size() > 0");
        PolicyReport report = judge(fault, DEPLOYMENT);
        assertThat(report.verdict()).isEqualTo(Verdict.COULD_NOT_TELL);
        assertThat(report.unanswered()).isEqualTo(1);
        assertThat(report.judged().getFirst().ruling().message()).endsWith("no such key: command");
    }

    @Test
    void theAuthorizerCannotBeAskedWithoutACluster() throws Exception {
        String asks = NO_LATEST.replace(
                "object.spec.containers.all(c, c.image.contains(':'))",
                "authorizer.group('').resource('pods').check('get').allowed()");
        assertThat(judge(asks, DEPLOYMENT).judged().getFirst().ruling().message())
                .contains("the authorizer cannot be asked here");
    }

    @Test
    void aNamespaceWhoseLabelsDecideMustBeKnown() throws Exception {
        String selecting = NO_LATEST.replace(
                "  matchConstraints:\n", "  matchConstraints:\n    namespaceSelector: {matchLabels: {team: shop}}\n");
        assertThat(judge(selecting, DEPLOYMENT).gaps()).hasSize(1);
        String known =
                DEPLOYMENT + "---\napiVersion: v1\nkind: Namespace\nmetadata: {name: shop, labels: {team: shop}}\n";
        assertThat(judge(selecting, known).verdict()).isEqualTo(Verdict.FAIL);
    }

    @Test
    void refusesABindingThatBothDeniesAndWarns() throws Exception {
        PolicySet set = policies("""
                apiVersion: admissionregistration.k8s.io/v1
                kind: ValidatingAdmissionPolicyBinding
                metadata: {name: b}
                spec: {policyName: p, validationActions: [Deny, Warn]}
                """);
        assertThat(set.refusals()).hasSize(1);
        assertThat(set.refusals().getFirst().message())
                .startsWith("ValidatingAdmissionPolicyBinding.admissionregistration.k8s.io \"b\" is invalid:"
                        + " spec.validationActions: Invalid value: [\"Deny\",\"Warn\"]: must not contain both");
    }

    private static final String TEST = """
            apiVersion: holdfast.dev/v1
            kind: PolicyTest
            cases:
              - name: without a tag
                resource: Deployment shop/web
                expect: allow
              - object: {apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: b}]}}
                expect: deny
                message: without a tag
            """;

    @Test
    void comparesWithWhatATestExpects() throws Exception {
        PolicyTest test =
                PolicyTestReader.read(TEST, "test.yaml", Limits.DEFAULT).getFirst();
        TestResult result = new PolicyTester(policies(NO_LATEST), resources(DEPLOYMENT)).test(test);
        assertThat(result.failures()).isZero();
        assertThat(result.untested()).isEmpty();
    }

    @Test
    void tellsValidationsThatNoCaseSawRefuseAnything() throws Exception {
        String only = TEST.substring(0, TEST.indexOf("  - object"));
        PolicyTest test =
                PolicyTestReader.read(only, "test.yaml", Limits.DEFAULT).getFirst();
        TestResult result = new PolicyTester(policies(NO_LATEST), resources(DEPLOYMENT)).test(test);
        assertThat(result.untested()).containsExactly("no-latest: spec.validations[0]");
    }

    @Test
    void aMisspelledExpectationIsAnError() {
        assertThatThrownBy(() -> PolicyTestReader.read(TEST.replace("message:", "mesage:"), "t.yaml", Limits.DEFAULT))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith("t.yaml:9:5: no key \"mesage\"");
    }
}
