package dev.holdfast.store;

import dev.holdfast.core.InputException;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Where the store is.
 *
 * @param place a folder, or {@code postgresql://host[:port]/database[?parameters]}
 * @param user of PostgreSQL; a folder has none
 * @param password of PostgreSQL; empty for none
 */
public record StoreSettings(String place, String user, String password) {
    private static final String POSTGRESQL = "postgresql://";

    /** A store in a folder, made when it is not there. */
    public static StoreSettings in(Path folder) {
        return new StoreSettings(folder.toString(), "", "");
    }

    boolean isFolder() {
        return !place.toLowerCase(Locale.ROOT).startsWith(POSTGRESQL);
    }

    /** Without a password, for people. */
    public String shown() {
        int question = place.indexOf('?');
        return isFolder() || question < 0 ? place : place.substring(0, question);
    }

    /** @throws InputException when the place cannot be one */
    Path folder() throws InputException {
        if (place.isBlank() || place.contains(";")) {
            throw new InputException(
                    InputException.Code.USAGE, "the store \"" + place + "\": a folder without a semicolon is wanted");
        }
        return Path.of(place).toAbsolutePath().normalize();
    }
}
