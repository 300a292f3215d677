package dev.holdfast.jvm.reach.code;

import dev.holdfast.core.InputException;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Walks the code of one method (JVMS 4.7.3, 6.5) and tells a {@link CodeVisitor} what it refers to.
 *
 * <pre>
 *   Code:  u2 max stack, u2 max locals, u4 n, n bytes of instructions, u2 handlers, each u2 start, end, handler, type
 * </pre>
 *
 * <p>On the way it keeps track of constant strings and classes, on the operand stack and in local variables, in one pass in the order of the
 * bytes. Where a forward jump lands, what is known on all ways counts. At the target of a backward jump (a loop) and at an exception handler,
 * only variables that are assigned once keep what is known of them. So knowledge may be lost, and is never wrong for code that a verifier
 * accepts; code that none would accept is walked to its end or refused, and every instruction is looked at once.
 */
public final class CodeReader {
    /** Whoever catches one of these goes on when a class is missing. */
    private static final List<String> MISSING_CLASS = List.of(
            "java/lang/Throwable",
            "java/lang/Error",
            "java/lang/LinkageError",
            "java/lang/NoClassDefFoundError",
            "java/lang/IncompatibleClassChangeError");

    private final ClassFile file;
    private final Bytes in;
    private final CodeVisitor visitor;
    private final int start;
    private final int length;
    /** Targets of forward jumps, with what is known on the ways that were met. */
    private final Map<Integer, Frame> joins = new HashMap<>();
    /** Targets of backward jumps, and handlers. */
    private final BitSet anywhere = new BitSet();

    private final BitSet guarded = new BitSet();
    private final int[] assigned = new int[Frame.FOLLOWED];
    private Frame frame;

    private CodeReader(ClassFile file, ClassFile.Member method, CodeVisitor visitor) throws InputException {
        this.file = file;
        this.in = file.bytes();
        this.visitor = visitor;
        int code = method.code();
        this.start = code + 8;
        this.length = in.after(start, in.s4(code + 4)) - start;
        this.frame = new Frame(in.u2(code + 2), in.u2(code));
        arguments(method);
    }

    public static void read(ClassFile file, ClassFile.Member method, CodeVisitor visitor) throws InputException {
        CodeReader reader = new CodeReader(file, method, visitor);
        reader.handlers();
        reader.survey();
        reader.walk();
    }

    private void arguments(ClassFile.Member method) throws InputException {
        int slot = 0;
        int number = 0;
        if (!method.is(ClassFile.STATIC)) {
            take(slot++, number++);
        }
        for (String type : Descriptor.parse(method.descriptor()).parameters()) {
            take(slot, number++);
            slot += Descriptor.slots(type);
        }
    }

    private void take(int slot, int number) {
        frame.setLocal(slot, new Known.Argument(number));
        assign(slot);
    }

    private void assign(int slot) {
        if (slot < assigned.length) {
            assigned[slot]++;
        }
    }

    private void handlers() throws InputException {
        int count = in.u2(start + length);
        for (int i = 0; i < count; i++) {
            int at = start + length + 2 + 8 * i;
            int type = in.u2(at + 6);
            anywhere.set(in.u2(at + 4));
            if (type != 0) {
                String caught = file.type(type);
                visitor.mentions(caught);
                if (MISSING_CLASS.contains(caught) && in.u2(at) <= in.u2(at + 2)) {
                    guarded.set(in.u2(at), in.u2(at + 2));
                }
            }
        }
    }

    /** Finds where jumps land and how often variables are assigned, before anything is followed. */
    private void survey() throws InputException {
        for (int pc = 0; pc < length; pc += size(pc)) {
            int op = opcode(pc);
            if (Opcodes.isJump(op)) {
                land(pc, target(pc, op));
                if (op == Opcodes.JSR || op == Opcodes.JSR_W) {
                    anywhere.set(pc + size(pc)); // the subroutine comes back, having done what it likes
                }
            } else if (op == Opcodes.TABLESWITCH || op == Opcodes.LOOKUPSWITCH) {
                for (int target : switchTargets(pc, op)) {
                    land(pc, target);
                }
            } else if (op >= Opcodes.ISTORE && op <= Opcodes.ASTORE) {
                assign(in.u1(start + pc + 1));
            } else if (op >= Opcodes.ISTORE_0 && op <= Opcodes.ASTORE_3) {
                assign((op - Opcodes.ISTORE_0) % 4);
            } else if (op == Opcodes.WIDE && in.u1(start + pc + 1) >= Opcodes.ISTORE) {
                assign(in.u2(start + pc + 2));
            }
        }
    }

    private void land(int from, int target) {
        if (target <= from && target >= 0) {
            anywhere.set(target);
        }
    }

    private int opcode(int pc) throws InputException {
        int op = in.u1(start + pc);
        if (op > Opcodes.LAST) {
            throw new InputException(InputException.Code.MALFORMED, "unknown instruction " + op + " at " + pc);
        }
        return op;
    }

