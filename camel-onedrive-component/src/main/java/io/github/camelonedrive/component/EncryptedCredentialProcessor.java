package io.github.camelonedrive.component;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

import io.github.camelonedrive.auth.TokenProviderDirectory;
import io.github.camelonedrive.auth.VaultTokenProviderDirectory;
import io.github.camelonedrive.credentials.KeySources;
import io.github.camelonedrive.credentials.Vault;

/**
 * Opens the vault and puts the directory of its destinations' token providers on the exchange, as the property
 * {@code CamelOneDriveTokenProviders}: providers, not tokens, so that a long upload can refresh, and a property, not a header,
 * so that nothing downstream sends it anywhere (DESIGN §4.5).
 *
 * <p>Register it as the bean {@code onedriveCredentials}, or use {@code #class:} with the property {@code vaultFile}. The
 * vault is opened when the first exchange comes by.
 */
public class EncryptedCredentialProcessor implements Processor, CamelContextAware {

    private static final String HOME = "ONEDRIVE_BACKUP_HOME";

    private final ReentrantLock lock = new ReentrantLock();
    private CamelContext camelContext;
    private Path vaultFile;
    private Path keyFile;
    private Path passphraseFile;
    private Path defaultKeyFile;
    private Map<String, String> environment = System.getenv();
    private Vault vault;
    private TokenProviderDirectory directory;
    private boolean asked;

    /** Opens the vault that its properties name. */
    public EncryptedCredentialProcessor() {
    }

    /** Uses a vault that is open already. */
    public EncryptedCredentialProcessor(Vault vault) {
        this.vault = vault;
    }

    @Override
    public void process(Exchange exchange) throws Exception {
        exchange.setProperty(OneDriveConstants.TOKEN_PROVIDERS, directory(exchange.getContext()));
    }

    /** The vault's destinations, for who has no exchange yet. */
    TokenProviderDirectory directory(CamelContext context) throws IOException {
        lock.lock();
        try {
            if (directory == null) {
                directory = open(camelContext != null ? camelContext : context);
            }
            return directory;
        } finally {
            lock.unlock();
        }
    }

    private TokenProviderDirectory open(CamelContext context) throws IOException {
        asked = true;
        Vault opened = vault();
        OneDriveComponent component = context.getComponent("onedrive", OneDriveComponent.class);
        component.knownVaults().add(this);
        return new VaultTokenProviderDirectory(opened, component.loginClient());
    }

    private KeySources keySources() {
        KeySources sources = KeySources.of(environment, Optional.ofNullable(keyFile));
        if (passphraseFile != null) {
            sources = sources.withPassphraseFile(passphraseFile);
        }
        return defaultKeyFile == null ? sources : sources.withDefaultKeyFile(defaultKeyFile);
    }

    private Vault vault() throws IOException {
        if (vault == null) {
            vault = keySources().open(vaultFile());
        }
        return vault;
    }

    /**
     * The vault, for those who watch over it. Empty when no exchange has asked for it yet and it is not there: then nobody may
     * need it.
     *
     * @throws IOException when it can't be opened
     */
    Optional<Vault> vaultIfInUse() throws IOException {
        lock.lock();
        try {
            boolean needless = vault == null && !asked && (isNowhere() || Files.notExists(vaultFile()));
            return needless ? Optional.empty() : Optional.of(vault());
        } finally {
            lock.unlock();
        }
    }

    private boolean isNowhere() {
        return vaultFile == null && isBlank(environment.get(HOME));
    }

    private static boolean isBlank(String text) {
        return text == null || text.isBlank();
    }

    private Path vaultFile() {
        if (vaultFile != null) {
            return vaultFile;
        }
        String home = environment.get(HOME);
        if (isBlank(home)) {
            throw new IllegalArgumentException("The EncryptedCredentialProcessor does not know where the vault is. Set its "
                    + "property vaultFile, or the environment variable ONEDRIVE_BACKUP_HOME.");
        }
        return Path.of(home, "vault.json");
    }

    @Override
    public CamelContext getCamelContext() {
        return camelContext;
    }

    @Override
    public void setCamelContext(CamelContext camelContext) {
        this.camelContext = camelContext;
    }

    public String getVaultFile() {
        return vaultFile == null ? null : vaultFile.toString();
    }

    /** The vault; without it {@code vault.json} in {@code ONEDRIVE_BACKUP_HOME}. */
    public void setVaultFile(String vaultFile) {
        this.vaultFile = Path.of(vaultFile);
    }

    public String getKeyFile() {
        return keyFile == null ? null : keyFile.toString();
    }

    /** The file of the vault's key, unless the environment names it. */
    public void setKeyFile(String keyFile) {
        this.keyFile = Path.of(keyFile);
    }

    public String getDefaultKeyFile() {
        return defaultKeyFile == null ? null : defaultKeyFile.toString();
    }

    /** The file of the vault's key where nothing else gives a key and this file exists. */
    public void setDefaultKeyFile(String defaultKeyFile) {
        this.defaultKeyFile = Path.of(defaultKeyFile);
    }

    public String getPassphraseFile() {
        return passphraseFile == null ? null : passphraseFile.toString();
    }

    /** The file of the passphrase that the vault is sealed with, unless the environment names it. */
    public void setPassphraseFile(String passphraseFile) {
        this.passphraseFile = Path.of(passphraseFile);
    }

    /** Instead of the process's own environment. */
    void setEnvironment(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }
}
