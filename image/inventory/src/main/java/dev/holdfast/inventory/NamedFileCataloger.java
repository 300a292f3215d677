package dev.holdfast.inventory;

import dev.holdfast.oci.FileHeader;
import dev.holdfast.oci.FileType;
import dev.holdfast.oci.Want;

/** A cataloger whose files are known by their names, wherever they stand. */
public interface NamedFileCataloger extends Cataloger {
    /** Names of its files; never {@link FileNames#ANY}. */
    @Override
    FileNames files();

    /** Whether a file of one of the names is a record, told from the rest of its path. */
    default boolean isRecord(String path) {
        return true;
    }

    @Override
    default Want wants(String path, FileHeader header) {
        boolean wanted =
                header.type() == FileType.REGULAR && header.size() > 0 && files().match(path) && isRecord(path);
        return wanted ? Want.CONTENT : Want.NOTHING;
    }
}
