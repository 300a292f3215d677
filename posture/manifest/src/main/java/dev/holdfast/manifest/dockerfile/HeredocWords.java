package dev.holdfast.manifest.dockerfile;

import dev.holdfast.manifest.text.SourceText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds the words of a line that open a here-document: {@code [number] "<<" ["-"] white word}, where the word may be quoted and holds no
 * {@code <}. The line is cut into words as a shell would; a line that the shell could not cut opens none.
 */
final class HeredocWords {
    private HeredocWords() {}

    /** The here-documents that a line opens, without their content. */
    static List<Heredoc> in(SourceText line) {
        String text = line.toString();
        if (!text.contains("<<")) {
            return List.of();
        }
        List<Heredoc> found = new ArrayList<>();
        for (String word : WordScan.words(text).orElse(List.of())) {
            of(word).ifPresent(found::add);
        }
        return found;
    }

    /** The here-document that this word opens. */
    static Optional<Heredoc> of(String word) {
        int at = 0;
        while (at < word.length() && Character.isDigit(word.charAt(at))) {
            at++;
        }
        if (!word.startsWith("<<", at)) {
            return Optional.empty();
        }
        at += 2;
        boolean isChomped = word.startsWith("-", at);
        String rest = word.substring(isChomped ? at + 1 : at).strip();
        if (rest.isEmpty() || rest.indexOf('<') >= 0) {
            return Optional.empty();
        }
        StringBuilder name = new StringBuilder();
        Optional<Boolean> isQuoted = WordScan.unquote(rest, name);
        return isQuoted.map(quoted -> new Heredoc(name.toString(), !quoted, isChomped, SourceText.EMPTY));
    }
}
