package dev.holdfast.cli.knowledge;

import dev.holdfast.cli.command.Command;
import dev.holdfast.cli.command.Console;
import dev.holdfast.cli.command.Options;
import dev.holdfast.cli.command.Output;
import dev.holdfast.cli.given.GivenTarget;
import dev.holdfast.cli.given.OpenTargets;
import dev.holdfast.cli.user.UserBases;
import dev.holdfast.core.Digest;
import dev.holdfast.core.ExitCode;
import dev.holdfast.core.InputException;
import dev.holdfast.core.SafeText;
import dev.holdfast.oci.Layer;
import dev.holdfast.oci.Target;
import dev.holdfast.scan.bases.BaseImage;
import dev.holdfast.scan.bases.BaseIndex;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code holdfast base add IMAGE…}. */
final class BaseAddCommand implements Command {
    @Override
    public String name() {
        return "base add";
    }

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpec.create();
        spec.usageMessage()
                .description(
                        "Example: holdfast base add golden/java:21 --name golden-java",
                        "",
                        "Remembers the layers of an image that yours are built on. From then on a scan tells what came with it from what is yours.");
        GivenTarget.addOptions(spec);
        return spec.addPositional(Options.words("IMAGE", "A base image; several may follow one another."))
                .addOption(Options.value("--name", "NAME", "What to call it; default: its tag."))
                .addOption(Options.value("--owner", "NAME", "Who is to deal with what is wrong in it."));
    }

    @Override
    public ExitCode run(ParseResult words, Console console) throws InputException, IOException {
        BaseIndex index = UserBases.read(console);
        List<String> added = new ArrayList<>();
        List<String> images = words.matchedPositionalValue(0, List.of());
        Optional<String> name = Options.text(words, "--name");
        if (name.isPresent() && images.size() > 1) {
            throw Options.usage("--name names one image");
        }
        if (name.filter(String::isBlank).isPresent()) {
            throw Options.usage("--name is empty; without it, a base is called by its tag");
        }
        for (String given : images) {
            try (GivenTarget target = GivenTarget.of(given, words, console);
                    OpenTargets opened = target.open()) {
                for (Target one : opened.all()) {
                    BaseImage base = base(one, name, Options.text(words, "--owner"));
                    index = index.with(base);
                    int layers = base.layers().size();
                    added.add(SafeText.of(base.name()) + "  " + layers + (layers == 1 ? " layer\n" : " layers\n"));
                }
            }
        }
        UserBases.write(index, console);
        Output.of(words, console).text(String.join("", added));
        return ExitCode.PASS;
    }

    private static BaseImage base(Target target, Optional<String> name, Optional<String> owner)
            throws InputException, IOException {
        List<Digest> layers = new ArrayList<>();
        for (Layer layer : target.layers()) {
            layer.diffId().ifPresent(layers::add);
        }
        if (layers.isEmpty() || layers.size() != target.layers().size()) {
            throw new InputException(
                    InputException.Code.NOT_AN_IMAGE,
                    target.description().given() + ": no base, it has no layers with digests");
        }
        List<String> tags = target.description().tags();
        return new BaseImage(
                name.orElse(tags.isEmpty() ? target.description().given() : tags.getFirst()), owner, layers);
    }
}
