package dev.holdfast.version;

/**
 * Versions that are lists of numbers: Hackage ({@code Data.Version}, dots) and CRAN ({@code package_version}, dots and hyphens, which are
 * alike). Numbers are compared one by one; a version is above what it continues, so 1.0 is below 1.0.0.
 *
 * <pre>
 * version = number { separator number } ;
 * </pre>
 *
 * <p><b>Key.</b> The numbers plus one each; nothing at the end, which is below every byte of a number.
 */
final class DottedVersions implements VersionOrder {
    private static final int FIRST_NUMBER = 1;

    private final String separators;

    DottedVersions(String separators) {
        this.separators = separators;
    }

    @Override
    public boolean encode(String version, KeyWriter out) {
        int at = 0;
        while (true) {
            int end = Ascii.endOfDigits(version, at);
            if (end == at) {
                return false;
            }
            out.number(version, at, end, FIRST_NUMBER);
            if (end == version.length()) {
                return true;
            }
            if (separators.indexOf(version.charAt(end)) < 0) {
                return false;
            }
            at = end + 1;
        }
    }

    @Override
    public String rule() {
        return "numbers separated by one of " + separators;
    }
}
