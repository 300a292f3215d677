package dev.holdfast.secrets.place;

import java.util.Set;

/** What kind of text a file's name promises. */
public enum Sort {
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
    BINARY;

    private static final Set<String> LINES_ENDINGS = Set.of(
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
    private static final Set<String> SETTINGS_ENDINGS = Set.of(
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
    private static final Set<String> SOURCE_ENDINGS = Set.of(
            "java", "kt", "kts", "groovy", "gradle", "scala", "js", "jsx", "ts", "tsx", "mjs", "cjs", "py", "pyw", "rb",
            "php", "go", "rs", "c", "h", "cc", "cpp", "hpp", "cs", "vb", "fs", "swift", "m", "pl", "pm", "lua", "ex",
            "exs", "erl", "hs", "clj", "vue", "svelte", "dart", "r", "jl", "erb", "tcl", "coffee", "cfm", "asp");
    private static final Set<String> DOCUMENT_ENDINGS = Set.of(
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
    private static final Set<String> GENERATED_ENDINGS = Set.of(
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

    /** Tells by a path in small letters. */
    static Sort of(String path) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        int dot = name.lastIndexOf('.');
        String stem = dot > 0 ? name.substring(0, dot) : name;
        String extension = dot >= 0 ? name.substring(dot + 1) : "";
        if (GENERATED_NAMES.contains(name) || name.contains(".min.") || name.endsWith(".bundle.js")) {
            return GENERATED;
        }
        if (name.startsWith(".env") || name.startsWith("dockerfile") || name.startsWith(".")) {
            return SETTINGS_ENDINGS.contains(extension) && dot > 0 ? SETTINGS : LINES;
        }
        if (LINES_ENDINGS.contains(extension)) {
            return LINES;
        }
        if (SETTINGS_ENDINGS.contains(extension)) {
            return SETTINGS;
        }
        if (SOURCE_ENDINGS.contains(extension)) {
            return SOURCE;
        }
        if (GENERATED_ENDINGS.contains(extension)) {
            return GENERATED;
        }
        return DOCUMENT_ENDINGS.contains(extension) || DOCUMENT_NAMES.contains(stem) ? DOCUMENT : UNKNOWN;
    }
}