    private int target(int pc, int op) throws InputException {
        return pc + (op >= Opcodes.GOTO_W ? in.s4(start + pc + 1) : in.s2(start + pc + 1));
    }

    private int size(int pc) throws InputException {
        int op = opcode(pc);
        int fixed = Opcodes.length(op);
        if (fixed > 0) {
            return fixed;
        }
        if (op == Opcodes.WIDE) {
            return in.u1(start + pc + 1) == 132 ? 6 : 4; // iinc
        }
        int operands = operands(pc);
        return operands + 4 * (op == Opcodes.TABLESWITCH ? 3 + entries(pc, op) : 2 + 2 * entries(pc, op)) - pc;
    }

    /** tableswitch: padding to 4, default, low, high, offsets; lookupswitch: padding, default, n, pairs of match and offset. */
    private static int operands(int pc) {
        return (pc & ~3) + 4;
    }

    private int entries(int pc, int op) throws InputException {
        int at = start + operands(pc);
        long count = op == Opcodes.TABLESWITCH ? 1L + in.s4(at + 8) - in.s4(at + 4) : in.s4(at + 4);
        if (count < 0 || count > length) {
            throw new InputException(
                    InputException.Code.MALFORMED, "a switch of " + count + " cases in " + length + " bytes of code");
        }
        return (int) count;
    }

    private int[] switchTargets(int pc, int op) throws InputException {
        int at = start + operands(pc);
        int[] targets = new int[1 + entries(pc, op)];
        targets[0] = pc + in.s4(at);
        for (int i = 1; i < targets.length; i++) {
            targets[i] = pc + in.s4(op == Opcodes.TABLESWITCH ? at + 8 + 4 * i : at + 4 + 8 * i);
        }
        return targets;
    }

    private void walk() throws InputException {
        boolean isDead = false;
        int size;
        for (int pc = 0; pc < length; pc += size) {
            size = size(pc);
            int op = opcode(pc);
            enter(pc, isDead);
            execute(pc, op);
            if (Opcodes.isJump(op)) {
                branch(pc, target(pc, op));
            } else if (op == Opcodes.TABLESWITCH || op == Opcodes.LOOKUPSWITCH) {
                for (int target : switchTargets(pc, op)) {
                    branch(pc, target);
                }
            }
            isDead = Opcodes.endsFlow(op);
        }
    }

    /** @param isDead whether the instruction before never leads here */
    private void enter(int pc, boolean isDead) {
        Frame met = joins.remove(pc);
        if (anywhere.get(pc)) {
            frame.forget(assigned);
        } else if (met != null) {
            if (isDead) {
                frame = met;
            } else {
                frame.merge(met);
            }
        } else if (isDead) {
            frame.forget(assigned);
        }
    }

    private void branch(int pc, int target) {
        if (target <= pc || target >= length || anywhere.get(target)) {
            return;
        }
        Frame met = joins.get(target);
        if (met == null) {
            joins.put(target, frame.copy());
        } else {
            met.merge(frame);
        }
    }

    private void execute(int pc, int op) throws InputException {
        int at = start + pc;
        if (op == Opcodes.LDC) {
            frame.push(constant(in.u1(at + 1)));
        } else if (op == Opcodes.LDC_W) {
            frame.push(constant(in.u2(at + 1)));
        } else if (op == Opcodes.LDC2_W) {
            constant(in.u2(at + 1));
            frame.push(2);
        } else if (op == Opcodes.ALOAD) {
            frame.push(frame.local(in.u1(at + 1)));
        } else if (op >= Opcodes.ALOAD_0 && op < Opcodes.ALOAD_0 + 4) {
            frame.push(frame.local(op - Opcodes.ALOAD_0));
        } else if (op >= Opcodes.ISTORE && op <= Opcodes.ASTORE) {
            store(in.u1(at + 1), op == Opcodes.ASTORE, Opcodes.takes(op));
        } else if (op >= Opcodes.ISTORE_0 && op <= Opcodes.ASTORE_3) {
            store((op - Opcodes.ISTORE_0) % 4, op >= Opcodes.ASTORE_0, Opcodes.takes(op));
        } else if (op >= Opcodes.DUP && op <= Opcodes.SWAP) {
            frame.shuffle(op);
        } else if (op == Opcodes.WIDE) {
            wide(in.u1(at + 1), in.u2(at + 2));
        } else if (op >= Opcodes.GETSTATIC && op <= Opcodes.PUTFIELD) {
            field(pc, op);
        } else if (op >= Opcodes.INVOKEVIRTUAL && op <= Opcodes.INVOKEINTERFACE) {
            call(pc, op);
        } else if (op == Opcodes.INVOKEDYNAMIC) {
            frame = dynamic(in.u2(at + 1));
        } else {
            types(pc, op);
            frame.pop(op == Opcodes.MULTIANEWARRAY ? in.u1(at + 3) : Opcodes.takes(op));
            frame.push(op == Opcodes.MULTIANEWARRAY ? 1 : Opcodes.gives(op));
        }
    }

