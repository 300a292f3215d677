package dev.holdfast.jvm.reach;

import static dev.holdfast.core.Reach.Status.NOT_REACHED;
import static dev.holdfast.core.Reach.Status.REACHED;
import static dev.holdfast.core.Reach.Status.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Classes that frameworks find: Spring and servlet containers, made as small as the rules that are asked of them. */
class FrameworksTest {
    private static final List<String> SPRING = List.of(
            annotation("org.springframework.stereotype", "Component", ""),
            annotation("org.springframework.stereotype", "Service", "@Component"),
            annotation("org.springframework.context.annotation", "Configuration", ""),
            annotation("org.springframework.context.annotation", "Bean", ""),
            annotation("org.springframework.context.annotation", "Import", "", "Class<?>[] value();"),
            annotation("org.springframework.context.annotation", "ComponentScan", "", "String[] value() default {};"),
            annotation(
                    "org.springframework.boot.autoconfigure.condition",
                    "ConditionalOnClass",
                    "",
                    "Class<?>[] value() default {}; String[] name() default {};"),
            annotation(
                    "org.springframework.boot.autoconfigure",
                    "SpringBootApplication",
                    "@org.springframework.context.annotation.ComponentScan"),
            """
            package org.springframework.boot;
            public class SpringApplication {
                public static Object run(Class<?> type, String... args) throws Exception {
                    return type.getDeclaredConstructor().newInstance();
                }
            }
            """,
            """
            package org.springframework.context.annotation;
            public class AnnotationConfigApplicationContext {
                public AnnotationConfigApplicationContext(Class<?>... types) throws Exception {
                    for (Class<?> type : types) { type.getDeclaredConstructor().newInstance(); }
                }
            }
            """);

    private static final String[] LIBRARIES = {
        "package org.lib; public class Lib { public static void work() {} }",
        "package org.idle; public class Idle { public static void work() {} }"
    };

    private static String annotation(String packageName, String name, String on, String... members) {
        return "package " + packageName
                + "; @java.lang.annotation.Retention(java.lang.annotation.RetentionPolicy.RUNTIME) " + on
                + " public @interface " + name + " { " + String.join(" ", members) + " }";
    }

    private static Map<String, byte[]> compile(String... sources) {
        List<String> all = new ArrayList<>(List.of(sources));
        all.addAll(SPRING);
        all.addAll(List.of(LIBRARIES));
        return Sources.compile(all.toArray(new String[0]));
    }

    private static FakeImage boot(Map<String, String> resources, String... sources) {
        Map<String, byte[]> classes = compile(sources);
        Map<String, byte[]> boot = new LinkedHashMap<>();
        Sources.below(classes, "com/acme/").forEach((name, bytes) -> boot.put("BOOT-INF/classes/" + name, bytes));
        Map<String, byte[]> starter = new LinkedHashMap<>(Sources.below(classes, "org/starter/"));
        resources.forEach((name, text) -> starter.put(name, Sources.text(text)));
        boot.put("BOOT-INF/lib/spring.jar", Sources.jar(Sources.below(classes, "org/springframework/")));
        boot.put("BOOT-INF/lib/lib.jar", Sources.jar(Sources.below(classes, "org/lib/")));
        boot.put("BOOT-INF/lib/idle.jar", Sources.jar(Sources.below(classes, "org/idle/")));
        boot.put("BOOT-INF/lib/starter.jar", Sources.jar(starter));
        return new FakeImage()
                .file("/app.jar", Sources.jar(boot, "Start-Class: com.acme.Main"))
                .starts("java", "-jar", "/app.jar");
    }

    private static final String MAIN =
            "package com.acme; @org.springframework.boot.autoconfigure.SpringBootApplication public class Main {"
                    + " public static void main(String[] args) throws Exception {"
                    + " org.springframework.boot.SpringApplication.run(Main.class, args); } }";

    private static final String LIB = "/app.jar ▸ BOOT-INF/lib/lib.jar";
    private static final String IDLE = "/app.jar ▸ BOOT-INF/lib/idle.jar";

