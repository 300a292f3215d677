package dev.holdfast.inventory;

import dev.holdfast.inventory.apk.ApkCataloger;
import dev.holdfast.inventory.apk.ApkOwnership;
import dev.holdfast.inventory.build.GradleCataloger;
import dev.holdfast.inventory.build.MavenProjectCataloger;
import dev.holdfast.inventory.chisel.ChiselCataloger;
import dev.holdfast.inventory.chisel.ChiselOwnership;
import dev.holdfast.inventory.conda.CondaCataloger;
import dev.holdfast.inventory.dotnet.NugetCataloger;
import dev.holdfast.inventory.dpkg.DpkgCataloger;
import dev.holdfast.inventory.dpkg.DpkgOwnership;
import dev.holdfast.inventory.golang.GoCataloger;
import dev.holdfast.inventory.golang.GoModuleCataloger;
import dev.holdfast.inventory.java.JavaCataloger;
import dev.holdfast.inventory.npm.NpmCataloger;
import dev.holdfast.inventory.php.ComposerCataloger;
import dev.holdfast.inventory.python.PythonCataloger;
import dev.holdfast.inventory.python.PythonLockCataloger;
import dev.holdfast.inventory.rpm.RpmCataloger;
import dev.holdfast.inventory.rpm.RpmOwnership;
import dev.holdfast.inventory.ruby.GemCataloger;
import dev.holdfast.inventory.rust.AuditableCataloger;
import dev.holdfast.inventory.rust.CargoLockCataloger;
import java.util.List;

/** Every cataloger there is, registered by hand: nothing is discovered at run time. */
public final class Catalogers {
    private Catalogers() {}

    public static List<Cataloger> all() {
        return List.of(
                new DpkgCataloger(),
                new ChiselCataloger(),
                new ApkCataloger(),
                new RpmCataloger(),
                new JavaCataloger(),
                new NpmCataloger(),
                new PythonCataloger(),
                new PythonLockCataloger(),
                new CondaCataloger(),
                new GoCataloger(),
                new GoModuleCataloger(),
                new AuditableCataloger(),
                new CargoLockCataloger(),
                new GemCataloger(),
                new ComposerCataloger(),
                new NugetCataloger(),
                new GradleCataloger(),
                new MavenProjectCataloger());
    }

    /** Every package manager that can tell whose a file is. */
    static List<Ownership> ownerships() {
        return List.of(new DpkgOwnership(), new ChiselOwnership(), new ApkOwnership(), new RpmOwnership());
    }
}
