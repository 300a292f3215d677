package dev.holdfast.jvm.reach.code;

/** What the instructions of the virtual machine (JVMS 6.5) have in common: how long they are and what they do to the operand stack. */
final class Opcodes {
    static final int LDC = 18;
    static final int LDC_W = 19;
    static final int LDC2_W = 20;
    static final int ALOAD = 25;
    static final int ALOAD_0 = 42;
    static final int ISTORE = 54;
    static final int ASTORE = 58;
    static final int ISTORE_0 = 59;
    static final int ASTORE_0 = 75;
    static final int ASTORE_3 = 78;
    static final int DUP = 89;
    static final int SWAP = 95;
    static final int IFEQ = 153;
    static final int GOTO = 167;
    static final int JSR = 168;
    static final int RET = 169;
    static final int TABLESWITCH = 170;
    static final int LOOKUPSWITCH = 171;
    static final int RETURN = 177;
    static final int GETSTATIC = 178;
    static final int PUTFIELD = 181;
    static final int INVOKEVIRTUAL = 182;
    static final int INVOKESPECIAL = 183;
    static final int INVOKESTATIC = 184;
    static final int INVOKEINTERFACE = 185;
    static final int INVOKEDYNAMIC = 186;
    static final int NEW = 187;
    static final int ANEWARRAY = 189;
    static final int ATHROW = 191;
    static final int CHECKCAST = 192;
    static final int INSTANCEOF = 193;
    static final int WIDE = 196;
    static final int MULTIANEWARRAY = 197;
    static final int IFNULL = 198;
    static final int IFNONNULL = 199;
    static final int GOTO_W = 200;
    static final int JSR_W = 201;
    static final int LAST = JSR_W;

    /** Slots taken from the stack and put on it, of those whose effect is always the same. */
    private static final byte[] TAKES = new byte[LAST + 1];

    private static final byte[] GIVES = new byte[LAST + 1];

    static {
        effect(1, 8, 0, 1); // aconst_null, iconst
        effect(9, 10, 0, 2); // lconst
        effect(11, 13, 0, 1); // fconst
        effect(14, 15, 0, 2); // dconst
        effect(16, 17, 0, 1); // bipush, sipush
        for (int kind = 0; kind < 5; kind++) { // int, long, float, double, reference
            int slots = kind == 1 || kind == 3 ? 2 : 1;
            effect(21 + kind, 21 + kind, 0, slots); // iload …
            effect(26 + 4 * kind, 29 + 4 * kind, 0, slots); // iload_0 …
            effect(ISTORE + kind, ISTORE + kind, slots, 0);
            effect(ISTORE_0 + 4 * kind, ISTORE_0 + 4 * kind + 3, slots, 0);
        }
        for (int kind = 0; kind < 8; kind++) { // the same, byte, char, short
            int slots = kind == 1 || kind == 3 ? 2 : 1;
            effect(46 + kind, 46 + kind, 2, slots); // iaload …
            effect(79 + kind, 79 + kind, 2 + slots, 0); // iastore …
        }
        effect(87, 87, 1, 0); // pop
        effect(88, 88, 2, 0); // pop2
        for (int op = 96; op <= 131; op++) { // arithmetic; those of long and double are the odd ones
            int slots = op % 2 == 1 ? 2 : 1;
            boolean isNegation = op >= 116 && op <= 119;
            boolean isShift = op >= 120 && op <= 125;
            effect(op, op, isNegation ? slots : isShift ? slots + 1 : 2 * slots, slots);
        }
        int[] conversions = {12, 11, 12, 21, 21, 22, 11, 12, 12, 21, 22, 21, 11, 11, 11}; // i2l … i2s
        for (int i = 0; i < conversions.length; i++) {
            effect(133 + i, 133 + i, conversions[i] / 10, conversions[i] % 10);
        }
        effect(148, 148, 4, 1); // lcmp
        effect(149, 150, 2, 1); // fcmp
        effect(151, 152, 4, 1); // dcmp
        effect(IFEQ, 158, 1, 0);
        effect(159, 166, 2, 0); // if_icmp, if_acmp
        effect(JSR, JSR, 0, 1);
        effect(TABLESWITCH, 172, 1, 0); // and lookupswitch, ireturn
        effect(173, 173, 2, 0); // lreturn
        effect(174, 174, 1, 0); // freturn
        effect(175, 175, 2, 0); // dreturn
        effect(176, 176, 1, 0); // areturn
        effect(NEW, NEW, 0, 1);
        effect(188, 190, 1, 1); // newarray, anewarray, arraylength
        effect(ATHROW, ATHROW, 1, 0);
        effect(INSTANCEOF, INSTANCEOF, 1, 1);
        effect(194, 195, 1, 0); // monitorenter, monitorexit
        effect(IFNULL, IFNONNULL, 1, 0);
        effect(JSR_W, JSR_W, 0, 1);
    }

    private Opcodes() {}

    private static void effect(int first, int last, int takes, int gives) {
        for (int op = first; op <= last; op++) {
            TAKES[op] = (byte) takes;
            GIVES[op] = (byte) gives;
        }
    }

    static int takes(int op) {
        return TAKES[op];
    }

    static int gives(int op) {
        return GIVES[op];
    }

    /** Bytes of the instruction; 0 when its operands tell. */
    static int length(int op) {
        return switch (op) {
            case TABLESWITCH, LOOKUPSWITCH, WIDE -> 0;
            case 16, LDC, RET, 188 -> 2;
            case 17, LDC_W, LDC2_W, 132, NEW, ANEWARRAY, CHECKCAST, INSTANCEOF, IFNULL, IFNONNULL -> 3;
            case MULTIANEWARRAY -> 4;
            case INVOKEINTERFACE, INVOKEDYNAMIC, GOTO_W, JSR_W -> 5;
            default -> {
                boolean hasVariable = op >= 21 && op <= 25 || op >= ISTORE && op <= ASTORE;
                boolean hasWord = op >= IFEQ && op <= JSR || op >= GETSTATIC && op <= INVOKESTATIC;
                yield hasVariable ? 2 : hasWord ? 3 : 1;
            }
        };
    }

    static boolean isJump(int op) {
        return op >= IFEQ && op <= JSR || op >= IFNULL && op <= JSR_W;
    }

    /** Whether what follows in the bytes is not what follows in the run. */
    static boolean endsFlow(int op) {
        return op == GOTO || op == GOTO_W || op == ATHROW || op >= RET && op <= RETURN;
    }
}
