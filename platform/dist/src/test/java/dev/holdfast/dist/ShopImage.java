package dev.holdfast.dist;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/**
 * Writes {@code examples/shop.tar}: the image of an invented web shop as {@code docker save} writes it (Docker 25 and later: an OCI layout
 * with a {@code manifest.json}). It holds metadata only, all of it written here: package databases, manifests and empty archives that say
 * about themselves what real ones would. No program is in it. The same sources give the same bytes.
 *
 * <p>Its layers tell the story that a report should tell: an old Debian 12 base; packages installed on it; Python and npm applications; an
 * executable jar with libraries inside; a package removed again, which is no finding although its files still lie in an older layer; a jar
 * that is cut off, which is a gap.
 */
final class ShopImage {
    private static final String BASE_BUILT = "2024-02-13T00:37:42Z";
    private static final String BUILT = "2024-03-14T09:26:53Z";

    private ShopImage() {}

    static byte[] bytes() throws IOException {
        List<Layer> layers = List.of(
                base(), systemPackages(), pythonApplication(), webApplication(), javaApplication(), cleanUp(), agent());
        return new DockerArchive("shop:1.4", configuration(layers), layers).bytes();
    }

    /** One layer: the instruction that made it, as the history tells it, and its tar. */
    record Layer(String instruction, String created, byte[] tar) {
        String digest() {
            return DockerArchive.sha256(tar);
        }
    }

    private static Layer base() {
        String osRelease = """
                PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"
                NAME="Debian GNU/Linux"
                VERSION_ID="12"
                VERSION="12 (bookworm)"
                VERSION_CODENAME=bookworm
                ID=debian
                HOME_URL="https://www.debian.org/"
                SUPPORT_URL="https://www.debian.org/support"
                BUG_REPORT_URL="https://bugs.debian.org/"
                """;
        return new Layer(
                "/bin/sh -c #(nop) ADD file:4ff85a1e1b4d in / ",
                BASE_BUILT,
                new TarWriter()
                        .folder("etc/")
                        .file("etc/debian_version", "12.5\n")
                        .link("etc/os-release", "../usr/lib/os-release")
                        .file("usr/lib/os-release", osRelease)
                        .file("var/lib/dpkg/status", ShopPackages.status(ShopPackages.BASE))
                        .bytes());
    }

    private static Layer systemPackages() {
        return new Layer(
                "RUN /bin/sh -c apt-get update && apt-get install -y --no-install-recommends ca-certificates curl nginx openjdk-17-jre-headless"
                        + " openssh-client python3-pip python3-yaml wget # buildkit",
                BUILT,
                new TarWriter()
                        .file("usr/bin/ssh", "(a program)\n")
                        .file("usr/lib/python3/dist-packages/PyYAML-6.0.egg-info/PKG-INFO", metadata("PyYAML", "6.0"))
                        .file("var/lib/dpkg/info/openssh-client.list", "/.\n/usr\n/usr/bin\n/usr/bin/ssh\n")
                        .file("var/lib/dpkg/info/python3-yaml:amd64.list", """
                                /.
                                /usr
                                /usr/lib
                                /usr/lib/python3
                                /usr/lib/python3/dist-packages
                                /usr/lib/python3/dist-packages/PyYAML-6.0.egg-info
                                /usr/lib/python3/dist-packages/PyYAML-6.0.egg-info/PKG-INFO
                                """)
                        .file(
                                "var/lib/dpkg/status",
                                ShopPackages.status(ShopPackages.BASE, ShopPackages.ADDED, ShopPackages.REMOVED_LATER))
                        .bytes());
    }

    private static Layer pythonApplication() {
        String packages = "usr/local/lib/python3.11/dist-packages/";
        TarWriter tar = new TarWriter();
        for (String[] library : new String[][] {
            {"Jinja2", "2.10.1"},
            {"MarkupSafe", "2.1.5"},
            {"certifi", "2022.9.24"},
            {"requests", "2.19.1"},
            {"urllib3", "1.24.1"}
        }) {
            tar.file(
                    packages + library[0] + "-" + library[1] + ".dist-info/METADATA", metadata(library[0], library[1]));
        }
        return new Layer("RUN /bin/sh -c pip install -r /srv/mail/requirements.txt # buildkit", BUILT, tar.bytes());
    }

    private static String metadata(String name, String version) {
        return "Metadata-Version: 2.1\nName: " + name + "\nVersion: " + version + "\n";
    }

