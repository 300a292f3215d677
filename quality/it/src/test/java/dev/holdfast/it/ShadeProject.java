package dev.holdfast.it;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Builds archives by real runs of the Maven Shade plug-in: one project with a module for each case. All descriptors of Maven are filtered
 * away, and each result gets a name that tells nothing.
 */
final class ShadeProject {
    private static final String PARENT = """
            <project><modelVersion>4.0.0</modelVersion><groupId>acme</groupId><artifactId>all</artifactId><version>1</version>
            <packaging>pom</packaging>
            <properties><maven.compiler.release>17</maven.compiler.release>
            <project.build.sourceEncoding>UTF-8</project.build.sourceEncoding></properties>
            <modules>%s</modules>
            <build><plugins>
            <plugin><groupId>org.apache.maven.plugins</groupId><artifactId>maven-compiler-plugin</artifactId><version>3.14.0</version></plugin>
            <plugin><groupId>org.apache.maven.plugins</groupId><artifactId>maven-jar-plugin</artifactId><version>3.4.2</version>
            <configuration><archive><addMavenDescriptor>false</addMavenDescriptor></archive></configuration></plugin>
            <plugin><groupId>org.apache.maven.plugins</groupId><artifactId>maven-shade-plugin</artifactId><version>3.6.0</version>
            <executions><execution><phase>package</phase><goals><goal>shade</goal></goals><configuration>
            <createDependencyReducedPom>false</createDependencyReducedPom><finalName>shaded</finalName>
            <filters><filter><artifact>*:*</artifact><excludes><exclude>META-INF/maven/**</exclude><exclude>META-INF/MANIFEST.MF</exclude>
            <exclude>META-INF/*.SF</exclude><exclude>META-INF/*.RSA</exclude><exclude>META-INF/*.DSA</exclude></excludes></filter></filters>
            </configuration></execution></executions></plugin>
            </plugins></build></project>
            """;

    private final Path folder;

    ShadeProject(Path folder) {
        this.folder = folder;
    }

    /** Builds all of them; a line of what went wrong, empty when nothing did. */
    String build(Path maven, List<ShadeCase> cases) throws IOException, InterruptedException {
        StringBuilder modules = new StringBuilder();
        for (ShadeCase shade : cases) {
            modules.append("<module>").append(shade.name).append("</module>");
            Path module = Files.createDirectories(folder.resolve(shade.name));
            Files.writeString(module.resolve("pom.xml"), shade.project());
            Path sources = Files.createDirectories(module.resolve("src/main/java/acme/own"));
            Files.writeString(sources.resolve("Application.java"), shade.source());
        }
        Files.writeString(folder.resolve("pom.xml"), PARENT.replace("%s", modules));
        Path log = folder.resolve("build.log");
        Process process = new ProcessBuilder(
                        maven.toString(),
                        "-B",
                        "-q",
                        "-f",
                        folder.resolve("pom.xml").toString(),
                        "package")
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        if (!process.waitFor(15, TimeUnit.MINUTES)) {
            process.destroy();
            return "Maven took more than a quarter of an hour";
        }
        return process.exitValue() == 0
                ? ""
                : Files.readAllLines(log).stream()
                        .filter(line -> line.startsWith("[ERROR]"))
                        .findFirst()
                        .orElse("Maven failed");
    }

    /** Puts an archive where it is to be scanned, in its form and under a name that tells nothing. */
    void deliver(ShadeCase shade, Path target) throws IOException {
        byte[] shaded = Files.readAllBytes(folder.resolve(shade.name).resolve("target/shaded.jar"));
        switch (shade.form) {
            case PLAIN -> Files.write(target, shaded);
            case BOOT -> Files.write(target, nested("BOOT-INF/lib/part.jar", shaded, ZipEntry.STORED));
            case WAR -> Files.write(target, nested("WEB-INF/lib/part.jar", shaded, ZipEntry.DEFLATED));
        }
    }

    private static byte[] nested(String name, byte[] content, int method) throws IOException {
        java.io.ByteArrayOutputStream bytes = new java.io.ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            ZipEntry entry = new ZipEntry(name);
            CRC32 check = new CRC32();
            check.update(content);
            entry.setMethod(method);
            entry.setSize(content.length);
            entry.setCrc(check.getValue());
            zip.putNextEntry(entry);
            ((OutputStream) zip).write(content);
            zip.closeEntry();
        }
        return bytes.toByteArray();
    }
}
