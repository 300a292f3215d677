package dev.holdfast.respond.group;

import dev.holdfast.core.InputException;
import dev.holdfast.core.InputException.Code;
import dev.holdfast.core.Limits;
import dev.holdfast.core.json.Json;
import dev.holdfast.core.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Alerts as {@code holdfast watch --format json} writes them, a JSON object a line: {@code container.id} is the whole id of whom it is about. */
public final class AlertLines {
    /** Ids of engines and runtimes; anything else would be taken for another way to name a container. */
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_+.-]{1,1024}");

    private AlertLines() {}

    /**
     * The id of the one container that the alerts are about. Alerts about the machine itself are passed over.
     *
     * @param name of the file, for messages
     * @throws InputException when a line is no alert, when no container is named, or several are
     */
    public static String container(byte[] lines, String name, Limits limits) throws InputException {
        Set<String> containers = new TreeSet<>();
        int number = 0;
        for (String line : new String(lines, StandardCharsets.UTF_8).split("\n", -1)) {
            number++;
            if (!line.isBlank()) {
                JsonValue alert = read(line, name, number, limits);
                Optional<String> id = alert.at("container", "id").text().filter(text -> !text.isEmpty());
                if (id.isPresent() && !ID.matcher(id.get()).matches()) {
                    throw new InputException(
                            Code.MALFORMED,
                            name + ": line " + number + ": its container has an id that no engine gives");
                }
                id.ifPresent(containers::add);
            }
        }
        if (containers.isEmpty()) {
            throw new InputException(Code.NOT_FOUND, name + ": no alert in it tells which container it is about");
        }
        if (containers.size() > 1) {
            throw new InputException(
                    Code.USAGE,
                    name + ": its alerts are about " + containers.size() + " containers ("
                            + String.join(", ", containers) + "); name the one that is meant");
        }
        return containers.iterator().next();
    }

    private static JsonValue read(String line, String name, int number, Limits limits) throws InputException {
        try {
            JsonValue alert = Json.parse(line, limits);
            if (alert.get("rule").text().isPresent()) {
                return alert;
            }
        } catch (InputException wrong) {
            throw wrong.in(name + ": line " + number);
        }
        throw new InputException(Code.MALFORMED, name + ": line " + number + " is no alert of holdfast watch");
    }
}