    private static Layer webApplication() {
        TarWriter tar = new TarWriter()
                .file(
                        "srv/web/package.json",
                        "{\n  \"name\": \"shop-web\",\n  \"version\": \"1.4.0\",\n  \"private\": true\n}\n");
        for (String[] module : new String[][] {
            {"axios", "0.21.0"},
            {"follow-redirects", "1.15.9"},
            {"jquery", "3.4.1"},
            {"lodash", "4.17.20"},
            {"moment", "2.29.1"}
        }) {
            tar.file(
                    "srv/web/node_modules/" + module[0] + "/package.json",
                    "{\n  \"name\": \"" + module[0] + "\",\n  \"version\": \"" + module[1] + "\"\n}\n");
        }
        return new Layer("COPY web/ /srv/web/ # buildkit", BUILT, tar.bytes());
    }

    private static Layer javaApplication() throws IOException {
        JarWriter shop = new JarWriter(List.of(
                "Main-Class: org.springframework.boot.loader.launch.JarLauncher",
                "Start-Class: com.example.shop.Shop",
                "Spring-Boot-Version: 3.2.3",
                "Implementation-Title: shop",
                "Implementation-Version: 1.4.0"));
        shop.maven("com.example", "shop", "1.4.0");
        for (String[] library : new String[][] {
            {"org.apache.commons", "commons-lang3", "3.14.0"},
            {"org.apache.commons", "commons-text", "1.9"},
            {"org.apache.logging.log4j", "log4j-api", "2.14.1"},
            {"org.apache.logging.log4j", "log4j-core", "2.14.1"}
        }) {
            shop.entry(
                    "BOOT-INF/lib/" + library[1] + "-" + library[2] + ".jar",
                    library(library[0], library[1], library[2]));
        }
        return new Layer(
                "COPY target/shop.jar /app/ # buildkit",
                BUILT,
                new TarWriter().file("app/shop.jar", shop.bytes()).bytes());
    }

    private static byte[] library(String group, String artifact, String version) throws IOException {
        return new JarWriter(List.of("Implementation-Title: " + artifact, "Implementation-Version: " + version))
                .maven(group, artifact, version)
                .bytes();
    }

    /** Removed packages leave the database (purged) or stay in it as configuration only (wget). */
    private static Layer cleanUp() {
        return new Layer(
                "RUN /bin/sh -c apt-get purge -y openssh-client && apt-get remove -y wget && rm -rf /var/lib/apt/lists/* # buildkit",
                BUILT,
                new TarWriter()
                        .file("usr/bin/.wh.ssh", "")
                        .file("var/lib/dpkg/info/.wh.openssh-client.list", "")
                        .file(
                                "var/lib/dpkg/status",
                                ShopPackages.status(
                                        ShopPackages.BASE, ShopPackages.ADDED, ShopPackages.CONFIGURATION_ONLY))
                        .bytes());
    }

    private static Layer agent() throws IOException {
        byte[] whole = library("com.example", "telemetry-agent", "0.9");
        byte[] cut = Arrays.copyOf(whole, whole.length * 2 / 3);
        return new Layer(
                "COPY telemetry-agent.jar /opt/agent/ # buildkit",
                BUILT,
                new TarWriter().file("opt/agent/telemetry-agent.jar", cut).bytes());
    }

    private static String configuration(List<Layer> layers) {
        StringBuilder digests = new StringBuilder();
        StringBuilder history = new StringBuilder();
        for (Layer layer : layers) {
            digests.append(digests.isEmpty() ? "" : ",")
                    .append("\"sha256:")
                    .append(layer.digest())
                    .append('"');
            history.append(history(layer.created(), layer.instruction(), false)).append(',');
            if (layer.created().equals(BASE_BUILT)) {
                history.append(history(BASE_BUILT, "/bin/sh -c #(nop)  CMD [\\\"bash\\\"]", true))
                        .append(',');
            }
        }
        history.append(history(BUILT, "EXPOSE map[8080/tcp:{}]", true)).append(',');
        history.append(history(BUILT, "ENTRYPOINT [\\\"java\\\" \\\"-jar\\\" \\\"/app/shop.jar\\\"]", true));
        return """
                {"architecture":"amd64","config":{"Entrypoint":["java","-jar","/app/shop.jar"],\
                "Env":["PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"],"ExposedPorts":{"8080/tcp":{}}},\
                "created":"%s","history":[%s],"os":"linux","rootfs":{"diff_ids":[%s],"type":"layers"}}""".formatted(BUILT, history, digests);
    }

    private static String history(String created, String instruction, boolean isEmpty) {
        return "{\"created\":\"" + created + "\",\"created_by\":\"" + instruction + "\""
                + (isEmpty ? ",\"empty_layer\":true}" : "}");
    }

    static byte[] utf8(String text) {
        return text.getBytes(UTF_8);
    }

    static void append(ByteArrayOutputStream out, byte[] bytes) {
        out.write(bytes, 0, bytes.length);
    }
}
