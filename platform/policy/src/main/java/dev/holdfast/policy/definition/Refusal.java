package dev.holdfast.policy.definition;

import dev.holdfast.core.text.GoText;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A policy or binding that the API server would not accept, with what it would say.
 *
 * @param kind {@code ValidatingAdmissionPolicy} or {@code ValidatingAdmissionPolicyBinding}
 * @param name of the policy or binding
 * @param causes what is wrong
 * @param place file and line, for messages
 */
public record Refusal(String kind, String name, List<Cause> causes, String place) {
    public Refusal {
        causes = List.copyOf(causes);
    }

    /**
     * One thing that is wrong.
     *
     * @param field path of the field
     * @param reason the server's code: {@code FieldValueInvalid}, {@code FieldValueRequired}, …
     * @param message what is wrong, perhaps several lines
     */
    public record Cause(String field, String reason, String message) {
        static Cause invalid(String field, String value, String why) {
            return new Cause(field, "FieldValueInvalid", "Invalid value: " + value + ": " + why);
        }

        static Cause required(String field, String why) {
            return new Cause(field, "FieldValueRequired", why.isEmpty() ? "Required value" : "Required value: " + why);
        }

        /** A value that is none of those that may stand there. */
        static Cause unsupported(String field, String value, String supported) {
            return new Cause(
                    field,
                    "FieldValueNotSupported",
                    "Unsupported value: " + GoText.quoted(value) + ": supported values: " + supported);
        }
    }

    /** The whole of it, as the server says it. */
    public String message() {
        List<String> all = causes.stream()
                .map(cause -> cause.field() + ": " + cause.message())
                .toList();
        return kind + ".admissionregistration.k8s.io \"" + name + "\" is invalid: "
                + (all.size() == 1 ? all.getFirst() : all.stream().collect(Collectors.joining(", ", "[", "]")));
    }
}
