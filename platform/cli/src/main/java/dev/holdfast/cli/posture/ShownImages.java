package dev.holdfast.cli.posture;

import dev.holdfast.check.join.GivenImages;
import dev.holdfast.check.join.KnownImages;
import dev.holdfast.cli.command.Options;
import dev.holdfast.cli.given.GivenPath;
import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.ParseResult;

/** The images that the words of a check show: those of {@code --images}, and those among several targets. */
final class ShownImages {
    private ShownImages() {}

    static KnownImages of(ParseResult words, List<String> targets) throws InputException, IOException {
        List<String> given = Options.texts(words, "--images");
        if (given.isEmpty() && targets.size() < 2) {
            return new KnownImages();
        }
        GivenImages images = new GivenImages(Limits.DEFAULT);
        for (String each : given) {
            read(each, images);
        }
        if (targets.size() > 1) {
            for (String target : targets) {
                among(target, images);
            }
        }
        return images.images();
    }

    /** {@code [NAME=]PATH}; a path that is there is taken as it is written. */
    private static void read(String given, GivenImages images) throws InputException, IOException {
        int equals = given.indexOf('=');
        boolean isNamed = equals > 0 && !GivenPath.isThere(given);
        String path = isNamed ? given.substring(equals + 1) : given;
        if (!GivenPath.isThere(path)) {
            throw new InputException(InputException.Code.NOT_FOUND, "--images " + given + ": no such file or folder");
        }
        images.read(Path.of(path), isNamed ? given.substring(0, equals) : "");
    }

    /** What is wrong with a target is told where it is checked. */
    private static void among(String target, GivenImages images) {
        try {
            if (GivenPath.isThere(target)) {
                images.readChecked(Path.of(target));
            }
        } catch (InputException | IOException toldLater) {
            return;
        }
    }
}
