package dev.holdfast.inventory.python;

import dev.holdfast.core.InputException;
import dev.holdfast.inventory.FileNames;
import dev.holdfast.inventory.LockFileCataloger;
import dev.holdfast.inventory.PackageRecord;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

/** Reads what Python projects lock: Poetry, uv, PDM, Pipenv, the common {@code pylock.toml}, and pinned requirements. */
public final class PythonLockCataloger implements LockFileCataloger {
    private static final FileNames FILES =
            FileNames.of("poetry.lock", "uv.lock", "pdm.lock", "Pipfile.lock", "*.toml", "*.txt");

    @Override
    public String name() {
        return "python-lock";
    }

    @Override
    public FileNames files() {
        return FILES;
    }

    @Override
    public List<Reads> reads() {
        return List.of(
                new Reads(
                        "Python, locked",
                        "`poetry.lock`, `uv.lock`, `pdm.lock`, `Pipfile.lock`, `pylock.toml`, `pylock.*.toml`",
                        "every package with its line; `dev` by category or group where the file has them (not uv, pylock)"),
                new Reads(
                        "Python, required",
                        "`*requirements*.txt`, `requirements/*.txt`, and what they include with `-r`",
                        "only what is pinned with `==` or `===`; a range names no version"));
    }

    @Override
    public boolean isRecord(String path) {
        boolean isTold = path.endsWith(".lock")
                || (path.endsWith(".toml") ? isPylock(path) : path.endsWith(".txt") && isRequirements(path));
        return isTold && LockFileCataloger.super.isRecord(path);
    }

    private static boolean isPylock(String path) {
        return path.startsWith("pylock.", path.lastIndexOf('/') + 1);
    }

    private static boolean isRequirements(String path) {
        int name = path.lastIndexOf('/') + 1;
        return path.indexOf("requirements", name) >= 0
                || path.startsWith("/requirements/", name - "/requirements/".length());
    }

    @Override
    public void catalog(RecordFile file, Consumer<PackageRecord> packages) throws InputException, IOException {
        switch (file.name()) {
            case "Pipfile.lock" -> PipfileLock.read(file.bytes(), file.limits(), packages);
            case "poetry.lock", "uv.lock", "pdm.lock" ->
                TomlLock.read(file.bytes(), file.name(), file.limits(), packages);
            default -> {
                if (file.name().endsWith(".toml")) {
                    TomlLock.read(file.bytes(), "pylock.toml", file.limits(), packages);
                } else {
                    new Requirements(file, packages).read();
                }
            }
        }
    }
}
