package dev.holdfast.watch.scap;

import java.util.Locale;

/** How the bytes of an event's parameter are meant. Widths are those of the parameter in the file, so that each writer may have its own. */
enum ParameterType {
    U8(Form.UNSIGNED),
    U16(Form.UNSIGNED),
    U32(Form.UNSIGNED),
    U64(Form.UNSIGNED),
    I16(Form.SIGNED),
    I32(Form.SIGNED),
    I64(Form.SIGNED),
    HEX8(Form.UNSIGNED),
    HEX16(Form.UNSIGNED),
    HEX32(Form.UNSIGNED),
    HEX64(Form.UNSIGNED),
    OCT32(Form.UNSIGNED),
    /** A result: negative values are error numbers. */
    ERRNO(Form.SIGNED),
    FD(Form.SIGNED),
    PID(Form.SIGNED),
    UID(Form.UNSIGNED),
    GID(Form.UNSIGNED),
    /** Nanoseconds since 1970. */
    TIME(Form.UNSIGNED),
    /** Nanoseconds; all bits set for none. */
    RELTIME(Form.UNSIGNED),
    SIGNAL(Form.UNSIGNED),
    SYSCALL(Form.UNSIGNED),
    /** Bits that have names. */
    FLAGS16(Form.UNSIGNED),
    FLAGS32(Form.UNSIGNED),
    /** One value of several that have names. */
    ENUM8(Form.UNSIGNED),
    ENUM16(Form.UNSIGNED),
    ENUM32(Form.UNSIGNED),
    ENUM64(Form.UNSIGNED),
    /** Text that ends with a zero byte. */
    STR(Form.BYTES),
    /** A path, relative to the working directory unless it begins with a slash. */
    PATH(Form.BYTES),
    /** A path relative to a descriptor that another parameter names. */
    RELPATH(Form.BYTES),
    /** Texts, each ending with a zero byte. */
    ARGS(Form.BYTES),
    BYTES(Form.BYTES),
    SOCKADDR(Form.BYTES),
    TUPLE(Form.BYTES),
    FDLIST(Form.BYTES),
    /** One byte that tells which type follows. */
    DYNAMIC(Form.UNSIGNED);

    private enum Form {
        UNSIGNED,
        SIGNED,
        BYTES
    }

    private final Form form;

    ParameterType(Form form) {
        this.form = form;
    }

    static ParameterType of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }

    boolean isNumber() {
        return form != Form.BYTES;
    }

    boolean isSigned() {
        return form == Form.SIGNED;
    }
}
