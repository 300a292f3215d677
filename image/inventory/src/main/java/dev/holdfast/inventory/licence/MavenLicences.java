package dev.holdfast.inventory.licence;

import dev.holdfast.archive.zip.SeekableBytes;
import dev.holdfast.archive.zip.ZipArchive;
import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.inventory.SeekableContent;
import dev.holdfast.oci.FileTree;
import dev.holdfast.oci.FileType;
import dev.holdfast.oci.FileVersion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a Java library says of its licence: the project file that the build put into the jar,
 *
 * <pre>
 * META-INF/maven/GROUP/ARTIFACT/pom.xml   project/licenses/license/name      any of them may be chosen
 * </pre>
 *
 * else, where no other library was merged into the jar, {@code Bundle-License} of the manifest. What only a parent project says is not in
 * the jar.
 */
final class MavenLicences {
    private static final String NESTED = " ▸ ";
    private static final String MANIFEST = "META-INF/MANIFEST.MF";
    private static final long MOST_TEXT = 4L << 20;
    private static final long MOST_ARCHIVE = 512L << 20;

    private static final Pattern LICENCES =
            Pattern.compile("<licenses>((?:(?!</licenses>).){0,20000})</licenses>", Pattern.DOTALL);
    private static final Pattern NAME = Pattern.compile("<name>\\s*([^<]{1,300}?)\\s*</name>");
    private static final Pattern COMMENT = Pattern.compile("<!--.{0,20000}?-->", Pattern.DOTALL);
    private static final Pattern BUNDLE = Pattern.compile("(?m)^Bundle-License:\\s*(.{1,500})$");

    private final FileTree tree;
    private final Limits limits;

    MavenLicences(FileTree tree, Limits limits) {
        this.tree = tree;
        this.limits = limits;
    }

    /**
     * @param library {@code group:artifact}
     * @param path of the jar, behind those that it lies in
     */
    String words(String library, String path) throws InputException, IOException {
        List<String> all = List.of(path.split(NESTED, -1));
        boolean isMerged = all.size() > 1 && all.getLast().startsWith("META-INF/");
        List<String> parts = isMerged ? all.subList(0, all.size() - 1) : all;
        Optional<FileVersion> file = tree.resolve(parts.getFirst());
        if (file.isEmpty() || file.get().type() != FileType.REGULAR) {
            return "";
        }
        return words(library, new SeekableContent(tree.content(file.get())), parts.subList(1, parts.size()));
    }

    private String words(String library, SeekableBytes bytes, List<String> inner) throws InputException, IOException {
        if (!ZipArchive.beginsLikeZip(bytes)) {
            return "";
        }
        try (ZipArchive archive = ZipArchive.open(bytes, limits)) {
            if (inner.isEmpty()) {
                return ofArchive(archive, library);
            }
            int entry = find(archive, inner.getFirst());
            return entry < 0 ? "" : words(library, archive.open(entry, MOST_ARCHIVE), inner.subList(1, inner.size()));
        }
    }

    private static String ofArchive(ZipArchive archive, String library) throws InputException, IOException {
        String own = "META-INF/maven/" + library.replace(':', '/') + "/pom.xml";
        int projects = 0;
        int project = -1;
        int manifest = -1;
        for (int i = 0; i < archive.count(); i++) {
            if (archive.nameHas(i, 0, "META-INF/") && archive.nameEndsWith(i, "/pom.xml")) {
                projects++;
                project = archive.name(i).equals(own) ? i : project;
            } else if (archive.nameLength(i) == MANIFEST.length() && archive.nameHas(i, 0, MANIFEST)) {
                manifest = i;
            }
        }
        String said = project < 0 ? "" : ofProject(text(archive, project));
        boolean isAlone = projects == 0 || projects == 1 && project >= 0;
        return said.isEmpty() && isAlone && manifest >= 0 ? ofManifest(text(archive, manifest)) : said;
    }

    private static int find(ZipArchive archive, String name) {
        for (int i = 0; i < archive.count(); i++) {
            if (archive.nameEndsWith(i, name) && archive.name(i).equals(name)) {
                return i;
            }
        }
        return -1;
    }

    private static String text(ZipArchive archive, int entry) throws InputException, IOException {
        return new String(archive.read(entry, MOST_TEXT), StandardCharsets.UTF_8);
    }

    static String ofProject(String project) {
        Matcher list = LICENCES.matcher(COMMENT.matcher(project).replaceAll(""));
        List<String> names = new ArrayList<>();
        if (list.find()) {
            Matcher name = NAME.matcher(list.group(1));
            while (name.find()) {
                names.add(bracketed(name.group(1)));
            }
        }
        return String.join(" OR ", names);
    }

    /** A header's line goes on behind a space at the beginning of the next; links and descriptions follow semicolons. */
    static String ofManifest(String manifest) {
        Matcher header = BUNDLE.matcher(manifest.replace("\r\n", "\n").replace("\n ", ""));
        if (!header.find()) {
            return "";
        }
        List<String> names = new ArrayList<>();
        for (String each : header.group(1).split(",(?=\\s*\\S+://|[^ ])", -1)) {
            int end = each.indexOf(';');
            names.add(bracketed((end < 0 ? each : each.substring(0, end)).strip()));
        }
        return String.join(" OR ", names);
    }

    /** A name that is read as one licence stays one, whatever words are in it. */
    private static String bracketed(String name) {
        String plain = name.replaceAll("\\s+", " ").replace("&amp;", "&");
        return LicenceWords.isKnown(plain) || plain.indexOf(' ') < 0 ? LicenceWords.spelled(plain) : "(" + plain + ")";
    }
}
