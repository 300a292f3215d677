package dev.holdfast.jvm.reach.trace;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The methods of the platform behind which code goes on at a place that the code itself does not name. */
final class Sinks {
    /** What is loaded behind such a call. */
    enum Kind {
        /** The class that a string names. */
        NAME,
        /** The providers of a service that a class object stands for. */
        SERVICE,
        /** The members of a class object. */
        MEMBERS,
        /** The class that a resource bundle's name stands for. */
        BUNDLE,
        /** Anything that is on the class path. */
        ANYTHING,
        /** Anything that is in the image. */
        OUTSIDE
    }

    /**
     * @param method the beginning of name and descriptor
     * @param argument the number of the argument that decides, the receiver counted
     * @param phrase what happens, behind "because"
     */
    record Sink(String method, Kind kind, int argument, String phrase) {}

    private static final String BY_NAME = "a class is loaded by a computed name";
    private static final String SERVICE = "the providers of a service are loaded that only the caller knows";
    private static final String MEMBERS = "members of a class are used by reflection";
    private static final String STREAM = "objects are deserialised, of any class";
    private static final String CODE = "code is made or brought in while running";
    private static final String SCRIPT = "a script engine is used, whose scripts may use any class";
    private static final String DIRECTORY = "a name is looked up in JNDI, whose answer may be an object of any class";
    private static final String BEAN = "a managed bean is made of a class that is named";
    private static final String NATIVE = "native code is loaded, whose calls are not seen";

    /** By the class that declares the method; {@code *} for any that inherits or overrides it. */
    private static final Map<String, List<Sink>> ALL = new HashMap<>();

