package dev.holdfast.scan.explain;

import dev.holdfast.scan.exemption.Exemptions;
import dev.holdfast.scan.secret.SecretsRequest;
import java.time.LocalDate;
import java.util.Optional;

/**
 * What to explain.
 *
 * @param id a CVE or any other advisory identifier, or a kind of secret
 * @param packageName only for packages of this name (or package URL), or secrets below this path; empty: for all
 * @param secretsKey of the fingerprints of secrets, as in {@link SecretsRequest}
 * @param asOf the day the answer is for
 * @param exemptions what may set findings aside
 */
public record ExplainRequest(
        String id, Optional<String> packageName, String secretsKey, LocalDate asOf, Exemptions exemptions) {
    /** Without exemptions. */
    public ExplainRequest(String id, Optional<String> packageName, String secretsKey, LocalDate asOf) {
        this(id, packageName, secretsKey, asOf, Exemptions.NONE);
    }
}
