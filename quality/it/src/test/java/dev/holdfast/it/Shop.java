package dev.holdfast.it;

import static dev.holdfast.it.Content.deb;
import static dev.holdfast.oci.testing.LayerBuilder.layer;

import dev.holdfast.cli.ProgramRun;
import dev.holdfast.oci.testing.ArchiveBuilder;
import dev.holdfast.oci.testing.ImageBuilder;
import dev.holdfast.oci.testing.LayerBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * An image as many of these tests want it, with {@link Facts#small()} beside it: Debian 12 and one package with known flaws.
 *
 * @param image the archive's file
 * @param base the file of the facts
 */
record Shop(String image, String base) {
    /** The plain image. */
    static Shop in(Path folder) throws IOException {
        return in(folder, ImageBuilder.image().tag("shop:1").layer(debian()));
    }

    /** An image that has more. */
    static Shop in(Path folder, ImageBuilder image) throws IOException {
        Path archive = Files.write(folder.resolve("image.tar"), ArchiveBuilder.dockerArchive(image));
        Path base = Facts.small().write(folder.resolve("facts.hfdb"));
        return new Shop(archive.toString(), base.toString());
    }

    /** The layer with the distribution and its flawed package. */
    static LayerBuilder debian() {
        return layer().file("etc/os-release", Content.DEBIAN)
                .file("var/lib/dpkg/status", deb("glibc", "2.36-9+deb12u1"));
    }

    /** Runs a command on the image with these facts. */
    ProgramRun run(String command, String... words) {
        String[] all = Arrays.copyOf(new String[] {command, image, "--db", base}, words.length + 4);
        System.arraycopy(words, 0, all, 4, words.length);
        return ProgramRun.of(all);
    }
}
