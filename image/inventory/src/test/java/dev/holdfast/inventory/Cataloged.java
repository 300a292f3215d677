package dev.holdfast.inventory;

import dev.holdfast.core.Gap;
import dev.holdfast.core.Gaps;
import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.oci.FileContent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a cataloger makes of one file that stands alone, or beside others. */
public record Cataloged(List<PackageRecord> packages, List<Gap> gaps) {
    public static Cataloged of(Cataloger cataloger, String path, byte[] bytes) throws InputException, IOException {
        return of(cataloger, path, bytes, Map.of());
    }

    public static Cataloged of(Cataloger cataloger, String path, String text) throws InputException, IOException {
        return of(cataloger, path, text.getBytes(StandardCharsets.UTF_8));
    }

    public static Cataloged of(Cataloger cataloger, String path, byte[] bytes, Map<String, byte[]> beside)
            throws InputException, IOException {
        Gaps gaps = new Gaps();
        List<PackageRecord> packages = new ArrayList<>();
        Cataloger.Siblings siblings =
                sought -> Optional.ofNullable(beside.get(sought)).<FileContent>map(Bytes::new);
        cataloger.catalog(
                new Cataloger.RecordFile(path, new Bytes(bytes), Limits.DEFAULT, gaps, siblings), packages::add);
        return new Cataloged(List.copyOf(packages), gaps.list());
    }

    public List<String> namesAndVersions() {
        return packages.stream().map(each -> each.name() + " " + each.version()).toList();
    }

    public PackageRecord named(String name) {
        return packages.stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