    static {
        add("java/lang/Class", "forName(Ljava/lang/String;", Kind.NAME, 0, BY_NAME);
        add("java/lang/Class", "forName(Ljava/lang/Module;", Kind.NAME, 1, BY_NAME);
        add("java/lang/invoke/MethodHandles$Lookup", "findClass(", Kind.NAME, 1, BY_NAME);
        add("java/lang/ClassLoader", "findSystemClass(", Kind.NAME, 1, BY_NAME);
        add("*", "loadClass(Ljava/lang/String;)Ljava/lang/Class;", Kind.NAME, 1, BY_NAME);
        add("*", "loadClass(Ljava/lang/String;Z)Ljava/lang/Class;", Kind.NAME, 1, BY_NAME);
        add("*", "findClass(Ljava/lang/String;)Ljava/lang/Class;", Kind.NAME, 1, BY_NAME);
        add("java/rmi/server/RMIClassLoader", "loadClass(", Kind.ANYTHING, 0, BY_NAME);

        add("java/util/ServiceLoader", "load(Ljava/lang/Class;", Kind.SERVICE, 0, SERVICE);
        add("java/util/ServiceLoader", "loadInstalled(", Kind.SERVICE, 0, SERVICE);
        add("java/util/ServiceLoader", "load(Ljava/lang/ModuleLayer;", Kind.SERVICE, 1, SERVICE);

        for (String member : List.of("Method", "Constructor", "Field", "Classes", "RecordComponents", "Annotation")) {
            add("java/lang/Class", "get" + member, Kind.MEMBERS, 0, MEMBERS);
            add("java/lang/Class", "getDeclared" + member, Kind.MEMBERS, 0, MEMBERS);
        }
        for (String member :
                List.of("newInstance(", "getEnumConstants(", "getPermitted", "getGeneric", "getEnclosing")) {
            add("java/lang/Class", member, Kind.MEMBERS, 0, MEMBERS);
        }
        for (String member : List.of("Static(", "Virtual(", "Constructor(", "Special(", "Getter(", "Setter(", "VarH")) {
            add("java/lang/invoke/MethodHandles$Lookup", "find" + member, Kind.MEMBERS, 1, MEMBERS);
        }
        add("java/beans/Introspector", "getBeanInfo(", Kind.MEMBERS, 0, MEMBERS);

        add("java/util/ResourceBundle", "getBundle(", Kind.BUNDLE, 0, "a resource bundle of a computed name is loaded");

        for (String factory : List.of(
                "javax/xml/parsers/DocumentBuilderFactory",
                "javax/xml/parsers/SAXParserFactory",
                "javax/xml/transform/TransformerFactory")) {
            add(factory, "newInstance(Ljava/lang/String;", Kind.NAME, 0, BY_NAME);
        }

        // Where no such stream is made, no method that is handed one runs.
        add("java/io/ObjectInputStream", "<init>", Kind.ANYTHING, 0, STREAM);
        add("java/rmi/MarshalledObject", "get(", Kind.ANYTHING, 0, STREAM);
        add("java/security/SignedObject", "getObject(", Kind.ANYTHING, 0, STREAM);
        add("javax/crypto/SealedObject", "getObject(", Kind.ANYTHING, 0, STREAM);
        add("java/beans/XMLDecoder", "readObject(", Kind.ANYTHING, 0, STREAM);
        add("java/rmi/registry/Registry", "lookup(", Kind.ANYTHING, 0, STREAM);
        add("java/rmi/Naming", "lookup(", Kind.ANYTHING, 0, STREAM);
        add("*", "defineClass(", Kind.ANYTHING, 0, CODE);
        add("java/lang/invoke/MethodHandles$Lookup", "defineHiddenClass", Kind.ANYTHING, 0, CODE);
        add("java/lang/instrument/Instrumentation", "addTransformer(", Kind.ANYTHING, 0, CODE);
        add("java/lang/instrument/Instrumentation", "appendTo", Kind.ANYTHING, 0, CODE);
        add("javax/tools/ToolProvider", "getSystem", Kind.ANYTHING, 0, CODE);
        add("javax/script/ScriptEngineManager", "getEngine", Kind.ANYTHING, 0, SCRIPT);
        add("javax/script/ScriptEngine", "eval(", Kind.ANYTHING, 0, SCRIPT);
        for (String context :
                List.of("InitialContext", "Context", "directory/InitialDirContext", "directory/DirContext")) {
            add("javax/naming/" + context, "lookup", Kind.ANYTHING, 0, DIRECTORY);
            add("javax/naming/" + context, "doLookup(", Kind.ANYTHING, 0, DIRECTORY);
            add("javax/naming/" + context, "search(", Kind.ANYTHING, 0, DIRECTORY);
        }
        add("javax/management/MBeanServer", "createMBean(", Kind.ANYTHING, 0, BEAN);
        add("javax/management/MBeanServer", "instantiate(", Kind.ANYTHING, 0, BEAN);
        add("java/lang/System", "load", Kind.ANYTHING, 0, NATIVE);
        add("java/lang/Runtime", "load", Kind.ANYTHING, 0, NATIVE);
        add("java/lang/foreign/Linker", "downcallHandle(", Kind.ANYTHING, 0, NATIVE);

        add("java/net/URLClassLoader", "<init>", Kind.OUTSIDE, 0, "a class loader is made for further places");
        add("java/net/URLClassLoader", "newInstance", Kind.OUTSIDE, 0, "a class loader is made for further places");
        add("java/lang/ProcessBuilder", "start", Kind.OUTSIDE, 0, "another program is started");
        add("java/lang/Runtime", "exec(", Kind.OUTSIDE, 0, "another program is started");
        add("java/lang/ModuleLayer", "defineModules", Kind.OUTSIDE, 0, "a layer of further modules is made");
    }

    private Sinks() {}

    private static void add(String owner, String method, Kind kind, int argument, String phrase) {
        ALL.computeIfAbsent(owner, first -> new ArrayList<>()).add(new Sink(method, kind, argument, phrase));
    }

    /** @param owner the class of the platform that a call leads to, or that the code names when it leads out of what is known */
    static Optional<Sink> of(String owner, String name, String descriptor) {
        return in(owner, name, descriptor).or(() -> in("*", name, descriptor));
    }

    private static Optional<Sink> in(String owner, String name, String descriptor) {
        List<Sink> sinks = ALL.get(owner);
        if (sinks == null) {
            return Optional.empty();
        }
        String key = name + descriptor;
        for (Sink sink : sinks) {
            if (key.startsWith(sink.method())) {
                return Optional.of(sink);
            }
        }
        return Optional.empty();
    }
}
