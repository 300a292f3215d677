package dev.holdfast.jvm.identity;

/**
 * The instructions of one method (JVMS §6.5) in the form in which a rewriting tool leaves them: short and wide forms of one instruction are
 * the same, jump distances and the numbering of the constant pool do not count.
 *
 * <pre>
 *   instruction  = opcode operands
 *   tableswitch  = 0xAA padding to 4  i32 default  i32 low  i32 high  i32 × (high − low + 1)
 *   lookupswitch = 0xAB padding to 4  i32 default  i32 n  { i32 key  i32 target } × n
 *   wide         = 0xC4 opcode u16 slot [ i16 for iinc ]
 * </pre>
 *
 * Code that is cut off or holds an unknown opcode ends the walk: the class is none of a published library.
 */
final class CodeWalk {
    /** Length of each instruction by opcode, from 0x00 on; 0 for those whose length varies, and none above 0xC9. */
    private static final String LENGTHS = "1111111111111111" // constants
            + "2323322222111111" // bipush, sipush, ldc*, loads
            + "1111111111111111"
            + "1111112222211111" // stores
            + "1111111111111111"
            + "1111111111111111"
            + "1111111111111111"
            + "1111111111111111"
            + "1111311111111111" // iinc
            + "1111111113333333" // jumps
            + "3333333332001111" // ret, switches, returns
            + "1133333335532311" // fields, calls, new
            + "3311043355"; // casts, wide, multianewarray, null jumps, goto_w, jsr_w

    private static final int LDC = 0x12;
    private static final int LDC_W = 0x13;
    private static final int LDC2_W = 0x14;
    private static final int LOAD = 0x15;
    private static final int LOAD_0 = 0x1A;
    private static final int STORE = 0x36;
    private static final int STORE_0 = 0x3B;
    private static final int FIRST_ARRAY_STORE = 0x4F;
    private static final int FIRST_ARRAY_LOAD = 0x2E;
    private static final int IINC = 0x84;
    private static final int FIRST_JUMP = 0x99;
    private static final int JSR = 0xA8;
    private static final int RET = 0xA9;
    private static final int TABLE_SWITCH = 0xAA;
    private static final int LOOKUP_SWITCH = 0xAB;
    private static final int FIRST_FIELD = 0xB2;
    private static final int NEW = 0xBB;
    private static final int NEW_ARRAY = 0xBC;
    private static final int NEW_OBJECTS = 0xBD;
    private static final int CHECKCAST = 0xC0;
    private static final int INSTANCEOF = 0xC1;
    private static final int WIDE = 0xC4;
    private static final int MULTI_ARRAY = 0xC5;
    private static final int IFNULL = 0xC6;
    private static final int IFNONNULL = 0xC7;
    private static final int GOTO_W = 0xC8;
    private static final int WIDE_TO_SHORT = 0x21;

    /** Gives the meaning of a constant that an instruction names. */
    interface Constants {
        long at(int index);
    }

    private final byte[] code;
    private final Constants constants;
    private final Mix mix;

    CodeWalk(byte[] code, Constants constants, Mix mix) {
        this.code = code;
        this.constants = constants;
        this.mix = mix;
    }

    /** Whether the code was walked to its end. */
    boolean walk() {
        int at = 0;
        while (at < code.length) {
            int opcode = code[at] & 0xFF;
            int length = opcode < LENGTHS.length() ? LENGTHS.charAt(opcode) - '0' : -1;
            if (length == 0) {
                at = varying(opcode, at);
            } else {
                if (length < 0 || length > code.length - at) {
                    return false;
                }
                fixed(opcode, at);
                at += length;
            }
            if (at < 0) {
                return false;
            }
        }
        return true;
    }

    private void fixed(int opcode, int at) {
        if (opcode >= LOAD_0 && opcode < FIRST_ARRAY_LOAD) {
            slot(LOAD + (opcode - LOAD_0) / 4, (opcode - LOAD_0) % 4);
        } else if (opcode >= STORE_0 && opcode < FIRST_ARRAY_STORE) {
            slot(STORE + (opcode - STORE_0) / 4, (opcode - STORE_0) % 4);
        } else if (opcode >= LOAD && opcode < LOAD_0 || opcode >= STORE && opcode < STORE_0 || opcode == RET) {
            slot(opcode, u8(at + 1));
        } else if (opcode >= FIRST_JUMP && opcode <= JSR || opcode == IFNULL || opcode == IFNONNULL) {
            mix.add(opcode);
        } else if (opcode >= GOTO_W) {
            mix.add(opcode - WIDE_TO_SHORT);
        } else {
            withOperands(opcode, at);
        }
    }

    private void withOperands(int opcode, int at) {
        boolean isMember = opcode >= FIRST_FIELD && opcode <= NEW;
        if (isMember || opcode == LDC2_W || opcode == NEW_OBJECTS || opcode == CHECKCAST || opcode == INSTANCEOF) {
            constant(opcode, u16(at + 1));
        } else if (opcode == MULTI_ARRAY) {
            constant(opcode, u16(at + 1));
            mix.add(code[at + 3]);
        } else if (opcode == LDC) {
            constant(LDC, u8(at + 1));
        } else if (opcode == LDC_W) {
            constant(LDC, u16(at + 1));
        } else if (opcode == IINC) {
            slot(IINC, u8(at + 1));
            mix.add(code[at + 2]);
        } else {
            mix.add(opcode);
            if (opcode == 0x10 || opcode == NEW_ARRAY) {
                mix.add(code[at + 1]);
            } else if (opcode == 0x11) {
                mix.add((short) u16(at + 1));
            }
        }
    }

    private void slot(int opcode, int slot) {
        mix.add(opcode);
        mix.add(slot);
    }

    private void constant(int opcode, int index) {
        mix.add(opcode);
        mix.add(constants.at(index));
    }

    /** Takes an instruction of varying length and gives where the next begins; negative when it is cut off. */
    private int varying(int opcode, int at) {
        if (opcode == WIDE) {
            return wide(at);
        }
        int operands = (at | 3) + 1;
        boolean isTable = opcode == TABLE_SWITCH;
        if (operands + (isTable ? 12 : 8) > code.length) {
            return -1;
        }
        mix.add(opcode);
        long first = i32(operands + 4);
        long count = isTable ? (long) i32(operands + 8) - first + 1 : first;
        int targets = operands + (isTable ? 12 : 8);
        int width = isTable ? 4 : 8;
        if (count < 0 || count > (code.length - targets) / width) {
            return -1;
        }
        mix.add(first);
        mix.add(count);
        for (int i = 0; i < count && opcode == LOOKUP_SWITCH; i++) {
            mix.add(i32(targets + i * width));
        }
        return targets + (int) count * width;
    }

    private int wide(int at) {
        if (at + 4 > code.length) {
            return -1;
        }
        int opcode = u8(at + 1);
        slot(opcode, u16(at + 2));
        if (opcode != IINC) {
            return at + 4;
        }
        if (at + 6 > code.length) {
            return -1;
        }
        mix.add((short) u16(at + 4));
        return at + 6;
    }

    private int u8(int at) {
        return code[at] & 0xFF;
    }

    private int u16(int at) {
        return (code[at] & 0xFF) << 8 | code[at + 1] & 0xFF;
    }

    private int i32(int at) {
        return u16(at) << 16 | u16(at + 2);
    }
}
