package dev.holdfast.jvm.reach;

import static dev.holdfast.core.Reach.Status.NOT_REACHED;
import static dev.holdfast.core.Reach.Status.REACHED;
import static dev.holdfast.core.Reach.Status.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.Reach;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is loaded without being named in a call: by names, services, reflection. */
class ReflectionTest {
    private static final String LIBRARY = """
            package org.lib;
            public class Lib implements Runnable {
                public Lib() {}
                public void run() {}
                public static void work() {}
            }
            """;
    private static final String IDLE = "package org.idle; public class Idle { public Idle() {} }";

    private static FakeImage image(String... sources) {
        return image(Map.of(), sources);
    }

    private static FakeImage image(Map<String, String> resourcesOfLib, String... sources) {
        String[] all = java.util.Arrays.copyOf(sources, sources.length + 2);
        all[sources.length] = LIBRARY;
        all[sources.length + 1] = IDLE;
        Map<String, byte[]> classes = Sources.compile(all);
        Map<String, byte[]> lib = new LinkedHashMap<>(Sources.below(classes, "org/lib/"));
        resourcesOfLib.forEach((name, text) -> lib.put(name, Sources.text(text)));
        return new FakeImage()
                .file(
                        "/app/app.jar",
                        Sources.jar(
                                Sources.below(classes, "com/acme/"),
                                "Main-Class: com.acme.Main",
                                "Class-Path: lib.jar idle.jar"))
                .file("/app/lib.jar", Sources.jar(lib))
                .file("/app/idle.jar", Sources.jar(Sources.below(classes, "org/idle/")))
                .starts("java", "-jar", "/app/app.jar");
    }

    private static String main(String body) {
        return "package com.acme; public class Main { public static void main(String[] args) throws Throwable {" + body
                + "} }";
    }

