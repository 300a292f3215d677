package dev.holdfast.report.vex;

/** OpenVEX's justification for CycloneDX's; its own, which are CSAF's too, stay. */
final class OpenVexLabel {
    private OpenVexLabel() {}

    static String of(String label) {
        return switch (label) {
            case "code_not_present" -> "vulnerable_code_not_present";
            case "code_not_reachable" -> "vulnerable_code_not_in_execute_path";
            case "requires_configuration", "requires_dependency", "requires_environment" ->
                "vulnerable_code_cannot_be_controlled_by_adversary";
            case "protected_by_compiler",
                    "protected_at_runtime",
                    "protected_at_perimeter",
                    "protected_by_mitigating_control" -> "inline_mitigations_already_exist";
            default -> label;
        };
    }
}
