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
        table.add("randAlphaNum", (a, e) -> filled(LETTERS, a, e), INT);
        table.add("randAlpha", (a, e) -> filled(LETTERS, a, e), INT);
        table.add("randAscii", (a, e) -> filled(LETTERS, a, e), INT);
        table.add("randNumeric", (a, e) -> filled(DIGITS, a, e), INT);
        table.add("randBytes", (a, e) -> bytes(a, e), INT);
        table.add("randInt", (a, _) -> a.getFirst(), INT, INT);
        table.add("shuffle", (a, _) -> Given.text(a, 0), STRING);
        table.add("uuidv4", (_, _) -> "00000000-0000-4000-8000-000000000000");
        table.add("bcrypt", (_, _) -> "generated-bcrypt", STRING);
        table.add("htpasswd", (a, _) -> Given.text(a, 0) + ":generated-bcrypt", STRING, STRING);
        table.add("genPrivateKey", (_, _) -> "generated-key", STRING);
        table.add("derivePassword", (_, _) -> "generated-password", ANY, STRING, STRING, STRING, STRING);
        table.add("buildCustomCert", (a, _) -> new Certificate(Given.text(a, 0), Given.text(a, 1)), STRING, STRING);
        table.add("genCA", (_, _) -> Certificate.GENERATED, STRING, INT);
        table.add("genCAWithKey", (_, _) -> Certificate.GENERATED, STRING, INT, STRING);
        table.add("genSelfSignedCert", (_, _) -> Certificate.GENERATED, STRING, ANY, ANY, INT);
        table.add("genSelfSignedCertWithKey", (_, _) -> Certificate.GENERATED, STRING, ANY, ANY, INT, STRING);
        table.add("genSignedCert", (_, _) -> Certificate.GENERATED, STRING, ANY, ANY, INT, ANY);
        table.add("genSignedCertWithKey", (_, _) -> Certificate.GENERATED, STRING, ANY, ANY, INT, ANY, STRING);
        table.add("encryptAES", (_, _) -> "generated-text", STRING, STRING);
        table.add("decryptAES", (_, _) -> "generated-text", STRING, STRING);
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
