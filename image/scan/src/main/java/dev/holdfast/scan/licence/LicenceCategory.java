package dev.holdfast.scan.licence;

import dev.holdfast.inventory.licence.LicenceExpression.One;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What a licence asks of those who pass the software on, roughly: an aid for policies, no legal advice. What is in no other category is
 * {@link #OTHER}.
 */
public enum LicenceCategory {
    /** Nothing is asked. */
    PUBLIC_DOMAIN,
    /** To keep notices. */
    PERMISSIVE,
    /** To publish changes to the licensed files or library. */
    WEAK_COPYLEFT,
    /** To publish the whole work under the same licence. */
    STRONG_COPYLEFT,
    /** The same, for a service over a network too. */
    NETWORK_COPYLEFT,
    /** Use itself is limited: to non-commercial purposes, or against competition. */
    RESTRICTED,
    /** No licence of the SPDX list. */
    UNKNOWN,
    OTHER;

    private static final Set<String> PUBLIC = Set.of(
            "CC0-1.0",
            "Unlicense",
            "WTFPL",
            "0BSD",
            "MIT-0",
            "LicenseRef-public-domain",
            "CC-PDDC",
            "SAX-PD",
            "blessing",
            "PDDL-1.0",
            "libselinux-1.0");
    private static final Set<String> KEEP_NOTICES = Set.of(
            "ISC",
            "Zlib",
            "zlib-acknowledgement",
            "Python-2.0",
            "Python-2.0.1",
            "PSF-2.0",
            "CNRI-Python",
            "OpenSSL",
            "curl",
            "Libpng",
            "libpng-2.0",
            "IJG",
            "FTL",
            "Vim",
            "TCL",
            "PHP-3.0",
            "PHP-3.01",
            "Ruby",
            "PostgreSQL",
            "NCSA",
            "HPND",
            "ZPL-1.1",
            "ZPL-2.0",
            "ZPL-2.1",
            "BSL-1.0",
            "UPL-1.0",
            "Unicode-DFS-2015",
            "Unicode-DFS-2016",
            "Unicode-3.0",
            "ICU",
            "X11",
            "NTP",
            "Beerware",
            "JSON",
            "W3C",
            "W3C-19980720",
            "W3C-20150513",
            "AFL-2.0",
            "AFL-2.1",
            "AFL-3.0",
            "Artistic-1.0",
            "Artistic-1.0-Perl",
            "Artistic-2.0",
            "MulanPSL-2.0",
            "BlueOak-1.0.0",
            "bzip2-1.0.6",
            "SMLNJ",
            "MS-PL",
            "OLDAP-2.8",
            "CC-BY-3.0",
            "CC-BY-4.0",
            "OFL-1.1",
            "Info-ZIP",
            "TCP-wrappers",
            "Spencer-94",
            "Spencer-86",
            "XFree86-1.1",
            "FSFAP",
            "FSFUL",
            "FSFULLR",
            "Bitstream-Vera",
            "ANTLR-PD",
            "NAIST-2003",
            "MirOS",
            "Latex2e",
            "LPPL-1.3c",
            "RSA-MD",
            "Intel",
            "DOC",
            "SGI-B-2.0",
            "Apache-1.0");
    private static final List<String> KEEP_NOTICES_FAMILIES = List.of("MIT", "BSD-", "Apache-", "HPND-");
    private static final List<String> FILES_FAMILIES = List.of(
            "LGPL-",
            "MPL-",
            "EPL-",
            "CDDL-",
            "CPL-",
            "IPL-",
            "EUPL-",
            "CECILL-C",
            "LGPLLR",
            "MS-RL",
            "APSL-",
            "NPL-",
            "CC-BY-SA-",
            "GFDL-",
            "SPL-",
            "OSL-",
            "Ms-RL",
            "RPL-");
    private static final List<String> WHOLE_FAMILIES =
            List.of("GPL-", "CECILL-1", "CECILL-2", "Sleepycat", "QPL-", "CPAL-");
    private static final List<String> LIMITED = List.of(
            "SSPL-",
            "BUSL-",
            "Elastic-",
            "CC-BY-NC",
            "CC-BY-ND",
            "Parity-",
            "PolyForm-",
            "LicenseRef-proprietary",
            "Aladdin",
            "JPNIC",
            "Watcom-1.0");

    /** The word in policies. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The category of a licence; an exception to a strong copyleft, which always permits linking or output, makes it a weak one. */
    public static LicenceCategory of(One licence) {
        String id = licence.id();
        if (PUBLIC.contains(id)) {
            return PUBLIC_DOMAIN;
        }
        if (begins(id, LIMITED)) {
            return RESTRICTED;
        }
        if (id.startsWith("LicenseRef-")) {
            return ofReference(id.substring("LicenseRef-".length()));
        }
        if (id.startsWith("AGPL-")) {
            return NETWORK_COPYLEFT;
        }
        if (begins(id, WHOLE_FAMILIES)) {
            return licence.exception().isEmpty() || !licence.isListed() ? STRONG_COPYLEFT : WEAK_COPYLEFT;
        }
        if (begins(id, FILES_FAMILIES)) {
            return WEAK_COPYLEFT;
        }
        String bare = id.endsWith("+") ? id.substring(0, id.length() - 1) : id;
        return KEEP_NOTICES.contains(bare) || begins(id, KEEP_NOTICES_FAMILIES) ? PERMISSIVE : OTHER;
    }

    /** A variant of a licence of the list, which its name begins with, asks at least as much as that. */
    private static LicenceCategory ofReference(String name) {
        LicenceCategory own = name.startsWith("GFDL") ? UNKNOWN : of(new One(name, ""));
        return own == OTHER ? UNKNOWN : own;
    }

    private static boolean begins(String id, List<String> families) {
        for (String family : families) {
            if (id.startsWith(family)) {
                return true;
            }
        }
        return false;
    }
}
