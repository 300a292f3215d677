package dev.holdfast.jvm.reach;

import static dev.holdfast.core.Reach.Status.NOT_REACHED;
import static dev.holdfast.core.Reach.Status.REACHED;
import static dev.holdfast.core.Reach.Status.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.Gap;
import dev.holdfast.core.Reach;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A main class in {@code /app/app.jar}, a library in {@code /app/lib.jar}, and another, mostly idle, in {@code /app/idle.jar}. */
class PlainApplicationTest {
    private static final String LIBRARY = """
            package org.lib;
            public class Lib {
                public static void work() {}
                public void run() {}
            }
            """;
    private static final String IDLE = "package org.idle; public class Idle { public static void work() {} }";

    /** The three archives, of these sources and the two libraries. */
    private static FakeImage image(String... sources) {
        return image(Map.of(), sources);
    }

    private static FakeImage image(Map<String, byte[]> resourcesOfIdle, String... sources) {
        String[] all = java.util.Arrays.copyOf(sources, sources.length + 2);
        all[sources.length] = LIBRARY;
        all[sources.length + 1] = IDLE;
        Map<String, byte[]> classes = Sources.compile(all);
        Map<String, byte[]> idle = new java.util.LinkedHashMap<>(Sources.below(classes, "org/idle/"));
        idle.putAll(resourcesOfIdle);
        return new FakeImage()
                .file("/app/app.jar", Sources.jar(Sources.below(classes, "com/acme/"), "Main-Class: com.acme.Main"))
                .file("/app/lib.jar", Sources.jar(Sources.below(classes, "org/lib/")))
                .file("/app/idle.jar", Sources.jar(idle))
                .starts("java", "-cp", "/app/app.jar:/app/lib.jar:/app/idle.jar", "com.acme.Main");
    }

    private static String main(String body) {
        return "package com.acme; public class Main { public static void main(String[] args) throws Throwable {" + body
                + "} }";
    }

    @Test
    void followsADirectCallAndTellsTheWay() {
        FakeImage image = image(
                main("Service.go();"), "package com.acme; class Service { static void go() { org.lib.Lib.work(); } }");
        Reach reach = image.reach("/app/lib.jar");
        assertThat(reach.status()).isEqualTo(REACHED);
        assertThat(reach.chain())
                .containsExactly("java com.acme.Main", "com.acme.Main.main", "com.acme.Service.go", "org.lib.Lib.work");
        assertThat(image.status("/app/idle.jar")).isEqualTo(NOT_REACHED);
        assertThat(image.gaps()).isEmpty();
    }

    @Test
    void followsALibraryIntoAnother() {
        FakeImage image = image(
                main("org.lib.Front.go();"),
                "package org.lib; public class Front { public static void go() { org.idle.Idle.work(); } }");
        assertThat(image.status("/app/idle.jar")).isEqualTo(REACHED);
    }

    @Test
    void doesNotFollowCodeThatNothingCalls() {
        FakeImage image = image(
                main("System.out.println();"), "package com.acme; class Dead { void never() { org.lib.Lib.work(); } }");
        assertThat(image.status("/app/lib.jar")).isEqualTo(NOT_REACHED);
    }

    @Test
    void doesNotFollowAMethodThatNothingCalls() {
        FakeImage image = image("package com.acme; public class Main {"
                + " public static void main(String[] args) { new Main().used(); }"
                + " void used() {} void unused() { new org.lib.Lib().run(); } }");
        assertThat(image.status("/app/lib.jar")).isEqualTo(NOT_REACHED);
    }

    @Test
    void dispatchesToTheClassesThatAreMade() {
        String[] sources = {
            "package com.acme; interface Job { void run(); }",
            "package com.acme; class One implements Job { public void run() { org.lib.Lib.work(); } }",
            "package com.acme; class Other implements Job { public void run() { org.idle.Idle.work(); } }"
        };
        FakeImage image = image(main("Job job = new One(); job.run();"), sources[0], sources[1], sources[2]);
        assertThat(image.status("/app/lib.jar")).isEqualTo(REACHED);
        assertThat(image.status("/app/idle.jar")).isEqualTo(NOT_REACHED);
    }

    @Test
    void dispatchesToAClassThatIsMadeAfterTheCall() {
        FakeImage image = image(
                "package com.acme; public class Main { static Job job;"
                        + " public static void main(String[] args) { call(); job = new One(); call(); }"
                        + " static void call() { if (job != null) job.run(); } }",
                "package com.acme; interface Job { void run(); }",
                "package com.acme; class One extends Two { }",
                "package com.acme; class Two implements Job { public void run() { org.lib.Lib.work(); } }");
        assertThat(image.status("/app/lib.jar")).isEqualTo(REACHED);
    }

