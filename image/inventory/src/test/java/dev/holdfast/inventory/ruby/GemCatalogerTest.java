package dev.holdfast.inventory.ruby;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.inventory.Cataloged;
import dev.holdfast.inventory.Corpus;
import dev.holdfast.inventory.FakeFiles;
import dev.holdfast.inventory.PackageRecord.Detail;
import dev.holdfast.oci.FileHeader;
import dev.holdfast.oci.FileType;
import dev.holdfast.oci.Want;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GemCatalogerTest {
    private final GemCataloger cataloger = new GemCataloger();

    @ParameterizedTest
    @CsvSource({
        "/srv/Gemfile.lock, CONTENT",
        "/srv/gems.locked, CONTENT",
        "/usr/local/bundle/specifications/rack-2.0.gemspec, CONTENT",
        "/usr/lib/ruby/gems/3.1.0/specifications/default/json-2.6.1.gemspec, CONTENT",
        "/srv/mine.gemspec, NOTHING",
        "/usr/local/bundle/gems/rack-2.0/rack.gemspec, NOTHING",
        "/usr/local/bundle/gems/rack-2.0/Gemfile.lock, NOTHING",
        "/src/gems/mine/Gemfile.lock, CONTENT",
    })
    void wantsLockFilesAndInstalledSpecifications(String path, Want want) {
        assertThat(cataloger.wants(path, new FileHeader(FileType.REGULAR, 100, 0644)))
                .isEqualTo(want);
    }

    /** The first has one more, in a section that Bundler does not know and does not read. */
    @ParameterizedTest
    @CsvSource({"syft-ruby-Gemfile.lock, 52", "osv-scanner-docs-Gemfile.lock, 51"})
    void readsEveryLockFileOfTheCorpus(String file, int entries) throws Exception {
        Cataloged found = Cataloged.of(cataloger, "/app/Gemfile.lock", Corpus.bytes("lockfiles/" + file));
        assertThat(found.packages())
                .hasSize(entries)
                .allMatch(each -> !each.version().isEmpty() && each.line() > 0);
    }

    @Test
    void gemLockedForSeveralPlatformsIsOnePackage() throws Exception {
        Cataloged found = Cataloged.of(cataloger, "/app/Gemfile.lock", """
                GEM
                  remote: https://example.com/
                  specs:
                    nokogiri (1.15.0-arm64-darwin)
                      racc (~> 1.4)
                    nokogiri (1.15.0-x86_64-linux)
                    racc (1.7.1)

                PLATFORMS
                  x86_64-linux

                DEPENDENCIES
                  nokogiri (~> 1.15)
                    odd (1.0)

                BUNDLED WITH
                   2.4.10
                """);
        assertThat(found.namesAndVersions()).containsExactly("nokogiri 1.15.0", "racc 1.7.1");
    }

    @Test
    void specificationIsToldByItsStubOrItsAssignments() throws Exception {
        FakeFiles files = new FakeFiles()
                .put("/g/specifications/a-1.gemspec", """
                        # -*- encoding: utf-8 -*-
                        # stub: a-b 1.0.2 java lib

                        Gem::Specification.new do |s|
                          s.name = "wrong".freeze
                          s.licenses = ["MIT".freeze]
                        end
                        """)
                .put("/g/specifications/default/old-1.gemspec", """
                        Gem::Specification.new do |gem|
                          gem.name = %q{x}
                          gem.name = 'old'
                          gem.version = Gem::Version.new("0.9.1")
                        end
                        """)
                .put("/g/specifications/empty.gemspec", "puts 1\n");
        assertThat(files.catalog(cataloger))
                .extracting(each -> each.name() + " " + each.version() + " "
                        + each.detail(Detail.LICENCE).orElse("-"))
                .containsExactly("a-b 1.0.2 MIT", "old 0.9.1 -");
        assertThat(files.gaps())
                .singleElement()
                .satisfies(gap -> assertThat(gap.subject()).isEqualTo("/g/specifications/empty.gemspec"));
    }
}
