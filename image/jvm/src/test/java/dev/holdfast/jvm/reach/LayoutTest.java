package dev.holdfast.jvm.reach;

import static dev.holdfast.core.Reach.Status.NOT_REACHED;
import static dev.holdfast.core.Reach.Status.REACHED;
import static dev.holdfast.core.Reach.Status.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.Reach;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How applications lie in images and are started. */
class LayoutTest {
    private static final Map<String, byte[]> CLASSES = Sources.compile(
            "package com.acme; public class Main { public static void main(String[] args) { org.lib.Lib.work(); } }",
            "package org.lib; public class Lib { public static void work() { new org.deep.Deep(); } }",
            "package org.deep; public class Deep { }",
            "package org.idle; public class Idle { }");

    private static byte[] jar(String prefix, String... manifest) {
        return Sources.jar(Sources.below(CLASSES, prefix), manifest);
    }

    private static FakeImage separate() {
        return new FakeImage()
                .file("/app/main.jar", jar("com/", "Main-Class: com.acme.Main"))
                .file("/app/lib/lib.jar", jar("org/lib/"))
                .file("/app/lib/deep.jar", jar("org/deep/"))
                .file("/app/lib/idle.jar", jar("org/idle/"));
    }

    private static void assertOnlyIdleIsNotReached(FakeImage image) {
        assertThat(image.status("/app/lib/lib.jar")).as("lib").isEqualTo(REACHED);
        assertThat(image.status("/app/lib/deep.jar")).as("deep").isEqualTo(REACHED);
        Reach idle = image.reach("/app/lib/idle.jar");
        assertThat(idle.status()).as(idle.why()).isEqualTo(NOT_REACHED);
    }

