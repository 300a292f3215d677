package dev.holdfast.jvm.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.lang.classfile.ClassFile;
import java.lang.classfile.constantpool.ConstantPoolBuilder;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.DynamicConstantDesc;
import java.lang.constant.MethodHandleDesc;
import java.lang.constant.MethodTypeDesc;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class ClassPrintTest {
    private static ClassPrint of(Sample sample) {
        return ClassPrint.of(sample.bytes()).orElseThrow();
    }

    @Test
    void staysWhenTheClassIsMovedToAnotherPackage() {
        Sample published = Sample.of("org/lib/core", "Parser", 7);
        assertThat(of(published.in("acme/shaded/org/lib/core"))).isEqualTo(of(published));
        assertThat(of(published.in("x"))).isEqualTo(of(published));
    }

    @Test
    void staysWhenDebugInformationIsStripped() {
        Sample published = Sample.of("org/lib", "Parser", 7);
        Sample stripped = new Sample("org/lib", "Parser", 7, 0);
        assertThat(of(stripped).code()).isEqualTo(of(published).code());
        assertThat(of(stripped).exact()).isNotEqualTo(of(published).exact());
    }

    @Test
    void tellsBuildsApartByTheirLines() {
        ClassPrint one = of(new Sample("org/lib", "Parser", 7, 10));
        ClassPrint other = of(new Sample("org/lib", "Parser", 7, 11));
        assertThat(one.code()).isEqualTo(other.code());
        assertThat(one.exact()).isNotEqualTo(other.exact());
    }

    @Test
    void changesWithCodeAndWithTheName() {
        Sample published = Sample.of("org/lib", "Parser", 7);
        assertThat(of(Sample.of("org/lib", "Parser", 8)).code())
                .isNotEqualTo(of(published).code());
        assertThat(of(Sample.of("org/lib", "Lexer", 7)).code())
                .isNotEqualTo(of(published).code());
    }

    @Test
    void doesNotDependOnTheFormOfAnInstruction() {
        byte[] narrow = method(code -> code.iload(1).goto_(code.newBoundLabel()).return_());
        byte[] wide = method(code -> code.with(
                        java.lang.classfile.instruction.LoadInstruction.of(java.lang.classfile.Opcode.ILOAD_W, 1))
                .with(java.lang.classfile.instruction.BranchInstruction.of(
                        java.lang.classfile.Opcode.GOTO_W, code.newBoundLabel()))
                .return_());
        assertThat(ClassPrint.of(wide).orElseThrow().code())
                .isEqualTo(ClassPrint.of(narrow).orElseThrow().code());
    }

    private static byte[] method(java.util.function.Consumer<java.lang.classfile.CodeBuilder> body) {
        return ClassFile.of(ClassFile.StackMapsOption.DROP_STACK_MAPS)
                .build(
                        ClassDesc.of("a.B"),
                        type -> type.withMethodBody(
                                "m", MethodTypeDesc.ofDescriptor("(I)V"), ClassFile.ACC_PUBLIC, body));
    }

    @Test
    void keepsVersionsAndClassNamesOfTexts() {
        assertThat(text("see 2.17.1")).isNotEqualTo(text("see 2.17.2"));
        assertThat(text("org.lib.Parser")).isEqualTo(text("acme/x/Parser")).isNotEqualTo(text("org.lib.Lexer"));
        assertThat(text("org.lib")).isEqualTo(text("acme.lib.deep"));
        assertThat(text("limit of bytes")).isNotEqualTo(text("limit of chars"));
    }

    private static long text(String text) {
        Mix mix = new Mix();
        Neutral.text(mix, text);
        return mix.value();
    }

    @Test
    void tellsTheTwoEditionsOfThePlatformApart() {
        assertThat(name("javax/servlet/Filter")).isNotEqualTo(name("jakarta/servlet/Filter"));
        assertThat(name("acme/javax/servlet/Filter")).isEqualTo(name("javax/servlet/Filter"));
        assertThat(name("java/util/List")).isNotEqualTo(name("org/lib/List"));
    }

    private static long name(String name) {
        Mix mix = new Mix();
        Neutral.className(mix, name);
        return mix.value();
    }

    // --- hostile bytes ---

    @Test
    void survivesAClassThatIsCutOffAnywhere() {
        byte[] whole = Sample.of("org/lib", "Parser", 7).bytes();
        for (int length = 0; length < whole.length; length++) {
            assertThat(ClassPrint.of(Arrays.copyOf(whole, length)))
                    .as("%d bytes", length)
                    .isNotNull();
        }
    }

    @Test
    void survivesBytesThatWereChangedAtRandom() {
        long seed = Long.getLong("holdfast.seed", 1);
        Random random = new Random(seed);
        byte[] whole = Sample.of("org/lib", "Parser", 7).bytes();
        for (int round = 0; round < 20_000; round++) {
            byte[] changed = whole.clone();
            for (int i = random.nextInt(4); i >= 0; i--) {
                changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
            }
            assertThat(ClassPrint.of(changed))
                    .as("seed %d, round %d", seed, round)
                    .isNotNull();
        }
    }

    @Test
    void refusesConstantsThatNestWithoutEnd() {
        DirectMethodHandleDesc bootstrap = MethodHandleDesc.ofMethod(
                DirectMethodHandleDesc.Kind.STATIC,
                ClassDesc.of("a.B"),
                "make",
                MethodTypeDesc.of(
                        ConstantDescs.CD_Object,
                        ConstantDescs.CD_MethodHandles_Lookup,
                        ConstantDescs.CD_String,
                        ConstantDescs.CD_Class,
                        ConstantDescs.CD_Object));
        DynamicConstantDesc<Object> nested = DynamicConstantDesc.ofNamed(bootstrap, "n", ConstantDescs.CD_Object);
        for (int i = 0; i < 200; i++) {
            nested = DynamicConstantDesc.ofNamed(bootstrap, "n" + i, ConstantDescs.CD_Object, nested);
        }
        DynamicConstantDesc<Object> deepest = nested;
        assertThat(ClassPrint.of(method(code -> code.loadConstant(deepest).pop().return_())))
                .isEmpty();
    }

    @Test
    void refusesManyConstantsThatShareOneEnormousText() {
        ConstantPoolBuilder pool = ConstantPoolBuilder.of();
        String name = "x".repeat(60_000);
        byte[] hostile = ClassFile.of().build(pool.classEntry(ClassDesc.of("a.B")), pool, type -> {
            for (int i = 0; i < 20_000; i++) {
                type.withField(pool.utf8Entry(name), pool.utf8Entry("I"), field -> {});
            }
        });
        assertTimeoutPreemptively(
                Duration.ofSeconds(20), () -> assertThat(ClassPrint.of(hostile)).isEmpty());
    }
}
