package dev.holdfast.inventory.swift;

import dev.holdfast.core.InputException;
import dev.holdfast.inventory.FileNames;
import dev.holdfast.inventory.LockFileCataloger;
import dev.holdfast.inventory.PackageRecord;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

/** Reads what the Swift package manager and CocoaPods lock. */
public final class SwiftCataloger implements LockFileCataloger {
    private static final FileNames FILES = FileNames.of("Package.resolved", ".package.resolved", "Podfile.lock");

    @Override
    public String name() {
        return "swift";
    }

    @Override
    public FileNames files() {
        return FILES;
    }

    @Override
    public List<Reads> reads() {
        return List.of(
                new Reads(
                        "Swift",
                        "`Package.resolved` (1 to 3)",
                        "every package by its repository, with its line; a branch or commit has no version"),
                new Reads("CocoaPods", "`Podfile.lock`", "every pod and subspecification with its line"));
    }

    @Override
    public void catalog(RecordFile file, Consumer<PackageRecord> packages) throws InputException, IOException {
        if (file.name().equals("Podfile.lock")) {
            PodfileLock.read(file.bytes(), file.limits(), packages);
        } else {
            PackageResolved.read(file.bytes(), file.limits(), packages);
        }
    }
}
