package dev.holdfast.check.join;

import static dev.holdfast.check.ContainerRules.ROOT_USER;
import static dev.holdfast.core.Severity.LOW;
import static dev.holdfast.core.Severity.MEDIUM;
import static dev.holdfast.manifest.InputKind.COMPOSE;
import static dev.holdfast.manifest.InputKind.ECS;
import static dev.holdfast.manifest.InputKind.KUBERNETES;

import dev.holdfast.check.Findings;
import dev.holdfast.check.Rule;
import java.util.List;
import java.util.Optional;

/** Whom a container runs as: what the manifest demands, and what the image makes of it. */
final class UserFit implements Fit {
    private static final Rule CONTRADICTION = Rule.of(
            "image-user-contradiction",
            MEDIUM,
            "demands a user that its image does not have",
            "the kubelet refuses to start it",
            KUBERNETES);

    private static final Rule OTHER_OWNER = Rule.of(
            "files-of-another-user",
            LOW,
            "runs as another user than its files belong to",
            "what the image gave to its own user cannot be written, and often not read",
            KUBERNETES,
            COMPOSE,
            ECS);

    @Override
    public List<Rule> rules() {
        return List.of(ROOT_USER, CONTRADICTION, OTHER_OWNER);
    }

    @Override
    public void judge(Use use, KnownImage image, Findings out) {
        if (use.hasOwnUsers()) {
            return;
        }
        if (use.user().isPresent()) {
            owners(use, use.user().get(), image, out);
        } else if (use.nonRoot().isPresent()) {
            demanded(use, use.nonRoot().get(), image, out);
        } else {
            decidedByImage(use, image, out);
        }
    }

    private static void demanded(Use use, Setting demand, KnownImage image, Findings out) {
        Findings here = out.in(demand.path());
        String head = use.subject() + " has runAsNonRoot: true, and its image "
                + use.image().text() + " ";
        switch (image.whom()) {
            case Whom.Root(String because, Setting at) ->
                here.fail(CONTRADICTION, use.subject(), demand.place())
                        .says(head + because + " (" + at.where() + "), which is root; " + CONTRADICTION.why())
                        .fix("USER 10001 in the image, or runAsUser: 10001 here")
                        .add();
            case Whom.Named(String name, Setting at) ->
                here.fail(CONTRADICTION, use.subject(), demand.place())
                        .says(head + "says USER " + name + " (" + at.where()
                                + "), of which nobody can prove that it is not root; " + CONTRADICTION.why())
                        .fix("the number of " + name + ": as USER in the image, or as runAsUser here")
                        .add();
            case Whom.Numbered _ -> here.pass(CONTRADICTION, use.subject(), demand.place());
            case Whom.Unknown _ ->
                here.notAssessed(
                        CONTRADICTION,
                        use.subject(),
                        demand.place(),
                        image.source() + " sets no user, and what its base sets is not known here");
        }
    }

    private static void decidedByImage(Use use, KnownImage image, Findings out) {
        Findings here = out.in(use.image().path());
        switch (image.whom()) {
            case Whom.Root(String _, Setting at)
            when image.isJudged() && use.kind() != KUBERNETES ->
                here.notApplicable(
                        ROOT_USER,
                        use.subject(),
                        use.place(),
                        "its image decides, and is judged itself: " + at.where());
            case Whom.Root(String because, Setting at) ->
                here.fail(ROOT_USER, use.subject(), use.image().place())
                        .as(MEDIUM, "nobody asked for root; nothing here and nothing in the image says otherwise")
                        .says(use.subject() + " runs as root: it names no user, and its image "
                                + use.image().text() + " " + because + " (" + at.where() + "); " + ROOT_USER.why())
                        .fix(
                                use.kind() == KUBERNETES
                                        ? "USER 10001 in the image, and runAsNonRoot: true here"
                                        : "USER 10001 in the image, or user here")
                        .add();
            case Whom.Numbered _, Whom.Named _ -> here.pass(ROOT_USER, use.subject(), use.place());
            case Whom.Unknown _ -> {} // said already: the image decides, and nobody knows what
        }
    }

    private static void owners(Use use, Setting user, KnownImage image, Findings out) {
        Optional<Long> number = number(user.text());
        boolean isOther = number.filter(each -> each > 0).isPresent()
                && image.whom() instanceof Whom.Numbered(long own, Setting _)
                && own != number.get()
                && !image.owners().isEmpty()
                && image.owners().stream().allMatch(owner -> isAnother(owner.text(), number.get(), user.text()));
        if (isOther) {
            Setting first = image.owners().getFirst();
            out.in(user.path())
                    .fail(OTHER_OWNER, use.subject(), user.place())
                    .says(use.subject() + " runs as " + user.text() + ", and its image "
                            + use.image().text() + " gives its files to " + first.text() + " (" + first.where() + "); "
                            + OTHER_OWNER.why())
                    .fix("the user of the image, or no user here and runAsNonRoot: true")
                    .add();
        }
    }

    /** Whether files of an owner {@code user[:group]} are certainly no files of this user, by user or by a group that is the same. */
    private static boolean isAnother(String owner, long user, String asked) {
        String[] parts = owner.split(":", 2);
        Optional<Long> number = number(owner);
        boolean sharesGroup = parts.length == 2 && (asked.endsWith(":" + parts[1]) || parts[1].equals("0"));
        return number.isPresent() && number.get() != user && !sharesGroup;
    }

    private static Optional<Long> number(String text) {
        String name = text.split(":", 2)[0];
        boolean isNumber = !name.isEmpty() && name.length() < 19 && name.chars().allMatch(c -> c >= '0' && c <= '9');
        return isNumber ? Optional.of(Long.parseLong(name)) : Optional.empty();
    }
}
