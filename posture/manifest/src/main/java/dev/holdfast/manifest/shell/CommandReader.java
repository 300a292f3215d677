package dev.holdfast.manifest.shell;

import dev.holdfast.manifest.shell.ShellCommand.Joint;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads one simple command: assignments, words, redirects. */
final class CommandReader {
    private final ShellCursor cursor;
    private final List<String> openHeredocs;
    private final List<ShellWord> assignments = new ArrayList<>();
    private final List<ShellWord> words = new ArrayList<>();
    private final List<Redirect> redirects = new ArrayList<>();
    private final List<ShellCommand> inner = new ArrayList<>();

    /** @param openHeredocs where the closing words of here-documents are put, those of {@code <<-} with a dash before them */
    CommandReader(ShellCursor cursor, List<String> openHeredocs) {
        this.cursor = cursor;
        this.openHeredocs = openHeredocs;
    }

    /** The command; none where there is nothing to name, as for a function's name. */
    Optional<ShellCommand> read(Joint joint) {
        int from = cursor.at;
        int last = from;
        while (!cursor.isAtEnd() && part()) {
            last = cursor.at;
            cursor.skipBlanks();
        }
        if (words.size() == 1 && cursor.peek(0) == '(' && cursor.peek(1) == ')') {
            cursor.at += 2;
            return Optional.empty();
        }
        if (assignments.isEmpty() && words.isEmpty() && redirects.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new ShellCommand(joint, assignments, words, redirects, inner, cursor.text.place(from, last)));
    }

    /** Reads one word or redirect; false where the command ends. */
    private boolean part() {
        char one = cursor.here();
        if (one == '<' && cursor.peek(1) == '(' || one == '>' && cursor.peek(1) == '(') {
            words.add(word());
            return true;
        }
        if (one == '<' || one == '>' || one == '&' && cursor.peek(1) == '>') {
            redirect();
            return true;
        }
        if (ShellCursor.isWordEnd(one)) {
            return false;
        }
        ShellWord word = word();
        boolean isNumber = !cursor.isAtEnd()
                && (cursor.here() == '<' || cursor.here() == '>')
                && !word.text().isEmpty()
                && word.text().chars().allMatch(Character::isDigit);
        if (isNumber) {
            return true;
        }
        if (words.isEmpty() && isAssignment(word)) {
            assignments.add(word);
        } else {
            words.add(word);
        }
        return true;
    }

    private ShellWord word() {
        WordReader reader = new WordReader(cursor);
        ShellWord word = reader.read();
        inner.addAll(reader.inner());
        return word;
    }

    private void redirect() {
        int start = cursor.at;
        while (!cursor.isAtEnd() && "<>&|-".indexOf(cursor.here()) >= 0 && cursor.at - start < 3) {
            boolean isDash = cursor.here() == '-' && !cursor.since(start).equals("<<");
            if (isDash) {
                break;
            }
            cursor.at++;
        }
        String operator = cursor.since(start);
        cursor.skipBlanks();
        if (cursor.isAtEnd() || ShellCursor.isWordEnd(cursor.here()) && cursor.peek(1) != '(') {
            return;
        }
        ShellWord target = word();
        if (operator.startsWith("<<") && !operator.equals("<<<")) {
            openHeredocs.add((operator.endsWith("-") ? "-" : "") + target.text());
        }
        redirects.add(new Redirect(operator, target));
    }

    private boolean isAssignment(ShellWord word) {
        String written = word.text();
        int equals = written.indexOf('=');
        if (equals < 1 || Character.isDigit(written.charAt(0))) {
            return false;
        }
        for (int i = 0; i < equals; i++) {
            char one = written.charAt(i);
            boolean isAppend = one == '+' && i == equals - 1;
            if (!Character.isLetterOrDigit(one) && one != '_' && !isAppend) {
                return false;
            }
        }
        return true;
    }
}
