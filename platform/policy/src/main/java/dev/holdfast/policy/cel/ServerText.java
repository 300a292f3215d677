package dev.holdfast.policy.cel;

import java.util.List;

/** Words of the server's refusals. */
public final class ServerText {
    private ServerText() {}

    /** A text in quotes, as Go quotes it. */
    public static String quoted(String text) {
        return Texts.goQuote(text);
    }

    /** What is wrong with a name that may have a prefix; nothing when it is fine. */
    public static List<String> qualifiedNameComplaints(String name) {
        return NamedFormat.qualifiedName(name).stream().map(Object::toString).toList();
    }
}
