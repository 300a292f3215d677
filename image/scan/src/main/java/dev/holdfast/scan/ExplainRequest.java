package dev.holdfast.scan;

import java.time.LocalDate;
import java.util.Optional;

/**
 * What to explain.
 *
 * @param id a CVE or any other advisory identifier
 * @param packageName only for packages of this name (or package URL); empty: for all
 * @param asOf the day the answer is for
 */
public record ExplainRequest(String id, Optional<String> packageName, LocalDate asOf) {}
