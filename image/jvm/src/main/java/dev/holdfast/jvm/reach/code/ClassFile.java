package dev.holdfast.jvm.reach.code;

import dev.holdfast.core.InputException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One class file (JVMS 4), read as far as it matters for what refers to what. Numbers are big-endian and unsigned.
 *
 * <pre>
 *   u4 0xCAFEBABE   u2 minor   u2 major
 *   u2 n            n - 1 constants (a long or double counts twice): u1 tag, then as {@link #constantSize} says
 *   u2 access       u2 this    u2 super (0: none)
 *   u2 n            u2 each: interfaces
 *   u2 n            fields:  u2 access, u2 name, u2 descriptor, attributes
 *   u2 n            methods: the same
 *   attributes:     u2 n, each u2 name, u4 length, content
 * </pre>
 *
 * <p>Of attributes, {@code Code}, {@code RuntimeVisibleAnnotations}, {@code BootstrapMethods} and {@code Module} are looked at; the rest is
 * stepped over. Bytes behind the last attribute do not matter. Nothing is verified beyond what is read: a method's code is walked only when it
 * is reached. Names of types are internal ones ({@code java/lang/String}).
 */
public final class ClassFile {
    public static final int STATIC = 0x0008;
    public static final int PRIVATE = 0x0002;
    public static final int NATIVE = 0x0100;
    static final int INTERFACE = 0x0200;
    public static final int ABSTRACT = 0x0400;

    private static final int MAGIC = 0xCAFEBABE;

    private final Bytes in;
    private final int[] constants;
    private final @Nullable String[] texts;

    private final int access;
    private final String name;
    private final String superName;
    private final List<String> interfaces = new ArrayList<>();
    private final List<Member> fields = new ArrayList<>();
    private final List<Member> methods = new ArrayList<>();
    private final List<Annotation> annotations = new ArrayList<>();
    private final List<Provision> provisions = new ArrayList<>();
    private int[] bootstraps = new int[0];

    /**
     * A field or a method.
     *
     * @param code where its {@code Code} attribute's content begins; 0 when it has none
     * @param annotations those that stay visible at run time
     */
    public record Member(int access, String name, String descriptor, int code, List<Annotation> annotations) {
        public boolean is(int flag) {
            return (access & flag) != 0;
        }

        public String key() {
            return name + descriptor;
        }
    }

    /** What a module says it provides: a service and the types that do. */
    record Provision(String service, List<String> providers) {}

    /** A method handle constant: {@code kind} as in JVMS table 5.4.3.5-A, and the member it stands for. */
    public record Handle(int kind, Reference member) {}

    /** A reference to a member. */
    public record Reference(String owner, String name, String descriptor) {}

    private ClassFile(byte[] bytes) throws InputException {
        this.in = new Bytes(bytes);
        if (in.s4(0) != MAGIC) {
            throw new InputException(InputException.Code.MALFORMED, "this is no class file");
        }
        int count = in.u2(8);
        this.constants = new int[Math.max(count, 1)];
        this.texts = new String[constants.length];
        int at = 10;
        for (int i = 1; i < count; i++) {
            constants[i] = at;
            int tag = in.u1(at);
            at += constantSize(tag, at);
            if (tag == 5 || tag == 6) {
                i++; // a long or double takes two numbers, the second of which means nothing
            }
        }
        this.access = in.u2(at);
        this.name = type(in.u2(at + 2));
        int parent = in.u2(at + 4);
        this.superName = parent == 0 ? "" : type(parent);
        int interfaceCount = in.u2(at + 6);
        at += 8;
        for (int i = 0; i < interfaceCount; i++, at += 2) {
            interfaces.add(type(in.u2(at)));
        }
        at = members(at, fields);
        at = members(at, methods);
        attributes(at);
    }

    /**
     * Reads a class file.
     *
     * @throws InputException when it is none, or cut off, or points outside itself
     */
    public static ClassFile parse(byte[] bytes) throws InputException {
        return new ClassFile(bytes);
    }

    private int constantSize(int tag, int at) throws InputException {
        return switch (tag) {
            case 1 -> 3 + in.u2(at + 1); // Utf8: u2 length, bytes
            case 3, 4 -> 5; // Integer, Float
            case 5, 6 -> 9; // Long, Double
            case 7, 8, 16, 19, 20 -> 3; // Class, String, MethodType, Module, Package: u2 Utf8
            case 9, 10, 11 -> 5; // Fieldref, Methodref, InterfaceMethodref: u2 Class, u2 NameAndType
            case 12 -> 5; // NameAndType: u2 name, u2 descriptor
            case 15 -> 4; // MethodHandle: u1 kind, u2 reference
            case 17, 18 -> 5; // Dynamic, InvokeDynamic: u2 bootstrap method, u2 NameAndType
            default ->
                throw new InputException(
                        InputException.Code.MALFORMED, "constant with unknown tag " + tag + " at byte " + at);
        };
    }

    private int members(int from, List<Member> into) throws InputException {
        int count = in.u2(from);
        int at = from + 2;
        for (int i = 0; i < count; i++) {
            int code = 0;
            List<Annotation> visible = List.of();
            int attributeCount = in.u2(at + 6);
            int next = at + 8;
            for (int j = 0; j < attributeCount; j++) {
                String kind = utf8(in.u2(next));
                if (kind.equals("Code")) {
                    code = next + 6;
                } else if (kind.equals("RuntimeVisibleAnnotations")) {
                    visible = Annotation.read(this, in, next + 6);
                }
                next = in.after(next + 6, in.s4(next + 2));
            }
            into.add(new Member(in.u2(at), utf8(in.u2(at + 2)), utf8(in.u2(at + 4)), code, visible));
            at = next;
        }
        return at;
    }

    private void attributes(int from) throws InputException {
        int count = in.u2(from);
        int at = from + 2;
        for (int i = 0; i < count; i++) {
            switch (utf8(in.u2(at))) {
                case "RuntimeVisibleAnnotations" -> annotations.addAll(Annotation.read(this, in, at + 6));
                case "BootstrapMethods" -> bootstraps(at + 6);
                case "Module" -> module(at + 6);
                default -> {}
            }
            at = in.after(at + 6, in.s4(at + 2));
        }
    }

    /** u2 n, each u2 method handle, u2 count, u2 each: arguments. */
    private void bootstraps(int from) throws InputException {
        int[] found = new int[in.u2(from)];
        int at = from + 2;
        for (int i = 0; i < found.length; i++) {
            found[i] = at;
            at += 4 + 2 * in.u2(at + 2);
        }
        bootstraps = found;
    }

    /** u2 name, flags, version; then requires, exports, opens, uses; then provides: u2 service, u2 n, u2 each. */
    private void module(int from) throws InputException {
        int at = from + 6;
        at += 2 + 6 * in.u2(at);
        for (int table = 0; table < 2; table++) { // exports and opens: u2 package, u2 flags, u2 n, u2 each
            int count = in.u2(at);
            at += 2;
            for (int i = 0; i < count; i++) {
                at += 6 + 2 * in.u2(at + 4);
            }
        }
        at += 2 + 2 * in.u2(at);
        int count = in.u2(at);
        at += 2;
        for (int i = 0; i < count; i++) {
            List<String> providers = new ArrayList<>();
            int n = in.u2(at + 2);
            for (int j = 0; j < n; j++) {
                providers.add(type(in.u2(at + 4 + 2 * j)));
            }
            provisions.add(new Provision(type(in.u2(at)), List.copyOf(providers)));
            at += 4 + 2 * n;
        }
    }

    public String name() {
        return name;
    }

    /** Empty for {@code java/lang/Object} and for modules. */
    public String superName() {
        return superName;
    }

    public List<String> interfaces() {
        return interfaces;
    }

    public boolean isInterface() {
        return (access & INTERFACE) != 0;
    }

    public List<Member> fields() {
        return fields;
    }

    public List<Member> methods() {
        return methods;
    }

    public List<Annotation> annotations() {
        return annotations;
    }

    List<Provision> provisions() {
        return provisions;
    }

    Bytes bytes() {
        return in;
    }

    /** The tag of a constant, 0 for a number that stands for none. */
    int tag(int index) throws InputException {
        return index <= 0 || index >= constants.length || constants[index] == 0 ? 0 : in.u1(constants[index]);
    }

    private int constant(int index, int tag, int other) throws InputException {
        int found = tag(index);
        if (found != tag && found != other) {
            throw new InputException(
                    InputException.Code.MALFORMED,
                    "constant " + index + " should have tag " + tag + " and has " + found);
        }
        return constants[index];
    }

    String utf8(int index) throws InputException {
        int at = constant(index, 1, 1);
        String known = texts[index];
        if (known == null) {
            known = in.text(at + 3, in.u2(at + 1));
            texts[index] = known;
        }
        return known;
    }

    /** The internal name that a class constant holds; of an array its descriptor. */
    String type(int index) throws InputException {
        return utf8(in.u2(constant(index, 7, 7) + 1));
    }

    /** The text of a string constant, or the descriptor of a method type. */
    String string(int index) throws InputException {
        return utf8(in.u2(constant(index, 8, 16) + 1));
    }

    /** A field or method reference, of a class or an interface. */
    Reference reference(int index) throws InputException {
        int tag = tag(index);
        int at = constant(index, tag >= 9 && tag <= 11 ? tag : 10, 10);
        int nameAndType = constant(in.u2(at + 3), 12, 12);
        return new Reference(type(in.u2(at + 1)), utf8(in.u2(nameAndType + 1)), utf8(in.u2(nameAndType + 3)));
    }

    Handle handle(int index) throws InputException {
        int at = constant(index, 15, 15);
        return new Handle(in.u1(at + 1), reference(in.u2(at + 2)));
    }

    /** Of a dynamic constant or call: its name and descriptor. */
    Reference dynamic(int index) throws InputException {
        int at = constant(index, 17, 18);
        int nameAndType = constant(in.u2(at + 3), 12, 12);
        return new Reference("", utf8(in.u2(nameAndType + 1)), utf8(in.u2(nameAndType + 3)));
    }

    /** The constants that a dynamic constant or call hands to its bootstrap method; the first is that method's handle. */
    int[] bootstrap(int index) throws InputException {
        int number = in.u2(constant(index, 17, 18) + 1);
        if (number >= bootstraps.length) {
            throw new InputException(InputException.Code.MALFORMED, "there is no bootstrap method " + number);
        }
        int at = bootstraps[number];
        int[] found = new int[1 + in.u2(at + 2)];
        found[0] = in.u2(at);
        for (int i = 1; i < found.length; i++) {
            found[i] = in.u2(at + 2 + 2 * i);
        }
        return found;
    }

    /** The internal name in a descriptor of a class type, arrays opened; empty for a primitive type. */
    public static Optional<String> typeOf(String descriptor) {
        int at = 0;
        while (at < descriptor.length() && descriptor.charAt(at) == '[') {
            at++;
        }
        return descriptor.startsWith("L", at) && descriptor.endsWith(";")
                ? Optional.of(descriptor.substring(at + 1, descriptor.length() - 1))
                : Optional.empty();
    }
}
