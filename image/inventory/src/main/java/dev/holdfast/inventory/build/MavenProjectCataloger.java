package dev.holdfast.inventory.build;

import dev.holdfast.core.InputException;
import dev.holdfast.inventory.FileNames;
import dev.holdfast.inventory.LockFileCataloger;
import dev.holdfast.inventory.PackageRecord;
import dev.holdfast.inventory.PackageType;
import dev.holdfast.inventory.build.ProjectFile.Dependency;
import dev.holdfast.inventory.format.XmlTags;
import dev.holdfast.oci.FileContent;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Reads the direct dependencies of Maven and Ivy projects. Versions of a {@code pom.xml} may come from its properties, and from the
 * properties and managed dependencies of its parents, as far as these are files of the same project; what a repository would have to
 * answer, such as an imported bill of materials, leaves the version unknown.
 */
public final class MavenProjectCataloger implements LockFileCataloger {
    private static final FileNames FILES = FileNames.of("pom.xml", "ivy.xml");

    /** Projects nest their parents two or three deep. */
    private static final int MOST_PARENTS = 10;

    @Override
    public String name() {
        return "maven-project";
    }

    @Override
    public FileNames files() {
        return FILES;
    }

    @Override
    public List<Reads> reads() {
        return List.of(
                new Reads(
                        "Maven, Ivy, sources",
                        "`pom.xml`, `ivy.xml`",
                        "direct dependencies only, with versions from the project's own properties and parents; `dev` for tests"));
    }

    /** The project file inside an archive, or beside one in a repository, is the archive's. */
    @Override
    public boolean isRecord(String path) {
        return !path.contains("/META-INF/") && LockFileCataloger.super.isRecord(path);
    }

    @Override
    public void catalog(RecordFile file, Consumer<PackageRecord> packages) throws InputException, IOException {
        if (file.name().equals("ivy.xml")) {
            readIvy(file, packages);
            return;
        }
        List<ProjectFile> chain = chain(file);
        ProjectFile project = chain.getFirst();
        for (Dependency each : project.dependencies()) {
            String group = Placeholders.resolved(each.group(), chain);
            String artifact = Placeholders.resolved(each.artifact(), chain);
            if (!group.isEmpty() && !artifact.isEmpty()) {
                packages.accept(PackageRecord.locked(
                                PackageType.MAVEN,
                                group + ":" + artifact,
                                versionOf(each, group + ":" + artifact, chain),
                                "pom.xml",
                                each.line())
                        .forDevelopment(each.scope().equals("test")));
            }
        }
    }

    private static String versionOf(Dependency dependency, String name, List<ProjectFile> chain) {
        String version = dependency.version();
        for (int i = 0; i < chain.size() && version.isEmpty(); i++) {
            version = chain.get(i).managedVersion(name);
        }
        String resolved = Placeholders.resolved(version, chain);
        boolean isRange = resolved.startsWith("[") || resolved.startsWith("(");
        return isRange ? "" : resolved;
    }

    /** The project and its parents, as far as they are at hand. */
    private static List<ProjectFile> chain(RecordFile file) throws InputException, IOException {
        List<ProjectFile> chain = new ArrayList<>();
        chain.add(ProjectFile.parse(file.bytes(), file.limits()));
        String folder = file.folder();
        while (chain.size() <= MOST_PARENTS && chain.getLast().hasParent()) {
            String path = plain(folder + "/" + chain.getLast().parentPath());
            Optional<FileContent> parent = file.siblings().find(path.endsWith(".xml") ? path : path + "/pom.xml");
            if (parent.isEmpty()) {
                break;
            }
            ProjectFile parsed =
                    ProjectFile.parse(parent.get().readAll(file.limits().fileBytes()), file.limits());
            if (!chain.getLast().isChildOf(parsed)) {
                break;
            }
            chain.add(parsed);
            folder = path.endsWith(".xml") ? path.substring(0, path.lastIndexOf('/')) : path;
        }
        return chain;
    }

    private static String plain(String path) {
        Deque<String> segments = new ArrayDeque<>();
        for (String segment : path.split("/")) {
            if (segment.equals("..")) {
                segments.pollLast();
            } else if (!segment.isEmpty() && !segment.equals(".")) {
                segments.add(segment);
            }
        }
        return "/" + String.join("/", segments);
    }

    /** {@code <dependency org="GROUP" name="ARTIFACT" rev="VERSION" conf="test->default"/>}; a dynamic revision is no version. */
    private static void readIvy(RecordFile file, Consumer<PackageRecord> packages) throws InputException, IOException {
        XmlTags tags = new XmlTags(file.bytes());
        while (tags.advance()) {
            if (tags.isClosing() || !tags.name().equals("dependency")) {
                continue;
            }
            String revision = tags.attribute("rev");
            boolean isExact = !revision.isEmpty()
                    && !revision.startsWith("latest.")
                    && !revision.endsWith("+")
                    && "[(]".indexOf(revision.charAt(0)) < 0
                    && !revision.contains("${");
            if (!tags.attribute("org").isEmpty() && !tags.attribute("name").isEmpty()) {
                packages.accept(PackageRecord.locked(
                                PackageType.MAVEN,
                                tags.attribute("org") + ":" + tags.attribute("name"),
                                isExact ? revision : "",
                                "ivy.xml",
                                tags.line())
                        .forDevelopment(tags.attribute("conf").startsWith("test")));
            }
        }
    }
}