    // --- how Java is started ---

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "java|-cp|main.jar:lib/*|com.acme.Main",
                "java|-classpath|/app/*:/app/lib/*|com.acme.Main",
                "/usr/bin/java|-Xmx1g|--class-path=main.jar:lib/*|com.acme.Main",
                "sh|-c|exec java -cp main.jar:lib/lib.jar:lib/deep.jar:lib/idle.jar com.acme.Main|",
                "sh|-c|java $JAVA_OPTS -cp \"main.jar:lib/*\" com.acme.Main \"$@\"|",
                "/bin/bash|-ec|cd /app; M=com.acme.Main; exec java -cp main.jar:lib/* ${M}|",
                "tini|--|/app/run.sh|x",
                "/app/run.sh|a|b|c",
                "/app/argfile.sh|a|b|c",
                "java|@args|x|y"
            })
    void findsTheClassPathOfTheStart(String one, String two, String three, String four) {
        FakeImage image = separate()
                .in("/app")
                .file(
                        "/app/run.sh",
                        "#!/bin/sh\n# starts it\nset -e\nHOME_DIR=/app\nif [ -n \"$X\" ]; then\n  X=$(cat /x)\nfi\n"
                                + "CP=\"$HOME_DIR/main.jar:$HOME_DIR/lib/*\"\nexec java \\\n  ${JAVA_OPTS:--Xmx1g} -cp \"$CP\" \\\n  com.acme.Main \"$@\"\n")
                .file("/app/argfile.sh", "#!/bin/sh\nexec java -cp @/app/path com.acme.Main\n")
                .file("/app/path", "/app/main.jar:/app/lib/lib.jar:/app/lib/deep.jar:/app/lib/idle.jar")
                .file("/app/args", "-Xmx1g # memory\n-cp \"main.jar:lib/*\"\ncom.acme.Main\n")
                .file("/usr/bin/tini", "\u007fELF");
        String[] words = java.util.stream.Stream.of(one, two, three, four)
                .filter(java.util.Objects::nonNull)
                .toArray(String[]::new);
        assertOnlyIdleIsNotReached(image.starts(words));
    }

    @Test
    void takesTheClassPathFromTheEnvironment() {
        assertOnlyIdleIsNotReached(
                separate().variable("CLASSPATH=/app/main.jar:/app/lib/*").starts("java", "com.acme.Main"));
    }

    @Test
    void aScriptThatComputesTheClassPathLeavesDoubt() {
        FakeImage image = separate()
                .file(
                        "/app/run.sh",
                        "#!/bin/sh\nexec java -cp \"main.jar:$(ls lib/*.jar | tr '\\n' ':')\" com.acme.Main\n")
                .in("/app")
                .starts("/app/run.sh");
        assertThat(image.status("/app/lib/idle.jar")).isEqualTo(UNKNOWN);
    }

    @Test
    void followsTheStartScriptOfGradle() {
        FakeImage image = separate().file("/app/bin/shop", """
                        #!/bin/sh
                        app_path=$0
                        while [ -h "$app_path" ]; do ls=$( ls -ld "$app_path" ); done
                        APP_HOME=$( cd -P "${APP_HOME:-./}.." > /dev/null && printf '%s\\n' "$PWD" ) || exit
                        CLASSPATH=$APP_HOME/main.jar:$APP_HOME/lib/lib.jar:$APP_HOME/lib/deep.jar:$APP_HOME/lib/idle.jar
                        if [ -n "$JAVA_HOME" ] ; then
                            JAVACMD=$JAVA_HOME/bin/java
                        else
                            JAVACMD=java
                        fi
                        set -- \\
                                -classpath "$CLASSPATH" \\
                                com.acme.Main \\
                                "$@"
                        eval "set -- $(printf '%s\\n' "$DEFAULT_JVM_OPTS $JAVA_OPTS" | xargs -n1)"
                        exec "$JAVACMD" "$@"
                        """).starts("/app/bin/shop");
        assertOnlyIdleIsNotReached(image);
    }

    @Test
    void anImageThatDoesNotStartJavaLeavesDoubt() {
        FakeImage image = separate().starts("nginx", "-g", "daemon off;");
        assertThat(image.status("/app/lib/idle.jar")).isEqualTo(UNKNOWN);
    }

    @Test
    void aTargetThatDoesNotSayHowItStartsIsTriedAndLeavesDoubt() {
        FakeImage image = new FakeImage()
                .file(
                        "/app/main.jar",
                        jar("com/", "Main-Class: com.acme.Main", "Class-Path: lib.jar idle.jar deep.jar"))
                .file("/app/lib.jar", jar("org/lib/"))
                .file("/app/deep.jar", jar("org/deep/"))
                .file("/app/idle.jar", jar("org/idle/"));
        assertThat(image.status("/app/lib.jar")).isEqualTo(REACHED);
        assertThat(image.reach("/app/idle.jar").why()).contains("does not say how it is started");
    }

    // --- class paths ---

    @Test
    void followsClassPathsOfManifests() {
        FakeImage image = new FakeImage()
                .file(
                        "/app/main.jar",
                        jar(
                                "com/",
                                "Main-Class: com.acme.Main",
                                "Class-Path: lib/lib.jar ../opt/idle.jar li",
                                " b/none.jar"))
                .file("/app/lib/lib.jar", jar("org/lib/", "Class-Path: sub/deep.jar"))
                .file("/app/lib/sub/deep.jar", jar("org/deep/"))
                .file("/opt/idle.jar", jar("org/idle/"))
                .starts("java", "-jar", "/app/main.jar");
        assertThat(image.status("/app/lib/lib.jar")).isEqualTo(REACHED);
        assertThat(image.status("/app/lib/sub/deep.jar")).isEqualTo(REACHED);
        Reach idle = image.reach("/opt/idle.jar");
        assertThat(idle.why()).contains("/app/lib/none.jar").contains("not in the image");
    }

    @Test
    void ofTwoCopiesTheFirstIsLoaded() {
        FakeImage image = new FakeImage()
                .file("/app/main.jar", jar("com/", "Main-Class: com.acme.Main", "Class-Path: a.jar b.jar deep.jar"))
                .file("/app/a.jar", jar("org/lib/"))
                .file("/app/b.jar", jar("org/lib/"))
                .file("/app/deep.jar", jar("org/deep/"))
                .starts("java", "-jar", "/app/main.jar");
        assertThat(image.status("/app/a.jar")).isEqualTo(REACHED);
        Reach second = image.reach("/app/b.jar");
        assertThat(second.status()).isEqualTo(NOT_REACHED);
        assertThat(second.why()).contains("/app/a.jar");
        assertThat(image.report().copies())
                .containsExactly("/app/b.jar is hidden by /app/a.jar, which is loaded first");
    }

    @Test
    void whichOfTwoCopiesInOneFolderIsLoadedIsNotDefined() {
        FakeImage image = new FakeImage()
                .file("/app/a.jar", jar("org/lib/"))
                .file("/app/b.jar", jar("org/lib/"))
                .file("/app/main.jar", jar("com/"))
                .file("/app/deep.jar", jar("org/deep/"))
                .starts("java", "-cp", "/app/*", "com.acme.Main");
        assertThat(image.status("/app/b.jar")).isNotEqualTo(NOT_REACHED);
    }

    @Test
    void readsExplodedClasses() {
        FakeImage image = separate()
                .files("/app/classes", Sources.below(CLASSES, "com/"))
                .file("/app/jib-classpath-file", "/app/resources:/app/classes:/app/lib/*")
                .file("/app/resources/application.properties", "x=y")
                .file("/app/jib-main-class-file", "com.acme.Main")
                .starts("java", "-cp", "@/app/jib-classpath-file", "@/app/jib-main-class-file");
        assertOnlyIdleIsNotReached(image);
    }

    @Test
    void beginsInAgentsToo() {
        Map<String, byte[]> agent = Sources.compile(
                "package org.agent; public class Agent { public static void premain(String a) { new org.idle.Idle(); } }",
                "package org.idle; public class Idle { }");
        FakeImage image = separate()
                .file("/agent.jar", Sources.jar(Sources.below(agent, "org/agent/"), "Premain-Class: org.agent.Agent"))
                .variable("JAVA_TOOL_OPTIONS=-javaagent:/agent.jar=x=y -Xmx1g")
                .in("/app")
                .starts("java", "-cp", "main.jar:lib/*", "com.acme.Main");
        assertThat(image.status("/app/lib/idle.jar")).isEqualTo(REACHED);
        assertThat(image.status("/agent.jar")).isEqualTo(REACHED);
    }

    @Test
    void aMainClassThatIsMissingLeavesDoubt() {
        FakeImage image = separate().in("/app").starts("java", "-cp", "lib/*", "com.acme.Main");
        assertThat(image.reach("/app/lib/lib.jar").why()).contains("main class com.acme.Main");
        assertThat(image.status("/app/lib/lib.jar")).isEqualTo(UNKNOWN);
    }

    // --- archives in archives ---

    @Test
    void readsBootArchives() {
        Map<String, byte[]> boot = new LinkedHashMap<>();
        Sources.below(CLASSES, "com/").forEach((name, bytes) -> boot.put("BOOT-INF/classes/" + name, bytes));
        boot.put("BOOT-INF/lib/lib.jar", jar("org/lib/"));
        boot.put("BOOT-INF/lib/deep.jar", jar("org/deep/"));
        boot.put("BOOT-INF/lib/idle.jar", jar("org/idle/"));
        boot.put("BOOT-INF/classpath.idx", Sources.text("- \"BOOT-INF/lib/deep.jar\"\n- \"BOOT-INF/lib/lib.jar\"\n"));
        boot.putAll(Sources.compile("package org.springframework.boot.loader.launch; public class JarLauncher {"
                + " public static void main(String[] a) throws Exception {"
                + " Class.forName(a[0]).getDeclaredMethod(\"main\").invoke(null); } }"));
        FakeImage image = new FakeImage()
                .file(
                        "/app.jar",
                        Sources.jar(
                                boot,
                                "Main-Class: org.springframework.boot.loader.launch.JarLauncher",
                                "Start-Class: com.acme.Main"))
                .starts("java", "-jar", "/app.jar");
        assertThat(image.status("/app.jar ▸ BOOT-INF/lib/lib.jar")).isEqualTo(REACHED);
        assertThat(image.status("/app.jar ▸ BOOT-INF/lib/deep.jar")).isEqualTo(REACHED);
        assertThat(image.reach("/app.jar ▸ BOOT-INF/lib/idle.jar").why()).contains("none of its classes");
        assertThat(image.status("/app.jar")).isEqualTo(REACHED);
    }

    @Test
    void readsUnpackedBootArchives() {
        FakeImage image = new FakeImage()
                .files("/app/BOOT-INF/classes", Sources.below(CLASSES, "com/"))
                .file("/app/BOOT-INF/lib/lib.jar", jar("org/lib/"))
                .file("/app/BOOT-INF/lib/deep.jar", jar("org/deep/"))
                .file("/app/BOOT-INF/lib/idle.jar", jar("org/idle/"))
                .file("/app/META-INF/MANIFEST.MF", "Manifest-Version: 1.0\r\nStart-Class: com.acme.Main\r\n\r\n")
                .files(
                        "/app",
                        Sources.compile("package org.springframework.boot.loader; public class JarLauncher {"
                                + " public static void main(String[] a) {} }"))
                .in("/app")
                .starts("java", "org.springframework.boot.loader.JarLauncher");
        assertThat(image.status("/app/BOOT-INF/lib/lib.jar")).isEqualTo(REACHED);
        assertThat(image.status("/app/BOOT-INF/lib/idle.jar")).isEqualTo(NOT_REACHED);
    }

    // --- libraries merged into one archive ---

    @Test
    void tellsMergedAndRelocatedLibrariesApartByTheirPackages() {
        Map<String, byte[]> merged = Sources.compile(
                "package com.acme; public class Main { public static void main(String[] args) {"
                        + " com.acme.shaded.org.lib.text.Lib.work(); } }",
                "package com.acme.shaded.org.lib.text; public class Lib { public static void work() { } }",
                "package org.other.thing; public class Other { }",
                "package strange; public class Strange { }");
        FakeImage image = new FakeImage()
                .file("/app.jar", Sources.jar(merged, "Main-Class: com.acme.Main"))
                .starts("java", "-jar", "/app.jar");
        Set<String> all = Set.of("org.lib:lib-text", "org.other:thing", "com.acme:shop");
        ReachReport report = image.report();
        assertThat(report.of("/app.jar ▸ META-INF/maven/org.lib/lib-text/pom.properties", "org.lib:lib-text", all)
                        .status())
                .isEqualTo(REACHED);
        assertThat(report.of("/app.jar ▸ META-INF/maven/org.other/thing/pom.properties", "org.other:thing", all)
                        .status())
                .isEqualTo(NOT_REACHED);
    }

    @Test
    void aLibraryMovedIntoTheApplicationsOwnPackagesIsNotTakenForTheApplication() {
        Map<String, byte[]> merged = Sources.compile(
                "package com.acme.shop; public class Main { public static void main(String[] args) {"
                        + " new com.acme.hidden.strange.Strange(); } }",
                "package com.acme.hidden.google.gson; public class Gson { }",
                "package com.acme.hidden.strange; public class Strange { }");
        FakeImage image = new FakeImage()
                .file("/app.jar", Sources.jar(merged, "Main-Class: com.acme.shop.Main"))
                .starts("java", "-jar", "/app.jar");
        Set<String> all = Set.of("com.google.code.gson:gson", "org.odd:odd", "com.acme:shop");
        for (String library : java.util.List.of("com.google.code.gson:gson", "org.odd:odd")) {
            Reach reach = image.report().of("/app.jar ▸ META-INF/maven/x/pom.xml", library, all);
            assertThat(reach.status()).as(reach.why()).isEqualTo(UNKNOWN);
        }
    }

    @Test
    void aClassOfNobodyLeavesMergedLibrariesUnknown() {
        Map<String, byte[]> merged = Sources.compile(
                "package com.acme; public class Main { public static void main(String[] args) { new strange.Strange(); } }",
                "package strange; public class Strange { }");
        FakeImage image = new FakeImage()
                .file("/app.jar", Sources.jar(merged, "Main-Class: com.acme.Main"))
                .starts("java", "-jar", "/app.jar");
        Reach reach = image.report()
                .of("/app.jar ▸ META-INF/maven/org.other/thing/pom.xml", "org.other:thing", Set.of("org.other:thing"));
        assertThat(reach.status()).isEqualTo(UNKNOWN);
        assertThat(reach.why()).contains("strange.Strange");
    }

    @Test
    void ofAMultiReleaseArchiveTheImagesJavaCounts() {
        Map<String, byte[]> old =
                Sources.compile("package org.lib; public class Lib { public static void work() { } }");
        Map<String, byte[]> entries = new LinkedHashMap<>(old);
        Sources.below(CLASSES, "org/lib/").forEach((name, bytes) -> entries.put("META-INF/versions/17/" + name, bytes));
        for (String release : java.util.List.of("11.0.2", "17.0.1")) {
            FakeImage image = separate()
                    .file("/app/lib/lib.jar", Sources.jar(entries, "Multi-Release: true"))
                    .file("/opt/java/bin/java", "ELF")
                    .file("/opt/java/release", "JAVA_VERSION=\"" + release + "\"\n")
                    .in("/app")
                    .starts("/opt/java/bin/java", "-cp", "main.jar:lib/*", "com.acme.Main");
            assertThat(image.status("/app/lib/deep.jar"))
                    .as(release)
                    .isEqualTo(release.startsWith("17") ? REACHED : NOT_REACHED);
        }
    }

    @Test
    void anOptionMayNameAClass() {
        FakeImage image = separate()
                .in("/app")
                .starts("java", "-Dservice=org.idle.Idle", "-cp", "main.jar:lib/*", "com.acme.Main");
        assertThat(image.status("/app/lib/idle.jar")).isEqualTo(REACHED);
    }

    @Test
    void anArchiveInsideAPlainOneIsNotOnTheClassPath() {
        Map<String, byte[]> entries = new LinkedHashMap<>(Sources.compile(
                "package com.acme; public class Main { public static void main(String[] args) throws Exception {"
                        + " new Own().loadClass(\"x.Y\"); } static class Own extends ClassLoader {} }"));
        entries.put("lib/idle.jar", jar("org/idle/"));
        FakeImage image = new FakeImage()
                .file("/app.jar", Sources.jar(entries, "Main-Class: com.acme.Main"))
                .starts("java", "-jar", "/app.jar");
        assertThat(image.reach("/app.jar ▸ lib/idle.jar").why()).contains("not on the class path");
    }

    // --- modules ---

    @Test
    void findsTheMainClassOfAModule() {
        FakeImage image = separate().in("/app").starts("java", "-p", "/app:/app/lib", "-m", "com.acme/com.acme.Main");
        assertOnlyIdleIsNotReached(image);
    }
}
