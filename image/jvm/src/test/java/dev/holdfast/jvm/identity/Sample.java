package dev.holdfast.jvm.identity;

import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_String;
import static java.lang.constant.ConstantDescs.CD_int;

import java.lang.classfile.ClassFile;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;

/**
 * Small class files. Each has a field, and a method of some fifty instructions that calls a neighbour in its package and names it in a text.
 *
 * @param place package, {@code a/b}
 * @param name simple name
 * @param salt a number in its code: another one is another release's class
 * @param lines whether it has line numbers, and from which on; 0 for none
 */
record Sample(String place, String name, int salt, int lines) {
    static Sample of(String place, String name, int salt) {
        return new Sample(place, name, salt, 10);
    }

    String path() {
        return place + "/" + name;
    }

    Sample in(String other) {
        return new Sample(other, name, salt, lines);
    }

    byte[] bytes() {
        ClassDesc own = ClassDesc.of(place.replace('/', '.'), name);
        ClassDesc neighbour = ClassDesc.of(place.replace('/', '.'), "Neighbour");
        MethodTypeDesc type = MethodTypeDesc.of(neighbour, CD_String, CD_int);
        return ClassFile.of()
                .build(
                        own,
                        type0 -> type0.withSuperclass(CD_Object)
                                .withField("state", neighbour, ClassFile.ACC_PRIVATE)
                                .withMethodBody("work", type, ClassFile.ACC_PUBLIC, code -> {
                                    for (int i = 0; i < 10; i++) {
                                        if (lines > 0) {
                                            code.lineNumber(lines + i);
                                        }
                                        code.iload(2)
                                                .loadConstant(salt * 31 + i * 1_000)
                                                .iadd()
                                                .istore(2);
                                    }
                                    code.ldc(code.constantPool().stringEntry(place.replace('/', '.') + ".Neighbour"));
                                    code.pop()
                                            .aload(0)
                                            .getfield(own, "state", neighbour)
                                            .areturn();
                                }));
    }
}
