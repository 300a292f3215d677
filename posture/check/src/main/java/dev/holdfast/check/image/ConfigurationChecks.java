package dev.holdfast.check.image;

import static dev.holdfast.manifest.InputKind.IMAGE;

import dev.holdfast.check.ContainerRules;
import dev.holdfast.check.Credentials;
import dev.holdfast.check.Findings;
import dev.holdfast.check.Rule;
import dev.holdfast.check.image.ImageFacts.Said;
import dev.holdfast.core.Severity;
import dev.holdfast.secrets.Secret;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Judges the configuration of one image. */
final class ConfigurationChecks {
    static final Rule NO_TLS = ContainerRules.TLS_OFF;

    static final Rule DEBUG = Rule.of(
            "debugger-open",
            Severity.HIGH,
            "starts with a debugger that listens",
            "whoever reaches the port runs what they like in the program",
            IMAGE);

    static final Rule VOLUME = ContainerRules.VOLUME_ON_SYSTEM;

    static final Rule LOW_PORT = ContainerRules.PRIVILEGED_PORT;

    static final Rule BUILD_ARGUMENT = ContainerRules.SECRET_IN_BUILD_ARGUMENT;

    static final Rule UNVERIFIED = ContainerRules.ADD_UNVERIFIED;

    private static final Pattern DEBUGGER = Pattern.compile(
            "-agentlib:jdwp=.*|-Xrunjdwp.*|-Xdebug|--inspect(-brk)?(=0\\.0\\.0\\.0.*|=\\[?::.*)|.*(^|\\s)-agentlib:jdwp=.*|--debugger-agent=.*|dlv|debugpy|.*-m debugpy.*");

    /** {@code |2 NAME=value NAME=value command}: how builders note the arguments of a step. */
    private static final Pattern ARGUMENTS = Pattern.compile("(?:RUN )?\\|\\d+ (.*)", Pattern.DOTALL);

    private static final Pattern ARGUMENT = Pattern.compile("([A-Za-z_][A-Za-z0-9_]*)=(\\S*)");

    private final Findings findings;
    private final Credentials credentials;
    private final String who;

    ConfigurationChecks(Findings findings, Credentials credentials, String who) {
        this.findings = findings;
        this.credentials = credentials;
        this.who = who;
    }

    static List<Rule> rules() {
        return List.of(
                ContainerRules.ROOT_USER,
                ContainerRules.SECRET_IN_ENVIRONMENT,
                ContainerRules.SECRET_IN_COMMAND,
                ContainerRules.NO_HEALTH_CHECK,
                ContainerRules.SSH_SERVER,
                NO_TLS,
                DEBUG,
                VOLUME,
                LOW_PORT,
                BUILD_ARGUMENT,
                UNVERIFIED);
    }

    void judge(ImageFacts image) {
        user(image);
        Set<String> told = new HashSet<>();
        image.environment().forEach(said -> environment(said, told));
        program(image);
        ports(image);
        for (Said volume : image.volumes()) {
            if (volume.text().matches("/?(|proc|sys|dev|boot|etc|bin|sbin|lib|lib64|usr|var|var/run|run)/?")) {
                findings.fail(VOLUME, who, volume.place())
                        .says(who + " has a volume over " + volume.text() + ": " + VOLUME.why())
                        .fix("name the folder that holds the application's data")
                        .add();
            }
        }
        if (image.hasHealthCheck().filter(has -> !has).isPresent()) {
            findings.fail(ContainerRules.NO_HEALTH_CHECK, who, image.user().place())
                    .says(who + " has no health check: " + ContainerRules.NO_HEALTH_CHECK.why())
                    .fix("HEALTHCHECK CMD [\"…\"] in its Dockerfile")
                    .add();
        }
        image.history().forEach(said -> history(said, told));
    }

    private void user(ImageFacts image) {
        Said user = image.user();
        String name = user.text().split(":", 2)[0];
        if (image.isWindows()) {
            findings.notApplicable(ContainerRules.ROOT_USER, who, user.place(), "Windows has no root");
        } else if (name.isEmpty() || name.equals("root") || name.matches("0+")) {
            findings.fail(ContainerRules.ROOT_USER, who, user.place())
                    .as(Severity.MEDIUM, "whoever runs the image can still choose another user")
                    .says(who
                            + (name.isEmpty()
                                    ? " sets no user, so it runs as root; "
                                    : " sets the user " + user.text() + "; ")
                            + ContainerRules.ROOT_USER.why())
                    .fix("end its Dockerfile with a user that is not root, such as USER 65532:65532")
                    .add();
        } else {
            findings.pass(ContainerRules.ROOT_USER, who, user.place());
        }
    }

