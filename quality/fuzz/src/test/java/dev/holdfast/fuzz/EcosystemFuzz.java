package dev.holdfast.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.holdfast.inventory.Cataloger;
import dev.holdfast.inventory.application.SnapCataloger;
import dev.holdfast.inventory.application.WordPressCataloger;
import dev.holdfast.inventory.arch.PacmanCataloger;
import dev.holdfast.inventory.beam.HexCataloger;
import dev.holdfast.inventory.build.GradleCataloger;
import dev.holdfast.inventory.build.MavenProjectCataloger;
import dev.holdfast.inventory.conda.CondaCataloger;
import dev.holdfast.inventory.cpp.ConanCataloger;
import dev.holdfast.inventory.cpp.VcpkgCataloger;
import dev.holdfast.inventory.cran.CranCataloger;
import dev.holdfast.inventory.dart.PubCataloger;
import dev.holdfast.inventory.delivery.ActionsCataloger;
import dev.holdfast.inventory.delivery.TerraformCataloger;
import dev.holdfast.inventory.dotnet.NugetCataloger;
import dev.holdfast.inventory.golang.GoModuleCataloger;
import dev.holdfast.inventory.haskell.HackageCataloger;
import dev.holdfast.inventory.julia.JuliaCataloger;
import dev.holdfast.inventory.lua.LuaRocksCataloger;
import dev.holdfast.inventory.npm.NpmCataloger;
import dev.holdfast.inventory.ocaml.OpamCataloger;
import dev.holdfast.inventory.opkg.OpkgCataloger;
import dev.holdfast.inventory.php.ComposerCataloger;
import dev.holdfast.inventory.python.PythonLockCataloger;
import dev.holdfast.inventory.ruby.GemCataloger;
import dev.holdfast.inventory.rust.AuditableCataloger;
import dev.holdfast.inventory.rust.CargoLockCataloger;
import dev.holdfast.inventory.swift.SwiftCataloger;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Lock files and the other small records of all ecosystems. The first byte of the input chooses the reader. */
class EcosystemFuzz {
    /** A reader, a path that it takes, and an honest file for it. */
    private record Reader(Cataloger cataloger, String path, String seed) {}

