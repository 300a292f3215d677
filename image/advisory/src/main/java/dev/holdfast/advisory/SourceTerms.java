package dev.holdfast.advisory;

import java.util.Optional;

/**
 * The terms under which each source's facts stand in a base, and how long they are of use.
 *
 * @param licence SPDX expression, or a few words where the publisher uses none
 * @param attribution who to credit
 * @param use what they are used for
 */
public record SourceTerms(String licence, String attribution, Use use) {

    /** What a source is used for decides when it is too old for that. */
    public enum Use {
        /** Advisories of a distribution or language that is published every day. */
        ADVISORIES(14),
        /** Exploit predictions, computed anew every day. */
        SCORES(7),
        /** The list of what is exploited, extended several times a week. */
        EXPLOITED(14),
        /** Suppliers' statements about their own products. */
        STATEMENTS(90),
        /** Support dates, announced years ahead. */
        LIFECYCLE(365),
        /** A collection that nobody continues: it adds to the others, and is not expected to be new. */
        ARCHIVE(0);

        private final int maxAgeDays;

        Use(int maxAgeDays) {
            this.maxAgeDays = maxAgeDays;
        }

        /** After how many days it is too old for its use; empty where age does not matter. */
        public Optional<Integer> maxAgeDays() {
            return maxAgeDays == 0 ? Optional.empty() : Optional.of(maxAgeDays);
        }
    }

    private static final SourceTerms UNKNOWN = new SourceTerms("unknown", "", Use.ADVISORIES);

    /** The terms of a source, by its name. */
    public static SourceTerms of(String source) {
        return switch (source) {
            case "almalinux", "almalinux-errata", "almalinux-updateinfo" ->
                advisories("MIT", "AlmaLinux OS Foundation, AlmaLinux/osv-database");
            case "alpine-osv", "alpine-secdb", "alpine-tracker" ->
                advisories("facts; none stated", "Alpine Linux, alpine-secdb and aports");
            case "amazon-alas" -> advisories("facts; none stated", "Amazon Linux Security Center");
            case "arch" -> advisories("facts; none stated", "Arch Linux Security Team");
            case "azurelinux-oval" -> advisories("MIT", "Microsoft, AzureLinuxVulnerabilityData");
            case "bitnami" -> advisories("Apache-2.0", "Broadcom, bitnami/vulndb");
            case "bottlerocket" -> advisories("Apache-2.0 OR MIT", "Amazon, Bottlerocket");
            case "chainguard-osv", "chainguard-secdb", "wolfi-secdb" ->
                advisories("the publisher's own; clear it before redistribution", "Chainguard");
            case "csaf", "osv", "oval", "updateinfo" -> advisories("the publisher's own", "the publisher of each file");
            case "debian-changelogs" -> advisories("facts only", "Debian maintainers, package changelogs");
            case "debian-osv", "debian-tracker" -> advisories("facts; none stated", "Debian security tracker");
            case "debian-security-support" ->
                new SourceTerms("facts; the lists are GPL-2.0", "Debian, debian-security-support", Use.LIFECYCLE);
            case "distro-info" -> new SourceTerms("ISC", "Debian and Ubuntu, distro-info-data", Use.LIFECYCLE);
            case "endoflife-date" -> new SourceTerms("MIT", "endoflife.date contributors", Use.LIFECYCLE);
            case "epss" ->
                new SourceTerms("free to use with credit", "FIRST.org, Exploit Prediction Scoring System", Use.SCORES);
            case "fedora", "fedora-updateinfo" -> advisories("facts; none stated", "Fedora Project, Bodhi");
            case "friendsofphp" -> advisories("Unlicense", "FriendsOfPHP/security-advisories");
            case "ghsa" -> advisories("CC-BY-4.0", "GitHub Advisory Database");
            case "go-vulndb" -> advisories("CC-BY-4.0", "The Go Authors, golang/vulndb");
            case "julia" -> advisories("CC-BY-4.0", "JuliaLang/SecurityAdvisories.jl");
            case "kev" -> new SourceTerms("CC0-1.0", "CISA, Known Exploited Vulnerabilities Catalog", Use.EXPLOITED);
            case "mageia-osv" -> advisories("CC-BY-SA-4.0", "Mageia");
            case "malicious-packages" -> advisories("Apache-2.0", "OpenSSF, malicious-packages");
            case "node-security-wg" -> new SourceTerms("MIT", "Node.js security working group", Use.ARCHIVE);
            case "nvd" -> advisories("public domain (US government work)", "NIST, National Vulnerability Database");
            case "openeuler", "openeuler-osv" -> advisories("facts; none stated", "openEuler");
            case "openvex" -> new SourceTerms("Apache-2.0", "Aqua Security, vexhub", Use.STATEMENTS);
            case "openvex-rancher" -> new SourceTerms("CC-BY-4.0", "SUSE Rancher, vexhub", Use.STATEMENTS);
            case "oracle-oval" -> advisories("facts; none stated", "Oracle Linux");
            case "photon", "photon-oval" -> advisories("facts; none stated", "Broadcom, Photon OS");
            case "pypa" -> advisories("CC-BY-4.0", "PyPA, advisory-database");
            case "redhat-csaf", "redhat-osv", "redhat-oval", "redhat-security-data" ->
                advisories("CC-BY-4.0", "Red Hat Product Security");
            case "retirejs" -> advisories("Apache-2.0", "RetireJS/retire.js");
            case "rocky", "rocky-updateinfo" -> advisories("BSD-3-Clause", "Rocky Enterprise Software Foundation");
            case "rubysec" -> advisories("public domain", "RubySec, ruby-advisory-db");
            case "rustsec" -> advisories("CC0-1.0 AND CC-BY-4.0", "RustSec, advisory-db");
            case "sap-project-kb" -> new SourceTerms("Apache-2.0", "SAP, project KB", Use.ARCHIVE);
            case "suse-csaf", "suse-cvrf", "suse-osv", "suse-oval" -> advisories("CC-BY-4.0", "SUSE");
            case "ubuntu-cve-tracker", "ubuntu-osv", "ubuntu-vex" ->
                advisories("CC-BY-SA-4.0", "Canonical, Ubuntu CVE tracker");
            case "victims" -> new SourceTerms("CC-BY-SA-4.0", "Victims CVE database", Use.ARCHIVE);
            case "wolfi-advisories" -> advisories("Apache-2.0", "Chainguard, wolfi-dev/advisories at 244709c9");
            default -> UNKNOWN;
        };
    }

    private static SourceTerms advisories(String licence, String attribution) {
        return new SourceTerms(licence, attribution, Use.ADVISORIES);
    }

    /** The same source with its terms. */
    public static Source describe(Source bare) {
        SourceTerms terms = of(bare.name());
        return new Source(bare.name(), bare.date(), terms.licence, terms.attribution, bare.records(), bare.dropped());
    }
}
