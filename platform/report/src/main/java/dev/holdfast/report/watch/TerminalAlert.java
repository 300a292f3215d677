package dev.holdfast.report.watch;

import dev.holdfast.core.SafeText;
import dev.holdfast.report.form.Ink;
import dev.holdfast.rules.Priority;
import dev.holdfast.watch.alert.Alert;
import dev.holdfast.watch.alert.AlertFormat;
import dev.holdfast.watch.alert.Subject;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * An alert for a person: when, how urgent, what and where; below who did it; below what the rule says about it. At most 100 columns, unless one
 * word is longer.
 */
public final class TerminalAlert implements AlertFormat {
    private static final int WIDTH = 100;
    private static final int INDENT = 10;
    private static final String SPACE = " ".repeat(INDENT);

    private final Ink ink;
    private final DateTimeFormatter time;

    /**
     * A format.
     *
     * @param zone whose clock the times are told by
     */
    public TerminalAlert(Ink ink, ZoneId zone) {
        this.ink = ink;
        this.time = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(zone);
    }

    /** Whether a tag names a technique of MITRE ATT&CK. */
    static boolean isTechnique(String tag) {
        if (tag.length() < 5 || tag.charAt(0) != 'T') {
            return false;
        }
        return tag.chars().skip(1).allMatch(c -> (c >= '0' && c <= '9') || c == '.') && tag.charAt(1) != '.';
    }

    @Override
    public String print(Alert alert) {
        List<String> lines = new ArrayList<>();
        lines.add(head(alert));
        String who = who(alert);
        if (!who.isEmpty()) {
            lines.add(SPACE + cut(who, WIDTH - INDENT));
        }
        for (String line : wrapped(SafeText.of(alert.text()))) {
            lines.add(SPACE + ink.dim(line));
        }
        if (alert.heldBack() > 0) {
            lines.add(SPACE + "stands for " + alert.heldBack() + " alerts like it that were held back");
        }
        return String.join("\n", lines);
    }

    private String head(Alert alert) {
        String level = alert.priority() == Priority.INFORMATIONAL
                ? "INFO"
                : alert.priority().word().toUpperCase(Locale.ROOT);
        String place = SafeText.of(place(alert.subject()));
        String rule = SafeText.of(alert.rule());
        int used = INDENT + Math.max(8, level.length()) + 2;
        String columns = place.isEmpty() ? rule : pad(rule, Math.min(30, WIDTH - used)) + "  " + place;
        return time.format(alert.instant()) + "  " + ink(alert.priority(), pad(level, 8)) + "  "
                + cut(columns, WIDTH - used);
    }

    private static String place(Subject subject) {
        if (!subject.isInContainer()) {
            return subject.fact("container.id");
        }
        String pod = subject.fact("k8s.pod.name");
        String name = pod.isEmpty()
                ? subject.fact("container.name").isEmpty()
                        ? subject.fact("container.id")
                        : subject.fact("container.name")
                : subject.fact("k8s.ns.name") + "/" + pod;
        String digest = subject.fact("container.image.digest");
        String image = subject.fact("container.image")
                + (digest.isEmpty() ? "" : "@" + digest.substring(0, Math.min(11, digest.length())) + "…");
        return image.isEmpty() ? name : name + "   " + image;
    }

    private static String who(Alert alert) {
        Subject subject = alert.subject();
        String techniques = String.join(
                " ", alert.tags().stream().filter(TerminalAlert::isTechnique).toList());
        String who = subject.fact("ka.verb").isEmpty() ? process(subject) : request(subject);
        return SafeText.of(techniques.isEmpty() ? who : who.isEmpty() ? techniques : who + "      " + techniques);
    }

    private static String process(Subject subject) {
        if (subject.fact("proc.cmdline").isEmpty()) {
            return "";
        }
        String parent = subject.fact("proc.pname").isEmpty()
                ? ""
                : subject.fact("proc.pname") + " (" + subject.fact("proc.ppid") + ") → ";
        String user = subject.fact("user.name").isEmpty() ? subject.fact("user.uid") : subject.fact("user.name");
        return parent + subject.fact("proc.cmdline") + " (" + subject.fact("proc.pid") + ")"
                + (user.isEmpty() || user.equals("-1") ? "" : "  user " + user);
    }

    private static String request(Subject subject) {
        String sub = subject.fact("ka.target.subresource");
        String where = subject.fact("ka.target.namespace");
        String name = subject.fact("ka.target.name");
        return subject.fact("ka.user.name") + ": " + subject.fact("ka.verb") + " " + subject.fact("ka.target.resource")
                + (sub.isEmpty() ? "" : "/" + sub) + (where.isEmpty() ? "" : " " + where + "/" + name)
                + (where.isEmpty() && !name.isEmpty() ? " " + name : "")
                + (subject.fact("ka.response.code").isEmpty() ? "" : " → " + subject.fact("ka.response.code"));
    }

    private String ink(Priority priority, String text) {
        return switch (priority) {
            case EMERGENCY, ALERT, CRITICAL, ERROR -> ink.bad(text);
            case WARNING -> ink.warn(text);
            case NOTICE, INFORMATIONAL, DEBUG -> ink.dim(text);
        };
    }

    private static String pad(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }

    private static String cut(String text, int width) {
        return text.length() <= width ? text : text.substring(0, width - 1) + "…";
    }

    /** Breaks a text at its blanks. */
    private static List<String> wrapped(String text) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.split(" ", -1)) {
            if (!line.isEmpty() && line.length() + 1 + word.length() > WIDTH - INDENT) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }
}
