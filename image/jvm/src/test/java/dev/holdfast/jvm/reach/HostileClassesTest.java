package dev.holdfast.jvm.reach;

import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_String;
import static java.lang.constant.ConstantDescs.CD_void;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.core.InputException;
import dev.holdfast.core.Reach;
import dev.holdfast.jvm.reach.code.ClassFile;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Class files that were made to harm: nothing but an answer or an {@link InputException} may come of them. */
class HostileClassesTest {
    private static final Map<String, byte[]> SAMPLE = Sources.compile("""
            package com.acme;
            import java.util.function.Supplier;
            @Deprecated(since = "1", forRemoval = false)
            public class Main implements Runnable {
                private static final String NAME = "org.lib.Lib";
                @SuppressWarnings("x") private int[] field = {1, 2};
                public static void main(String[] args) throws Exception {
                    String name = args.length > 3 ? NAME : "com.acme." + args[0];
                    Class.forName(name).getDeclaredConstructor().newInstance();
                    Supplier<Runnable> made = Main::new;
                    made.get().run();
                    switch (args[0]) { case "a", "b": System.out.println(1L); break; default: break; }
                    for (int i = 0; i < 10; i++) { double d = i * 2.0; name += d; }
                    try { Object[][] many = new Object[2][3]; synchronized (many) { name = null; } }
                    catch (LinkageError e) { throw e; } finally { System.out.println(name); }
                }
                public void run() { Runnable r = () -> System.out.println(this.field[0] % 3); r.run(); }
            }
            """);

    private static final byte[] LIBRARY = Sources.jar(Sources.compile("package org.lib; public class Lib {}"));

    private static byte[] sample() {
        return Objects.requireNonNull(SAMPLE.get("com/acme/Main.class"));
    }

    private static FakeImage image(Map<String, byte[]> classes) {
        return new FakeImage()
                .file("/app.jar", Sources.jar(classes, "Main-Class: com.acme.Main", "Class-Path: lib.jar"))
                .file("/lib.jar", LIBRARY)
                .starts("java", "-jar", "/app.jar");
    }