    @Test
    void findsComponentsBelowTheApplication() {
        FakeImage image = boot(
                Map.of(),
                MAIN,
                "package com.acme.web; @org.springframework.stereotype.Service public class Shop {"
                        + " void go() { org.lib.Lib.work(); } }",
                "package com.acme.web; public class NoComponent { void go() { org.idle.Idle.work(); } }");
        assertThat(image.reach(LIB).status()).isEqualTo(REACHED);
        assertThat(image.reach(LIB).chain()).anySatisfy(step -> assertThat(step).contains("com.acme.web.Shop"));
        assertThat(image.status(IDLE)).isNotEqualTo(REACHED);
    }

    @Test
    void followsImports() {
        FakeImage image = boot(
                Map.of(),
                MAIN.replace(
                        "public class",
                        "@org.springframework.context.annotation.Import(org.starter.Config.class) public class"),
                "package org.starter; public class Config { @org.springframework.context.annotation.Bean"
                        + " Object bean() { org.lib.Lib.work(); return this; } }");
        assertThat(image.status(LIB)).isEqualTo(REACHED);
    }

    @Test
    void followsAutoConfigurationAndItsConditions() {
        FakeImage image = boot(
                Map.of(
                        "META-INF/spring/org.springframework.boot.autoconfigure.AutoConfiguration.imports",
                        "org.starter.One\n# no\norg.starter.Two\n"),
                MAIN,
                "package org.starter; @org.springframework.boot.autoconfigure.condition.ConditionalOnClass("
                        + "name = \"org.lib.Lib\") public class One { Object a() { org.lib.Lib.work(); return 1; } }",
                "package org.starter; @org.springframework.boot.autoconfigure.condition.ConditionalOnClass("
                        + "name = \"org.gone.Gone\") public class Two { Object a() { org.idle.Idle.work(); return 1; } }");
        assertThat(image.status(LIB)).isEqualTo(REACHED);
        assertThat(image.status(IDLE)).isNotEqualTo(REACHED);
    }

    @Test
    void followsFactories() {
        FakeImage image = boot(
                Map.of(
                        "META-INF/spring.factories",
                        "org.springframework.context.ApplicationListener=\\\n  org.starter.None,\\\n  org.starter.One\n"),
                MAIN,
                "package org.starter; public class One { Object a() { org.lib.Lib.work(); return 1; } }");
        assertThat(image.status(LIB)).isEqualTo(REACHED);
    }

    @Test
    void ignoresFactoriesWhenSpringIsNotStarted() {
        FakeImage image = boot(
                Map.of("META-INF/spring.factories", "a.B=org.starter.One\n"),
                "package com.acme; public class Main { public static void main(String[] args) {} }",
                "package com.acme; @org.springframework.stereotype.Component class Dead { void a() { org.lib.Lib.work(); } }",
                "package org.starter; public class One { Object a() { org.lib.Lib.work(); return 1; } }");
        assertThat(image.status(LIB)).isEqualTo(NOT_REACHED);
    }

    @Test
    void followsConfigurationClassesOfAPlainContext() {
        FakeImage image = boot(
                Map.of(),
                "package com.acme; public class Main { public static void main(String[] args) throws Exception {"
                        + " new org.springframework.context.annotation.AnnotationConfigApplicationContext(Config.class); } }",
                "package com.acme; @org.springframework.context.annotation.Configuration"
                        + " @org.springframework.context.annotation.ComponentScan(\"com.acme.parts\") class Config {"
                        + " @org.springframework.context.annotation.Bean Object bean() { org.lib.Lib.work(); return 1; } }",
                "package com.acme.parts; @org.springframework.stereotype.Component class Part {"
                        + " void a() { org.idle.Idle.work(); } }");
        assertThat(image.status(LIB)).isEqualTo(REACHED);
        assertThat(image.status(IDLE)).isEqualTo(REACHED);
    }

    @Test
    void anUnknownLoadInTheFrameworkLeavesTheRestUnknown() {
        FakeImage image = boot(Map.of(), MAIN.replace("run(Main.class", "run(Class.forName(args[0])"));
        assertThat(image.status(IDLE)).isEqualTo(UNKNOWN);
    }

    // --- servlets ---