    private void environment(Said said, Set<String> told) {
        int equals = said.text().indexOf('=');
        if (equals < 1) {
            return;
        }
        String name = said.text().substring(0, equals);
        String value = said.text().substring(equals + 1);
        Optional<Secret> secret = credentials.in(name, value);
        if (secret.isPresent() || Credentials.promises(name) && Credentials.isLiteral(value)) {
            told.add(name);
            findings.fail(ContainerRules.SECRET_IN_ENVIRONMENT, who, said.place())
                    .as(
                            secret.map(Secret::severity).orElse(Severity.MEDIUM),
                            secret.isPresent()
                                    ? ContainerRules.SECRET_IN_ENVIRONMENT.why()
                                    : "only its name says that it is one; the value has the form of none")
                    .says(who + " has a credential in its environment: " + name + "; everybody who can pull it has it")
                    .fix("replace the credential, build without it, and give it when the container starts")
                    .add();
        }
        if (isSwitch(name, value)) {
            findings.fail(NO_TLS, who, said.place())
                    .says(who + " sets " + said.text() + ", which turns the check of certificates off: " + NO_TLS.why())
                    .fix("remove it; add the missing certificate authority to the image instead")
                    .add();
        }
        boolean isOption = name.equals("JAVA_TOOL_OPTIONS")
                || name.equals("JDK_JAVA_OPTIONS")
                || name.equals("_JAVA_OPTIONS")
                || name.equals("NODE_OPTIONS")
                || name.equals("JAVA_OPTS");
        boolean isFlask = name.equals("FLASK_DEBUG") && (value.equals("1") || value.equalsIgnoreCase("true"));
        if (isOption && DEBUGGER.matcher(value).find() && value.matches(".*(jdwp|--inspect).*") || isFlask) {
            debugger(said);
        }
    }

    private static boolean isSwitch(String name, String value) {
        String lower = value.toLowerCase(Locale.ROOT);
        boolean isZero = lower.equals("0") || lower.equals("false");
        return switch (name) {
            case "NODE_TLS_REJECT_UNAUTHORIZED", "PYTHONHTTPSVERIFY" -> isZero;
            case "GIT_SSL_NO_VERIFY" -> !isZero && !lower.isEmpty();
            default -> false;
        };
    }

    private void debugger(Said said) {
        findings.fail(DEBUG, who, said.place())
                .says(who + " starts with a debugger: " + shown(said.text()) + "; " + DEBUG.why())
                .fix("build it without; debug a copy that nobody else can reach")
                .add();
    }

    private void program(ImageFacts image) {
        List<String> words = new ArrayList<>();
        image.program().forEach(said -> words.add(said.text()));
        image.program().stream()
                .filter(said -> DEBUGGER.matcher(said.text()).matches())
                .findFirst()
                .ifPresent(this::debugger);
        credentials
                .in(String.join(" ", words))
                .ifPresent(secret -> findings.fail(
                                ContainerRules.SECRET_IN_COMMAND,
                                who,
                                image.program().getFirst().place())
                        .as(secret.severity(), ContainerRules.SECRET_IN_COMMAND.why())
                        .says(who + " has a credential in its command (" + secret.title() + ")")
                        .fix("replace the credential, and give it when the container starts")
                        .add());
    }

    private void ports(ImageFacts image) {
        for (Said port : image.ports()) {
            String number = port.text().split("/", 2)[0];
            if (number.equals("22")) {
                findings.fail(ContainerRules.SSH_SERVER, who, port.place())
                        .says(who + " exposes port 22: " + ContainerRules.SSH_SERVER.why())
                        .fix("leave it out; docker exec and kubectl exec open a shell without it")
                        .add();
            } else if (number.matches("\\d{1,3}") && !image.user().text().matches("(root|0)?(:.*)?")) {
                findings.fail(LOW_PORT, who, port.place())
                        .says(who + " exposes port " + number + " and runs as "
                                + image.user().text() + ": " + LOW_PORT.why())
                        .fix("listen on a port above 1023, such as 8080")
                        .add();
            }
        }
    }

    private void history(Said step, Set<String> told) {
        String text = step.text();
        Matcher arguments = ARGUMENTS.matcher(text);
        if (arguments.matches()) {
            Matcher each = ARGUMENT.matcher(arguments.group(1));
            while (each.find()) {
                String name = each.group(1);
                Optional<Secret> secret = credentials.in(name, each.group(2));
                boolean isNamed = Credentials.promises(name) && Credentials.isLiteral(each.group(2));
                if ((secret.isPresent() || isNamed) && told.add(name)) {
                    findings.fail(BUILD_ARGUMENT, who, step.place())
                            .as(secret.map(Secret::severity).orElse(Severity.MEDIUM), BUILD_ARGUMENT.why())
                            .says("the history of " + who + " shows the value of the argument " + name + ": "
                                    + BUILD_ARGUMENT.why())
                            .fix(
                                    "replace the credential, and give it to the step that needs it: RUN --mount=type=secret,id=<name>")
                            .add();
                }
            }
            return;
        }
        if (text.matches("(?s)(/bin/sh -c #\\(nop\\)\\s+)?ADD https?://.*") && !text.contains("checksum")) {
            findings.fail(UNVERIFIED, who, step.place())
                    .says(who + " was built with " + shown(text) + ": " + UNVERIFIED.why())
                    .fix("ADD --checksum=sha256:… in its Dockerfile")
                    .add();
        }
        boolean isVariable = text.matches("(?s)(/bin/sh -c #\\(nop\\)\\s+)?(ENV|ARG) .*");
        Optional<Secret> secret = credentials.in(text);
        if (secret.isPresent() && !(isVariable && told.stream().anyMatch(text::contains))) {
            findings.fail(ContainerRules.SECRET_IN_COMMAND, who, step.place())
                    .as(secret.get().severity(), ContainerRules.SECRET_IN_COMMAND.why())
                    .says("the history of " + who + " shows a credential ("
                            + secret.get().title() + "): everybody who can pull it has it")
                    .fix(
                            "replace the credential, and give it to the step that needs it: RUN --mount=type=secret,id=<name>")
                    .add();
        }
    }

    private static String shown(String text) {
        String bare = Credentials.withoutUser(text);
        return bare.length() > 60 ? bare.substring(0, 60) + "…" : bare;
    }
}
