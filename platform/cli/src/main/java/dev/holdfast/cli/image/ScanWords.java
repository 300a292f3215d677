package dev.holdfast.cli.image;

import dev.holdfast.cli.command.Console;
import dev.holdfast.cli.command.Options;
import dev.holdfast.cli.given.GivenExemptions;
import dev.holdfast.cli.user.UserBases;
import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.core.Severity;
import dev.holdfast.scan.Brought;
import dev.holdfast.scan.ScanRequest;
import dev.holdfast.scan.exemption.Exemption;
import dev.holdfast.scan.exemption.Exemptions;
import dev.holdfast.scan.licence.LicencePolicy;
import dev.holdfast.scan.licence.LicencePolicyFile;
import dev.holdfast.scan.licence.LicencesRequest;
import dev.holdfast.scan.routing.OwnersFile;
import dev.holdfast.scan.sarif.SarifReader;
import dev.holdfast.scan.secret.SecretsRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.ParseResult;

/** What the words of a scan ask for. */
final class ScanWords {
    private static final long MOST_OWNERS_BYTES = 4 << 20;

    private ScanWords() {}

    static ScanRequest request(ScanForm form, ParseResult words, Console console) throws InputException, IOException {
        LicencesRequest licences = licences(words);
        ScanRequest.Builder request = ScanRequest.on(Options.asOf(words, console))
                .atLeast(Options.severity(words, "--severity").orElse(Severity.UNKNOWN))
                .onlyFixed(Options.isSet(words, "--only-fixed"))
                .secrets(new SecretsRequest(!Options.isSet(words, "--no-secrets"), SecretsKey.of(words)))
                .bases(UserBases.read(console))
                .exemptions(withExceptionsOf(licences.policy(), GivenExemptions.of(words)))
                .brought(brought(words))
                .followsCode(Options.isSet(words, "--reach") || form.tellsWhatIsReached())
                .licences(licences);
        Options.severity(words, "--fail-on").ifPresent(request::failOn);
        return request.build();
    }

    private static LicencesRequest licences(ParseResult words) throws InputException, IOException {
        Optional<String> policy = Options.text(words, "--licence-policy");
        if (policy.isPresent()) {
            return new LicencesRequest(true, LicencePolicyFile.read(Path.of(policy.get()), Limits.DEFAULT));
        }
        return new LicencesRequest(Options.isSet(words, "--licences"), LicencePolicy.ALLOW_ALL);
    }

    /** A policy's own exceptions are rules like those of an ignore file. */
    private static Exemptions withExceptionsOf(LicencePolicy policy, Exemptions given) {
        if (policy.exceptions().isEmpty()) {
            return given;
        }
        List<Exemption> rules = new ArrayList<>(given.rules());
        rules.addAll(policy.exceptions());
        return new Exemptions(rules, given.documents());
    }

    /** What code scanners found. Of several targets nobody could tell which it is about. */
    private static Brought brought(ParseResult words) throws InputException, IOException {
        int targets = words.matchedPositionalValue(0, List.of()).size();
        Brought brought = Brought.NOTHING;
        List<String> logs = Options.texts(words, "--sarif");
        if (!logs.isEmpty() && targets != 1) {
            throw Options.usage(
                    "--sarif joins the findings of one target, here are " + targets + "; scan them one by one");
        }
        for (String log : logs) {
            brought = brought.and(new SarifReader(Limits.DEFAULT).read(Path.of(log)));
        }
        return brought;
    }

    /** Who owns which paths; nobody when no file tells. */
    static OwnersFile owners(ParseResult words) throws InputException, IOException {
        Optional<String> file = Options.text(words, "--owners");
        if (file.isEmpty()) {
            return OwnersFile.NONE;
        }
        Path path = Path.of(file.get());
        if (Files.size(path) > MOST_OWNERS_BYTES) {
            throw new InputException(InputException.Code.LIMIT, path + ": larger than 4 MiB: no file of owners");
        }
        return OwnersFile.parse(file.get(), new String(Files.readAllBytes(path), StandardCharsets.UTF_8));
    }
}
