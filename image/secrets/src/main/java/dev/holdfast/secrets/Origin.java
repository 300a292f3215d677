package dev.holdfast.secrets;

import java.util.Locale;
import java.util.Set;

/**
 * What the place of a text says about it: whether settings stand there or prose, and whether it belongs to software that everybody can
 * download.
 *
 * @param sort what kind of text the name promises
 * @param isVendored whether it comes with a package of a distribution or a language: its content is public
 * @param isInPackage whether it is a package of a language
 * @param isTest whether it stands among tests, examples or fixtures
 */
record Origin(Sort sort, boolean isVendored, boolean isInPackage, boolean isTest) {
    /** What a file's name promises. */
    enum Sort {
        /** Settings one a line, where a value may stand without quotes to the end of the line. */
        LINES,
        /** Settings in a structure: JSON, YAML, XML. */
        SETTINGS,
        /** A program's text: a value stands in quotes. */
        SOURCE,
        /** Constants of a compiled class, written out: they have no lines. */
        CONSTANTS,
        /** Prose. */
        DOCUMENT,
        /** Lock files, checksums, generated and minified text: random by nature. */
        GENERATED,
        /** The name tells nothing. */
        UNKNOWN,
        /** Not text. */
        BINARY
    }

    /** What stands in an image's configuration, where every value was set by hand. */
    static final Origin CONFIGURATION = new Origin(Sort.LINES, false, false, false);

    private static final Set<String> LINES = Set.of(
            "env",
            "properties",
            "ini",
            "conf",
            "cfg",
            "cnf",
            "sh",
            "bash",
            "zsh",
            "ksh",
            "fish",
            "profile",
            "rc",
            "service",
            "tf",
            "tfvars",
            "hcl",
            "bat",
            "cmd",
            "ps1",
            "psm1",
            "pgpass",
            "netrc",
            "npmrc",
            "pypirc",
            "history",
            "prefs",
            "credentials",
            "auth",
            "secret",
            "secrets",
            "defaults",
            "default",
            "local",
            "prod",
            "production",
            "dev",
            "development",
            "staging",
            "reg",
            "inf",
            "mk",
            "dockerfile",
            "boto",
            "s3cfg",
            "nomad",
            "toml",
            "log",
            "bak",
            "backup",
            "old",
            "orig",
            "save",
            "swp",
            "dump");
    private static final Set<String> SETTINGS = Set.of(
            "yml",
            "yaml",
            "json",
            "json5",
            "jsonc",
            "xml",
            "config",
            "plist",
            "jsonnet",
            "ipynb",
            "kubeconfig",
            "tfstate",
            "har",
            "xhtml",
            "jsp",
            "settings",
            "publishsettings",
            "pubxml",
            "dockercfg",
            "dockerconfigjson",
            "webconfig",
            "bicep",
            "ldif",
            "ovpn",
            "rdp",
            "sql");
    private static final Set<String> SOURCE = Set.of(
            "java", "kt", "kts", "groovy", "gradle", "scala", "js", "jsx", "ts", "tsx", "mjs", "cjs", "py", "pyw", "rb",
            "php", "go", "rs", "c", "h", "cc", "cpp", "hpp", "cs", "vb", "fs", "swift", "m", "pl", "pm", "lua", "ex",
            "exs", "erl", "hs", "clj", "vue", "svelte", "dart", "r", "jl", "erb", "tcl", "coffee", "cfm", "asp");
    private static final Set<String> DOCUMENT = Set.of(
            "md",
            "markdown",
            "rst",
            "html",
            "htm",
            "adoc",
            "asciidoc",
            "tex",
            "texi",
            "info",
            "css",
            "scss",
            "less",
            "csv",
            "tsv",
            "po",
            "pot",
            "srt",
            "rtf",
            "1",
            "2",
            "3",
            "4",
            "5",
            "6",
            "7",
            "8",
            "pod");
    private static final Set<String> GENERATED = Set.of(
            "lock",
            "sum",
            "map",
            "svg",
            "md5sums",
            "sha256sums",
            "sha256",
            "sha512",
            "sha1",
            "md5",
            "list",
            "symbols",
            "shlibs",
            "triggers",
            "sig",
            "asc",
            "crt",
            "cer",
            "pub",
            "d",
            "snap",
            "wasm",
            "idx",
            "ttf",
            "eps",
            "pdf",
            "jpg",
            "png",
            "gif",
            "ico",
            "woff",
            "woff2",
            "pack",
            "mo",
            "pyc",
            "hex",
            "uue",
            "gpg");
    private static final Set<String> GENERATED_NAMES = Set.of(
            "package-lock.json",
            "npm-shrinkwrap.json",
            "pnpm-lock.yaml",
            "composer.lock",
            "record",
            "packages.lock.json",
            "deno.lock",
            "pipfile.lock",
            "manifest.mf",
            "checksums",
            "sha256sums",
            "md5sums",
            "known_hosts",
            "authorized_keys",
            "packages",
            "release",
            "inrelease",
            "sources",
            "status",
            "available",
            ".package-lock.json");
    private static final Set<String> DOCUMENT_NAMES = Set.of(
            "readme",
            "pkg-info",
            "metadata",
            "changelog",
            "changes",
            "license",
            "licence",
            "copying",
            "copyright",
            "notice",
            "authors",
            "news",
            "history",
            "contributing",
            "todo",
            "install",
            "faq");

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
    boolean takesWeakKinds() {
        return !isVendored
                && switch (sort) {
                    case LINES, SETTINGS, SOURCE, CONSTANTS, UNKNOWN -> true;
                    case DOCUMENT, GENERATED, BINARY -> false;
                };
    }

    Origin asBinary() {
        return new Origin(Sort.BINARY, isVendored, isInPackage, isTest);
    }

    /** Reads a path; one inside an archive has {@code archive ▸ inner}. */
    static Origin of(String path) {
        String lower = path.replace(" ▸ ", "/").toLowerCase(Locale.ROOT);
        boolean isInPackage = PACKAGES.isIn(lower);
        boolean isOfSystem = startsWithAny(lower, SYSTEM) && !startsWithAny(lower, SERVED);
        boolean isArchived = path.indexOf('▸') >= 0;
        boolean isOfLibrary = isArchived && lower.endsWith(".class") && isInLibrary(lower);
        return new Origin(
                sort(lower),
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

    private static Sort sort(String path) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        int dot = name.lastIndexOf('.');
        String stem = dot > 0 ? name.substring(0, dot) : name;
        String extension = dot >= 0 ? name.substring(dot + 1) : "";
        if (GENERATED_NAMES.contains(name) || name.contains(".min.") || name.endsWith(".bundle.js")) {
            return Sort.GENERATED;
        }
        if (name.startsWith(".env") || name.startsWith("dockerfile") || name.startsWith(".")) {
            return SETTINGS.contains(extension) && dot > 0 ? Sort.SETTINGS : Sort.LINES;
        }
        if (LINES.contains(extension)) {
            return Sort.LINES;
        }
        if (SETTINGS.contains(extension)) {
            return Sort.SETTINGS;
        }
        if (SOURCE.contains(extension)) {
            return Sort.SOURCE;
        }
        if (GENERATED.contains(extension)) {
            return Sort.GENERATED;
        }
        return DOCUMENT.contains(extension) || DOCUMENT_NAMES.contains(stem) ? Sort.DOCUMENT : Sort.UNKNOWN;
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
