package dev.holdfast.inventory.java;

import dev.holdfast.archive.zip.SeekableBytes;
import dev.holdfast.archive.zip.ZipArchive;
import dev.holdfast.core.InputException;
import dev.holdfast.inventory.Cataloger;
import dev.holdfast.inventory.PackageRecord;
import dev.holdfast.inventory.SeekableContent;
import dev.holdfast.oci.FileHeader;
import dev.holdfast.oci.FileType;
import dev.holdfast.oci.Want;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

/** Names Java archives, and what is inside them to any depth within limits. A {@code .zip} counts when its content is a jar's. */
public final class JavaCataloger implements Cataloger {
    /** An empty zip archive. */
    private static final int SMALLEST = 22;
    /** A jar that was renamed to .zip is a library; what is larger is data. */
    private static final long LARGEST_ZIP = 64L << 20;

    @Override
    public String name() {
        return "java";
    }

    @Override
    public List<Reads> reads() {
        return List.of(
                new Reads(
                        "Java",
                        "jar, war, ear and their kin, nested to any depth within limits; a jar under another name too",
                        "`pom.properties`, manifest, package names of the classes, file name, in this order of trust; what these do not explain, by its [class files](java.md)"));
    }

    @Override
    public Want wants(String path, FileHeader header) {
        if (header.type() != FileType.REGULAR || header.size() < SMALLEST) {
            return Want.NOTHING;
        }
        boolean wanted = ArchiveKind.isArchive(path) || ArchiveKind.isZip(path) && header.size() <= LARGEST_ZIP;
        return wanted ? Want.CONTENT : Want.NOTHING;
    }

    @Override
    public void catalog(RecordFile file, Consumer<PackageRecord> packages) throws InputException, IOException {
        SeekableBytes bytes = new SeekableContent(file.content());
        boolean beginsLikeZip = ZipArchive.beginsLikeZip(bytes);
        if (!beginsLikeZip && !ArchiveKind.isCertain(file.path())) {
            return;
        }
        try (ZipArchive archive = ZipArchive.open(bytes, file.limits())) {
            JarContents contents = JarContents.of(archive);
            if (ArchiveKind.isZip(file.path()) && !contents.isJar()) {
                return;
            }
            new ArchiveWalk(file, packages).visit(archive, contents);
        } catch (InputException unreadable) {
            // A broken .zip is nobody's package record; a broken archive of Java is a gap.
            if (!ArchiveKind.isZip(file.path())) {
                throw unreadable;
            }
        }
    }
}
