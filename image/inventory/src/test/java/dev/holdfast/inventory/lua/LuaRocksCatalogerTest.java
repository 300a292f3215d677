package dev.holdfast.inventory.lua;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.inventory.FakeFiles;
import org.junit.jupiter.api.Test;

class LuaRocksCatalogerTest {
    private final LuaRocksCataloger cataloger = new LuaRocksCataloger();

    @Test
    void installedRocksAndLockFilesAreRead() throws Exception {
        FakeFiles files = new FakeFiles()
                .put("/usr/local/lib/luarocks/rocks-5.4/lpeg/1.0.2-1/lpeg-1.0.2-1.rockspec", """
                        rockspec_format = "3.0"
                        package = "lpeg"
                        version = '1.0.2-1'
                        dependencies = { "lua >= 5.1" }
                        """)
                .put("/app/mine-scm-1.rockspec", "package = \"mine\"\nversion = \"scm-1\"\n")
                .put("/app/luarocks.lock", """
                        return {
                           dependencies = {
                              ["lua-cjson"] = "2.1.0-1",
                              ["broken
                           }
                        }
                        """);
        assertThat(files.catalog(cataloger))
                .extracting(each -> each.name() + " " + each.version())
                .containsExactly("lua-cjson 2.1.0-1", "lpeg 1.0.2-1");
    }
}