    @Test
    void everyTruncationIsRefused() {
        byte[] whole = sample();
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> ClassFile.parse(cut)).isInstanceOf(InputException.class);
        }
    }

    @Test
    void noChangedByteBreaksTheTrace() {
        long seed = Long.getLong("holdfast.seed", 1);
        Random random = new Random(seed);
        for (int round = 0; round < 400; round++) {
            byte[] bytes = sample().clone();
            int changes = 1 + random.nextInt(4);
            for (int i = 0; i < changes; i++) {
                bytes[8 + random.nextInt(bytes.length - 8)] = (byte) random.nextInt();
            }
            Map<String, byte[]> classes = new LinkedHashMap<>(SAMPLE);
            classes.put("com/acme/Main.class", bytes);
            assertThat(image(classes).status("/lib.jar"))
                    .as("seed %d, round %d", seed, round)
                    .isNotNull();
        }
    }

    @Test
    void aConstantPoolThatAnnouncesMoreThanThereIsIsRefused() {
        byte[] bytes = sample().clone();
        bytes[8] = (byte) 0xff;
        bytes[9] = (byte) 0xff;
        assertThatThrownBy(() -> ClassFile.parse(bytes)).isInstanceOf(InputException.class);
    }

    @Test
    void aSwitchOfBillionsOfCasesIsRefused() {
        byte[] code = {
            (byte) 170, 0, 0, 0, 0, 0, 0, 0, (byte) 0x80, 0, 0, 0, 0x7f, (byte) 0xff, (byte) 0xff, (byte) 0xff
        };
        byte[] bytes = withCode(code);
        FakeImage image = image(Map.of("com/acme/Main.class", bytes));
        assertThat(image.reach("/lib.jar").why()).contains("code cannot be read");
        assertThat(image.status("/lib.jar")).isEqualTo(Reach.Status.UNKNOWN);
    }

    /** A main method of {@code nop}s, whose code is then replaced. */
    private static byte[] withCode(byte[] code) {
        byte[] bytes = java.lang.classfile.ClassFile.of(java.lang.classfile.ClassFile.StackMapsOption.DROP_STACK_MAPS)
                .build(
                        ClassDesc.of("com.acme.Main"),
                        type -> type.withMethodBody(
                                "main",
                                MethodTypeDesc.of(CD_void, CD_String.arrayType()),
                                java.lang.classfile.ClassFile.ACC_STATIC,
                                body -> {
                                    for (int i = 0; i < code.length - 1; i++) {
                                        body.nop();
                                    }
                                    body.return_();
                                }));
        for (int at = 0; at + code.length <= bytes.length; at++) {
            boolean isBody = bytes[at + code.length - 1] == (byte) 177;
            for (int i = 0; i < code.length - 1 && isBody; i++) {
                isBody = bytes[at + i] == 0;
            }
            if (isBody) {
                System.arraycopy(code, 0, bytes, at, code.length);
                return bytes;
            }
        }
        throw new AssertionError("no code found");
    }

    private static byte[] empty(String name, String parent, String... interfaces) {
        return java.lang.classfile.ClassFile.of().build(ClassDesc.of(name), type -> {
            type.withSuperclass(parent.isEmpty() ? CD_Object : ClassDesc.of(parent));
            type.withInterfaceSymbols(
                    Arrays.stream(interfaces).map(ClassDesc::of).toList());
            type.withMethodBody(
                    "main",
                    MethodTypeDesc.of(CD_void, CD_String.arrayType()),
                    java.lang.classfile.ClassFile.ACC_STATIC,
                    code -> code.new_(ClassDesc.of(name)).pop().return_());
        });
    }

    @Test
    void classesThatExtendOneAnotherInACircleEnd() {
        FakeImage image = image(Map.of(
                "com/acme/Main.class", empty("com.acme.Main", "com.acme.Other", "com.acme.Main"),
                "com/acme/Other.class", empty("com.acme.Other", "com.acme.Main")));
        assertThat(image.status("/lib.jar")).isNotEqualTo(Reach.Status.REACHED);
    }

    @Test
    void aChainOfThousandsOfSuperclassesEnds() {
        Map<String, byte[]> classes = new LinkedHashMap<>();
        classes.put("com/acme/Main.class", empty("com.acme.Main", "com.acme.C0"));
        for (int i = 0; i < 3_000; i++) {
            classes.put("com/acme/C" + i + ".class", empty("com.acme.C" + i, "com.acme.C" + (i + 1)));
        }
        classes.put("com/acme/C3000.class", empty("com.acme.C3000", ""));
        assertThat(image(classes).status("/lib.jar")).isNotEqualTo(Reach.Status.REACHED);
    }

    @Test
    void aNameHandedThroughThousandsOfMethodsIsStillFollowed() {
        int length = 5_000;
        MethodTypeDesc takesName = MethodTypeDesc.of(CD_void, CD_String);
        byte[] main = java.lang.classfile.ClassFile.of().build(ClassDesc.of("com.acme.Main"), type -> {
            type.withMethodBody(
                    "main",
                    MethodTypeDesc.of(CD_void, CD_String.arrayType()),
                    java.lang.classfile.ClassFile.ACC_STATIC,
                    code -> code.loadConstant("org.lib.Lib")
                            .invokestatic(ClassDesc.of("com.acme.Main"), "m0", takesName)
                            .return_());
            for (int i = 0; i < length; i++) {
                String next = "m" + (i + 1);
                type.withMethodBody(
                        "m" + i,
                        takesName,
                        java.lang.classfile.ClassFile.ACC_STATIC,
                        code -> code.aload(0)
                                .invokestatic(ClassDesc.of("com.acme.Main"), next, takesName)
                                .return_());
            }
            type.withMethodBody(
                    "m" + length,
                    takesName,
                    java.lang.classfile.ClassFile.ACC_STATIC,
                    code -> code.aload(0)
                            .invokestatic(
                                    ConstantDescs.CD_Class,
                                    "forName",
                                    MethodTypeDesc.of(ConstantDescs.CD_Class, CD_String))
                            .pop()
                            .return_());
        });
        assertThat(image(Map.of("com/acme/Main.class", main)).status("/lib.jar"))
                .isEqualTo(Reach.Status.REACHED);
    }

    @Test
    void aClassUnderAnotherNameIsNotRead() {
        FakeImage image = image(Map.of("com/acme/Main.class", empty("com.acme.Evil", "")));
        assertThat(image.status("/lib.jar")).isEqualTo(Reach.Status.UNKNOWN);
    }

    @Test
    void scriptsThatGrowOrNeverCloseEnd() {
        for (String script : List.of(
                "#!/bin/sh\nA=xxxxxxxxxxxxxxxx\n" + "A=$A$A$A$A\n".repeat(400) + "exec java -cp $A Main",
                "#!/bin/sh\nexec java -cp \"unclosed",
                "#!/bin/sh\n${" + "{".repeat(100_000),
                "#!/bin/sh\n. /run.sh\nexec /run.sh\n",
                "#!/bin/sh\nset -- $@ $@ $@ $@\n".repeat(1_000))) {
            FakeImage image = image(SAMPLE).file("/run.sh", script).starts("/run.sh", "a", "b");
            assertThat(image.status("/lib.jar")).isNotNull();
        }
    }
}