    @Test
    void callsWhatOverridesThePlatform() {
        FakeImage image = image(
                main("new Thread(new Task()).start();"),
                "package com.acme; class Task implements Runnable { public void run() { org.lib.Lib.work(); }"
                        + " public void other() { org.idle.Idle.work(); } }");
        assertThat(image.status("/app/lib.jar")).isEqualTo(REACHED);
        assertThat(image.status("/app/idle.jar")).isEqualTo(NOT_REACHED);
    }

    @Test
    void followsLambdasAndMethodReferences() {
        FakeImage image = image(main("Runnable a = () -> org.lib.Lib.work(); a.run();"
                + " java.util.List.of(1).forEach(x -> {}); Runnable b = org.idle.Idle::work; b.run();"));
        assertThat(image.status("/app/lib.jar")).isEqualTo(REACHED);
        assertThat(image.status("/app/idle.jar")).isEqualTo(REACHED);
    }

    @Test
    void followsDefaultMethodsOfLambdas() {
        FakeImage image = image(
                main("Job job = () -> {}; job.also();"),
                "package com.acme; interface Job { void run(); default void also() { org.lib.Lib.work(); } }");
        assertThat(image.status("/app/lib.jar")).isEqualTo(REACHED);
    }

    @Test
    void followsInitialisersAndSuperclasses() {
        FakeImage image = image(
                main("System.out.println(Settings.VALUE); new Child();"),
                "package com.acme; class Settings { static final Object VALUE = new org.lib.Lib(); }",
                "package com.acme; class Child extends org.idle.Idle {}");
        assertThat(image.status("/app/lib.jar")).isEqualTo(REACHED);
        assertThat(image.status("/app/idle.jar")).isEqualTo(REACHED);
    }

    @Test
    void endsInCodeThatCallsItself() {
        FakeImage image = image(
                main("A.go(3);"),
                "package com.acme; class A { static void go(int n) { if (n > 0) B.go(n - 1); } }",
                "package com.acme; class B { static void go(int n) { A.go(n); org.lib.Lib.work(); } }");
        assertThat(image.status("/app/lib.jar")).isEqualTo(REACHED);
        assertThat(image.status("/app/idle.jar")).isEqualTo(NOT_REACHED);
    }

    @Test
    void doesNotSeeBeyondAClassThatIsMissing() {
        Map<String, byte[]> classes = Sources.compile(
                main("org.gone.Gone.work();"),
                "package org.gone; public class Gone { public static void work() {} }",
                LIBRARY);
        FakeImage image = new FakeImage()
                .file("/app/app.jar", Sources.jar(Sources.below(classes, "com/acme/"), "Main-Class: com.acme.Main"))
                .file("/app/lib.jar", Sources.jar(Sources.below(classes, "org/lib/")))
                .starts("java", "-cp", "/app/app.jar:/app/lib.jar", "com.acme.Main");
        Reach reach = image.reach("/app/lib.jar");
        assertThat(reach.status()).isEqualTo(UNKNOWN);
        assertThat(reach.why()).contains("org.gone.Gone").contains("com.acme.Main.main");
    }

    @Test
    void goesOnWithoutAMissingClassThatTheCodeIsPreparedFor() {
        Map<String, byte[]> classes = Sources.compile(
                main("try { org.gone.Gone.work(); } catch (NoClassDefFoundError e) { System.out.println(); }"),
                "package org.gone; public class Gone { public static void work() {} }",
                LIBRARY);
        FakeImage image = new FakeImage()
                .file("/app/app.jar", Sources.jar(Sources.below(classes, "com/acme/"), "Main-Class: com.acme.Main"))
                .file("/app/lib.jar", Sources.jar(Sources.below(classes, "org/lib/")))
                .starts("java", "-cp", "/app/app.jar:/app/lib.jar", "com.acme.Main");
        assertThat(image.status("/app/lib.jar")).isEqualTo(NOT_REACHED);
    }

    @Test
    void doesNotSeeIntoAClassThatIsCutOff() {
        FakeImage image = image(main("org.lib.Lib.work();"));
        Map<String, byte[]> classes = Sources.compile(LIBRARY);
        byte[] whole = java.util.Objects.requireNonNull(classes.get("org/lib/Lib.class"));
        image.file(
                "/app/lib.jar",
                Sources.jar(Map.of("org/lib/Lib.class", java.util.Arrays.copyOf(whole, whole.length / 2))));
        assertThat(image.status("/app/idle.jar")).isEqualTo(UNKNOWN);
        assertThat(image.gaps()).extracting(Gap::code).containsOnly(Gap.Code.UNFOLLOWED);
    }

    @Test
    void anArchiveThatIsNowhereOnTheClassPathIsNotReached() {
        FakeImage image = image(main("org.lib.Lib.work();"));
        Map<String, byte[]> other = Sources.compile("package org.tool; public class Tool {}");
        image.file("/opt/tool.jar", Sources.jar(other));
        Reach reach = image.reach("/opt/tool.jar");
        assertThat(reach.status()).isEqualTo(NOT_REACHED);
        assertThat(reach.why()).contains("not on the class path");
    }
}
