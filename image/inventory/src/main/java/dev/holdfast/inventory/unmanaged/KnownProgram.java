package dev.holdfast.inventory.unmanaged;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The programs that are known, and the text in each that tells its version: some fixed bytes, the mark, with the version right behind. A
 * mark is a text that the program prints about itself or sends to others, so that it is in every build of it.
 */
enum KnownProgram {
    BUSYBOX("busybox", "busybox:busybox", "BusyBox v", "(\\d+\\.\\d+\\.\\d+) ", "busybox"),
    OPENSSL(
            "openssl",
            "openssl:openssl",
            "OpenSSL ",
            "(\\d+\\.\\d+\\.\\d+[a-z]{0,2}(?:-(?:alpha|beta|pre)\\d+)?) +\\d+ [A-Z][a-z]{2} \\d{4}",
            "openssl",
            "libcrypto.so",
            "libssl.so"),
    NGINX("nginx", "f5:nginx", "nginx/", "(\\d+\\.\\d+\\.\\d+)", "nginx"),
    NODE("node", "nodejs:node.js", "nodejs.org/download/release/v", "(\\d+\\.\\d+\\.\\d+)/", "node"),
    /** The version stands alone between zeros; the name tells how it begins, so that no other number is taken for it. */
    PYTHON("python", "python:python", "\0", "([23]\\.\\d+\\.\\d+(?:(?:a|b|rc)\\d+)?\\+?)\0", "python", "libpython"),
    POSTGRESQL("postgresql", "postgresql:postgresql", "PostgreSQL ", "(\\d+\\.\\d+(?:\\.\\d+)?) on ", "postgres"),
    MARIADB("mariadb", "mariadb:mariadb", "\0", "(\\d+\\.\\d+\\.\\d+)-MariaDB", "mariadbd", "mysqld"),
    REDIS(
            "redis",
            "redis:redis",
            "\0",
            "(\\d+\\.\\d+\\.\\d+?)(?:[0-9a-f]{12}|[a-z][a-z0-9-]*)-\\d{10,19}",
            "redis-server"),
    HTTPD("httpd", "apache:http_server", "Apache/", "(\\d+\\.\\d+\\.\\d+)", "httpd", "apache2"),
    HAPROXY("haproxy", "haproxy:haproxy", "HAProxy version ", "(\\d+\\.\\d+(?:\\.\\d+)?)", "haproxy"),
    MEMCACHED("memcached", "memcached:memcached", "memcached ", "(\\d+\\.\\d+\\.\\d+)", "memcached"),
    LIGHTTPD("lighttpd", "lighttpd:lighttpd", "lighttpd/", "(\\d+\\.\\d+\\.\\d+)", "lighttpd"),
    CURL("curl", "haxx:curl", "curl/", "(\\d+\\.\\d+\\.\\d+)", "curl", "libcurl.so"),
    PHP(
            "php",
            "php:php",
            "PHP/",
            "(\\d+\\.\\d+\\.\\d+(?:(?:alpha|beta|RC)\\d+)?)",
            "php",
            "php-fpm",
            "php-cgi",
            "libphp.so"),
    RUBY("ruby", "ruby-lang:ruby", "ruby ", "(\\d+\\.\\d+\\.\\d+) \\(\\d{4}-\\d\\d-\\d\\d", "ruby", "libruby.so"),
    PERL("perl", "perl:perl", "perl5/", "(5\\.\\d+\\.\\d+)", "perl", "libperl.so"),
    BASH("bash", "gnu:bash", "@(#)Bash version ", "(\\d+\\.\\d+\\.\\d+)\\(", "bash"),
    ZLIB("zlib", "zlib:zlib", " deflate ", "(\\d+\\.\\d+(?:\\.\\d+){0,2}) Copyright ", "libz.so"),
    OPENSSH("openssh", "openbsd:openssh", "OpenSSH_", "(\\d+\\.\\d+p\\d+)", "sshd", "ssh"),
    GLIBC("glibc", "gnu:glibc", "stable release version ", "(\\d+\\.\\d+)", "libc.so"),
    MUSL(
            "musl",
            "musl-libc:musl",
            "\0",
            "(1\\.[12]\\.\\d+)\0",
            "ld-musl-x86_64.so",
            "ld-musl-aarch64.so",
            "ld-musl-armhf.so"),
    EXPAT("expat", "libexpat_project:libexpat", "expat_", "(\\d+\\.\\d+\\.\\d+)", "libexpat.so"),
    LIBARCHIVE("libarchive", "libarchive:libarchive", "libarchive ", "(\\d+\\.\\d+\\.\\d+)", "libarchive.so"),
    GIT("git", "git-scm:git", "git/", "(\\d+\\.\\d+\\.\\d+)", "git"),
    OPENVPN("openvpn", "openvpn:openvpn", "OpenVPN ", "(\\d+\\.\\d+\\.\\d+) [a-z0-9_]+-", "openvpn"),
    UNBOUND("unbound", "nlnetlabs:unbound", "unbound ", "(\\d+\\.\\d+\\.\\d+)", "unbound"),
    TOR("tor", "torproject:tor", " (on Tor ", "(\\d+\\.\\d+\\.\\d+\\.\\d+)", "tor"),
    DNSMASQ("dnsmasq", "thekelleys:dnsmasq", "dnsmasq-", "(\\d+\\.\\d+)", "dnsmasq"),
    STUNNEL("stunnel", "stunnel:stunnel", "stunnel ", "(\\d+\\.\\d+) on ", "stunnel"),
    VSFTPD("vsftpd", "vsftpd_project:vsftpd", "vsftpd: version ", "(\\d+\\.\\d+\\.\\d+)", "vsftpd"),
    FFMPEG("ffmpeg", "ffmpeg:ffmpeg", "FFmpeg version ", "(\\d+\\.\\d+(?:\\.\\d+)?)", "libavcodec.so"),
    GNUPG("gnupg", "gnupg:gnupg", "OpenPGP server ", "(\\d+\\.\\d+\\.\\d+) ready", "gpg"),
    LIBGCRYPT("libgcrypt", "gnupg:libgcrypt", "This is Libgcrypt ", "(\\d+\\.\\d+\\.\\d+)", "libgcrypt.so"),
    GNUTLS("gnutls", "gnu:gnutls", "Enabled GnuTLS ", "(\\d+\\.\\d+\\.\\d+)", "libgnutls.so"),
    LIBJPEG_TURBO(
            "libjpeg-turbo",
            "libjpeg-turbo:libjpeg-turbo",
            "libjpeg-turbo version ",
            "(\\d+\\.\\d+\\.\\d+)",
            "libjpeg.so",
            "libturbojpeg.so"),
    LUA("lua", "lua:lua", "$LuaVersion: Lua ", "(\\d+\\.\\d+\\.\\d+)", "lua", "luac", "liblua"),
    LUAJIT("luajit", "luajit:luajit", "LuaJIT ", "(\\d+\\.\\d+\\.\\d+(?:-beta\\d+)?)", "luajit", "libluajit-5.1.so"),
    MBED_TLS("mbedtls", "arm:mbed_tls", "mbed TLS ", "(\\d+\\.\\d+\\.\\d+)", "libmbedcrypto.so"),
    NSS("nss", "mozilla:nss", "Version: NSS ", "(\\d+\\.\\d+(?:\\.\\d+)?)", "libnss3.so"),
    PCRE2("pcre2", "pcre:pcre2", "\0", "(10\\.\\d+) \\d{4}-\\d\\d-\\d\\d\0", "libpcre2-8.so"),
    LIBPNG("libpng", "libpng:libpng", "libpng version ", "(\\d+\\.\\d+\\.\\d+)", "libpng"),
    LIBSSH("libssh", "libssh:libssh", "SSH-2.0-libssh_", "(\\d+\\.\\d+\\.\\d+)", "libssh.so"),
    LIBSSH2("libssh2", "libssh2:libssh2", "SSH-2.0-libssh2_", "(\\d+\\.\\d+\\.\\d+)", "libssh2.so"),
    LIBTIFF("libtiff", "libtiff:libtiff", "LIBTIFF, Version ", "(\\d+\\.\\d+\\.\\d+)", "libtiff.so"),
    WOLFSSL("wolfssl", "wolfssl:wolfssl", "wolfSSL ", "(\\d+\\.\\d+\\.\\d+)", "libwolfssl.so"),
    CUPS("cups", "openprinting:cups", "CUPS/", "(\\d+\\.\\d+\\.\\d+)", "libcups.so"),
    KERBEROS("krb5", "mit:kerberos_5", "KRB5_BRAND: krb5-", "(\\d+\\.\\d+(?:\\.\\d+)?)", "libkrb5.so"),
    XZ("xz", "tukaani:xz", "\0", "(5\\.\\d+\\.\\d+(?:alpha|beta)?)\0", "liblzma.so"),
    SQLITE("sqlite", "sqlite:sqlite", "\0", "(3\\.\\d+\\.\\d+(?:\\.\\d+)?)\0", "libsqlite3.so"),
    DROPBEAR("dropbear", "dropbear_ssh_project:dropbear_ssh", "SSH-2.0-dropbear_", "(\\d{4}\\.\\d+)", "dropbear");

