package dev.holdfast.compare;

/** Reports of one made-up image, as each tool writes them. */
final class Reports {
    static final String TRIVY = """
            {"SchemaVersion":2,"Trivy":{"Version":"0.74.0"},"ArtifactName":"shop:1","ArtifactType":"container_image",
             "Metadata":{"DiffIDs":["sha256:%s"]},
             "Results":[
              {"Target":"shop:1 (debian 12.5)","Class":"os-pkgs","Type":"debian",
               "Packages":[
                {"Name":"libc6","Version":"2.36","Release":"9+deb12u1","SrcName":"glibc",
                 "Identifier":{"PURL":"pkg:deb/debian/libc6@2.36-9%%2Bdeb12u1?arch=amd64&distro=debian-12.5"}},
                {"Name":"openssl","Version":"3.0.11","Release":"1","Epoch":1}],
               "Vulnerabilities":[
                {"VulnerabilityID":"CVE-2023-4911","VendorIDs":["DSA-5514-1"],"PkgName":"libc6","InstalledVersion":"2.36-9+deb12u1",
                 "FixedVersion":"2.36-9+deb12u3","Severity":"HIGH","PublishedDate":"2023-10-03T18:15:10.463Z"}],
               "ExperimentalModifiedFindings":[
                {"Type":"vulnerability","Status":"not_affected","Statement":"not for us","Source":"vex.json",
                 "Finding":{"VulnerabilityID":"CVE-2010-4756","PkgName":"libc6","InstalledVersion":"2.36-9+deb12u1","Severity":"LOW"}}]},
              {"Target":"Java","Class":"lang-pkgs","Type":"jar","Vulnerabilities":[
                {"VulnerabilityID":"CVE-2021-44228","PkgName":"org.apache.logging.log4j:log4j-core",
                 "PkgPath":"app/shop.jar/log4j-core-2.14.1.jar","InstalledVersion":"2.14.1","FixedVersion":"2.15.0, 2.3.1",
                 "Severity":"CRITICAL"}]}]}
            """.replaceFirst("%s", "a".repeat(64)).replace("%%", "%");

    static final String GRYPE = """
            {"matches":[
              {"vulnerability":{"id":"GHSA-jfh8-c2jp-5v3q","severity":"Critical","fix":{"versions":["2.15.0"],"state":"fixed"}},
               "relatedVulnerabilities":[{"id":"CVE-2021-44228"}],
               "artifact":{"name":"log4j-core","version":"2.14.1","type":"java-archive",
                "locations":[{"path":"/app/shop.jar"}],"purl":"pkg:maven/org.apache.logging.log4j/log4j-core@2.14.1"}},
              {"vulnerability":{"id":"CVE-2023-4911","severity":"High","fix":{"versions":["2.36-9+deb12u3"],"state":"fixed"}},
               "relatedVulnerabilities":[],
               "artifact":{"name":"libc6","version":"2.36-9+deb12u1","type":"deb","locations":[{"path":"/var/lib/dpkg/status"}],
                "purl":"pkg:deb/debian/libc6@2.36-9%2Bdeb12u1?arch=amd64&distro=debian-12&upstream=glibc",
                "upstreams":[{"name":"glibc"}]}}],
             "ignoredMatches":[
              {"vulnerability":{"id":"CVE-2024-2961","severity":"Medium"},
               "artifact":{"name":"libc6","version":"2.36-9+deb12u1","type":"deb","upstreams":[{"name":"glibc"}]},
               "appliedIgnoreRules":[{"vulnerability":"CVE-2024-2961","reason":"accepted by ops"}]}],
             "source":{"type":"image","target":{"userInput":"shop:1","layers":[]}},
             "distro":{"name":"debian","version":"12"},"descriptor":{"name":"grype","version":"0.118.0"}}
            """;

