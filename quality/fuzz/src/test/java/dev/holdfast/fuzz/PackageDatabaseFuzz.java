package dev.holdfast.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.holdfast.inventory.apk.ApkCataloger;
import dev.holdfast.inventory.dpkg.DpkgCataloger;
import dev.holdfast.inventory.rpm.RpmCataloger;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** The databases of dpkg, apk and rpm. */
class PackageDatabaseFuzz {
    @MethodSource("statusFiles")
    @FuzzTest
    void dpkgStatus(byte[] bytes) {
        Hostile.catalog(new DpkgCataloger(), "/var/lib/dpkg/status", bytes);
    }

    @MethodSource("installedFiles")
    @FuzzTest
    void apkInstalled(byte[] bytes) {
        Hostile.catalog(new ApkCataloger(), "/lib/apk/db/installed", bytes);
    }

    @MethodSource("databases")
    @FuzzTest
    void rpmBerkeley(byte[] bytes) {
        Hostile.catalog(new RpmCataloger(), "/var/lib/rpm/Packages", bytes);
    }

    @MethodSource("databases")
    @FuzzTest
    void rpmNdb(byte[] bytes) {
        Hostile.catalog(new RpmCataloger(), "/var/lib/rpm/Packages.db", bytes);
    }

    @MethodSource("databases")
    @FuzzTest
    void rpmSqlite(byte[] bytes) {
        Hostile.catalog(new RpmCataloger(), "/var/lib/rpm/rpmdb.sqlite", bytes);
    }

    static Stream<byte[]> statusFiles() {
        return Stream.of("""
                Package: bash
                Status: install ok installed
                Architecture: amd64
                Source: bash (5.2-1)
                Version: 5.2-1+b1
                Conffiles:
                 /etc/bash.bashrc 89269e1298235f1b12b4c16e4065ad0d
                Description: shell
                 long
                 .

                Package: gone
                Status: deinstall ok config-files
                Version: 1
                """).map(text -> text.getBytes(UTF_8));
    }

    static Stream<byte[]> installedFiles() {
        return Stream.of("""
                C:Q1abc=
                P:musl
                V:1.1.22-r3
                A:x86_64
                o:musl
                F:lib
                R:ld-musl-x86_64.so.1
                a:0:0:755
                Z:Q1x=

                """).map(text -> text.getBytes(UTF_8));
    }

    static Stream<byte[]> databases() {
        return Stream.of("SQLite format 3\0", "RpmP", "\0\0\0\0").map(text -> text.getBytes(UTF_8));
    }
}
