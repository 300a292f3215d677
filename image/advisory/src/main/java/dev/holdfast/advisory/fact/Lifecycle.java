package dev.holdfast.advisory.fact;

/**
 * When a release's support ends.
 *
 * @param product os-release id of a distribution, or the name of a runtime or application as endoflife.date keys it
 * @param release as the namespace writes it: {@code 12}, {@code 22.04}, {@code 3.17}
 * @param codename empty when there is none
 * @param released day, empty when unknown
 * @param endOfSupport day on which the vendor's ordinary security support ends, empty when open
 * @param endOfExtendedSupport day on which LTS, ESM or paid support ends, empty when there is none
 */
public record Lifecycle(
        String product,
        String release,
        String codename,
        String released,
        String endOfSupport,
        String endOfExtendedSupport) {}
