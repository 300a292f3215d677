package dev.holdfast.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.holdfast.jvm.identity.ClassPrint;
import dev.holdfast.memory.DamagedFactsException;
import dev.holdfast.memory.FactReader;
import dev.holdfast.memory.FactWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** What is made of classes, and what is read back from the memory of earlier scans, which somebody may have changed on the disk. */
class FactsFuzz {
    private static final Integer[] CHOICES = {1, 2, 3};

    @MethodSource("classes")
    @FuzzTest
    void printOfAClass(byte[] bytes) {
        ClassPrint.of(bytes);
    }

    /** The first byte of each step tells what is asked for next. */
    @MethodSource("facts")
    @FuzzTest
    void factsThatWereRemembered(byte[] bytes) {
        FactReader facts = new FactReader(bytes);
        try {
            for (int step = 0; step < 1_000; step++) {
                switch (facts.number(9)) {
                    case 0 -> facts.number();
                    case 1 -> facts.integer();
                    case 2 -> facts.text();
                    case 3 -> facts.digest();
                    case 4 -> facts.bytes();
                    case 5 -> facts.slice();
                    case 6 -> facts.texts();
                    case 7 -> facts.list(facts::number);
                    case 8 -> facts.option(facts::flag);
                    default -> facts.oneOf(CHOICES);
                }
            }
            facts.rest();
        } catch (DamagedFactsException damaged) {
            // what it is for: the scan reads the image instead
        }
    }

    static Stream<byte[]> classes() {
        return Stream.of(FactsFuzz.class, Seeds.class, Hostile.class, FuzzOne.class)
                .map(FactsFuzz::bytesOf);
    }

    private static byte[] bytesOf(Class<?> type) {
        try (InputStream in = type.getResourceAsStream(type.getSimpleName() + ".class")) {
            if (in == null) {
                throw new IllegalStateException("no bytes of " + type);
            }
            return in.readAllBytes();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    static Stream<byte[]> facts() {
        FactWriter facts = new FactWriter();
        facts.number(0)
                .number(1L << 40)
                .number(2)
                .text("one")
                .number(2)
                .text("one")
                .number(4)
                .bytes(new byte[9]);
        facts.number(6).texts(List.of("two", "one")).number(7).list(List.of(7L, 8L), facts::number);
        facts.number(8).option(Stream.of(true), facts::flag).number(9).oneOf(CHOICES, 2);
        return Stream.of(facts.toBytes());
    }
}
