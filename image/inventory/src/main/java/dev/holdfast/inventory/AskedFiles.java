package dev.holdfast.inventory;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.holdfast.oci.FileTree;
import dev.holdfast.oci.FileType;
import dev.holdfast.oci.FileVersion;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The few files whose owners are sought, among the hundreds of thousands that a distribution lists. A list's line is first told by a hash
 * of its file name's bytes; only where that is one of ours does the path become a string, and only where the path is not one of ours as it
 * is spelled are the links in its folder followed: distributions list {@code /lib/x} where a merged tree has {@code /usr/lib/x}.
 */
public final class AskedFiles {
    private final Set<String> files;
    private final FileTree tree;
    private final Map<String, String> owners = new HashMap<>();
    private final int[] hashes;
    private String lastFolder = "";
    private String lastStanding = "";

    public AskedFiles(Set<String> files, FileTree tree) {
        this.files = files;
        this.tree = tree;
        this.hashes = new int[Integer.highestOneBit(Math.max(16, files.size())) << 2];
        for (String file : files) {
            byte[] name = file.substring(file.lastIndexOf('/') + 1).getBytes(UTF_8);
            int hash = 0;
            for (byte b : name) {
                hash = hash(hash, b);
            }
            add(hash);
        }
    }

    /** One step of the hash of a file name's bytes, which begins with 0. */
    public static int hash(int soFar, byte next) {
        return 31 * soFar + next;
    }

    /** The hash of a range of bytes. */
    public static int hash(byte[] bytes, int from, int to) {
        int hash = 0;
        for (int i = from; i < to; i++) {
            hash = hash(hash, bytes[i]);
        }
        return hash;
    }

    /** Whether a file is asked for whose name has this hash. May say yes for one that only looks alike. */
    public boolean mayHold(int hash) {
        int at = slot(hash);
        while (hashes[at] != 0) {
            if (hashes[at] == hash) {
                return true;
            }
            at = at + 1 & hashes.length - 1;
        }
        return hash == 0;
    }

    /**
     * Says that a package lists a file. The first one to say so owns it.
     *
     * @param path absolute, as the list spells it
     */
    public void claim(String path, String owner) {
        if (files.contains(path)) {
            owners.putIfAbsent(path, owner);
            return;
        }
        int slash = path.lastIndexOf('/');
        if (slash < 0) {
            return;
        }
        String standing = standing(path.substring(0, slash)) + path.substring(slash);
        if (files.contains(standing)) {
            owners.putIfAbsent(standing, owner);
        }
    }

    /** Owner by path of those that somebody claimed. */
    public Map<String, String> owners() {
        return owners;
    }

    private String standing(String folder) {
        if (!folder.equals(lastFolder)) {
            Optional<FileVersion> entry = tree.resolve(folder.isEmpty() ? "/" : folder);
            lastFolder = folder;
            lastStanding = entry.isPresent() && entry.get().type() == FileType.DIRECTORY
                    ? entry.get().path()
                    : folder;
        }
        return lastStanding;
    }

    private void add(int hash) {
        int at = slot(hash);
        while (hashes[at] != 0 && hashes[at] != hash) {
            at = at + 1 & hashes.length - 1;
        }
        hashes[at] = hash;
    }

    private int slot(int hash) {
        return (hash ^ hash >>> 15) & hashes.length - 1;
    }
}
