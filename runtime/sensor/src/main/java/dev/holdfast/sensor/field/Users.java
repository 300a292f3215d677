package dev.holdfast.sensor.field;

import dev.holdfast.sensor.container.Identity;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.Map;

/**
 * Names of users and groups of this machine, from {@code /etc/passwd} and {@code /etc/group}, read again when they changed. The users of a
 * container are its own, and its files belong to whoever may be attacking: only user and group 0 have a name there, {@code root}.
 */
public final class Users {
    private static final int MOST = 100_000;
    /** How often the files' times are looked at. */
    private static final long LOOK = 1_000_000_000L;

    private static final String NO_NAME = "<NA>";

    private final Names users;
    private final Names groups;

    public Users(Path root) {
        this.users = new Names(root.resolve("etc/passwd"));
        this.groups = new Names(root.resolve("etc/group"));
    }

    /** The name of a user, or its number where it has no name. */
    String userName(Identity identity, int uid) {
        return name(users, identity, uid);
    }

    /**
     * The name of a user, or what rules know as no name: in a container only root has one, and rules that would take a number for a name would
     * tell of every server that becomes its own user.
     */
    String knownUserName(Identity identity, int uid) {
        return uid != 0 && !identity.equals(Identity.HOST) ? NO_NAME : userName(identity, uid);
    }

    String groupName(Identity identity, int gid) {
        return name(groups, identity, gid);
    }

    private static String name(Names names, Identity identity, int id) {
        if (id == 0) {
            return "root";
        }
        String number = Integer.toUnsignedString(id);
        return identity.equals(Identity.HOST) ? names.of(id, number) : number;
    }

    /** One of the files: lines {@code name:x:number:...}. */
    private static final class Names {
        private final Path file;
        private Map<Integer, String> names = Map.of();
        private FileTime read = FileTime.fromMillis(0);
        private long looked;

        private Names(Path file) {
            this.file = file;
        }

        private String of(int id, String otherwise) {
            long now = System.nanoTime();
            if (looked == 0 || now - looked > LOOK) {
                looked = now;
                refresh();
            }
            return names.getOrDefault(id, otherwise);
        }

        private void refresh() {
            try {
                FileTime changed = Files.getLastModifiedTime(file);
                if (!changed.equals(read)) {
                    names = load();
                    read = changed;
                }
            } catch (IOException unreadable) {
                names = Map.of(); // numbers then stand for names
            }
        }

        private Map<Integer, String> load() throws IOException {
            Map<Integer, String> loaded = new HashMap<>();
            try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
                String line = reader.readLine();
                while (line != null && loaded.size() < MOST) {
                    String[] fields = line.split(":", 4);
                    if (fields.length > 2 && fields[2].matches("\\d{1,9}")) {
                        loaded.putIfAbsent(Integer.parseInt(fields[2]), fields[0]);
                    }
                    line = reader.readLine();
                }
            }
            return loaded;
        }
    }
}
