package dev.holdfast.watch.host;

import static dev.holdfast.watch.host.SyscallFields.text;

import dev.holdfast.watch.host.SyscallFields.Reader;
import java.util.Map;
import java.util.Optional;

/** The fields {@code syslog.*}: of what a program writes to the log's socket, {@code <PRIORITY>text}. */
final class SyslogFields {
    private static final String SOCKET = "/dev/log";
    /** The longest priority, 191, with its brackets. */
    private static final int LONGEST = 5;

    private static final String[] FACILITIES = {
        "kern",
        "user",
        "mail",
        "daemon",
        "auth",
        "syslog",
        "lpr",
        "news",
        "uucp",
        "clock",
        "authpriv",
        "ftp",
        "ntp",
        "logaudit",
        "logalert",
        "cron",
        "local0",
        "local1",
        "local2",
        "local3",
        "local4",
        "local5",
        "local6",
        "local7"
    };
    private static final String[] SEVERITIES = {"emerg", "alert", "crit", "err", "warn", "notice", "info", "debug"};

    /** What is said: the priority is eight times the facility, and the severity. */
    record Message(int priority, String text) {
        private int facility() {
            return priority >>> 3;
        }

        private int severity() {
            return priority & 7;
        }
    }

    private SyslogFields() {}

    static void addTo(Map<String, Reader> fields) {
        fields.put(
                "syslog.facility",
                (event, use, into) -> said(event).ifPresent(message -> into.set((long) message.facility())));
        fields.put(
                "syslog.facility.str",
                (event, use, into) -> said(event).ifPresent(message -> into.set(word(FACILITIES, message.facility()))));
        fields.put(
                "syslog.severity",
                (event, use, into) -> said(event).ifPresent(message -> into.set((long) message.severity())));
        fields.put(
                "syslog.severity.str",
                (event, use, into) -> said(event).ifPresent(message -> into.set(word(SEVERITIES, message.severity()))));
        fields.put(
                "syslog.message", (event, use, into) -> said(event).ifPresent(message -> text(into, message.text())));
    }

    private static String word(String[] words, int number) {
        return number < words.length ? words[number] : "<NA>";
    }

    /** Whether the call writes to the log at all. */
    static boolean isOfLog(SyscallEvent event) {
        return EventFields.writes(event)
                && event.descriptor().filter(on -> on.name().contains(SOCKET)).isPresent();
    }

    private static Optional<Message> said(SyscallEvent event) {
        int data = event.arguments().indexOf("data");
        if (data < 0 || !isOfLog(event)) {
            return Optional.empty();
        }
        String text = event.arguments().plain(data);
        int end = text.indexOf('>');
        if (!text.startsWith("<") || end < 2 || end >= LONGEST) {
            return Optional.empty();
        }
        int priority = 0;
        for (int i = 1; i < end; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return Optional.empty();
            }
            priority = priority * 10 + digit;
        }
        return Optional.of(new Message(priority, text.substring(end + 1)));
    }
}
