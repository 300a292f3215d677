package dev.holdfast.jvm.reach.code;

import java.util.List;
import java.util.TreeSet;

/** What is known of the results of a few methods of the platform when something is known of their arguments. */
public final class Result {
    private Result() {}

    public static Known of(ClassFile.Reference method, List<Known> arguments) {
        return switch (method.owner() + "." + method.name()) {
            case "java/lang/Class.forName" -> types(arguments.getFirst());
            case "java/lang/ClassLoader.loadClass" -> arguments.size() > 1 ? types(arguments.get(1)) : Known.NOTHING;
            case "java/lang/Class.getName", "java/lang/Class.getTypeName", "java/lang/Class.getCanonicalName" ->
                texts(arguments.getFirst());
            case "java/util/Objects.requireNonNull",
                    "java/lang/Class.asSubclass",
                    "java/lang/String.toString",
                    "java/lang/String.intern",
                    "java/lang/String.strip",
                    "java/lang/String.trim",
                    "java/lang/String.valueOf" -> arguments.isEmpty() ? Known.NOTHING : arguments.getFirst();
            case "java/lang/String.concat" -> concatenated(arguments);
            default -> Known.NOTHING;
        };
    }

    private static Known types(Known name) {
        if (!(name instanceof Known.Texts(var texts))) {
            return new Known.Loaded();
        }
        TreeSet<String> names = new TreeSet<>();
        texts.forEach(text -> names.add(text.replace('.', '/')));
        return new Known.Types(names);
    }

    private static Known texts(Known type) {
        if (!(type instanceof Known.Types(var names))) {
            return Known.NOTHING;
        }
        TreeSet<String> texts = new TreeSet<>();
        names.forEach(name -> texts.add(name.replace('/', '.')));
        return new Known.Texts(texts);
    }

    private static Known concatenated(List<Known> arguments) {
        if (!(arguments.getFirst() instanceof Known.Texts(var first)) || first.size() != 1) {
            return Known.NOTHING;
        }
        return arguments.size() > 1 && arguments.get(1) instanceof Known.Texts(var second) && second.size() == 1
                ? Known.Texts.of(first.first() + second.first())
                : new Known.Prefix(first.first());
    }
}
