package io.github.camelonedrive.credentials;

import java.security.SecureRandom;
import java.util.Base64;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * How a vault's key comes from a passphrase: Argon2id, version 0x13 (RFC 9106), with what the vault's file says in the clear.
 * The file can't be trusted before the key is known, so the limits here hold: the upper ones keep a file from exhausting
 * memory or time, the lower ones keep it from having a passphrase hashed so weakly that it could be guessed.
 *
 * @param salt        16 random bytes in base64
 * @param memoryKiB   in KiB
 * @param iterations  passes over that memory
 * @param parallelism lanes
 */
public record Argon2id(String salt, int memoryKiB, int iterations, int parallelism) {

    static final String KIND = "argon2id";

    /** OWASP's least memory with a single-digit number of passes (its cheat sheet on password storage: 7 MiB). */
    static final int MIN_MEMORY_KIB = 7 * 1024;

    /** RFC 9106's second recommended option. */
    static final int MAX_MEMORY_KIB = 64 * 1024;

    static final int MAX_ITERATIONS = 32;
    static final int MAX_PARALLELISM = 4;

    /** OWASP's 19 MiB, which leaves room in a heap of 64 MB … */
    private static final int MEMORY_KIB = 19 * 1024;

    /** … with twice its 2 passes. */
    private static final int ITERATIONS = 4;

    private static final int SALT_LENGTH = 16;

    /** Bouncy Castle's blocks of 1 KiB take that much of the heap, generously. */
    private static final long BYTES_PER_BLOCK = 1100;

    /** Today's parameters with a new salt. */
    static Argon2id fresh(SecureRandom random) {
        byte[] salt = new byte[SALT_LENGTH];
        random.nextBytes(salt);
        return new Argon2id(Base64.getEncoder().encodeToString(salt), MEMORY_KIB, ITERATIONS, 1);
    }

    /** @throws VaultFormat.Unusable {@code UNKNOWN_FORMAT} when a member is missing, unknown or out of bounds */
    static Argon2id read(JsonNode node) throws VaultFormat.Unusable {
        if (node.size() != 6 || !node.path("version").isInt()
                || node.path("version").intValue() != Argon2Parameters.ARGON2_VERSION_13) {
            throw unknown("says something that this program does not know");
        }
        Argon2id read = new Argon2id(node.path("salt").asText(),
                bounded(node, "memoryKiB", MIN_MEMORY_KIB, MAX_MEMORY_KIB), bounded(node, "iterations", 1, MAX_ITERATIONS),
                bounded(node, "parallelism", 1, MAX_PARALLELISM));
        if (read.saltBytes().length != SALT_LENGTH) {
            throw unknown("has no salt of " + SALT_LENGTH + " bytes");
        }
        return read;
    }

    private static int bounded(JsonNode node, String name, int min, int max) throws VaultFormat.Unusable {
        JsonNode value = node.path(name);
        if (!value.isInt() || value.intValue() < min || value.intValue() > max) {
            throw unknown("has " + name + " " + value + "; possible is " + min + " to " + max);
        }
        return value.intValue();
    }

    private static VaultFormat.Unusable unknown(String what) {
        return new VaultFormat.Unusable(VaultException.Reason.UNKNOWN_FORMAT, "its key derivation argon2id " + what);
    }

    void write(ObjectNode node) {
        node.put("kind", KIND).put("version", Argon2Parameters.ARGON2_VERSION_13).put("salt", salt);
        node.put("memoryKiB", memoryKiB).put("iterations", iterations).put("parallelism", parallelism);
    }

    /** Less memory or fewer passes than a vault gets today; rotation brings it up to that. */
    public boolean isWeak() {
        return memoryKiB < MEMORY_KIB || iterations < ITERATIONS;
    }

    /**
     * The key: 32 bytes.
     *
     * @throws VaultFormat.Unusable when this process's heap is too small for it
     */
    byte[] derive(byte[] passphrase) throws VaultFormat.Unusable {
        if (memoryKiB * BYTES_PER_BLOCK > Runtime.getRuntime().maxMemory() / 2) {
            throw new VaultFormat.Unusable(VaultException.Reason.UNKNOWN_FORMAT, "its key derivation needs " + memoryKiB / 1024
                    + " MB of memory, more than half of what this process may use (-Xmx in JAVA_OPTS)");
        }
        Argon2BytesGenerator generator = new Argon2BytesGenerator();
        generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13).withSalt(saltBytes()).withMemoryAsKB(memoryKiB)
                .withIterations(iterations).withParallelism(parallelism).build());
        byte[] key = new byte[MasterKey.LENGTH];
        generator.generateBytes(passphrase, key);
        return key;
    }

    private byte[] saltBytes() {
        try {
            return Base64.getDecoder().decode(salt);
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }

    @Override
    public String toString() {
        return "Argon2id, " + memoryKiB + " KiB, " + iterations + (iterations == 1 ? " pass, " : " passes, ") + parallelism
                + (parallelism == 1 ? " lane" : " lanes");
    }
}
