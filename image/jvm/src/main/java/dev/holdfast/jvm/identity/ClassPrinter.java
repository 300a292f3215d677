package dev.holdfast.jvm.identity;

import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.FieldModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.classfile.attribute.LineNumberInfo;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.ConstantDynamicEntry;
import java.lang.classfile.constantpool.ConstantPool;
import java.lang.classfile.constantpool.DoubleEntry;
import java.lang.classfile.constantpool.DynamicConstantPoolEntry;
import java.lang.classfile.constantpool.FloatEntry;
import java.lang.classfile.constantpool.IntegerEntry;
import java.lang.classfile.constantpool.InvokeDynamicEntry;
import java.lang.classfile.constantpool.LoadableConstantEntry;
import java.lang.classfile.constantpool.LongEntry;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.classfile.constantpool.MethodHandleEntry;
import java.lang.classfile.constantpool.MethodTypeEntry;
import java.lang.classfile.constantpool.ModuleEntry;
import java.lang.classfile.constantpool.NameAndTypeEntry;
import java.lang.classfile.constantpool.PackageEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.constantpool.StringEntry;
import java.lang.classfile.constantpool.Utf8Entry;
import java.util.List;
import java.util.Optional;

/**
 * Takes the print of one class file. Read are: access flags, the simple names of the class, its superclass and interfaces, fields with
 * their constants, methods with their instructions. Not read are annotations, generic signatures, frames and debug tables, except line
 * numbers for {@link ClassPrint#exact}: a tool that moves packages or strips classes changes them, or they cost more than they tell.
 *
 * <p>Hostile bytes give an empty result: the platform's reader refuses what it cannot read with one of two exceptions, the walk over the
 * instructions checks its own bounds, a constant is followed once, and the text that is hashed is bounded by the size of the file: many
 * constants may name one long text.
 */
final class ClassPrinter {
    /** Those flags of a class that a compiler writes for the source's own words: not ACC_SUPER, not ACC_SYNTHETIC. */
    private static final int CLASS_FLAGS = 0x6611;

    private static final int MEMBER_FLAGS = 0x1FFF;
    /** So many times its own size may the text of a class be read: the names of real classes recur some ten times. */
    private static final int MOST_REPEATS = 64;

    private static final long SMALL_CLASS = 1 << 16;
    /** A bootstrap argument of a bootstrap argument is met in the wild; the thirtieth is an attack on our stack. */
    private static final int DEEPEST_CONSTANT = 30;
    /** Met and not yet known: a constant that leads back to itself. */
    private static final long OPEN = 2;

    private final ClassModel model;
    private final ConstantPool pool;
    /** Meanings of the constants met so far, 0 where not met. */
    private final long[] meanings;

    private final Mix code = new Mix();
    private long lines;
    private int weight;
    private long textLeft;
    private int depth;
    private boolean isBroken;

    private ClassPrinter(ClassModel model, int size) {
        this.model = model;
        this.textLeft = SMALL_CLASS + (long) MOST_REPEATS * size;
        this.pool = model.constantPool();
        this.meanings = new long[pool.size()];
    }

    static Optional<ClassPrint> print(byte[] classFile) {
        try {
            return new ClassPrinter(ClassFile.of().parse(classFile), classFile.length).print();
        } catch (IllegalArgumentException | IndexOutOfBoundsException refused) {
            return Optional.empty();
        }
    }

    private Optional<ClassPrint> print() {
        code.add(model.flags().flagsMask() & CLASS_FLAGS);
        className(code, model.thisClass());
        model.superclass().ifPresent(parent -> className(code, parent));
        for (ClassEntry each : model.interfaces()) {
            className(code, each);
        }
        lines = Mix.step(Mix.seed(), model.majorVersion());
        for (FieldModel field : model.fields()) {
            field(field);
        }
        for (MethodModel method : model.methods()) {
            method(method);
        }
        if (isBroken) {
            return Optional.empty();
        }
        long value = code.value();
        return Optional.of(new ClassPrint(value, Mix.finish(Mix.step(lines, value)), weight));
    }

    private void field(FieldModel field) {
        member(field.flags().flagsMask(), field.fieldName(), field.fieldType());
        field.findAttribute(Attributes.constantValue())
                .ifPresent(value -> code.add(meaning(value.constant().index())));
    }

