package io.github.camelonedrive.benchmark;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A throw-away certificate for this machine and, because rclone talks to no other host, Microsoft's names; trusted only by the
 * processes that are told to.
 *
 * @param keyStore PKCS #12, with the private key
 * @param pem      the certificate alone
 */
record Certificate(Path keyStore, Path pem) {

    /** Of a key store that lives as long as the run and protects nothing. */
    static final String PASSWORD = "benchmark";

    static Certificate make(Path directory) throws IOException, InterruptedException {
        Certificate certificate = new Certificate(directory.resolve("sink.p12"), directory.resolve("sink.pem"));
        keytool(directory, "-genkeypair", "-keystore", certificate.keyStore.toString(), "-storetype", "PKCS12", "-storepass",
                PASSWORD, "-alias", "sink", "-keyalg", "EC", "-groupname", "secp256r1", "-validity", "2", "-dname", "CN=sink",
                "-ext", "san=dns:localhost,dns:graph.microsoft.com,dns:login.microsoftonline.com,ip:127.0.0.1", "-ext", "bc:c");
        keytool(directory, "-exportcert", "-rfc", "-keystore", certificate.keyStore.toString(), "-storepass", PASSWORD,
                "-alias", "sink", "-file", certificate.pem.toString());
        keytool(directory, "-importcert", "-noprompt", "-keystore", certificate.trustStore().toString(), "-storetype", "PKCS12",
                "-storepass", PASSWORD, "-alias", "sink", "-file", certificate.pem.toString());
        return certificate;
    }

    /** PKCS #12, the certificate alone. */
    Path trustStore() {
        return keyStore.resolveSibling("trust.p12");
    }

    private static void keytool(Path directory, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(JavaCommand.tool("keytool")));
        command.addAll(List.of(arguments));
        Child.run(directory, Map.of(), command);
    }
}
