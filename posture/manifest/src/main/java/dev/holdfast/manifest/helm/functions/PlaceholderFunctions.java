package dev.holdfast.manifest.helm.functions;

import static dev.holdfast.manifest.template.FunctionTable.Parameter.ANY;
import static dev.holdfast.manifest.template.FunctionTable.Parameter.INT;
import static dev.holdfast.manifest.template.FunctionTable.Parameter.STRING;

import dev.holdfast.manifest.template.Evaluation;
import dev.holdfast.manifest.template.FunctionTable;
import dev.holdfast.manifest.template.Shape;
import dev.holdfast.manifest.template.TemplateFault;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is another text on each installation: keys, certificates, passwords. Here it is always the same, and says that it is generated. */
final class PlaceholderFunctions {
    private static final String LETTERS = "generated";
    private static final String DIGITS = "1234567890";

    private PlaceholderFunctions() {}

    static void addTo(FunctionTable table) {
        random(table, "randAlphaNum", (a, e) -> filled(LETTERS, a, e), INT);
        random(table, "randAlpha", (a, e) -> filled(LETTERS, a, e), INT);
        random(table, "randAscii", (a, e) -> filled(LETTERS, a, e), INT);
        random(table, "randNumeric", (a, e) -> filled(DIGITS, a, e), INT);
        random(table, "randBytes", (a, e) -> bytes(a, e), INT);
        random(table, "randInt", (a, _) -> a.getFirst(), INT, INT);
        random(table, "shuffle", (a, _) -> Given.text(a, 0), STRING);
        random(table, "uuidv4", (_, _) -> "00000000-0000-4000-8000-000000000000");
        random(table, "bcrypt", (_, _) -> "generated-bcrypt", STRING);
        random(table, "htpasswd", (a, _) -> Given.text(a, 0) + ":generated-bcrypt", STRING, STRING);
        random(table, "genPrivateKey", (_, _) -> "generated-key", STRING);
        random(table, "derivePassword", (_, _) -> "generated-password", ANY, STRING, STRING, STRING, STRING);
        table.add("buildCustomCert", (a, _) -> new Certificate(Given.text(a, 0), Given.text(a, 1)), STRING, STRING);
        random(table, "genCA", (_, _) -> Certificate.GENERATED, STRING, INT);
        random(table, "genCAWithKey", (_, _) -> Certificate.GENERATED, STRING, INT, STRING);
        random(table, "genSelfSignedCert", (_, _) -> Certificate.GENERATED, STRING, ANY, ANY, INT);
        random(table, "genSelfSignedCertWithKey", (_, _) -> Certificate.GENERATED, STRING, ANY, ANY, INT, STRING);
        random(table, "genSignedCert", (_, _) -> Certificate.GENERATED, STRING, ANY, ANY, INT, ANY);
        random(table, "genSignedCertWithKey", (_, _) -> Certificate.GENERATED, STRING, ANY, ANY, INT, ANY, STRING);
        random(table, "encryptAES", (_, _) -> "generated-text", STRING, STRING);
        random(table, "decryptAES", (_, _) -> "generated-text", STRING, STRING);
    }

    private static void random(
            FunctionTable table, String name, FunctionTable.Body body, FunctionTable.Parameter... parameters) {
        table.add(
                name,
                (arguments, evaluation) -> {
                    evaluation.provenance().stoodIn(name);
                    return body.call(arguments, evaluation);
                },
                parameters);
    }

    private static String filled(String pattern, List<@Nullable Object> arguments, Evaluation evaluation)
            throws TemplateFault {
        int length = Math.max(0, Given.number(arguments, 0));
        evaluation.budget().make(length);
        return pattern.repeat(length / pattern.length() + 1).substring(0, length);
    }

    private static String bytes(List<@Nullable Object> arguments, Evaluation evaluation) throws TemplateFault {
        int length = Math.max(0, Given.number(arguments, 0));
        evaluation.budget().make(length * 2L);
        return Base64.getEncoder().encodeToString(new byte[length]);
    }

    /** A certificate and its key. */
    private record Certificate(String certificate, String key) implements Shape {
        private static final Certificate GENERATED = new Certificate("generated-certificate", "generated-key");

        @Override
        public String typeName() {
            return "sprig.certificate";
        }

        @Override
        public Optional<Object> member(String name, List<Object> arguments) {
            return switch (name) {
                case "Cert" -> Optional.of(certificate);
                case "Key" -> Optional.of(key);
                default -> Optional.empty();
            };
        }

        @Override
        public String toString() {
            return "{" + certificate + " " + key + "}";
        }
    }
}
