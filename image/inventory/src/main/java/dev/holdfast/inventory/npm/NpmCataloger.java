package dev.holdfast.inventory.npm;

import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.inventory.Cataloger;
import dev.holdfast.inventory.Confidence;
import dev.holdfast.inventory.PackageRecord;
import dev.holdfast.inventory.PackageRecord.Detail;
import dev.holdfast.inventory.PackageType;
import dev.holdfast.inventory.npm.LockFile.Locked;
import dev.holdfast.oci.FileContent;
import dev.holdfast.oci.FileHeader;
import dev.holdfast.oci.FileType;
import dev.holdfast.oci.Want;
import java.io.IOException;
import java.util.function.Consumer;

/**
 * Reads installed Node packages and npm's lock files. A lock file inside {@code node_modules}, be it a package's own or the copy that npm
 * keeps there, tells nothing that the folders do not: it is left alone. What another lock file names is marked as such; whether it is
 * believed beside what is installed is for the inventory to say.
 */
public final class NpmCataloger implements Cataloger {
    /** The largest package.json in the registry's popular packages is below 1 MB; what lists more is read no further. */
    private static final long MOST_PACKAGE_JSON = 16L << 20;

    @Override
    public String name() {
        return "npm";
    }

    @Override
    public Want wants(String path, FileHeader header) {
        if (!path.endsWith(".json") || header.type() != FileType.REGULAR || header.size() == 0) {
            return Want.NOTHING;
        }
        boolean wanted = ModulePath.installedName(path).isPresent() || isLockFile(path);
        return wanted ? Want.CONTENT : Want.NOTHING;
    }

    private static boolean isLockFile(String path) {
        return (path.endsWith("/package-lock.json") || path.endsWith("/npm-shrinkwrap.json"))
                && !ModulePath.isInsideModules(path);
    }

    @Override
    public void catalog(RecordFile file, Consumer<PackageRecord> packages) throws InputException, IOException {
        if (isLockFile(file.path())) {
            catalogLock(file, packages);
        } else {
            catalogInstalled(file, packages);
        }
    }

    private static void catalogInstalled(RecordFile file, Consumer<PackageRecord> packages)
            throws InputException, IOException {
        PackageJson head = PackageJson.parse(bytes(file.content(), MOST_PACKAGE_JSON, file.limits()), file.limits());
        if (head.name().isEmpty() || head.version().isEmpty()) {
            return;
        }
        PackageRecord found =
                PackageRecord.of(PackageType.NPM, head.name(), head.version(), Confidence.HIGH, "package.json");
        String installed = ModulePath.installedName(file.path()).orElse(head.name());
        if (!installed.equals(head.name())) {
            found = found.withDetail(Detail.ALIAS, installed);
        }
        packages.accept(isCached(file.path()) ? found.withDetail(Detail.WITNESS, "cache") : found);
    }

    /** Kept by yarn or pnpm to install from; installed are its copies. */
    private static boolean isCached(String path) {
        return path.contains("/.cache/yarn/") || path.contains("/share/.cache/") || path.contains("/.npm/_cacache/");
    }

    private static void catalogLock(RecordFile file, Consumer<PackageRecord> packages)
            throws InputException, IOException {
        String kind = file.path().substring(file.path().lastIndexOf('/') + 1);
        for (Locked locked :
                LockFile.parse(bytes(file.content(), file.limits().fileBytes(), file.limits()), file.limits())) {
            PackageRecord found = PackageRecord.of(
                            PackageType.NPM, locked.name(), locked.version(), Confidence.MEDIUM, kind)
                    .withLine(locked.line())
                    .withDetail(Detail.WITNESS, "lock");
            if (!locked.alias().isEmpty()) {
                found = found.withDetail(Detail.ALIAS, locked.alias());
            }
            packages.accept(locked.development() ? found.withDetail(Detail.SCOPE, "dev") : found);
        }
    }

    private static byte[] bytes(FileContent content, long most, Limits limits) throws InputException, IOException {
        return content.readAll(Math.min(most, limits.fileBytes()));
    }
}