    static final String OSV_SCANNER = """
            {"results":[
              {"source":{"path":"/var/lib/dpkg/status","type":"os"},"packages":[
                {"package":{"name":"glibc","version":"2.36-9+deb12u1","ecosystem":"Debian:12"},
                 "vulnerabilities":[{"id":"DEBIAN-CVE-2023-4911","upstream":["CVE-2023-4911"],"published":"2023-10-03T18:15:10Z",
                  "affected":[{"package":{"name":"glibc","ecosystem":"Debian:12"},
                   "ranges":[{"type":"ECOSYSTEM","events":[{"introduced":"0"},{"fixed":"2.36-9+deb12u3"}]}]}]}],
                 "groups":[{"ids":["DEBIAN-CVE-2023-4911"],"max_severity":"7.8"}]}]},
              {"source":{"path":"/app/package-lock.json","type":"lockfile"},"packages":[
                {"package":{"name":"lodash","version":"4.17.11","ecosystem":"npm"},
                 "vulnerabilities":[{"id":"GHSA-jf85-cpcp-j695","aliases":["CVE-2019-10744"]}]}]}],
             "experimental_config":{"licenses":{"summary":false,"allowlist":null}}}
            """;

    static final String SNYK = """
            {"vulnerabilities":[
              {"id":"SNYK-DEBIAN12-GLIBC-5927133","title":"Out-of-Bounds","identifiers":{"CVE":["CVE-2023-4911"],"CWE":["CWE-119"]},
               "name":"glibc/libc6","version":"2.36-9+deb12u1","severity":"high","packageManager":"debian:12",
               "nearestFixedInVersion":"2.36-9+deb12u3","from":["docker-image|shop@1","glibc/libc6@2.36-9+deb12u1"]}],
             "filtered":{"ignore":[{"id":"SNYK-DEBIAN12-GLIBC-1","identifiers":{"CVE":["CVE-2010-4756"]},"name":"glibc/libc6",
               "version":"2.36-9+deb12u1","severity":"low","filtered":{"ignored":[{"reason":"not reachable"}]}}],"patch":[]},
             "ok":false,"dependencyCount":90,"packageManager":"deb","path":"shop:1",
             "applications":[{"packageManager":"npm","displayTargetFile":"/app/package-lock.json","vulnerabilities":[
              {"id":"SNYK-JS-LODASH-450202","identifiers":{"CVE":["CVE-2019-10744"],"GHSA":["GHSA-jf85-cpcp-j695"]},"name":"lodash",
               "packageName":"lodash","version":"4.17.11","severity":"critical","fixedIn":["4.17.12"]},
              {"id":"snyk:lic:npm:x:GPL-3.0","type":"license","name":"x","version":"1"}]}]}
            """;

    static final String SCOUT = """
            {"version":"2.1.0","$schema":"https://json.schemastore.org/sarif-2.1.0.json","runs":[
              {"tool":{"driver":{"fullName":"Docker Scout","name":"docker scout","version":"1.18.0","rules":[
                {"id":"CVE-2023-4911","name":"OsPackageVulnerability","helpUri":"https://scout.docker.com/v/CVE-2023-4911",
                 "properties":{"affected_version":"<2.36-9+deb12u3","fixed_version":"2.36-9+deb12u3",
                  "purls":["pkg:deb/debian/glibc@2.36-9%2Bdeb12u1?os_distro=bookworm&os_name=debian&os_version=12"],
                  "security-severity":"7.8","tags":["HIGH"]}}]}},
               "results":[{"ruleId":"CVE-2023-4911","ruleIndex":0,"kind":"fail","level":"error",
                "message":{"text":"  Vulnerability   : CVE-2023-4911\\n  Severity        : HIGH"},
                "locations":[{"physicalLocation":{"artifactLocation":{"uri":"/var/lib/dpkg/status"}}}]}]}]}
            """;

    static final String GITLAB = """
            {"version":"15.0.7","scan":{"scanner":{"id":"docker-scout","name":"Docker Scout","version":"1.18.0"},"type":"container_scanning"},
             "vulnerabilities":[{"id":"1","severity":"High","identifiers":[
               {"type":"cve","name":"CVE-2023-4911","value":"CVE-2023-4911"},{"type":"cwe","name":"CWE-119","value":"119"}],
              "location":{"image":"shop:1","operating_system":"debian 12","dependency":{"package":{"name":"glibc"},"version":"2.36-9+deb12u1"}}}]}
            """;

    private Reports() {}
}