    private static final String[] SERVLET_API = {
        annotation("jakarta.servlet.annotation", "WebServlet", "", "String value() default \"\";"),
        annotation("jakarta.servlet.annotation", "HandlesTypes", "", "Class<?>[] value();"),
        "package jakarta.servlet.http; public abstract class HttpServlet { protected void doGet() {} }",
        "package jakarta.servlet; public interface ServletContainerInitializer { void onStartup(); }",
    };

    private static FakeImage tomcat(Map<String, byte[]> war, String... sources) {
        List<String> all = new ArrayList<>(List.of(sources));
        all.addAll(List.of(SERVLET_API));
        all.addAll(List.of(LIBRARIES));
        all.add("package org.apache.catalina.startup; public class Bootstrap {"
                + " public static void main(String[] a) throws Exception { Class.forName(a[0]); } }");
        Map<String, byte[]> classes = Sources.compile(all.toArray(new String[0]));
        String web = "/usr/local/tomcat/webapps/shop/WEB-INF";
        return new FakeImage()
                .files(web + "/classes", Sources.below(classes, "com/acme/"))
                .file(web + "/lib/lib.jar", Sources.jar(Sources.below(classes, "org/lib/")))
                .file(web + "/lib/idle.jar", Sources.jar(Sources.below(classes, "org/idle/")))
                .files("/usr/local/tomcat/webapps/shop", war)
                .file("/usr/local/tomcat/lib/servlet-api.jar", Sources.jar(Sources.below(classes, "jakarta/")))
                .file("/usr/local/tomcat/bin/bootstrap.jar", Sources.jar(Sources.below(classes, "org/apache/")))
                .file("/usr/local/tomcat/bin/catalina.sh", "#!/bin/sh\n")
                .variable("PATH=/usr/local/tomcat/bin:/usr/bin")
                .starts("catalina.sh", "run");
    }

    private static final String WEB_LIB = "/usr/local/tomcat/webapps/shop/WEB-INF/lib/lib.jar";
    private static final String WEB_IDLE = "/usr/local/tomcat/webapps/shop/WEB-INF/lib/idle.jar";

    @Test
    void findsServletsByAnnotation() {
        FakeImage image = tomcat(
                Map.of(),
                "package com.acme; @jakarta.servlet.annotation.WebServlet(\"/\") public class Shop"
                        + " extends jakarta.servlet.http.HttpServlet { protected void doGet() { org.lib.Lib.work(); } }",
                "package com.acme; class Dead { void a() { org.idle.Idle.work(); } }");
        assertThat(image.status(WEB_LIB)).isEqualTo(REACHED);
        assertThat(image.reach(WEB_IDLE).status())
                .as(image.reach(WEB_IDLE).why())
                .isEqualTo(NOT_REACHED);
    }

    @Test
    void findsServletsInTheDescriptor() {
        FakeImage image = tomcat(
                Map.of(
                        "WEB-INF/web.xml",
                        Sources.text(
                                "<web-app><servlet><servlet-class>\n com.acme.Shop \n</servlet-class></servlet></web-app>")),
                "package com.acme; public class Shop extends jakarta.servlet.http.HttpServlet {"
                        + " protected void doGet() { org.lib.Lib.work(); } }");
        assertThat(image.status(WEB_LIB)).isEqualTo(REACHED);
        assertThat(image.status(WEB_IDLE)).isEqualTo(NOT_REACHED);
    }

    @Test
    void aPageMayUseAnything() {
        FakeImage image = tomcat(
                Map.of("index.jsp", Sources.text("<%= new org.idle.Idle() %>")),
                "package com.acme; class Dead { void a() { org.idle.Idle.work(); } }");
        assertThat(image.status(WEB_IDLE)).isEqualTo(UNKNOWN);
    }

    @Test
    void whatTheContainerLoadsByNameLeavesItsOwnLibrariesUnknownAlone() {
        FakeImage image = tomcat(Map.of(), "package com.acme; class Dead { void a() { org.idle.Idle.work(); } }");
        assertThat(image.status("/usr/local/tomcat/lib/servlet-api.jar")).isEqualTo(UNKNOWN);
        assertThat(image.status(WEB_IDLE)).isEqualTo(NOT_REACHED);
    }
}
