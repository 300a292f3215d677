package dev.holdfast.scan.reach;

import dev.holdfast.archive.zip.SeekableBytes;
import dev.holdfast.core.InputException;
import dev.holdfast.inventory.SeekableContent;
import dev.holdfast.jvm.reach.image.ImageFiles;
import dev.holdfast.oci.FileTree;
import dev.holdfast.oci.FileType;
import dev.holdfast.oci.FileVersion;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The files of a tree, as the search for reached code asks for them. */
record TreeFiles(FileTree tree) implements ImageFiles {
    @Override
    public Optional<Kind> kind(String path) {
        if (path.equals("/")) {
            return Optional.of(Kind.FOLDER);
        }
        return tree.resolve(path)
                .filter(file -> file.type() == FileType.REGULAR || file.type() == FileType.DIRECTORY)
                .map(file -> file.type() == FileType.REGULAR ? Kind.FILE : Kind.FOLDER);
    }

    @Override
    public String real(String path) {
        return tree.resolve(path).map(FileVersion::path).orElse(path);
    }

    @Override
    public List<String> children(String folder) {
        List<String> names = new ArrayList<>();
        for (FileVersion child : tree.children(real(folder))) {
            names.add(child.path().substring(child.path().lastIndexOf('/') + 1));
        }
        return names;
    }

    @Override
    public SeekableBytes open(String path) throws InputException, IOException {
        FileVersion file = tree.resolve(path)
                .filter(found -> found.type() == FileType.REGULAR)
                .orElseThrow(() -> new FileNotFoundException(path));
        return new SeekableContent(tree.content(file));
    }
}