    private final String product;
    private final String platform;
    private final byte[] mark;
    private final String version;
    private final String[] stems;

    KnownProgram(String product, String platform, String mark, String version, String... stems) {
        this.product = product;
        this.platform = platform;
        this.mark = mark.getBytes(StandardCharsets.ISO_8859_1);
        this.version = version;
        this.stems = stems;
    }

    /** What it is called. */
    String product() {
        return product;
    }

    /** {@code vendor:product} in the list of common platforms. */
    String platform() {
        return platform;
    }

    byte[] mark() {
        return mark;
    }

    /** The version in its first group, right behind the mark. */
    Pattern version() {
        return Pattern.compile(version);
    }

    /** The program of that file name, with or without a version in it: {@code python3.11}, {@code libssl.so.1.1}, {@code php-fpm8.2}. */
    static Optional<KnownProgram> named(String path) {
        int from = path.lastIndexOf('/') + 1;
        for (KnownProgram program : values()) {
            for (String stem : program.stems) {
                if (path.startsWith(stem, from) && isVersion(path, from + stem.length())) {
                    return Optional.of(program);
                }
            }
        }
        return Optional.empty();
    }

    /** Whether nothing follows but digits, full stops and the {@code .so} of a library. */
    private static boolean isVersion(String path, int from) {
        String rest = path.substring(from).replace(".so", "");
        for (int i = 0; i < rest.length(); i++) {
            if (rest.charAt(i) != '.' && (rest.charAt(i) < '0' || rest.charAt(i) > '9')) {
                return false;
            }
        }
        return true;
    }

    /** How the version must begin, as the file's name tells; empty when any will do. */
    String beginning(String path) {
        if (this != PYTHON) {
            return "";
        }
        int from = path.lastIndexOf('/') + 1;
        while (from < path.length() && !Character.isDigit(path.charAt(from))) {
            from++;
        }
        int end = from;
        while (end < path.length() && (Character.isDigit(path.charAt(end)) || path.charAt(end) == '.')) {
            end++;
        }
        String number = path.substring(from, end);
        while (number.endsWith(".")) {
            number = number.substring(0, number.length() - 1);
        }
        return number.isEmpty() ? "" : number + ".";
    }
}