    private void method(MethodModel method) {
        member(method.flags().flagsMask(), method.methodName(), method.methodType());
        method.findAttribute(Attributes.code()).ifPresent(this::instructions);
    }

    private void member(int flags, Utf8Entry name, Utf8Entry type) {
        code.add(flags & MEMBER_FLAGS);
        nameAndType(code, name, type);
    }

    private void nameAndType(Mix mix, Utf8Entry name, Utf8Entry type) {
        String text = name.stringValue();
        if (mayRead(text)) {
            mix.add(text, 0, text.length());
            descriptor(mix, type);
        }
    }

    private void descriptor(Mix mix, Utf8Entry type) {
        String descriptor = type.stringValue();
        if (mayRead(descriptor)) {
            Neutral.descriptor(mix, descriptor);
        }
    }

    private void className(Mix mix, ClassEntry type) {
        String name = type.asInternalName();
        if (mayRead(name)) {
            Neutral.className(mix, name);
        }
    }

    private void text(Mix mix, Utf8Entry text) {
        String value = text.stringValue();
        if (mayRead(value)) {
            Neutral.text(mix, value);
        }
    }

    private boolean mayRead(String text) {
        textLeft -= text.length() + 1;
        isBroken |= textLeft < 0;
        return !isBroken;
    }

    private void instructions(CodeAttribute attribute) {
        byte[] bytes = attribute.codeArray();
        weight += bytes.length;
        boolean isWhole = new CodeWalk(bytes, this::meaning, code).walk();
        isBroken |= !isWhole; // after the walk, which may have found a broken constant
        attribute.findAttribute(Attributes.lineNumberTable()).ifPresent(table -> {
            for (LineNumberInfo line : table.lineNumbers()) {
                lines = Mix.step(lines, line.lineNumber());
            }
        });
    }

    // --- constants ---

    private long meaning(int index) {
        if (isBroken || index <= 0 || index >= meanings.length || meanings[index] == OPEN) {
            isBroken = true;
            return 0;
        }
        if (meanings[index] == 0) {
            meanings[index] = OPEN;
            isBroken |= ++depth > DEEPEST_CONSTANT;
            Mix mix = new Mix();
            PoolEntry entry = pool.entryByIndex(index);
            mix.add(entry.tag());
            add(mix, entry);
            depth--;
            meanings[index] = mix.value() | 1;
        }
        return meanings[index];
    }

    private void add(Mix mix, PoolEntry entry) {
        switch (entry) {
            case StringEntry text -> text(mix, text.utf8());
            case ClassEntry type -> className(mix, type);
            case MemberRefEntry member -> {
                className(mix, member.owner());
                nameAndType(mix, member.name(), member.type());
            }
            case NameAndTypeEntry pair -> nameAndType(mix, pair.name(), pair.type());
            case IntegerEntry number -> mix.add(number.intValue());
            case LongEntry number -> mix.add(number.longValue());
            case FloatEntry number -> mix.add(Float.floatToRawIntBits(number.floatValue()));
            case DoubleEntry number -> mix.add(Double.doubleToRawLongBits(number.doubleValue()));
            case MethodHandleEntry handle -> {
                mix.add(handle.kind());
                mix.add(meaning(handle.reference().index()));
            }
            case MethodTypeEntry type -> descriptor(mix, type.descriptor());
            case InvokeDynamicEntry call -> dynamic(mix, call);
            case ConstantDynamicEntry constant -> dynamic(mix, constant);
            case Utf8Entry text -> text(mix, text);
            case ModuleEntry module -> text(mix, module.name());
            case PackageEntry place -> text(mix, place.name());
        }
    }

    private void dynamic(Mix mix, DynamicConstantPoolEntry entry) {
        nameAndType(mix, entry.name(), entry.type());
        mix.add(meaning(entry.bootstrap().bootstrapMethod().index()));
        List<LoadableConstantEntry> arguments = entry.bootstrap().arguments();
        textLeft -= arguments.size();
        isBroken |= textLeft < 0;
        for (int i = 0; i < arguments.size() && !isBroken; i++) {
            mix.add(meaning(arguments.get(i).index()));
        }
    }
}
