package dev.holdfast.manifest.dockerfile;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What BuildKit asks of an instruction that it could take apart: its flags and the number and form of its arguments. */
final class Grammar {
    private static final Pattern STAGE_NAME = Pattern.compile("[a-z][a-z0-9-_.]*");

    private Grammar() {}

    /** What is wrong with it; empty when nothing is. */
    static Optional<String> check(Instruction one, boolean isTrigger) {
        if (isTrigger && (one.keyword() == Keyword.FROM || one.keyword() == Keyword.MAINTAINER)) {
            return Optional.of(one.keyword() + " may not be held back by ONBUILD");
        }
        Optional<String> flags = flags(one);
        return flags.isPresent() ? flags : arguments(one);
    }

    private static Optional<String> flags(Instruction one) {
        Set<String> seen = new HashSet<>();
        for (Flag flag : one.flags()) {
            String written = "--" + flag.name();
            if (!one.keyword().knowsFlag(flag.name())) {
                return Optional.of(one.keyword() + " has no option " + written);
            }
            if (!seen.add(flag.name()) && !Keyword.isRepeated(flag.name())) {
                return Optional.of("the option " + written + " stands here twice");
            }
            boolean isBoolean = Keyword.isBoolean(flag.name());
            if (isBoolean ? flag.hasValue() && flag.value().isEmpty() : !flag.hasValue()) {
                return Optional.of("the option " + written + " has no value");
            }
            if (isBoolean && !flag.value().isEmpty() && !isBoolean(flag.value())) {
                return Optional.of("the option " + written + " must be true or false");
            }
        }
        return Optional.empty();
    }

    private static boolean isBoolean(String value) {
        String lower = value.toLowerCase(Locale.ROOT);
        return lower.equals("true") || lower.equals("false");
    }

    private static Optional<String> arguments(Instruction one) {
        List<Word> words = one.words();
        return switch (one.keyword()) {
            case ADD, COPY ->
                words.size() < 2 ? Optional.of(one.keyword() + " needs a source and a destination") : destination(one);
            case FROM -> from(words);
            case HEALTHCHECK -> healthcheck(words);
            case SHELL ->
                words.isEmpty() || !one.isExec()
                        ? Optional.of("SHELL takes a JSON list such as [\"/bin/sh\", \"-c\"]")
                        : Optional.empty();
            case ENV, LABEL -> named(one, 2);
            case ARG -> arg(one);
            case VOLUME ->
                words.isEmpty() || words.stream().anyMatch(word -> word.text().isBlank())
                        ? Optional.of("VOLUME needs paths")
                        : Optional.empty();
            case EXPOSE, USER, WORKDIR, STOPSIGNAL, MAINTAINER ->
                words.isEmpty() ? Optional.of(one.keyword() + " needs an argument") : Optional.empty();
            case RUN, CMD, ENTRYPOINT, ONBUILD -> Optional.empty();
        };
    }

    private static Optional<String> destination(Instruction one) {
        return HeredocWords.of(one.words().getLast().text()).isPresent()
                ? Optional.of(one.keyword() + " cannot write into a here-document")
                : Optional.empty();
    }

    private static Optional<String> named(Instruction one, int step) {
        for (int i = 0; i < one.words().size(); i += step) {
            if (one.words().get(i).text().isEmpty()) {
                return Optional.of("a name in " + one.keyword() + " is empty");
            }
        }
        return one.words().isEmpty() ? Optional.of(one.keyword() + " needs an argument") : Optional.empty();
    }

    private static Optional<String> arg(Instruction one) {
        boolean hasNameless = one.words().stream().anyMatch(word -> word.text().startsWith("="));
        return hasNameless ? Optional.of("a name in ARG is empty") : named(one, 1);
    }

    private static Optional<String> from(List<Word> words) {
        boolean isNamed = words.size() == 3 && words.get(1).text().equalsIgnoreCase("as");
        if (words.size() != 1 && !isNamed) {
            return Optional.of("FROM takes one image, or an image AS a name");
        }
        boolean isAllowed = !isNamed
                || STAGE_NAME
                        .matcher(words.get(2).text().toLowerCase(Locale.ROOT))
                        .matches();
        return isAllowed
                ? Optional.empty()
                : Optional.of("a stage may not be called " + words.get(2).text()
                        + ": a name begins with a letter and holds letters, digits, -, _ and .");
    }

    private static Optional<String> healthcheck(List<Word> words) {
        if (words.isEmpty()) {
            return Optional.of("HEALTHCHECK needs CMD and a command, or NONE");
        }
        String kind = words.getFirst().text().toUpperCase(Locale.ROOT);
        return switch (kind) {
            case "NONE" -> words.size() > 1 ? Optional.of("HEALTHCHECK NONE takes no arguments") : Optional.empty();
            case "CMD" -> words.size() < 2 ? Optional.of("HEALTHCHECK CMD needs a command") : Optional.empty();
            default ->
                Optional.of(
                        "HEALTHCHECK takes CMD or NONE, not " + words.getFirst().text());
        };
    }
}
