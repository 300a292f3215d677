package dev.holdfast.policy.trial;

import dev.holdfast.policy.request.Request;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Expectations of policies, written down.
 *
 * @param file the file that they stand in
 * @param policies files of policies, beside it
 * @param resources files of objects, beside it
 * @param cases what is expected
 */
public record PolicyTest(String file, List<String> policies, List<String> resources, List<Case> cases) {
    public PolicyTest {
        policies = List.copyOf(policies);
        resources = List.copyOf(resources);
        cases = List.copyOf(cases);
    }

    /** What may become of a request. */
    public enum Expectation {
        ALLOW,
        DENY,
        WARN,
        ERROR;

        public String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /**
     * One expectation.
     *
     * @param line where it stands
     * @param object the object itself; empty when {@code resource} names one
     * @param resource names one of the resources, {@code Pod shop/web}
     * @param oldObject what was there before, for an update
     * @param user who asks
     * @param groups the groups of who asks
     * @param namespaceLabels labels of the namespace
     * @param policy the one policy to ask; empty: all
     * @param message what the denial or warning must say, or a part of it
     */
    public record Case(
            String name,
            int line,
            Optional<Map<String, Object>> object,
            String resource,
            Optional<Map<String, Object>> oldObject,
            Request.Operation operation,
            String user,
            List<String> groups,
            Map<String, String> namespaceLabels,
            Expectation expect,
            String policy,
            String message) {
        public Case {
            groups = List.copyOf(groups);
            namespaceLabels = Map.copyOf(namespaceLabels);
        }
    }
}