    private static final List<Reader> READERS = List.of(
            new Reader(
                    new NpmCataloger(),
                    "/a/yarn.lock",
                    "# yarn lockfile v1\n\"a@^1\", b@npm:c@2:\n  version \"1.0.0\"\n  resolution: \"a@npm:1.0.0\"\n"),
            new Reader(
                    new NpmCataloger(),
                    "/a/pnpm-lock.yaml",
                    "lockfileVersion: '9.0'\nimporters:\n  .:\n    devDependencies:\n      a: {specifier: ^1, version: 1.0.0(b@2)}\npackages:\n  a@1.0.0: {resolution: {integrity: x}, dev: true}\n  /@s/b/2.0.0_c@1: &x {name: b}\nsnapshots:\n  a@1.0.0(b@2):\n    dependencies: {b: 2.0.0}\n"),
            new Reader(
                    new NpmCataloger(),
                    "/a/bun.lock",
                    "{ // c\n\"packages\": {\"a\": [\"a@1.0.0\", \"\", {}, \"x\"], \"b\": [\"c@workspace:b\"],},}"),
            new Reader(
                    new NpmCataloger(),
                    "/a/deno.lock",
                    "{\"packages\":{\"npm\":{\"a@1.0.0_b@2\":{}}},\"jsr\":{\"@s/b@1.0.0\":{}},\"npm\":{\"packages\":{}}}"),
            new Reader(
                    new PythonLockCataloger(),
                    "/a/poetry.lock",
                    "[[package]]\nname = \"a\"\nversion = '1.0'\ngroups = [\"dev\", {x.y = \"\"\"z\"\"\"}]\n[package.extras]\nd = true\n"),
            new Reader(
                    new PythonLockCataloger(),
                    "/a/Pipfile.lock",
                    "{\"_meta\":{},\"default\":{\"a\":{\"version\":\"==1.0\"}},\"develop\":{}}"),
            new Reader(
                    new PythonLockCataloger(),
                    "/a/requirements.txt",
                    "a[x]==1.0 ; m # c\n-r other.txt\nb (==2.0) \\\n  --hash=x\n"),
            new Reader(new CondaCataloger(), "/c/conda-meta/a.json", "{\"name\":\"a\",\"version\":\"1\"}"),
            new Reader(new CargoLockCataloger(), "/a/Cargo.lock", "[[package]]\nname = \"a\"\nversion = \"1.0.0\"\n"),
            new Reader(new AuditableCataloger(), "/a/program", "\u007fELF\u0002\u0001\u0001"),
            new Reader(
                    new GemCataloger(),
                    "/a/Gemfile.lock",
                    "GEM\n  remote: x\n  specs:\n    a (1.0-x86)\n      b (~> 2)\n"),
            new Reader(
                    new GemCataloger(),
                    "/specifications/a.gemspec",
                    "# stub: a 1.0 ruby lib\n  s.name = \"a\".freeze\n  s.licenses = [\"MIT\"]\n"),
            new Reader(
                    new ComposerCataloger(),
                    "/a/composer.lock",
                    "{\"packages\":[{\"name\":\"a/b\",\"version\":\"1\"}],\"dev-package-names\":[\"a/b\"]}"),
            new Reader(
                    new NugetCataloger(),
                    "/a/A.deps.json",
                    "{\"libraries\":{\"A/1.0\":{\"type\":\"package\"},\"runtimepack.B/2\":{\"type\":\"runtimepack\"}}}"),
            new Reader(
                    new NugetCataloger(),
                    "/a/packages.lock.json",
                    "{\"dependencies\":{\"net8.0\":{\"A\":{\"resolved\":\"1.0\"}}}}"),
            new Reader(
                    new NugetCataloger(),
                    "/a/packages.config",
                    "<packages><!-- c --><package id=\"A\" version='1.0'/></packages>"),
            new Reader(
                    new GoModuleCataloger(),
                    "/a/go.mod",
                    "go 1.21\nrequire (\n\ta v1.0.0 // indirect\n)\nreplace a v1.0.0 => b v2\n"),
            new Reader(new GoModuleCataloger(), "/a/go.sum", "a v1.0.0 h1:x\na v1.0.0/go.mod h1:y\n"),
            new Reader(new GoModuleCataloger(), "/a/vendor/modules.txt", "# a v1 => b v2\n## explicit\na\n"),
            new Reader(new GradleCataloger(), "/a/gradle.lockfile", "g:a:1.0=x,testY\nempty=z\n"),
            new Reader(
                    new GradleCataloger(),
                    "/a/verification-metadata.xml",
                    "<components><component group=\"g\" name=\"a\" version=\"1\"></component></components>"),
            new Reader(
                    new GradleCataloger(),
                    "/a/build.sbt.lock",
                    "{\"dependencies\":[{\"org\":\"g\",\"name\":\"a\",\"version\":\"1\",\"configurations\":[\"test\"]}]}"),
            new Reader(
                    new MavenProjectCataloger(),
                    "/a/pom.xml",
                    "<project><parent><groupId>g</groupId></parent><properties><v>${w}</v><w>1</w></properties><dependencies><dependency><groupId>g</groupId><artifactId>a</artifactId><version>${v}</version></dependency></dependencies></project>"),
            new Reader(
                    new MavenProjectCataloger(),
                    "/a/ivy.xml",
                    "<dependency org=\"g\" name='a' rev=\"1.0\" conf=\"test->x\"/>"),
            new Reader(
                    new PubCataloger(),
                    "/a/pubspec.lock",
                    "packages:\n  a:\n    dependency: \"direct dev\"\n    source: hosted\n    version: \"1.0\"\n"),
            new Reader(
                    new HexCataloger(),
                    "/a/mix.lock",
                    "%{\n  \"a\": {:hex, :a, \"1.0\", \"x\"},\n  \"b\": {:git, \"c\"},\n"),
            new Reader(new HexCataloger(), "/a/rebar.lock", "[{<<\"a\">>,{pkg,<<\"a\">>,<<\"1.0\">>},0}].\n"),
            new Reader(
                    new SwiftCataloger(),
                    "/a/Package.resolved",
                    "{\"object\":{\"pins\":[{\"repositoryURL\":\"git@h:a/b.git\",\"state\":{\"version\":\"1\"}}]}}"),
            new Reader(
                    new SwiftCataloger(), "/a/Podfile.lock", "PODS:\n  - A (1.0):\n    - B (~> 1)\n  - \"C/D (2)\"\n"),
            new Reader(
                    new ConanCataloger(),
                    "/a/conan.lock",
                    "{\"graph_lock\":{\"nodes\":{\"1\":{\"ref\":\"a/1.0@u/c#r\"}}},\"requires\":[\"b/2#r%1\"]}"),
            new Reader(
                    new VcpkgCataloger(),
                    "/vcpkg/status",
                    "Package: a\nVersion: 1\nPort-Version: 2\nStatus: install ok installed\n"),
            new Reader(
                    new HackageCataloger(),
                    "/a/stack.yaml.lock",
                    "packages:\n- completed:\n    hackage: a-1.0@sha256:x,1\n"),
            new Reader(
                    new HackageCataloger(),
                    "/a/cabal.project.freeze",
                    "constraints: any.a ==1.0,\n             any.b ==2\n"),
            new Reader(new CranCataloger(), "/r/library/a/DESCRIPTION", "Package: a\nVersion: 1-2\nBuilt: R\n x: y\n"),
            new Reader(new CranCataloger(), "/a/renv.lock", "{\"Packages\":{\"a\":{\"Version\":\"1\"}}}"),
            new Reader(new LuaRocksCataloger(), "/rocks/a.rockspec", "package = \"a\"\nversion = '1-1'\n"),
            new Reader(new LuaRocksCataloger(), "/a/luarocks.lock", "return {\n [\"a\"] = \"1-1\",\n}\n"),
            new Reader(new OpamCataloger(), "/a/a.opam.locked", "depends: [\n  \"a\" {= \"1.0\"}\n]\n"),
            new Reader(
                    new JuliaCataloger(),
                    "/a/Manifest.toml",
                    "[[deps.A]]\nuuid = \"x\"\nversion = \"1.0\"\ndeps = [\"B\"]\n"),
            new Reader(
                    new ActionsCataloger(),
                    "/.github/workflows/a.yml",
                    "jobs:\n  a:\n    steps:\n      - uses: a/b@v1 # v1.0\n      - uses: *x\n"),
            new Reader(
                    new TerraformCataloger(), "/.terraform.lock.hcl", "provider \"r/n/a\" {\n  version = \"1.0\"\n}\n"),
            new Reader(
                    new WordPressCataloger(),
                    "/wp-content/plugins/a/a.php",
                    "<?php\n/*\n * Plugin Name: A\n * Version: 1.0\n */"),
            new Reader(new SnapCataloger(), "/meta/snap.yaml", "name: a\nversion: '1'\napps: {b: {c: d}}\n"),
            new Reader(new PacmanCataloger(), "/var/lib/pacman/local/a/desc", "%NAME%\na\n\n%VERSION%\n1-1\n"),
            new Reader(
                    new OpkgCataloger(),
                    "/usr/lib/opkg/status",
                    "Package: a\nVersion: 1\nStatus: install user installed\n"));

    @MethodSource("seeds")
    @FuzzTest
    void anyReader(byte[] bytes) {
        if (bytes.length > 0) {
            Reader reader = READERS.get((bytes[0] & 0xff) % READERS.size());
            byte[] content = new byte[bytes.length - 1];
            System.arraycopy(bytes, 1, content, 0, content.length);
            Hostile.catalog(reader.cataloger, reader.path, content);
        }
    }

    static Stream<byte[]> seeds() {
        Stream.Builder<byte[]> seeds = Stream.builder();
        for (int i = 0; i < READERS.size(); i++) {
            byte[] text = READERS.get(i).seed.getBytes(UTF_8);
            byte[] seed = new byte[text.length + 1];
            seed[0] = (byte) i;
            System.arraycopy(text, 0, seed, 1, text.length);
            seeds.add(seed);
        }
        return seeds.build();
    }
}
