package dev.holdfast.dist;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The Debian packages of the example, as Debian 12.5 had them: name, version, architecture, source. One line a package: {@code name version [source
 * [source-version]]}; {@code all} packages are marked by {@code /all} behind the name.
 */
final class ShopPackages {
    static final List<String> BASE = """
            apt 2.6.1
            base-files 12.4+deb12u5
            base-passwd 3.6.1
            bash 5.2.15-2+b2 bash 5.2.15-2
            bsdutils 1:2.38.1-5+b1 util-linux 2.38.1-5
            coreutils 9.1-1
            dash 0.5.12-2
            debian-archive-keyring/all 2023.3+deb12u1
            debianutils 5.7-0.5~deb12u1
            dpkg 1.21.22
            e2fsprogs 1.47.0-2
            findutils 4.9.0-4
            gpgv 2.2.40-1.1 gnupg2
            grep 3.8-5
            gzip 1.12-1
            libapt-pkg6.0 2.6.1 apt
            libbz2-1.0 1.0.8-5+b1 bzip2 1.0.8-5
            libc-bin 2.36-9+deb12u4 glibc
            libc6 2.36-9+deb12u4 glibc
            libgcrypt20 1.10.1-3
            libgnutls30 3.7.9-2+deb12u2 gnutls28
            liblzma5 5.4.1-0.2 xz-utils
            libncursesw6 6.4-4 ncurses
            libpam-modules 1.5.2-6+deb12u1 pam
            libpcre2-8-0 10.42-1 pcre2
            libsystemd0 252.22-1~deb12u1 systemd
            libtasn1-6 4.19.0-2
            libtinfo6 6.4-4 ncurses
            libudev1 252.22-1~deb12u1 systemd
            login 1:4.13+dfsg1-1+b1 shadow 1:4.13+dfsg1-1
            ncurses-bin 6.4-4 ncurses
            passwd 1:4.13+dfsg1-1+b1 shadow 1:4.13+dfsg1-1
            perl-base 5.36.0-7+deb12u1 perl
            sed 4.9-1
            tar 1.34+dfsg-1.2+deb12u1
            tzdata/all 2024a-0+deb12u1
            util-linux 2.38.1-5+b1 util-linux 2.38.1-5
            zlib1g 1:1.2.13.dfsg-1 zlib""".lines().toList();

    static final List<String> ADDED = """
            ca-certificates/all 20230311
            curl 7.88.1-10+deb12u5
            libcurl4 7.88.1-10+deb12u5 curl
            libexpat1 2.5.0-1 expat
            libkrb5-3 1.20.1-2+deb12u1 krb5
            libnghttp2-14 1.52.0-1+deb12u1 nghttp2
            libpng16-16 1.6.39-2 libpng1.6
            libpython3.11-stdlib 3.11.2-6 python3.11
            libsqlite3-0 3.40.1-2 sqlite3
            libssh2-1 1.10.0-3+b1 libssh2 1.10.0-3
            libssl3 3.0.11-1~deb12u2 openssl
            libxml2 2.9.14+dfsg-1.3~deb12u1
            libyaml-0-2 0.2.5-1 libyaml
            nginx 1.22.1-9
            nginx-common/all 1.22.1-9 nginx
            openjdk-17-jre-headless 17.0.10+7-1~deb12u1 openjdk-17
            openssl 3.0.11-1~deb12u2
            python3 3.11.2-1+b1 python3-defaults 3.11.2-1
            python3-pip/all 23.0.1+dfsg-1 python-pip
            python3-yaml 6.0-3+b2 pyyaml 6.0-3
            python3.11 3.11.2-6""".lines().toList();

    static final List<String> REMOVED_LATER =
            List.of("openssh-client 1:9.2p1-2+deb12u2 openssh", "wget 1.21.3-1+b2 wget 1.21.3-1");

    static final List<String> CONFIGURATION_ONLY = List.of("-wget 1.21.3-1+b2 wget 1.21.3-1");

    private ShopPackages() {}

    /** A dpkg status file of these packages, in the order of their names as dpkg writes it. */
    @SafeVarargs
    static String status(List<String>... groups) {
        List<String> all = new ArrayList<>();
        for (List<String> group : groups) {
            all.addAll(group);
        }
        all.sort(Comparator.comparing(line -> line.replace("-wget", "wget")));
        StringBuilder status = new StringBuilder();
        for (String line : all) {
            stanza(line, status);
        }
        return status.toString();
    }

    private static void stanza(String line, StringBuilder out) {
        boolean isConfigurationOnly = line.startsWith("-");
        String[] words = line.substring(isConfigurationOnly ? 1 : 0).split(" ", -1);
        boolean isAll = words[0].endsWith("/all");
        String name = words[0].replace("/all", "");
        out.append("Package: ").append(name).append('\n');
        out.append("Status: ")
                .append(isConfigurationOnly ? "deinstall ok config-files" : "install ok installed")
                .append('\n');
        out.append("Priority: optional\n");
        out.append("Architecture: ").append(isAll ? "all" : "amd64").append('\n');
        if (words.length > 2 && (words.length > 3 || !words[2].equals(name))) {
            out.append("Source: ")
                    .append(words[2])
                    .append(words.length > 3 ? " (" + words[3] + ")" : "")
                    .append('\n');
        }
        out.append("Version: ").append(words[1]).append("\n\n");
    }
}
