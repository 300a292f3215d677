package dev.holdfast.bench;

import dev.holdfast.secrets.catalogue.Examples;
import dev.holdfast.secrets.catalogue.Examples.Example;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Files as images have them, with one made-up secret of every kind in each way of writing and carrying it, and with what only looks like one. */
final class PlantedSecrets {
    private static final List<String> INNOCENT = List.of(
            "password=changeme",
            "password: ${DB_PASSWORD}",
            "DB_PASSWORD={{ vault_db_password }}",
            "api_key: <your-api-key>",
            "token = \"xxxxxxxxxxxxxxxxxxxxxxxx\"",
            "secret: vault:secret/data/shop#password",
            "client_secret=op://shop/db/password",
            "password: arn:aws:secretsmanager:eu-west-1:123456789012:secret:shop",
            "spring.datasource.password=ENC(8fKq29LmXv0pQwErTyUi==)",
            "passwordResetTokenExpiry=86400",
            "token_type: bearer",
            "String password = getPassword();",
            "id: 3f2b8c1e-9d4a-4e6f-8b7c-0a1d2e3f4a5b",
            "integrity sha512-v2kDEe57lecTulaDIuNTPy3Ry4gLGJ6Z1O3vE1krgXZNrsQ+LFTGHVxVjcXPs17LhbZVGedAJv8XZ1tvj5FvSg==",
            "commit 9fceb02d0ae598e95dc970b74767f19372d61af8",
            "image: nginx@sha256:5f70bf18a086007016e948b04aed3b82103a36bea41755b6cddfaf10ace3c6ef",
            "sshkey: ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl deploy",
            "url = postgres://user:password@localhost/db",
            "url: https://api.internal:8443/v1/items",
            "secret_key_base: <%= ENV[\"SECRET_KEY_BASE\"] %>",
            "PASSWORD_FILE=/run/secrets/db_password",
            "keystore.path=/etc/ssl/keystore.jks",
            "aws_access_key_id = AKIAXXXXXXXXXXXXXXXX",
            "password: aaaaaaaaaaaaaaaa",
            "secretName: shop-database-credentials",
            "color: #a1b2c3d4e5f6");

    private final Random random;

    /** A file and how many secrets it holds. */
    record Planted(String kind, String way, String path, byte[] content, boolean isSecret) {}

    PlantedSecrets(long seed) {
        this.random = new Random(seed);
    }

    List<Planted> files() throws IOException {
        List<Planted> files = new ArrayList<>();
        for (Example example : Examples.all(random)) {
            String text = "# settings of the shop\nhost: db.internal\n" + example.text() + "\nport: 5432\n";
            String name = "/srv/shop/" + example.kind() + files.size();
            add(files, example, "settings", name + ".yml", bytes(text));
            add(files, example, "lines", name + ".env", bytes(text));
            add(files, example, "utf-16", name + ".properties", ("\ufeff" + text).getBytes(StandardCharsets.UTF_16LE));
            add(files, example, "jar", name + ".jar", zip("BOOT-INF/classes/application.yml", bytes(text)));
            byte[] inner = zip("conf/settings.yml", bytes(text));
            add(files, example, "jar in jar", name + ".war", zip("WEB-INF/inner.jar", inner));
            add(files, example, "gzip", name + ".yml.gz", gzip(bytes(text)));
            add(files, example, "git object", "/srv/.git/objects/" + hex(2) + "/" + hex(38), gitObject(bytes(text)));
            byte[] much = bytes("line of an ordinary log without anything in it\n".repeat(9_000) + text);
            add(files, example, "large file", name + ".log", much);
        }
        for (String innocent : INNOCENT) {
            Example example = new Example("innocent", innocent, false);
            add(files, example, "settings", "/srv/shop/innocent" + files.size() + ".yml", bytes(innocent + "\n"));
            add(files, example, "lines", "/srv/shop/innocent" + files.size() + ".env", bytes(innocent + "\n"));
            add(files, example, "source", "/srv/shop/Innocent" + files.size() + ".java", bytes(innocent + "\n"));
        }
        return files;
    }

    private static void add(List<Planted> files, Example example, String way, String path, byte[] content) {
        files.add(new Planted(example.kind(), way, path, content, example.isSecret()));
    }

    private String hex(int length) {
        StringBuilder text = new StringBuilder();
        while (text.length() < length) {
            text.append(String.format(Locale.ROOT, "%x", random.nextInt(16)));
        }
        return text.toString();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] zip(String name, byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("META-INF/MANIFEST.MF"));
            zip.write(bytes("Manifest-Version: 1.0\r\n\r\n"));
            zip.putNextEntry(new ZipEntry(name));
            zip.write(content);
        }
        return bytes.toByteArray();
    }

    private static byte[] gzip(byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(content);
        }
        return bytes.toByteArray();
    }

    private static byte[] gitObject(byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream zlib = new DeflaterOutputStream(bytes)) {
            zlib.write(bytes("blob " + content.length + "\0"));
            zlib.write(content);
        }
        return bytes.toByteArray();
    }
}
