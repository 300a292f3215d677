package dev.holdfast.inventory.ledger;

import dev.holdfast.core.Gaps;
import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.inventory.Component;
import dev.holdfast.inventory.Inventory;
import dev.holdfast.inventory.PackageType;
import dev.holdfast.inventory.ledger.Ledger.Account;
import dev.holdfast.inventory.ledger.Ledger.Sum;
import dev.holdfast.inventory.ledger.Ledger.Unexplained;
import dev.holdfast.oci.FileTree;
import dev.holdfast.oci.FileType;
import dev.holdfast.oci.FileVersion;
import dev.holdfast.oci.Interest;
import dev.holdfast.oci.Target;
import dev.holdfast.oci.TargetDescription;
import dev.holdfast.oci.Want;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Keeps the ledger of a target: every regular file of its final tree in exactly one account. */
public final class Bookkeeper {
    /** Lists and maintainer scripts, each named after its package. */
    private static final String DPKG = "/var/lib/dpkg/info/";

    private final Limits limits;

    public Bookkeeper(Limits limits) {
        this.limits = limits;
    }

    /**
     * Reads the target once.
     *
     * @param gaps takes what could not be seen
     */
    public Ledger of(Target target, Gaps gaps) throws InputException, IOException {
        Inventory reader = new Inventory(limits);
        Interest inventory = reader.interest();
        HeadWatch heads = new HeadWatch();
        FileTree tree = target.read(
                (path, header) -> ComponentFolders.reads(path) ? Want.CONTENT : inventory.in(path, header),
                heads,
                gaps);
        Set<String> paths = new HashSet<>();
        tree.forEach(file -> {
            if (file.type() == FileType.REGULAR) {
                paths.add(file.path());
            }
        });
        List<Component> found = reader.of(tree, gaps).components();
        ComponentFolders components = new ComponentFolders(found, tree, limits, gaps);
        Map<String, String> owners = reader.ownersOf(paths, tree, gaps);
        Set<String> debian = new HashSet<>();
        for (Component component : found) {
            if (component.record().type() == PackageType.DEB && component.state() == Component.State.INSTALLED) {
                debian.add(component.record().name());
            }
        }
        Books books = new Books(heads, owners, components, debian);
        tree.forEach(books::enter);
        return books.close(target.description());
    }

    /** The books while they are open. */
    private static final class Books {
        private final HeadWatch heads;
        private final Map<String, String> owners;
        private final ComponentFolders components;
        private final Set<String> debian;
        private final Map<Standing, Map<Nature, Sum>> sums = new EnumMap<>(Standing.class);
        private final Map<Standing, Set<String>> names = new EnumMap<>(Standing.class);
        private final List<Unexplained> unexplained = new ArrayList<>();
        private long bytes;
        private long files;

        Books(HeadWatch heads, Map<String, String> owners, ComponentFolders components, Set<String> debian) {
            this.debian = debian;
            this.heads = heads;
            this.owners = owners;
            this.components = components;
            for (Standing standing : Standing.values()) {
                sums.put(standing, new EnumMap<>(Nature.class));
                names.put(standing, new HashSet<>());
            }
        }

        private void enter(FileVersion file) {
            if (file.type() != FileType.REGULAR) {
                return;
            }
            bytes += file.size();
            files++;
            Nature nature = nature(file);
            Optional<String> owner = ownerOf(file.path());
            if (owner.isPresent()) {
                enter(Standing.OWNED, nature, file, owner.get());
                return;
            }
            Optional<String> component = components.ownerOf(file.path());
            if (component.isPresent()) {
                enter(Standing.IDENTIFIED, nature, file, component.get());
            } else if (!nature.mayRun() && !(file.header().isExecutable() && nature == Nature.UNKNOWN)) {
                enter(Standing.INERT, nature, file, "");
            } else {
                enter(Standing.UNEXPLAINED, nature, file, "");
                unexplained.add(new Unexplained(
                        file.path(), file.size(), nature, file.header().isExecutable()));
            }
        }

        private void enter(Standing standing, Nature nature, FileVersion file, String name) {
            Map<Nature, Sum> account = java.util.Objects.requireNonNull(sums.get(standing));
            Sum before = account.getOrDefault(nature, new Sum(0, 0));
            account.put(nature, new Sum(before.bytes() + file.size(), before.files() + 1));
            if (!name.isEmpty()) {
                java.util.Objects.requireNonNull(names.get(standing)).add(name);
            }
        }

        private Nature nature(FileVersion file) {
            if (file.size() == 0) {
                return Nature.EMPTY;
            }
            String path = file.path();
            boolean isDocument = path.startsWith("/usr/share/doc/")
                    || path.startsWith("/usr/share/man/")
                    || path.startsWith("/usr/share/info/");
            Nature nature = heads.nature(file).orElse(Nature.UNKNOWN);
            boolean isPacked = nature == Nature.ARCHIVE && path.endsWith(".gz");
            return isDocument && (nature == Nature.TEXT || isPacked) ? Nature.DOCUMENTATION : nature;
        }

        /** The package that lists a file, or the source that Python compiled it from, or that dpkg keeps the file for. */
        private Optional<String> ownerOf(String path) {
            String owner = owners.get(path);
            int cache = path.lastIndexOf("/__pycache__/");
            if (owner == null && cache > 0 && path.endsWith(".pyc")) {
                String name = path.substring(cache + "/__pycache__/".length());
                owner = owners.get(path.substring(0, cache) + "/" + name.substring(0, name.indexOf('.')) + ".py");
            }
            if (owner == null && path.startsWith(DPKG)) {
                String name = path.substring(DPKG.length(), Math.max(DPKG.length(), path.lastIndexOf('.')));
                int colon = name.indexOf(':');
                String ofPackage = colon < 0 ? name : name.substring(0, colon);
                owner = debian.contains(ofPackage) ? ofPackage : null;
            }
            return Optional.ofNullable(owner);
        }

        private Ledger close(TargetDescription target) {
            List<Account> accounts = new ArrayList<>();
            for (Standing standing : Standing.values()) {
                Map<Nature, Sum> natures = java.util.Objects.requireNonNull(sums.get(standing));
                long sum = 0;
                long count = 0;
                for (Sum each : natures.values()) {
                    sum += each.bytes();
                    count += each.files();
                }
                int owning =
                        java.util.Objects.requireNonNull(names.get(standing)).size();
                accounts.add(new Account(standing, sum, count, owning, natures));
            }
            unexplained.sort(Unexplained.ORDER);
            return new Ledger(target, bytes, files, accounts, unexplained);
        }
    }
}
