package dev.holdfast.jvm.identity;

import dev.holdfast.core.InputException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Names the libraries that an archive's classes are, whatever became of their packages, descriptors and file names. Opening one costs
 * nothing; the filter of names is read with the first question, the base with the first class that it may know. May be used by several
 * threads.
 */
public final class LibraryIdentifier {
    private final Source names;
    private final Source prints;
    private @Nullable NameFilter filter;
    private @Nullable PrintIndex base;

    /** Where a file of the base comes from. */
    interface Source {
        byte[] read() throws IOException;
    }

    LibraryIdentifier(Source names, Source prints) {
        this.names = names;
        this.prints = prints;
    }

    /** With the base that the program carries. */
    public static LibraryIdentifier shipped() {
        return new LibraryIdentifier(() -> resource("classes.names"), () -> resource("classes.prints"));
    }

    /** With a base that was just compiled. */
    public static LibraryIdentifier of(PrintIndexWriter compiled) {
        return new LibraryIdentifier(compiled::names, compiled::base);
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = LibraryIdentifier.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new FileNotFoundException("the program lacks its part " + name);
            }
            return in.readAllBytes();
        }
    }

    private synchronized NameFilter filter() throws IOException, InputException {
        if (filter == null) {
            filter = NameFilter.read(names.read());
        }
        return filter;
    }

    private synchronized PrintIndex base() throws IOException, InputException {
        if (base == null) {
            base = PrintIndex.read(prints.read());
        }
        return base;
    }

    /** Whether releases of a library, {@code group:artifact}, are in the base. */
    public boolean knows(String name) throws IOException, InputException {
        return filter().knowsLibrary(name);
    }

    /**
     * How many of these classes have the name of one that the base knows, in a package whose last segment is the same: a quick look before
     * anything is unfolded. Two in a hundred names are taken for known by mistake.
     */
    public int countFamiliar(List<String> paths) throws IOException, InputException {
        NameFilter known = filter();
        int count = 0;
        for (String path : paths) {
            count += known.mayKnowPlace(path) ? 1 : 0;
        }
        return count;
    }

    /**
     * Looks at the classes of an archive.
     *
     * @param classes all classes that nothing else explains
     * @param mostBytes how many bytes of class files are read; what comes after counts as unknown
     * @return the libraries, sorted by name
     */
    public List<FoundLibrary> identify(ArchiveClasses classes, long mostBytes) throws InputException, IOException {
        NameFilter known = filter();
        List<Hit> hits = new ArrayList<>();
        Map<String, Integer> unknown = new HashMap<>();
        long left = mostBytes;
        List<String> paths = classes.paths();
        for (int i = 0; i < paths.size(); i++) {
            String path = paths.get(i);
            if (!ArchiveClasses.isCode(path)) {
                continue;
            }
            Optional<Hit> hit = Optional.empty();
            String folder = path.substring(0, Math.max(0, path.lastIndexOf('/')));
            if (left > 0 && known.mayKnowName(path)) {
                byte[] bytes = classes.read(i);
                left -= bytes.length;
                hit = hit(folder, bytes);
            }
            if (hit.isPresent()) {
                hits.add(hit.get());
            } else {
                unknown.merge(folder, 1, Integer::sum);
            }
        }
        return hits.isEmpty() ? List.of() : new Explanation(base(), hits, unknown).find();
    }

    private Optional<Hit> hit(String folder, byte[] bytes) throws IOException, InputException {
        Optional<ClassPrint> print = ClassPrinter.print(bytes);
        if (print.isEmpty()) {
            return Optional.empty();
        }
        PrintIndex known = base();
        Optional<Origin> byCode = known.origin(known.find(print.get().code()));
        Optional<Origin> byBuild = known.origin(known.find(print.get().exact()));
        return byCode.map(code -> new Hit(
                folder,
                print.get().weight(),
                byBuild.map(build -> narrowed(code, build)).orElse(code)));
    }

    /** What the code alone says, and for a library of which the build is known, too, what that says. */
    private static Origin narrowed(Origin byCode, Origin byBuild) {
        List<Origin.Part> parts = new ArrayList<>();
        for (Origin.Part part : byCode.parts()) {
            parts.add(byBuild.parts().stream()
                    .filter(build -> build.library() == part.library() && build.place() == part.place())
                    .findFirst()
                    .orElse(part));
        }
        return new Origin(parts);
    }
}
