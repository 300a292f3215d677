package dev.holdfast.secrets.place;

import java.util.Locale;
import java.util.Set;

/** Files whose purpose is to hold credentials: in them also a weak password is one. */
public final class Trusted {
    private static final Set<String> NAMES = Set.of(
            "tomcat-users.xml",
            "server.xml",
            "context.xml",
            "settings.xml",
            "settings-security.xml",
            "redis.conf",
            "sentinel.conf",
            "ldap.conf",
            "nslcd.conf",
            "pam_ldap.conf",
            "libnss-ldap.conf",
            "sssd.conf",
            "slapd.conf",
            "ldap.secret",
            "hibernate.cfg.xml",
            "hibernate.properties",
            "persistence.xml",
            "my.cnf",
            ".my.cnf",
            "mylogin.cnf",
            ".pypirc",
            "pip.conf",
            "pip.ini",
            ".npmrc",
            ".yarnrc",
            ".yarnrc.yml",
            ".s3cfg",
            ".boto",
            "wp-config.php",
            "standalone.xml",
            "domain.xml",
            "wpa_supplicant.conf",
            "database.yml",
            "secrets.yml",
            "sitemanager.xml",
            "filezilla.xml",
            "recentservers.xml",
            "chap-secrets",
            "pap-secrets",
            "credentials",
            "gradle.properties",
            "jetty.xml",
            "realm.properties",
            "mgmt-users.properties",
            "application.properties",
            "application.yml",
            "application.yaml",
            "bootstrap.yml",
            "bootstrap.properties",
            "jdbc.properties",
            "db.properties",
            "database.properties",
            "datasource.xml",
            ".env",
            "smb.conf",
            ".smbcredentials",
            "smbcredentials",
            "cifs-credentials",
            "unattend.xml",
            "autounattend.xml",
            "web.config",
            "app.config",
            "appsettings.json",
            "elasticsearch.yml",
            "kibana.yml",
            "grafana.ini",
            "rabbitmq.conf",
            "mongod.conf",
            "pgbouncer.ini",
            "userlist.txt",
            "docker-compose.yml",
            "docker-compose.yaml",
            "compose.yml",
            "compose.yaml",
            "msmtprc",
            ".msmtprc",
            "ssmtp.conf",
            "sasl_passwd",
            "exim.conf",
            "passwd.client",
            ".fetchmailrc",
            ".wgetrc",
            ".curlrc",
            "rclone.conf",
            "krb5.conf",
            "radius.conf",
            "clients.conf",
            "ftpd.passwd",
            "config.inc.php",
            "localsettings.php",
            "settings.php",
            "configuration.php",
            "parameters.yml",
            "auth.json",
            "terraform.tfvars",
            "rabbitmq.config",
            "activemq.xml",
            "credentials.xml",
            "nuget.config");

    private Trusted() {}

    public static boolean isCredentialFile(String path) {
        String name = path.substring(path.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
        return NAMES.contains(name)
                || name.startsWith(".env.")
                        && !name.endsWith("example")
                        && !name.endsWith("sample")
                        && !name.endsWith("template")
                        && !name.endsWith("dist")
                || name.startsWith("application-")
                        && (name.endsWith(".properties") || name.endsWith(".yml") || name.endsWith(".yaml"))
                || name.endsWith(".cfg.xml")
                || name.startsWith("appsettings.") && name.endsWith(".json");
    }
}
