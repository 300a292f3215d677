package dev.holdfast.jvm.reach.code;

import dev.holdfast.core.InputException;
import java.util.List;

/** Is told what a method's code refers to, in its order. */
public interface CodeVisitor {
    /** How a method is called. */
    enum Call {
        STATIC,
        SPECIAL,
        VIRTUAL
    }

    /**
     * A call.
     *
     * @param arguments what is known of each, the receiver first where there is one
     * @param isGuarded whether the code catches the error of a class that is missing
     * @return what is known of the result
     */
    Known calls(Call call, ClassFile.Reference method, List<Known> arguments, boolean isGuarded) throws InputException;

    /** A field is read or written. */
    void usesField(ClassFile.Reference field, boolean isStatic, boolean isGuarded) throws InputException;

    /** An object is made. */
    void creates(String type, boolean isGuarded) throws InputException;

    /** A type is named without anything of it being run: a cast, an array, a caught exception. */
    void mentions(String type) throws InputException;

    /** A class constant, or what stands for one. */
    void holdsClass(String type) throws InputException;

    void holdsString(String text) throws InputException;

    /** A method handle is made: it may be called. */
    void holdsHandle(ClassFile.Handle handle) throws InputException;

    /** A dynamic call or constant gives an object of this type, made while running; empty for none. */
    void makesLambda(String type) throws InputException;
}
