package dev.holdfast.inventory.unmanaged;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.inventory.Cataloged;
import dev.holdfast.inventory.PackageRecord;
import dev.holdfast.inventory.PackageRecord.Detail;
import dev.holdfast.oci.FileHeader;
import dev.holdfast.oci.FileType;
import dev.holdfast.oci.Want;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnmanagedCatalogerTest {
    private final UnmanagedCataloger cataloger = new UnmanagedCataloger();

    @ParameterizedTest
    @CsvSource({
        "/usr/local/bin/python3.11, 100000, 0755, PROGRAM",
        "/usr/local/lib/libpython3.11.so.1.0, 100000, 0755, PROGRAM",
        "/opt/app/lib/libcrypto.so.1.1, 100000, 0644, PROGRAM",
        "/bin/busybox, 800000, 0755, PROGRAM",
        "/opt/jdk/release, 1200, 0644, CONTENT",
        "/usr/lib/x86_64-linux-gnu/libcrypto.so.3, 100000, 0644, NOTHING",
        "/usr/local/bin/node, 1000, 0755, NOTHING",
        "/usr/local/bin/nodemon, 100000, 0755, NOTHING",
        "/usr/local/bin/python3-config, 100000, 0755, NOTHING",
        "/usr/local/share/node, 100000, 0755, PROGRAM",
        "/app/libcrypto.so.bak, 100000, 0644, NOTHING",
    })
    void wantsProgramsOfKnownNames(String path, long size, String mode, Want want) {
        assertThat(cataloger.wants(path, new FileHeader(FileType.REGULAR, size, Integer.parseInt(mode, 8))))
                .isEqualTo(want);
    }

    /** The texts are those of real builds, between bytes that are none. */
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '^',
            delimiter = '|',
            value = {
                "/bin/busybox | BusyBox v1.36.1 (2023-06-02 00:42:02 UTC) | busybox 1.36.1",
                "/opt/libcrypto.so.1.1 | OpenSSL 1.1.1n  15 Mar 2022 | openssl 1.1.1n",
                "/opt/libssl.so.3 | OpenSSL 3.0.19 27 Jan 2026 | openssl 3.0.19",
                "/usr/local/nginx/sbin/nginx | nginx version: nginx/1.25.3 | nginx 1.25.3",
                "/usr/local/bin/node | https://nodejs.org/download/release/v18.17.0/node-v18.17.0.tar.gz | node 18.17.0",
                "/usr/local/bin/postgres | PostgreSQL 15.3 on x86_64-pc-linux-musl, compiled by gcc | postgresql 15.3",
                "/usr/local/bin/redis-server | ~7.2.34f9e1b2c3d4e-1700000000000000000 | redis 7.2.3",
                "/usr/local/bin/redis-server | ~6.0.9buildkitsandbox-1700000000 | redis 6.0.9",
                "/usr/local/sbin/httpd | Apache/2.4.57 (Unix) | httpd 2.4.57",
                "/usr/local/sbin/haproxy | HAProxy version 2.7.3-1065b10, released 2023/02/14 | haproxy 2.7.3",
                "/opt/libcurl.so.4 | libcurl/8.1.2 | curl 8.1.2",
                "/usr/local/bin/php | X-Powered-By: PHP/8.2.6 | php 8.2.6",
                "/usr/local/lib/libruby.so.3.2.1 | ruby 3.2.1 (2023-02-08 revision 31819e82c8) | ruby 3.2.1",
                "/opt/libz.so.1.2.13 | ~ deflate 1.2.13 Copyright 1995-2022 | zlib 1.2.13",
                "/usr/local/bin/bash | @(#)Bash version 5.1.16(1) release GNU | bash 5.1.16",
                "/usr/sbin/sshd | OpenSSH_9.2p1 Debian-2 | openssh 9.2p1",
                "/opt/lib/libc.so.6 | GNU C Library (Debian GLIBC 2.36-9+deb12u14) stable release version 2.36. | glibc 2.36",
                "/lib/ld-musl-x86_64.so.1 | /proc/self/fd/~1.2.3~Unsupported | musl 1.2.3",
                "/opt/lib/libexpat.so.1.8.10 | expat_2.5.0 | expat 2.5.0",
                "/usr/local/bin/git | git/2.39.5 | git 2.39.5",
                "/opt/openvpn | since OpenVPN 2.6.0 and~OpenVPN 2.6.14 x86_64-pc-linux-gnu [SSL (OpenSSL)] | openvpn 2.6.14",
                "/opt/tor | on %s (on Tor 0.4.9.11 ) | tor 0.4.9.11",
                "/opt/lib/libavcodec.so.59.37.100 | FFmpeg version 5.1.9-0+deb12u1 | ffmpeg 5.1.9",
                "/opt/gpg | GNU Privacy Guard's OpenPGP server 2.2.40 ready | gnupg 2.2.40",
                "/opt/lib/libpcre2-8.so.0.11.2 | ~10.42 2022-12-11~ | pcre2 10.42",
                "/opt/lib/libluajit-5.1.so.2.1.0 | LuaJIT 2.1.0-beta3 | luajit 2.1.0-beta3",
                "/opt/lib/liblzma.so.5.6.0 | ~5.6.0~ | xz 5.6.0",
                "/opt/lib/libsqlite3.so.0.8.6 | ~3.40.1~ | sqlite 3.40.1",
                "/opt/lib/libpng16.so.16.39.0 | libpng version 1.6.39 - November 20, 2022 | libpng 1.6.39",
            })
    void versionIsTheProgramsOwn(String path, String text, String expected) throws Exception {
        Cataloged found = Cataloged.of(cataloger, path, program(text.replace('~', '\0')));
        assertThat(found.namesAndVersions()).containsExactly(expected);
        assertThat(found.packages().getFirst().detail(Detail.PRODUCT)).isPresent();
    }

    @Test
    void numberThatIsNotOfThePythonThatTheNameTellsIsPassedOver() throws Exception {
        byte[] python = program("\0003.8.1\0003.11.4\000");
        assertThat(Cataloged.of(cataloger, "/usr/local/bin/python3.11", python).namesAndVersions())
                .containsExactly("python 3.11.4");
        assertThat(Cataloged.of(cataloger, "/opt/libpython3.8.so.1.0", python).namesAndVersions())
                .containsExactly("python 3.8.1");
        assertThat(Cataloged.of(cataloger, "/usr/local/bin/python3.12", python).packages())
                .isEmpty();
    }

    @Test
    void markAcrossTheEndOfAReadIsFound() throws Exception {
        for (int shift = -20; shift < 20; shift++) {
            byte[] program = new byte[(1 << 17) + 100];
            byte[] text = "BusyBox v1.36.1 (".getBytes(StandardCharsets.ISO_8859_1);
            System.arraycopy(text, 0, program, (1 << 16) + shift, text.length);
            assertThat(Cataloged.of(cataloger, "/bin/busybox", program).namesAndVersions())
                    .as("shifted by " + shift)
                    .containsExactly("busybox 1.36.1");
        }
    }

    @Test
    void programWithoutItsMarkAndMarkWithoutVersionNameNothing() throws Exception {
        for (String text : new String[] {"", "BusyBox v", "BusyBox vx", "BusyBox v1.", "OpenSSL 3.0.0"}) {
            assertThat(Cataloged.of(cataloger, "/bin/busybox", program(text)).packages())
                    .isEmpty();
            assertThat(Cataloged.of(cataloger, "/bin/busybox", text).packages()).isEmpty();
        }
    }

    @Test
    void javaRuntimeSaysWhatItIs() throws Exception {
        PackageRecord found = Cataloged.of(
                        cataloger,
                        "/opt/java/release",
                        "IMPLEMENTOR=\"Eclipse Adoptium\"\nJAVA_VERSION=\"17.0.8\"\nOS_NAME=\"Linux\"\n")
                .packages()
                .getFirst();
        assertThat(found.name() + " " + found.version()).isEqualTo("openjdk 17.0.8");
        assertThat(found.detail(Detail.VENDOR)).contains("Eclipse Adoptium");
        assertThat(Cataloged.of(cataloger, "/etc/release", "Something 1.0\n").packages())
                .isEmpty();
    }

    private static byte[] program(String text) {
        byte[] program = new byte[100_000];
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        System.arraycopy(bytes, 0, program, 50_000, bytes.length);
        return program;
    }
}
