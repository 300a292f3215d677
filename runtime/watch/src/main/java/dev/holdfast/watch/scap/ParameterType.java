package dev.holdfast.watch.scap;

import java.util.Locale;

/** How the bytes of an event's parameter are meant. Widths are those of the parameter in the file, so that each writer may have its own. */
enum ParameterType {
    U8,
    U16,
    U32,
    U64,
    I16,
    I32,
    I64,
    HEX8,
    HEX16,
    HEX32,
    HEX64,
    OCT32,
    /** A result: negative values are error numbers. */
    ERRNO,
    FD,
    PID,
    UID,
    GID,
    /** Nanoseconds since 1970. */
    TIME,
    /** Nanoseconds; all bits set for none. */
    RELTIME,
    SIGNAL,
    SYSCALL,
    /** Bits that have names. */
    FLAGS16,
    FLAGS32,
    /** One value of several that have names. */
    ENUM8,
    ENUM16,
    ENUM32,
    ENUM64,
    /** Text that ends with a zero byte. */
    STR,
    /** A path, relative to the working directory unless it begins with a slash. */
    PATH,
    /** A path relative to a descriptor that another parameter names. */
    RELPATH,
    /** Texts, each ending with a zero byte. */
    ARGS,
    BYTES,
    SOCKADDR,
    TUPLE,
    FDLIST,
    /** One byte that tells which type follows. */
    DYNAMIC;

    static ParameterType of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }

    boolean isNumber() {
        return switch (this) {
            case STR, PATH, RELPATH, ARGS, BYTES, SOCKADDR, TUPLE, FDLIST -> false;
            case U8,
                    U16,
                    U32,
                    U64,
                    I16,
                    I32,
                    I64,
                    HEX8,
                    HEX16,
                    HEX32,
                    HEX64,
                    OCT32,
                    ERRNO,
                    FD,
                    PID,
                    UID,
                    GID,
                    TIME,
                    RELTIME,
                    SIGNAL,
                    SYSCALL,
                    FLAGS16,
                    FLAGS32,
                    ENUM8,
                    ENUM16,
                    ENUM32,
                    ENUM64,
                    DYNAMIC -> true;
        };
    }

    boolean isSigned() {
        return switch (this) {
            case I16, I32, I64, ERRNO, FD, PID -> true;
            case U8,
                    U16,
                    U32,
                    U64,
                    HEX8,
                    HEX16,
                    HEX32,
                    HEX64,
                    OCT32,
                    UID,
                    GID,
                    TIME,
                    RELTIME,
                    SIGNAL,
                    SYSCALL,
                    FLAGS16,
                    FLAGS32,
                    ENUM8,
                    ENUM16,
                    ENUM32,
                    ENUM64,
                    STR,
                    PATH,
                    RELPATH,
                    ARGS,
                    BYTES,
                    SOCKADDR,
                    TUPLE,
                    FDLIST,
                    DYNAMIC -> false;
        };
    }
}