    private void types(int pc, int op) throws InputException {
        int at = start + pc + 1;
        switch (op) {
            case Opcodes.NEW -> visitor.creates(file.type(in.u2(at)), guarded.get(pc));
            case Opcodes.ANEWARRAY, Opcodes.CHECKCAST, Opcodes.INSTANCEOF, Opcodes.MULTIANEWARRAY ->
                visitor.mentions(file.type(in.u2(at)));
            default -> {}
        }
    }

    private void store(int slot, boolean isReference, int slots) {
        Known value = frame.pop();
        frame.pop(slots - 1);
        frame.setLocal(slot, isReference ? value : Known.NOTHING);
        if (slots == 2) {
            frame.setLocal(slot + 1, Known.NOTHING);
        }
    }

    private void wide(int op, int slot) {
        if (op == Opcodes.ALOAD) {
            frame.push(frame.local(slot));
        } else if (op >= Opcodes.ISTORE && op <= Opcodes.ASTORE) {
            store(slot, op == Opcodes.ASTORE, Opcodes.takes(op));
        } else if (op <= Opcodes.LAST) {
            frame.push(Opcodes.gives(op));
        }
    }

    private void field(int pc, int op) throws InputException {
        ClassFile.Reference field = file.reference(in.u2(start + pc + 1));
        boolean isStatic = op <= Opcodes.GETSTATIC + 1;
        boolean isWrite = (op - Opcodes.GETSTATIC) % 2 == 1;
        int slots = Descriptor.slots(field.descriptor());
        frame.pop((isWrite ? slots : 0) + (isStatic ? 0 : 1));
        visitor.usesField(field, isStatic, guarded.get(pc));
        frame.push(isWrite ? 0 : slots);
    }

    private void call(int pc, int op) throws InputException {
        ClassFile.Reference method = file.reference(in.u2(start + pc + 1));
        CodeVisitor.Call call = switch (op) {
            case Opcodes.INVOKESTATIC -> CodeVisitor.Call.STATIC;
            case Opcodes.INVOKESPECIAL -> CodeVisitor.Call.SPECIAL;
            default -> CodeVisitor.Call.VIRTUAL;
        };
        Descriptor descriptor = Descriptor.parse(method.descriptor());
        Known[] arguments = taken(descriptor, call == CodeVisitor.Call.STATIC ? 0 : 1);
        give(descriptor.result(), visitor.calls(call, method, Arrays.asList(arguments), guarded.get(pc)));
    }

    private Known[] taken(Descriptor descriptor, int receivers) {
        List<String> parameters = descriptor.parameters();
        Known[] arguments = new Known[parameters.size() + receivers];
        for (int i = parameters.size() - 1; i >= 0; i--) {
            frame.pop(Descriptor.slots(parameters.get(i)) - 1);
            arguments[i + receivers] = frame.pop();
        }
        if (receivers == 1) {
            arguments[0] = frame.pop();
        }
        return arguments;
    }

    private void give(String type, Known value) {
        int slots = Descriptor.slots(type);
        if (slots == 1) {
            frame.push(value);
        } else {
            frame.push(slots);
        }
    }

    private Frame dynamic(int index) throws InputException {
        ClassFile.Reference site = file.dynamic(index);
        Descriptor descriptor = Descriptor.parse(site.descriptor());
        Known[] arguments = taken(descriptor, 0);
        int[] bootstrap = bootstrap(index);
        visitor.makesLambda(ClassFile.typeOf(descriptor.result()).orElse(""));
        give(descriptor.result(), Concatenation.of(file, bootstrap, arguments));
        return frame;
    }

    /** A bootstrap method runs, and may call what it is handed. */
    private int[] bootstrap(int index) throws InputException {
        int[] bootstrap = file.bootstrap(index);
        visitor.holdsHandle(file.handle(bootstrap[0]));
        for (int i = 1; i < bootstrap.length; i++) {
            if (file.tag(bootstrap[i]) != 17) { // a dynamic constant among the arguments could be one of itself
                constant(bootstrap[i]);
            }
        }
        return bootstrap;
    }

    private Known constant(int index) throws InputException {
        switch (file.tag(index)) {
            case 7 -> {
                String type = file.type(index);
                visitor.holdsClass(type);
                return Known.Types.of(type);
            }
            case 8 -> {
                String text = file.string(index);
                visitor.holdsString(text);
                return Known.Texts.of(text);
            }
            case 15 -> visitor.holdsHandle(file.handle(index));
            case 17 -> {
                bootstrap(index);
                visitor.makesLambda(
                        ClassFile.typeOf(file.dynamic(index).descriptor()).orElse(""));
            }
            default -> {}
        }
        return Known.NOTHING;
    }
}
