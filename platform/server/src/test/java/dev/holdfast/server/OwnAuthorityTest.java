package dev.holdfast.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.core.InputException;
import dev.holdfast.core.net.CertificateFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.CertPath;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnAuthorityTest {
    private static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");
    private static final Duration YEAR = Duration.ofDays(365);

    @TempDir
    Path folder;

    private void validate(X509Certificate server, X509Certificate authority, Instant when) throws Exception {
        CertPath path = CertificateFactory.getInstance("X.509").generateCertPath(List.of(server));
        PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(authority, null)));
        parameters.setRevocationEnabled(false);
        parameters.setDate(Date.from(when));
        CertPathValidator.getInstance("PKIX").validate(path, parameters);
    }

    @Test
    void makesACertificateThatItsAuthorityVouchesFor() throws Exception {
        OwnAuthority.write(folder, List.of("holdfast.holdfast.svc", "127.0.0.1", "::1"), NOW, YEAR);
        X509Certificate authority =
                CertificateFile.read(folder.resolve("ca.crt")).getFirst();
        X509Certificate server = CertificateFile.read(folder.resolve("tls.crt")).getFirst();
        validate(server, authority, NOW.plusSeconds(60));
        assertThat(authority.getBasicConstraints()).isNotNegative();
        assertThat(server.getBasicConstraints()).isEqualTo(-1);
        assertThat(server.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.1");
        assertThat(server.getSubjectAlternativeNames().toString())
                .contains("holdfast.holdfast.svc", "127.0.0.1", "0:0:0:0:0:0:0:1");
        assertThatThrownBy(() -> validate(server, authority, NOW.plus(YEAR).plusSeconds(60)))
                .hasMessageContaining("validity");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("tls.key"))))
                .isEqualTo("rw-------");
        Certificates.read(folder.resolve("tls.crt"), folder.resolve("tls.key"));
    }

    @Test
    void keepsTheFormerAuthorityBesideTheNew() throws Exception {
        OwnAuthority.write(folder, List.of("a.b.svc"), NOW, YEAR);
        X509Certificate first = CertificateFile.read(folder.resolve("ca.crt")).getFirst();
        OwnAuthority.write(folder, List.of("a.b.svc"), NOW, YEAR);
        List<X509Certificate> both = CertificateFile.read(folder.resolve("ca.crt"));
        assertThat(both).hasSize(2);
        assertThat(both.getLast()).isEqualTo(first);
        OwnAuthority.write(folder, List.of("a.b.svc"), NOW.plus(YEAR).plusSeconds(1), YEAR);
        assertThat(CertificateFile.read(folder.resolve("ca.crt"))).hasSize(1);
    }

    /** Keys of one curve: only a signature tells them apart. */
    @Test
    void aPairHalfReplacedIsNotTaken() throws Exception {
        OwnAuthority.write(folder, List.of("a.b.svc"), NOW, YEAR);
        Files.copy(folder.resolve("tls.crt"), folder.resolve("old.crt"), StandardCopyOption.REPLACE_EXISTING);
        OwnAuthority.write(folder, List.of("a.b.svc"), NOW, YEAR);
        assertThatThrownBy(() -> Certificates.read(folder.resolve("old.crt"), folder.resolve("tls.key")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("it is not the key of");
    }

    @Test
    void anAddressThatIsNoneIsWrongUsage() {
        assertThatThrownBy(() -> OwnAuthority.write(folder, List.of("300.1.1.1"), NOW, YEAR))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("300.1.1.1");
    }
}
