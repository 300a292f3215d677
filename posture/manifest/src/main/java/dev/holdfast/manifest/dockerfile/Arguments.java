package dev.holdfast.manifest.dockerfile;

import dev.holdfast.manifest.text.SourceText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The words of an instruction's arguments, cut as its kind asks.
 *
 * @param isExec whether they are a JSON list
 */
record Arguments(List<Word> words, boolean isExec) {
    /** Arguments for which BuildKit refuses to read the file any further. */
    static final class Refused extends Exception {
        private static final long serialVersionUID = 1L;
        private final String reason;

        Refused(String reason) {
            super(reason, null, false, false);
            this.reason = reason;
        }

        String reason() {
            return reason;
        }
    }

    static Arguments of(Keyword keyword, SourceText text, char escape) throws Refused {
        return switch (keyword) {
            case FROM, EXPOSE -> new Arguments(Splits.plain(text), false);
            case ADD, COPY, VOLUME -> list(text);
            case CMD, ENTRYPOINT, RUN, SHELL -> command(text);
            case ENV, LABEL -> new Arguments(pairs(keyword, text, escape), false);
            case ARG -> new Arguments(Splits.quoted(text, escape), false);
            case HEALTHCHECK -> healthcheck(text);
            case MAINTAINER, STOPSIGNAL, USER, WORKDIR, ONBUILD -> new Arguments(whole(text), false);
        };
    }

    private static List<Word> whole(SourceText text) {
        return text.isEmpty() ? List.of() : List.of(new Word(text));
    }

    private static Arguments list(SourceText text) throws Refused {
        Optional<List<Word>> strings = JsonStrings.read(text);
        return strings.map(words -> new Arguments(words, true))
                .orElseGet(() -> new Arguments(Splits.plain(text), false));
    }

    private static Arguments command(SourceText text) throws Refused {
        Optional<List<Word>> strings = JsonStrings.read(text);
        return strings.map(words -> new Arguments(words, true)).orElseGet(() -> new Arguments(whole(text), false));
    }

    /** {@code NONE}, or {@code CMD} and a command. */
    private static Arguments healthcheck(SourceText text) throws Refused {
        int end = 0;
        while (end < text.length() && !Lines.isSpace(text.charAt(end))) {
            end++;
        }
        if (end == 0) {
            return new Arguments(List.of(), false);
        }
        List<Word> words = new ArrayList<>();
        words.add(new Word(text.slice(0, end)));
        int next = Splits.skipSpace(text, end);
        Arguments command = command(text.slice(next, text.length()));
        words.addAll(command.words());
        return new Arguments(words, command.isExec());
    }

    /** Names and values in turn: {@code name=value …}, or the old {@code name value} whose value is the rest of the line. */
    private static List<Word> pairs(Keyword keyword, SourceText text, char escape) throws Refused {
        List<Word> written = Splits.quoted(text, escape);
        if (written.isEmpty()) {
            return List.of();
        }
        List<Word> pairs = new ArrayList<>();
        if (written.getFirst().text().indexOf('=') < 0) {
            int end = 0;
            while (end < text.length() && !Splits.isSeparator(text.charAt(end))) {
                end++;
            }
            if (end == text.length()) {
                throw new Refused(keyword + " needs a name and a value");
            }
            pairs.add(new Word(text.slice(0, end)));
            pairs.add(new Word(text.slice(Splits.skipSeparators(text, end, text.length()), text.length())));
            return pairs;
        }
        for (Word word : written) {
            int equals = word.text().indexOf('=');
            if (equals < 0) {
                throw new Refused(
                        keyword + " cannot read " + shown(word.text()) + ": each must have the form name=value");
            }
            pairs.add(new Word(word.source().slice(0, equals)));
            pairs.add(new Word(word.source().slice(equals + 1, word.source().length())));
        }
        return pairs;
    }

    private static String shown(String text) {
        return text.length() > 40 ? text.substring(0, 40) + "…" : text;
    }
}
