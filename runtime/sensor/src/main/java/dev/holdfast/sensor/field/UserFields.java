package dev.holdfast.sensor.field;

import java.util.Map;

/** {@code user.*} and {@code group.*}: who the process acts as, and who logged in. */
final class UserFields {
    private UserFields() {}

    static void addTo(Map<String, FieldReader> readers) {
        readers.put(
                "user.uid",
                (event, use, into) ->
                        into.set(Integer.toUnsignedLong(event.kernel().uid())));
        readers.put(
                "user.name",
                (event, use, into) -> into.set(event.users()
                        .knownUserName(event.identity(), event.kernel().uid())));
        readers.put(
                "user.loginuid", (event, use, into) -> into.set(event.program().loginUid()));
        readers.put("user.loginname", (event, use, into) -> {
            if (event.program().loginUid() != -1) {
                into.set(event.users()
                        .userName(
                                dev.holdfast.sensor.container.Identity.HOST,
                                event.program().loginUid()));
            }
        });
        readers.put(
                "group.gid",
                (event, use, into) ->
                        into.set(Integer.toUnsignedLong(event.kernel().gid())));
        readers.put(
                "group.name",
                (event, use, into) -> into.set(
                        event.users().groupName(event.identity(), event.kernel().gid())));
    }
}
