package dev.holdfast.scan.java;

import dev.holdfast.core.Severity;
import dev.holdfast.oci.ImageConfiguration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * An option of the Java launcher that lets others in.
 *
 * @param id what it is called among findings
 * @param severity how bad
 * @param shown the option, without what may be secret in it
 * @param place where it is set: {@code entrypoint}, {@code command}, or {@code environment JAVA_OPTS}
 * @param reason what it does, in a sentence
 * @param fix what to do
 */
record JavaOption(String id, Severity severity, String shown, String place, String reason, String fix) {
    /** Variables that launchers, or the usual start scripts, read options from. */
    private static final Set<String> VARIABLES = Set.of(
            "JAVA_TOOL_OPTIONS",
            "JDK_JAVA_OPTIONS",
            "_JAVA_OPTIONS",
            "JAVA_OPTS",
            "JAVA_OPTIONS",
            "JAVA_ARGS",
            "JVM_OPTS",
            "JVM_ARGS",
            "CATALINA_OPTS",
            "JETTY_OPTS",
            "SPRING_OPTS");

    private static final String JMX = "-Dcom.sun.management.jmxremote";

    /** Properties that, set to {@code true}, fetch code named by others or skip a check; with what they do. */
    private static final Map<String, String> DANGEROUS = Map.of(
            "com.sun.jndi.ldap.object.trustURLCodebase", "answers of LDAP servers may bring code",
            "com.sun.jndi.rmi.object.trustURLCodebase", "answers of RMI registries may bring code",
            "com.sun.jndi.cosnaming.object.trustURLCodebase", "answers of CORBA naming may bring code",
            "com.sun.jndi.ldap.object.trustSerialData", "answers of LDAP servers may bring objects to deserialise",
            "log4j2.enableJndiLookup", "Log4j looks names up that log messages hold",
            "jdk.internal.httpclient.disableHostnameVerification", "any server's certificate is taken for another's",
            "com.sun.jndi.ldap.object.disableEndpointIdentification", "any LDAP server is taken for another");

    /**
     * The options of a configuration that open the runtime.
     *
     * @param release of the oldest Java runtime in the image, 0 when unknown
     */
    static List<JavaOption> risky(ImageConfiguration configuration, int release) {
        Map<String, List<String>> options = new LinkedHashMap<>();
        collect("entrypoint", configuration.entrypoint(), options);
        collect("command", configuration.command(), options);
        for (String line : configuration.environment()) {
            int equals = line.indexOf('=');
            if (equals > 0 && VARIABLES.contains(line.substring(0, equals))) {
                collect("environment " + line.substring(0, equals), List.of(line.substring(equals + 1)), options);
            }
        }
        List<JavaOption> found = new ArrayList<>();
        List<String> all = options.values().stream().flatMap(List::stream).toList();
        options.forEach((place, words) -> {
            for (String word : words) {
                judge(word, place, all, release).ifPresent(found::add);
            }
        });
        return found;
    }

    /** Words may hold several options, as {@code sh -c} and variables do. */
    private static void collect(String place, List<String> words, Map<String, List<String>> into) {
        List<String> options = new ArrayList<>();
        for (String word : words) {
            for (String part : word.split("[\\s\"']+", -1)) {
                if (part.startsWith("-")) {
                    options.add(part);
                }
            }
        }
        if (!options.isEmpty()) {
            into.put(place, options);
        }
    }

    private static Optional<JavaOption> judge(String option, String place, List<String> all, int release) {
        if (option.startsWith("-agentlib:jdwp=") || option.startsWith("-Xrunjdwp:")) {
            return debugger(option, place, release);
        }
        if (option.startsWith(JMX + ".port=")) {
            return remote(option, place, all);
        }
        if (option.equals("-noverify")
                || option.equals("-Xverify:none")
                || option.equals("-XX:-BytecodeVerificationRemote")) {
            return Optional.of(new JavaOption(
                    "java-no-verification",
                    Severity.LOW,
                    option,
                    place,
                    "code is run without being verified",
                    "remove " + option));
        }
        if (option.equals("-Djava.rmi.server.useCodebaseOnly=false")) {
            return Optional.of(trusting(option, place, "RMI loads code from where a caller says"));
        }
        int equals = option.indexOf('=');
        String name = option.startsWith("-D") ? option.substring(2, equals < 0 ? option.length() : equals) : "";
        String value = equals < 0 ? "" : option.substring(equals + 1);
        if (name.equals("javax.net.ssl.keyStorePassword") && !value.isEmpty() && !value.startsWith("$")) {
            return Optional.of(new JavaOption(
                    "java-password-in-options",
                    Severity.MEDIUM,
                    "-D" + name + "=…",
                    place,
                    "the password of a key store is in the image's configuration and in the list of processes",
                    "give the password in a file or an environment variable of the container"));
        }
        boolean isOn = value.equalsIgnoreCase("true") || value.isEmpty() && name.startsWith("jdk.internal.httpclient");
        String does = DANGEROUS.getOrDefault(name, "");
        return does.isEmpty() || !isOn ? Optional.empty() : Optional.of(trusting(option, place, does));
    }

    private static JavaOption trusting(String option, String place, String does) {
        return new JavaOption("java-unsafe-property", Severity.HIGH, option, place, does, "remove " + option);
    }

    /** Since Java 9 an address without a host is the loopback; before, it was every interface. */
    private static Optional<JavaOption> debugger(String option, String place, int release) {
        String settings = option.substring(option.indexOf(option.startsWith("-X") ? ':' : '=') + 1);
        String address = "";
        boolean isServer = false;
        boolean isSocket = false;
        for (String setting : settings.split(",", -1)) {
            isServer |= setting.equals("server=y");
            isSocket |= setting.equals("transport=dt_socket");
            address = setting.startsWith("address=") ? setting.substring("address=".length()) : address;
        }
        int colon = address.lastIndexOf(':');
        String host = colon < 0 ? "" : address.substring(0, colon);
        boolean isLocal = host.equals("localhost") || host.startsWith("127.") || host.equals("[::1]");
        boolean isOpen = !host.isEmpty() && !isLocal || host.isEmpty() && release > 0 && release < 9;
        if (!isServer || !isSocket || isLocal) {
            return Optional.empty();
        }
        return Optional.of(new JavaOption(
                "java-debugger",
                isOpen ? Severity.HIGH : Severity.LOW,
                option,
                place,
                isOpen
                        ? "a debugger listens for others: whoever connects runs code"
                        : "a debugger listens: on the loopback since Java 9, before for everybody",
                "start it without " + option.substring(0, option.indexOf(option.startsWith("-X") ? ':' : '='))));
    }

    private static Optional<JavaOption> remote(String option, String place, List<String> all) {
        boolean isLocal = all.contains(JMX + ".host=127.0.0.1") || all.contains(JMX + ".host=localhost");
        if (isLocal) {
            return Optional.empty();
        }
        if (all.contains(JMX + ".authenticate=false")) {
            return Optional.of(new JavaOption(
                    "java-jmx-open",
                    Severity.HIGH,
                    option,
                    place,
                    "JMX listens and asks nobody who they are: whoever connects runs code",
                    "set " + JMX.substring(2) + ".authenticate=true with a password file, or listen on the loopback"));
        }
        if (all.contains(JMX + ".ssl=false")) {
            return Optional.of(new JavaOption(
                    "java-jmx-unencrypted",
                    Severity.MEDIUM,
                    option,
                    place,
                    "JMX listens without TLS: passwords can be read on the way",
                    "set " + JMX.substring(2) + ".ssl=true"));
        }
        return Optional.empty();
    }
}
