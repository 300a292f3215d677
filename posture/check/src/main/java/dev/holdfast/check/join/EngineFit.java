package dev.holdfast.check.join;

import static dev.holdfast.core.Severity.LOW;
import static dev.holdfast.core.Severity.MEDIUM;
import static dev.holdfast.manifest.InputKind.COMPOSE;
import static dev.holdfast.manifest.InputKind.ECS;
import static dev.holdfast.manifest.InputKind.KUBERNETES;

import dev.holdfast.check.ContainerRules;
import dev.holdfast.check.Credentials;
import dev.holdfast.check.Findings;
import dev.holdfast.check.Rule;
import dev.holdfast.core.Limits;
import dev.holdfast.secrets.Secret;
import java.util.List;
import java.util.Optional;

/** What whoever runs the image makes of it: the machine that it is meant for, its health check, what its environment gives away. */
final class EngineFit implements Fit {
    private static final Rule OTHER_PLATFORM = Rule.of(
            "platform-mismatch",
            MEDIUM,
            "is put on machines that its image is not made for",
            "it does not start there, or runs under emulation at a fraction of the speed",
            KUBERNETES,
            COMPOSE,
            ECS);

    private static final Rule CHECK_IGNORED = Rule.of(
                    "image-health-check-ignored",
                    LOW,
                    "has a health check that nobody runs",
                    "only Docker runs the HEALTHCHECK of an image; here nothing tells whether it works",
                    KUBERNETES,
                    ECS)
            .strict();

    private final Credentials credentials;

    EngineFit(Limits limits) {
        this.credentials = new Credentials(limits);
    }

    @Override
    public List<Rule> rules() {
        return List.of(OTHER_PLATFORM, CHECK_IGNORED, ContainerRules.SECRET_IN_ENVIRONMENT);
    }

    @Override
    public void judge(Use use, KnownImage image, Findings out) {
        platform(use, image, out);
        healthCheck(use, image, out);
        if (!image.isJudged()) {
            environment(use, image, out);
        }
    }

    private static void platform(Use use, KnownImage image, Findings out) {
        if (use.platformAt().isEmpty()) {
            return;
        }
        Setting at = use.platformAt().get();
        if (!use.platform().contradicts(image.platform())) {
            out.in(at.path()).pass(OTHER_PLATFORM, use.subject(), at.place());
            return;
        }
        out.in(at.path())
                .fail(OTHER_PLATFORM, use.subject(), at.place())
                .says(use.subject() + " is meant for " + use.platform() + ", and "
                        + use.image().text() + " is made for " + image.platform() + " (" + image.source() + "); "
                        + OTHER_PLATFORM.why())
                .fix("an image for " + use.platform() + ", or for several platforms")
                .add();
    }

    private static void healthCheck(Use use, KnownImage image, Findings out) {
        if (image.healthCheck().isEmpty() || use.kind() == COMPOSE) {
            return;
        }
        Setting check = image.healthCheck().get();
        Findings here = out.in(use.image().path());
        if (use.hasHealthCheck()) {
            here.pass(CHECK_IGNORED, use.subject(), use.place());
        } else {
            here.fail(CHECK_IGNORED, use.subject(), use.place())
                    .says(use.subject() + " has no check of its own, and that of "
                            + use.image().text() + " (" + check.where() + ") is not run; " + CHECK_IGNORED.why())
                    .fix(
                            use.kind() == KUBERNETES
                                    ? "the same as livenessProbe and readinessProbe"
                                    : "the same as healthCheck of the container")
                    .add();
        }
    }

    private void environment(Use use, KnownImage image, Findings out) {
        for (Setting variable : image.environment()) {
            int equals = variable.text().indexOf('=');
            String name = variable.text().substring(0, Math.max(0, equals));
            Optional<Secret> secret = credentials.in(name, variable.text().substring(equals + 1));
            if (secret.isPresent()) {
                out.in(use.image().path())
                        .fail(
                                ContainerRules.SECRET_IN_ENVIRONMENT,
                                use.subject(),
                                use.image().place())
                        .as(secret.get().severity(), ContainerRules.SECRET_IN_ENVIRONMENT.why())
                        .says("the image " + use.image().text() + " of " + use.subject()
                                + " has a credential in its environment: " + name + " (" + variable.where()
                                + "); everybody who can pull it has it")
                        .fix("replace the credential, and give it when the container starts")
                        .add();
            }
        }
    }
}
