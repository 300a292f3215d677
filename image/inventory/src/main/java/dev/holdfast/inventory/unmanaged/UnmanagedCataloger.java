package dev.holdfast.inventory.unmanaged;

import dev.holdfast.core.InputException;
import dev.holdfast.inventory.Cataloger;
import dev.holdfast.inventory.Confidence;
import dev.holdfast.inventory.PackageRecord;
import dev.holdfast.inventory.PackageRecord.Detail;
import dev.holdfast.inventory.PackageType;
import dev.holdfast.inventory.format.TextLines;
import dev.holdfast.oci.FileContent;
import dev.holdfast.oci.FileHeader;
import dev.holdfast.oci.FileType;
import dev.holdfast.oci.Want;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names well-known programs, libraries and Java runtimes that no distribution package owns. Of a program it is the first place at which its
 * mark has a version behind it that counts; of a Java runtime, the file {@code release} in its folder says {@code JAVA_VERSION="17.0.8"}.
 */
public final class UnmanagedCataloger implements Cataloger {
    private static final String RELEASE = "/release";

    /** The smallest of the programs, a busybox with few applets, is above this. */
    private static final long SMALLEST = 40_000;

    private static final int CHUNK = 1 << 16;

    /** A mark and its version take less. */
    private static final int WINDOW = 256;

    private static final long MOST_RELEASE = 1 << 16;

    @Override
    public String name() {
        return "unmanaged";
    }

    @Override
    public List<Reads> reads() {
        return List.of(new Reads(
                "Unmanaged programs",
                "by name: busybox, openssl (libcrypto, libssl), nginx, node, python, postgres, mariadbd, redis-server, httpd, "
                        + "haproxy, memcached, lighttpd, curl, php, ruby, perl, bash, zlib, sshd, dropbear, git, gpg, lua, openvpn, "
                        + "unbound, dnsmasq, tor, stunnel, vsftpd; the libraries glibc, musl, expat, libarchive, ffmpeg, libgcrypt, "
                        + "gnutls, libjpeg-turbo, luajit, mbedtls, nss, pcre2, libpng, libssh, libssh2, libtiff, wolfssl, cups, krb5, xz, "
                        + "sqlite; a Java runtime's `release`",
                "the version that the program itself tells; only of files that no distribution package owns, and where distributions"
                        + " install only in an image without their packages"));
    }

    @Override
    public boolean readsOnlyUnowned() {
        return true;
    }

    @Override
    public Want wants(String path, FileHeader header) {
        if (header.type() != FileType.REGULAR) {
            return Want.NOTHING;
        }
        if (header.size() < SMALLEST) {
            return path.endsWith(RELEASE) && header.size() > 0 ? Want.CONTENT : Want.NOTHING;
        }
        boolean isOurs = header.isExecutable() || isInstalledBeside(path);
        return isOurs && KnownProgram.named(path).isPresent() ? Want.PROGRAM : Want.NOTHING;
    }

    /** Where no distribution installs: a library elsewhere, which need not be executable, would be read for nothing in most images. */
    private static boolean isInstalledBeside(String path) {
        return !path.startsWith("/usr/lib") && !path.startsWith("/lib");
    }

    @Override
    public void catalog(RecordFile file, Consumer<PackageRecord> packages) throws InputException, IOException {
        if (file.path().endsWith(RELEASE)) {
            readRelease(file, packages);
            return;
        }
        Optional<KnownProgram> known = KnownProgram.named(file.path());
        if (known.isEmpty()) {
            return;
        }
        String version = versionIn(file.content(), known.get(), known.get().beginning(file.path()));
        if (!version.isEmpty()) {
            packages.accept(PackageRecord.of(
                            PackageType.GENERIC,
                            known.get().product(),
                            version,
                            Confidence.MEDIUM,
                            "the program's own text")
                    .withDetail(Detail.PRODUCT, known.get().platform()));
        }
    }

    private static String versionIn(FileContent content, KnownProgram program, String beginning) throws IOException {
        byte[] mark = program.mark();
        Pattern pattern = program.version();
        byte[] window = new byte[CHUNK + WINDOW];
        for (long start = 0; start < content.size(); start += CHUNK) {
            int length = Math.max(0, content.read(start, window, 0, window.length));
            int last = Math.min(CHUNK, length - mark.length);
            for (int at = 0; at < last; at++) {
                if (window[at] == mark[0] && holds(window, at, mark)) {
                    String version = versionAt(window, at + mark.length, length, pattern);
                    if (!version.isEmpty() && version.startsWith(beginning)) {
                        return version;
                    }
                }
            }
        }
        return "";
    }

    private static boolean holds(byte[] window, int at, byte[] mark) {
        for (int i = 1; i < mark.length; i++) {
            if (window[at + i] != mark[i]) {
                return false;
            }
        }
        return true;
    }

    private static String versionAt(byte[] window, int from, int length, Pattern pattern) {
        if (from >= length || window[from] < '0' || window[from] > '9') {
            return ""; // every version begins with a digit
        }
        String text = new String(window, from, Math.min(WINDOW / 2, length - from), StandardCharsets.ISO_8859_1);
        Matcher version = pattern.matcher(text);
        return version.lookingAt() ? version.group(1) : "";
    }

    private static void readRelease(RecordFile file, Consumer<PackageRecord> packages)
            throws InputException, IOException {
        TextLines lines = new TextLines(file.content().readAll(MOST_RELEASE), file.limits());
        String version = "";
        String vendor = "";
        while (lines.advance()) {
            String line = lines.text();
            if (line.startsWith("JAVA_VERSION=")) {
                version = line.substring("JAVA_VERSION=".length())
                        .replace("\"", "")
                        .strip();
            } else if (line.startsWith("IMPLEMENTOR=")) {
                vendor = line.substring("IMPLEMENTOR=".length())
                        .replace("\"", "")
                        .strip();
            }
        }
        if (!version.isEmpty()) {
            PackageRecord found = PackageRecord.of(
                            PackageType.GENERIC, "openjdk", version, Confidence.MEDIUM, "release of a Java runtime")
                    .withDetail(Detail.PRODUCT, "oracle:openjdk");
            packages.accept(vendor.isEmpty() ? found : found.withDetail(Detail.VENDOR, vendor));
        }
    }
}
