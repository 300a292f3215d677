package dev.holdfast.secrets.place;

import java.util.Locale;

/**
 * What the place of a text says about it: whether settings stand there or prose ({@link Sort}), and whether it belongs to software that
 * everybody can download.
 *
 * @param sort what kind of text the name promises
 * @param isVendored whether it comes with a package of a distribution or a language: its content is public
 * @param isInPackage whether it is a package of a language
 * @param isTest whether it stands among tests, examples or fixtures
 */
public record Origin(Sort sort, boolean isVendored, boolean isInPackage, boolean isTest) {
    /** What stands in an image's configuration, where every value was set by hand. */
    public static final Origin CONFIGURATION = new Origin(Sort.LINES, false, false, false);

    /** Folders that hold packages of a language. */
    private static final Folders PACKAGES = Folders.of(
            "/node_modules/",
            "/site-packages/",
            "/dist-packages/",
            "/bower_components/",
            "/gems/",
            "/.m2/repository/",
            "/.cargo/registry/",
            "/pkg/mod/",
            "/.gradle/caches/",
            "/boot-inf/lib/",
            "/web-inf/lib/",
            "/.nuget/packages/",
            "/vendor/bundle/",
            "/jspm_packages/",
            "/.yarn/cache/",
            "/.pnpm-store/",
            "/lib/python",
            "/.npm/_cacache/");

    /** Folders that hold what a distribution or a base image ships. */
    private static final String[] SYSTEM = {
        "/usr/share/",
        "/usr/lib/",
        "/usr/lib64/",
        "/usr/lib32/",
        "/usr/include/",
        "/usr/src/linux",
        "/usr/src/kernels/",
        "/usr/bin/",
        "/usr/sbin/",
        "/usr/libexec/",
        "/usr/local/lib/",
        "/usr/local/include/",
        "/usr/local/share/",
        "/usr/local/go/",
        "/lib/",
        "/lib64/",
        "/bin/",
        "/sbin/",
        "/var/lib/dpkg/",
        "/var/lib/apt/",
        "/var/lib/rpm/",
        "/var/cache/",
        "/etc/ssl/certs/",
        "/etc/alternatives/",
        "/etc/mime.types",
        "/etc/services",
        "/opt/java/",
        "/var/lib/swcatalog/"
    };

    /** Folders below those that hold what an image's maker puts there. */
    private static final String[] SERVED = {"/usr/share/nginx/html/", "/usr/share/caddy/", "/usr/local/share/app"};

    private static final Folders TEST_FOLDERS = Folders.of(
            "/test/",
            "/tests/",
            "/testing/",
            "/spec/",
            "/specs/",
            "/fixtures/",
            "/fixture/",
            "/testdata/",
            "/__tests__/",
            "/test_",
            "/mock/",
            "/mocks/",
            "/__mocks__/",
            "/example/",
            "/examples/",
            "/sample/",
            "/samples/",
            "/demo/",
            "/doc/",
            "/docs/",
            "/vectors/",
            "/benchmark/",
            "/benchmarks/",
            "/man/");

    private static final String[] TEST_NAMES = {"dummy", "_test.", ".test.", ".spec."};

    /** Whether it speaks of settings, so that a name and a value alone mean something. */
    public boolean takesWeakKinds() {
        return !isVendored
                && switch (sort) {
                    case LINES, SETTINGS, SOURCE, CONSTANTS, UNKNOWN -> true;
                    case DOCUMENT, GENERATED, BINARY -> false;
                };
    }

    public Origin asBinary() {
        return new Origin(Sort.BINARY, isVendored, isInPackage, isTest);
    }

    /** Reads a path; one inside an archive has {@code archive ▸ inner}. */
    public static Origin of(String path) {
        String lower = path.replace(" ▸ ", "/").toLowerCase(Locale.ROOT);
        boolean isInPackage = PACKAGES.isIn(lower);
        boolean isOfSystem = startsWithAny(lower, SYSTEM) && !startsWithAny(lower, SERVED);
        boolean isArchived = path.indexOf('▸') >= 0;
        boolean isOfLibrary = isArchived && lower.endsWith(".class") && isInLibrary(lower);
        return new Origin(
                Sort.of(lower),
                isInPackage || isOfSystem || isOfLibrary,
                isInPackage || isOfSystem && isArchived || isOfLibrary,
                TEST_FOLDERS.isIn(lower) || containsAny(lower, TEST_NAMES));
    }

    /** Whether it lies in a jar in a folder {@code lib}: its classes are what an application has from elsewhere. */
    private static boolean isInLibrary(String path) {
        int end = path.indexOf(".jar/");
        int begin = path.lastIndexOf('/', Math.max(0, end));
        return end >= 0 && begin >= 0 && (path.startsWith("/lib/", begin - 4) || path.startsWith("/libs/", begin - 5));
    }

    private static boolean startsWithAny(String path, String[] beginnings) {
        for (String beginning : beginnings) {
            if (path.startsWith(beginning)) {
                return true;
            }
        }
        return false;
    }

    private static boolean containsAny(String path, String[] parts) {
        for (String part : parts) {
            if (path.contains(part)) {
                return true;
            }
        }
        return false;
    }
}
