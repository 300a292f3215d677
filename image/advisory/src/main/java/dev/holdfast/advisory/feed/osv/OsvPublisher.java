package dev.holdfast.advisory.feed.osv;

import java.util.List;

/**
 * Who stands behind an OSV identifier. The prefix says it (the schema keeps a list); each has its own licence, and so its own source.
 *
 * @param prefix of its identifiers, up to and with the first {@code -}
 * @param source key of the source
 * @param rater who gives the severities in its records
 */
record OsvPublisher(String prefix, String source, String rater) {

    /** For prefixes that are not in the list. */
    static final OsvPublisher OTHER = new OsvPublisher("", "osv", "osv");

    static final List<OsvPublisher> ALL = List.of(
            new OsvPublisher("GHSA-", "ghsa", "ghsa"),
            new OsvPublisher("PYSEC-", "pypa", "pypa"),
            new OsvPublisher("GO-", "go-vulndb", "go"),
            new OsvPublisher("RUSTSEC-", "rustsec", "rustsec"),
            new OsvPublisher("BIT-", "bitnami", "bitnami"),
            new OsvPublisher("MAL-", "malicious-packages", "openssf"),
            new OsvPublisher("ALSA-", "almalinux", "almalinux"),
            new OsvPublisher("ALBA-", "almalinux", "almalinux"),
            new OsvPublisher("ALEA-", "almalinux", "almalinux"),
            new OsvPublisher("RLSA-", "rocky", "rocky"),
            new OsvPublisher("RXSA-", "rocky", "rocky"),
            new OsvPublisher("UBUNTU-", "ubuntu-osv", "ubuntu"),
            new OsvPublisher("USN-", "ubuntu-osv", "ubuntu"),
            new OsvPublisher("LSN-", "ubuntu-osv", "ubuntu"),
            new OsvPublisher("DEBIAN-", "debian-osv", "debian"),
            new OsvPublisher("DSA-", "debian-osv", "debian"),
            new OsvPublisher("DLA-", "debian-osv", "debian"),
            new OsvPublisher("DTSA-", "debian-osv", "debian"),
            new OsvPublisher("ALPINE-", "alpine-osv", "alpine"),
            new OsvPublisher("CGA-", "chainguard-osv", "chainguard"),
            new OsvPublisher("RHSA-", "redhat-osv", "redhat"),
            new OsvPublisher("RHBA-", "redhat-osv", "redhat"),
            new OsvPublisher("RHEA-", "redhat-osv", "redhat"),
            new OsvPublisher("SUSE-", "suse-osv", "suse"),
            new OsvPublisher("openSUSE-", "suse-osv", "suse"),
            new OsvPublisher("MGASA-", "mageia-osv", "mageia"),
            new OsvPublisher("OESA-", "openeuler-osv", "openeuler"),
            new OsvPublisher("JLSEC-", "julia", "julia"));

    static OsvPublisher of(String id) {
        for (OsvPublisher publisher : ALL) {
            if (id.startsWith(publisher.prefix)) {
                return publisher;
            }
        }
        return OTHER;
    }
}
