package dev.holdfast.inventory.npm;

import dev.holdfast.core.InputException;
import dev.holdfast.inventory.BroughtAlong;
import dev.holdfast.inventory.Confidence;
import dev.holdfast.inventory.FileNames;
import dev.holdfast.inventory.NamedFileCataloger;
import dev.holdfast.inventory.PackageRecord;
import dev.holdfast.inventory.PackageRecord.Detail;
import dev.holdfast.inventory.PackageType;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

/**
 * Reads installed Node packages and the lock files of npm, yarn, pnpm, bun and deno. A lock file inside {@code node_modules}, be it a package's own or the copy that npm
 * keeps there, tells nothing that the folders do not: it is left alone. What another lock file names is marked as such; whether it is
 * believed beside what is installed is for the inventory to say.
 */
public final class NpmCataloger implements NamedFileCataloger {
    /** The largest package.json in the registry's popular packages is below 1 MB; what lists more is read no further. */
    private static final long MOST_PACKAGE_JSON = 16L << 20;

    private static final FileNames FILES = FileNames.of(
            "package.json",
            "package-lock.json",
            "npm-shrinkwrap.json",
            "yarn.lock",
            "pnpm-lock.yaml",
            "bun.lock",
            "deno.lock");

    @Override
    public String name() {
        return "npm";
    }

    @Override
    public FileNames files() {
        return FILES;
    }

    @Override
    public List<Reads> reads() {
        return List.of(
                new Reads("npm, installed", "`node_modules/**/package.json`", "aliases under their real name"),
                new Reads(
                        "npm, locked",
                        "`package-lock.json`, `npm-shrinkwrap.json`, `yarn.lock` (1 to berry), `pnpm-lock.yaml` (5, 6, 9), `bun.lock`, `deno.lock`",
                        "every package with its line, `dev` where the file tells (not yarn, bun, deno); workspaces of the project by package-lock only"));
    }

    @Override
    public boolean isRecord(String path) {
        return path.endsWith("package.json")
                ? ModulePath.installedName(path).isPresent()
                : !ModulePath.isInsideModules(path) && !BroughtAlong.isInside(path);
    }

    @Override
    public void catalog(RecordFile file, Consumer<PackageRecord> packages) throws InputException, IOException {
        switch (file.name()) {
            case "package-lock.json", "npm-shrinkwrap.json" ->
                report(LockFile.parse(file.bytes(), file.limits()), file.name(), packages);
            case "yarn.lock" -> report(YarnLock.parse(file.bytes(), file.limits()), file.name(), packages);
            case "pnpm-lock.yaml" -> report(PnpmLock.parse(file.bytes(), file.limits()), file.name(), packages);
            case "bun.lock" -> report(BunLock.parse(file.bytes(), file.limits()), file.name(), packages);
            case "deno.lock" -> DenoLock.read(file.bytes(), file.limits(), packages);
            default -> catalogInstalled(file, packages);
        }
    }

    private static void catalogInstalled(RecordFile file, Consumer<PackageRecord> packages)
            throws InputException, IOException {
        PackageJson head = PackageJson.parse(
                file.content().readAll(Math.min(MOST_PACKAGE_JSON, file.limits().fileBytes())), file.limits());
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

    private static void report(List<Locked> all, String kind, Consumer<PackageRecord> packages) {
        for (Locked locked : all) {
            PackageRecord found =
                    PackageRecord.locked(PackageType.NPM, locked.name(), locked.version(), kind, locked.line());
            if (!locked.alias().isEmpty()) {
                found = found.withDetail(Detail.ALIAS, locked.alias());
            }
            packages.accept(found.forDevelopment(locked.development()));
        }
    }
}
