package dev.holdfast.inventory.swift;

import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.core.json.JsonCursor;
import dev.holdfast.inventory.PackageRecord;
import dev.holdfast.inventory.PackageType;
import java.io.IOException;
import java.util.function.Consumer;

/**
 * The Swift package manager's lock file:
 *
 * <pre>
 *   version 1    { "object": { "pins": [ { "package": …, "repositoryURL": ADDRESS, "state": STATE } ] } }
 *   since 2      { "pins": [ { "identity": …, "location": ADDRESS, "state": STATE } ] }
 *   STATE        { "version": "1.0.0" | null, "revision": …, "branch": … }
 * </pre>
 *
 * A package is called by its address without scheme, user and {@code .git}: {@code github.com/apple/swift-nio}.
 */
final class PackageResolved {
    private PackageResolved() {}

    static void read(byte[] bytes, Limits limits, Consumer<PackageRecord> packages) throws InputException, IOException {
        try (JsonCursor cursor = JsonCursor.openObject(bytes, limits)) {
            readObject(cursor, packages);
        }
    }

    private static void readObject(JsonCursor cursor, Consumer<PackageRecord> packages)
            throws InputException, IOException {
        while (cursor.nextMember()) {
            switch (cursor.name()) {
                case "object" -> {
                    if (cursor.enterObject()) {
                        readObject(cursor, packages);
                    }
                }
                case "pins" -> {
                    if (cursor.enterArray()) {
                        while (cursor.nextElement()) {
                            readPin(cursor, packages);
                        }
                    }
                }
                default -> cursor.skip();
            }
        }
    }

    private static void readPin(JsonCursor cursor, Consumer<PackageRecord> packages)
            throws InputException, IOException {
        int line = cursor.line();
        String address = "";
        String identity = "";
        String version = "";
        if (!cursor.enterObject()) {
            return;
        }
        while (cursor.nextMember()) {
            switch (cursor.name()) {
                case "location", "repositoryURL" -> address = cursor.text().orElse("");
                case "identity", "package" -> identity = cursor.text().orElse("");
                case "state" -> version = versionOf(cursor);
                default -> cursor.skip();
            }
        }
        String name = address.isEmpty() ? identity : named(address);
        if (!name.isEmpty()) {
            packages.accept(PackageRecord.locked(PackageType.SWIFT, name, version, "Package.resolved", line));
        }
    }

    private static String versionOf(JsonCursor cursor) throws InputException, IOException {
        String version = "";
        if (cursor.enterObject()) {
            while (cursor.nextMember()) {
                if (cursor.name().equals("version")) {
                    version = cursor.text().orElse("");
                } else {
                    cursor.skip();
                }
            }
        }
        return version;
    }

    private static String named(String address) {
        int scheme = address.indexOf("://");
        String name = scheme < 0 ? address : address.substring(scheme + 3);
        int user = name.indexOf('@');
        int slash = name.indexOf('/');
        name = user >= 0 && (slash < 0 || user < slash) ? name.substring(user + 1) : name;
        // git@host:path
        int colon = scheme < 0 ? name.indexOf(':') : -1;
        name = colon < 0 ? name : name.substring(0, colon) + "/" + name.substring(colon + 1);
        while (name.endsWith("/")) {
            name = name.substring(0, name.length() - 1);
        }
        return name.endsWith(".git") ? name.substring(0, name.length() - 4) : name;
    }
}