    private static void assertReachedAlone(FakeImage image) {
        assertThat(image.status("/app/lib.jar")).isEqualTo(REACHED);
        Reach idle = image.reach("/app/idle.jar");
        assertThat(idle.status()).as(idle.why()).isEqualTo(NOT_REACHED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Class.forName(\"org.lib.Lib\").getDeclaredConstructor().newInstance();",
                "Class.forName(\"org.lib.Lib\", true, Main.class.getClassLoader());",
                "Thread.currentThread().getContextClassLoader().loadClass(\"org.lib.Lib\").newInstance();",
                "String name = \"org.lib.Lib\"; Class<?> c = Class.forName(name); c.getMethod(\"work\").invoke(null);",
                "String name = \"org.\" + \"lib\"; Class.forName(name + \".Lib\");",
                "String name = args.length > 0 ? \"org.lib.Lib\" : \"java.lang.String\"; Class.forName(name);",
                "String name; if (args.length == 0) { name = \"org.lib.Lib\"; } else { name = \"org.lib.Other\"; }"
                        + " Class.forName(name);",
                "Object o = org.lib.Lib.class.getDeclaredConstructor().newInstance(); ((Runnable) o).run();",
                "java.lang.invoke.MethodHandles.lookup().findStatic(org.lib.Lib.class, \"work\","
                        + " java.lang.invoke.MethodType.methodType(void.class)).invoke();",
                "java.lang.invoke.MethodHandles.lookup().findClass(\"org.lib.Lib\");",
                "System.setProperty(\"java.util.logging.manager\", \"org.lib.Lib\");",
                "javax.xml.parsers.SAXParserFactory.newInstance(\"org.lib.Lib\", null);",
                "Main.class.getDeclaredMethod(\"hidden\").invoke(null); } static void hidden() { org.lib.Lib.work();",
                "Object[] all = {(Runnable) org.lib.Lib::work, 1}; ((Runnable) all[0]).run();",
                "switch (args[0]) { case \"a\" -> Class.forName(\"org.lib.Lib\"); default -> {} }",
                "try { Class.forName(\"org.lib.Lib\"); } catch (ClassNotFoundException e) { throw e; }",
            })
    void followsANameThatIsConstant(String body) {
        assertReachedAlone(image(main(body)));
    }

    @Test
    void followsAConstantNameThroughMethods() {
        assertReachedAlone(image(
                "package com.acme; public class Main { public static void main(String[] args) throws Exception {"
                        + " new Loader().load(\"org.lib.Lib\").run(); } }",
                "package com.acme; class Loader { Runnable load(String name) throws Exception { return make(name, 1); }"
                        + " private static Runnable make(String name, long x) throws Exception {"
                        + " return (Runnable) Class.forName(name).getDeclaredConstructor().newInstance(); } }"));
    }

    @Test
    void followsAClassObjectThroughMethods() {
        assertReachedAlone(
                image("package com.acme; public class Main { public static void main(String[] args) throws Exception {"
                        + " make(org.lib.Lib.class).run(); }"
                        + " static <T> T make(Class<T> type) throws Exception {"
                        + " return type.getDeclaredConstructor().newInstance(); } }"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Class.forName(args[0]);",
                "Class.forName(System.getProperty(\"driver\", \"org.lib.Other\")).getDeclaredConstructor().newInstance();",
                "Class.forName(new StringBuilder(\"biL.bil.gro\").reverse().toString());",
                "Thread.currentThread().getContextClassLoader().loadClass(System.getenv(\"X\"));",
                "java.util.Properties p = new java.util.Properties(); Class.forName(p.getProperty(\"x\"));",
                "for (String name : args) { Class.forName(name); }",
                "new java.io.ObjectInputStream(System.in).readObject();",
                "new javax.naming.InitialContext().lookup(args[0]);",
                "new javax.script.ScriptEngineManager().getEngineByName(\"js\").eval(args[0]);",
                "new java.net.URLClassLoader(new java.net.URL[0]).loadClass(args[0]);",
                "System.loadLibrary(\"x\");",
                "java.util.function.Function<String, Class<?>> f = n -> { try { return Class.forName(n); }"
                        + " catch (Exception e) { return null; } }; f.apply(\"x\");",
                "java.lang.invoke.MethodHandles.lookup().defineClass(new byte[0]);",
                "new java.beans.XMLDecoder(System.in).readObject();",
                "javax.tools.ToolProvider.getSystemJavaCompiler();",
            })
    void doesNotSeeBeyondWhatIsComputed(String body) {
        Reach reach = image(main(body)).reach("/app/idle.jar");
        assertThat(reach.status()).isEqualTo(UNKNOWN);
        assertThat(reach.why()).startsWith("because ").contains("com.acme.Main");
    }

    @Test
    void aNameThatIsOverwrittenIsNotConstant() {
        FakeImage image = image(main("String name = \"org.lib.Lib\"; while (args.length > 9) { name = args[0]; }"
                + " Class.forName(name);"));
        assertThat(image.status("/app/idle.jar")).isEqualTo(UNKNOWN);
    }

    @Test
    void aMethodThatSomebodyCallsWithAComputedNameIsNotConstant() {
        FakeImage image =
                image("package com.acme; public class Main { public static void main(String[] args) throws Exception {"
                        + " load(\"org.lib.Lib\"); load(args[0]); }"
                        + " static void load(String name) throws Exception { Class.forName(name); } }");
        assertThat(image.status("/app/lib.jar")).isEqualTo(REACHED);
        assertThat(image.reach("/app/idle.jar").why()).contains("computed name").contains("com.acme.Main.main");
    }

    @Test
    void aDynamicLoadThatNothingCallsDoesNotCount() {
        FakeImage image = image(
                main("System.out.println();"),
                "package com.acme; class Dead { static Class<?> load(String n) throws Exception { return Class.forName(n); } }");
        assertThat(image.status("/app/lib.jar")).isEqualTo(NOT_REACHED);
    }

    @Test
    void anArrayOfNamesReachesThemAndLeavesTheRestUnknown() {
        FakeImage image = image(main("for (String n : new String[] {\"org.lib.Lib\", \"a.B\"}) { Class.forName(n); }"));
        assertThat(image.status("/app/lib.jar")).isEqualTo(REACHED);
        assertThat(image.status("/app/idle.jar")).isEqualTo(UNKNOWN);
    }

    @Test
    void aNameWithAConstantBeginningCanOnlyMeanClassesThatBeginSo() {
        FakeImage image = image(main("Class.forName(\"org.lib.\" + args[0]);"));
        assertThat(image.status("/app/lib.jar")).isEqualTo(UNKNOWN);
        assertThat(image.status("/app/idle.jar")).isEqualTo(NOT_REACHED);
    }

    @Test
    void reflectionOnUnknownMembersMayUseWhatReachedClassesMention() {
        FakeImage image = image(
                main("Object o = new Holder(); for (var f : o.getClass().getDeclaredFields()) {"
                        + " f.getType().getDeclaredConstructor().newInstance(); }"),
                "package com.acme; class Holder { org.lib.Lib lib; void never() {} }");
        assertThat(image.status("/app/lib.jar")).isEqualTo(UNKNOWN);
        assertThat(image.status("/app/idle.jar")).isEqualTo(NOT_REACHED);
    }

    @Test
    void reflectionOnAnObjectsOwnClassMayCallAnyOfItsMethods() {
        FakeImage image =
                image("package com.acme; public class Main { public static void main(String[] args) throws Exception {"
                        + " Main main = new Main(); main.getClass().getDeclaredMethod(args[0]).invoke(main); }"
                        + " void hidden() { org.lib.Lib.work(); } }");
        assertThat(image.status("/app/lib.jar")).isEqualTo(UNKNOWN);
        assertThat(image.status("/app/idle.jar")).isEqualTo(NOT_REACHED);
    }

    @Test
    void aNameInAFileOfTheApplicationCountsWhereNamesAreComputed() {
        FakeImage image = image(
                main(
                        "java.util.Properties p = new java.util.Properties();"
                                + " p.load(Main.class.getResourceAsStream(\"/app.properties\")); Class.forName(p.getProperty(\"x\"));"));
        Map<String, byte[]> own = new LinkedHashMap<>(Sources.compile(main(
                "java.util.Properties p =" + " new java.util.Properties(); Class.forName(p.getProperty(\"x\"));")));
        own.put("app.properties", Sources.text("x = org.lib.Lib\n"));
        image.file("/app/app.jar", Sources.jar(own, "Main-Class: com.acme.Main", "Class-Path: lib.jar idle.jar"));
        assertThat(image.status("/app/lib.jar")).isEqualTo(REACHED);
        assertThat(image.status("/app/idle.jar")).isEqualTo(UNKNOWN);
    }

    @Test
    void readingHooksCountOnlyWhereObjectsAreDeserialised() {
        String kept = "package com.acme; class Kept implements java.io.Serializable {"
                + " private void readObject(java.io.ObjectInputStream in) throws Exception { in.readObject(); } }";
        assertThat(image(main("new Kept();"), kept).status("/app/idle.jar")).isEqualTo(NOT_REACHED);
        assertThat(image(main("new Kept(); new java.io.ObjectInputStream(System.in).readObject();"), kept)
                        .status("/app/idle.jar"))
                .isEqualTo(UNKNOWN);
    }

    // --- services ---

    @Test
    void aServiceReachesItsProviders() {
        FakeImage image = image(
                Map.of("META-INF/services/com.acme.Plugin", "# comment\norg.lib.Provider # the one\n"),
                main("for (Plugin p : java.util.ServiceLoader.load(Plugin.class)) { p.go(); }"),
                "package com.acme; public interface Plugin { void go(); }",
                "package org.lib; public class Provider implements com.acme.Plugin { public void go() { Lib.work(); } }");
        Reach reach = image.reach("/app/lib.jar");
        assertThat(reach.status()).isEqualTo(REACHED);
        assertThat(reach.chain()).anySatisfy(step -> assertThat(step).contains("META-INF/services/com.acme.Plugin"));
        assertThat(image.status("/app/idle.jar")).isEqualTo(NOT_REACHED);
    }

    @Test
    void aProviderOfAServiceThatNobodyLoadsIsNotReached() {
        FakeImage image = image(
                Map.of("META-INF/services/com.acme.Plugin", "org.lib.Lib\n"),
                main("System.out.println(Plugin.NAME);"),
                "package com.acme; public interface Plugin { Object NAME = new Object(); }");
        assertThat(image.status("/app/lib.jar")).isEqualTo(NOT_REACHED);
    }

    @Test
    void aServiceThatOnlyTheCallerKnowsIsFollowedToTheCaller() {
        FakeImage image = image(
                Map.of("META-INF/services/java.lang.Runnable", "org.lib.Lib\n"),
                "package com.acme; public class Main { public static void main(String[] args) {"
                        + " all(Runnable.class).forEach(Runnable::run); }"
                        + " static <T> java.util.ServiceLoader<T> all(Class<T> s) { return java.util.ServiceLoader.load(s); } }");
        assertReachedAlone(image);
    }

    @Test
    void anUnknownServiceMayBeAnyThatHasAFile() {
        FakeImage image = image(
                Map.of("META-INF/services/com.other.Thing", "org.lib.Lib\n"),
                main("Class<?>[] all = new Class<?>[1]; java.util.ServiceLoader.load(all[0]);"));
        assertThat(image.status("/app/lib.jar")).isEqualTo(UNKNOWN);
        assertThat(image.status("/app/idle.jar")).isEqualTo(NOT_REACHED);
    }

    @Test
    void thePlatformLoadsDriversWhenAConnectionIsAskedFor() {
        Map<String, String> services = Map.of("META-INF/services/java.sql.Driver", "org.lib.Lib\n");
        assertReachedAlone(image(services, main("java.sql.DriverManager.getConnection(args[0]);")));
        assertThat(image(services, main("System.out.println();")).status("/app/lib.jar"))
                .isEqualTo(NOT_REACHED);
    }

    @Test
    void thePlatformMayLoadProvidersOfItsOwnServicesUnasked() {
        Map<String, String> services =
                Map.of("META-INF/services/java.nio.charset.spi.CharsetProvider", "org.lib.Lib\n");
        assertThat(image(services, main("System.out.println();")).status("/app/lib.jar"))
                .isEqualTo(UNKNOWN);
    }
}
