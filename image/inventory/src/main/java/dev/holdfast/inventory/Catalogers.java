package dev.holdfast.inventory;

import dev.holdfast.inventory.apk.ApkCataloger;
import dev.holdfast.inventory.apk.ApkOwnership;
import dev.holdfast.inventory.application.HomebrewCataloger;
import dev.holdfast.inventory.application.NixCataloger;
import dev.holdfast.inventory.application.SnapCataloger;
import dev.holdfast.inventory.application.WordPressCataloger;
import dev.holdfast.inventory.arch.PacmanCataloger;
import dev.holdfast.inventory.beam.HexCataloger;
import dev.holdfast.inventory.build.GradleCataloger;
import dev.holdfast.inventory.build.MavenProjectCataloger;
import dev.holdfast.inventory.chisel.ChiselCataloger;
import dev.holdfast.inventory.chisel.ChiselOwnership;
import dev.holdfast.inventory.conda.CondaCataloger;
import dev.holdfast.inventory.cpp.ConanCataloger;
import dev.holdfast.inventory.cpp.VcpkgCataloger;
import dev.holdfast.inventory.cran.CranCataloger;
import dev.holdfast.inventory.dart.PubCataloger;
import dev.holdfast.inventory.delivery.ActionsCataloger;
import dev.holdfast.inventory.delivery.TerraformCataloger;
import dev.holdfast.inventory.dotnet.NugetCataloger;
import dev.holdfast.inventory.dotnet.SingleFileCataloger;
import dev.holdfast.inventory.dpkg.DpkgCataloger;
import dev.holdfast.inventory.dpkg.DpkgOwnership;
import dev.holdfast.inventory.gentoo.PortageCataloger;
import dev.holdfast.inventory.golang.GoCataloger;
import dev.holdfast.inventory.golang.GoModuleCataloger;
import dev.holdfast.inventory.haskell.HackageCataloger;
import dev.holdfast.inventory.java.JavaCataloger;
import dev.holdfast.inventory.julia.JuliaCataloger;
import dev.holdfast.inventory.lua.LuaRocksCataloger;
import dev.holdfast.inventory.npm.NpmCataloger;
import dev.holdfast.inventory.ocaml.OpamCataloger;
import dev.holdfast.inventory.opkg.OpkgCataloger;
import dev.holdfast.inventory.php.ComposerCataloger;
import dev.holdfast.inventory.python.PythonCataloger;
import dev.holdfast.inventory.python.PythonLockCataloger;
import dev.holdfast.inventory.rpm.RpmCataloger;
import dev.holdfast.inventory.rpm.RpmOwnership;
import dev.holdfast.inventory.ruby.GemCataloger;
import dev.holdfast.inventory.rust.AuditableCataloger;
import dev.holdfast.inventory.rust.CargoLockCataloger;
import dev.holdfast.inventory.sbom.EmbeddedBillCataloger;
import dev.holdfast.inventory.swift.SwiftCataloger;
import dev.holdfast.inventory.unmanaged.UnmanagedCataloger;
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
                new SingleFileCataloger(),
                new GradleCataloger(),
                new MavenProjectCataloger(),
                new PubCataloger(),
                new HexCataloger(),
                new SwiftCataloger(),
                new ConanCataloger(),
                new VcpkgCataloger(),
                new HackageCataloger(),
                new CranCataloger(),
                new LuaRocksCataloger(),
                new OpamCataloger(),
                new JuliaCataloger(),
                new ActionsCataloger(),
                new TerraformCataloger(),
                new WordPressCataloger(),
                new HomebrewCataloger(),
                new SnapCataloger(),
                new NixCataloger(),
                new PortageCataloger(),
                new PacmanCataloger(),
                new OpkgCataloger(),
                new UnmanagedCataloger(),
                new EmbeddedBillCataloger());
    }

    /** Every package manager that can tell whose a file is. */
    static List<Ownership> ownerships() {
        return List.of(new DpkgOwnership(), new ChiselOwnership(), new ApkOwnership(), new RpmOwnership());
    }
}
