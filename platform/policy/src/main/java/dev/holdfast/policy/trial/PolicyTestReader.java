package dev.holdfast.policy.trial;

import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.manifest.tree.Document;
import dev.holdfast.manifest.tree.Node;
import dev.holdfast.manifest.tree.Schema;
import dev.holdfast.manifest.tree.YamlReader;
import dev.holdfast.policy.request.ObjectValues;
import dev.holdfast.policy.request.Request.Operation;
import dev.holdfast.policy.trial.PolicyTest.Case;
import dev.holdfast.policy.trial.PolicyTest.Expectation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Reads expectations of policies.
 *
 * <pre>
 * apiVersion: holdfast.dev/v1
 * kind: PolicyTest
 * policies: [no-latest.yaml]        # files beside this one
 * resources: [pods.yaml]            # may be left out
 * cases:
 *   - name: a moving tag is refused
 *     object: {apiVersion: v1, kind: Pod, metadata: {name: web}, spec: {containers: [{name: app, image: nginx}]}}
 *     resource: Pod shop/web        # instead of object: one of the resources
 *     operation: CREATE             # or UPDATE, DELETE; CREATE unless said otherwise
 *     oldObject: {}                 # for UPDATE and DELETE
 *     user: alice
 *     groups: [developers]
 *     namespaceLabels: {team: shop}
 *     policy: no-latest             # ask only this one
 *     expect: deny                  # allow, deny, warn or error
 *     message: moving tag           # part of what is said
 * </pre>
 *
 * An unknown key is an error: an expectation that is misspelled expects nothing.
 */
public final class PolicyTestReader {
    private static final String KIND = "PolicyTest";
    private static final List<String> KEYS =
            List.of("apiVersion", "kind", "metadata", "policies", "resources", "cases");
    private static final List<String> CASE_KEYS = List.of(
            "name",
            "object",
            "resource",
            "operation",
            "oldObject",
            "user",
            "groups",
            "namespaceLabels",
            "policy",
            "expect",
            "message");

    private final String file;

    private PolicyTestReader(String file) {
        this.file = file;
    }

    /** The expectations of a file; none when it holds something else. */
    public static List<PolicyTest> read(String text, String file, Limits limits) throws InputException {
        List<PolicyTest> tests = new ArrayList<>();
        for (Document document : new YamlReader(Schema.KUBERNETES, limits).read(text)) {
            if (document instanceof Document.Read read
                    && read.root().textAt("kind").orElse("").equals(KIND)) {
                tests.add(new PolicyTestReader(file).test(read.root()));
            }
        }
        return tests;
    }

    private InputException wrong(Node at, String what) {
        return new InputException(
                InputException.Code.MALFORMED,
                file + ":" + at.place().line() + ":" + at.place().column() + ": " + what);
    }

    private void requireKeys(Node node, List<String> known) throws InputException {
        for (Node.Entry entry : node.entries()) {
            if (!known.contains(entry.key().text())) {
                throw wrong(
                        entry.key(), "no key \"" + entry.key().text() + "\"; there are " + String.join(", ", known));
            }
        }
    }

    private static List<String> texts(Node node, String key) {
        List<String> texts = new ArrayList<>();
        for (Node element : node.get(key).map(Node::elements).orElse(List.of())) {
            element.textAt().ifPresent(texts::add);
        }
        return texts;
    }

    private PolicyTest test(Node root) throws InputException {
        requireKeys(root, KEYS);
        List<Case> cases = new ArrayList<>();
        for (Node node : root.get("cases").map(Node::elements).orElse(List.of())) {
            cases.add(read(node));
        }
        if (cases.isEmpty()) {
            throw wrong(root, "no cases; a test without an expectation proves nothing");
        }
        return new PolicyTest(file, texts(root, "policies"), texts(root, "resources"), cases);
    }

    private Case read(Node node) throws InputException {
        requireKeys(node, CASE_KEYS);
        Optional<Map<String, Object>> object = node.get("object").flatMap(ObjectValues::object);
        String resource = node.textAt("resource").orElse("");
        Optional<Map<String, Object>> oldObject = node.get("oldObject").flatMap(ObjectValues::object);
        Operation operation = operation(node);
        if (object.isEmpty() && resource.isEmpty() && oldObject.isEmpty()) {
            throw wrong(node, "a case needs an object, or a resource that names one");
        }
        Map<String, String> labels = new LinkedHashMap<>();
        for (Node.Entry entry : node.get("namespaceLabels").map(Node::entries).orElse(List.of())) {
            labels.put(entry.key().text(), entry.value().textAt().orElse(""));
        }
        return new Case(
                node.textAt("name").orElse("case of line " + node.place().line()),
                node.place().line(),
                object,
                resource,
                oldObject,
                operation,
                node.textAt("user").orElse(""),
                texts(node, "groups"),
                labels,
                expectation(node),
                node.textAt("policy").orElse(""),
                node.textAt("message").orElse(""));
    }

    private Operation operation(Node node) throws InputException {
        String word = node.textAt("operation").orElse("CREATE").toUpperCase(Locale.ROOT);
        for (Operation operation : Operation.values()) {
            if (operation.name().equals(word)) {
                return operation;
            }
        }
        throw wrong(node.get("operation").orElse(node), "no operation " + word + "; CREATE, UPDATE and DELETE are");
    }

    private Expectation expectation(Node node) throws InputException {
        String word = node.textAt("expect").orElse("");
        for (Expectation expectation : Expectation.values()) {
            if (expectation.word().equals(word)) {
                return expectation;
            }
        }
        throw wrong(
                node.get("expect").orElse(node),
                word.isEmpty()
                        ? "a case without 'expect'; allow, deny, warn and error are"
                        : "no expectation \"" + word + "\"; allow, deny, warn and error are");
    }
}
