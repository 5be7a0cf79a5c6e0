package io.github.camelonedrive.hash;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Random;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class QuickXorHashTest {

    @ParameterizedTest
    @CsvSource({
        "'', AAAAAAAAAAAAAAAAAAAAAAAAAAA=",
        "Sg==, SgAAAAAAAAAAAAAAAQAAAAAAAAA=",
        "tbQ=, taAFAAAAAAAAAAAAAgAAAAAAAAA=",
        "0pZP, 0rDEEwAAAAAAAAAAAwAAAAAAAAA=",
        "/aNzzCFPS/A=, /RjFHJgRgicsAR4ACAAAAAAAAAA=",
        "gQaybEqS/4UlDc8e4IJm, gDCALNigBEn8oxAlZ8AzPAAOQZg=",
        "2fuxhBJXtpWFe8dOfdGeHw==, O9tHLAghgSvYohKFyMMxnNCHaHg=",
        "T6LYJIfDh81JrAK309H2JMJTXis=, zBTHrspn3mEcohlJdIUAbjGNaNg=",
        "DWAAX5/CIfrmErgZa8ot6ZraeSbu, LR2Z0PjuRYGKQB/mhQAuMrAGZbQ=",
        "NbYXsp5/K6mR+NmHwExjvWeWDJFnXTKWVlzYHoesp2E=, wjuAuWDiq04qDt1R8hHWDDcwVoQ="})
    @Tag("C80")
    void rclonesVectors(String input, String hash) {
        assertThat(hash(Base64.getDecoder().decode(input))).isEqualTo(hash);
    }

    @ParameterizedTest
    @CsvSource({
        "hello, aCgDG9jwBgAAAAAABQAAAAAAAAA=",
        "The quick brown fox jumps over the lazy dog, bMSlbysmxJL6S75XwfMcQZOpcr4="})
    void vectorsOfTexts(String text, String hash) {
        assertThat(hash(text.getBytes(StandardCharsets.US_ASCII))).isEqualTo(hash);
    }

    @Test
    @Tag("C80")
    void theContractsOwnVectors() {
        assertThat(hash("Hello, OneDrive!\n".getBytes(StandardCharsets.US_ASCII))).isEqualTo("aSwJG9jwBhaA4AluOQMR5JAGO5Q=");
        byte[] ramp = new byte[1_000_000];
        for (int i = 0; i < ramp.length; i++) {
            ramp[i] = (byte) (i % 251);
        }
        assertThat(hash(ramp)).isEqualTo("HdE6CZEtWr3VHJPlFJtbLXBwV0c=");
        assertThat(hash(new byte[327_680])).isEqualTo("AAAAAAAAAAAAAAAAAAAFAAAAAAA=");
        assertThat(hash(new byte[1_048_576])).isEqualTo("AAAAAAAAAAAAAAAAAAAQAAAAAAA=");
        byte[] ones = new byte[1_000_000];
        Arrays.fill(ones, (byte) 0xff);
        assertThat(hash(ones)).isEqualTo("AAAAAAAAAAAAAAAAQEIPAAAAAAA=");
    }

    @ParameterizedTest
    @CsvSource({
        "1, BwAAAAAAAAAAAAAAAQAAAAAAAAA=", "19, BSu2oYg9CFEEAxz/40APuLAHTeQ=", "20, BSu2oYg9oFEEAxz/5EAPuLAHTeQ=",
        "21, BSu2oYg9oGEDAxz/5UAPuLAHTeQ=", "159, GD+KGCbnJ+lXCrS00xVjSpWmgvI=", "160, GD+KGCbnJ+lXCrS07BVjSpWmgvs=",
        "161, fz+KGCbnJ+lXCrS07RVjSpWmgvs=", "1759, mi7+eNrFL2hQyqv2g21TdrSgU70=", "1760, mi7+eNrFL2hQyqv2vG1TdrSgU7w=",
        "1761, vS7+eNrFL2hQyqv2vW1TdrSgU7w=", "65535, TnEi02+12yWlVIoCA6sWHHjEZfU=",
        "65536, TnEi02+12yWlVIof/FQXHHjEZfU=", "65537, TnEi02+12yWlVIof+lQXHHjEZfU=",
        "1048576, TnEi02+12yWlVIof/FQGHHjEZfU="})
    void vectorsAroundItsPeriods(int size, String hash) {
        assertThat(hash(pattern(size))).isEqualTo(hash);
    }

    @Test
    void anySplitIntoUpdatesGivesTheSameHash() {
        byte[] content = pattern(500);
        String whole = hash(content);
        for (int first = 0; first <= content.length; first++) {
            for (int second = first; second <= content.length; second += 7) {
                QuickXorHash hash = new QuickXorHash();
                hash.update(content, 0, first);
                hash.update(content, first, second - first);
                hash.update(content, second, content.length - second);
                assertThat(hash.base64()).as("split at %d and %d", first, second).isEqualTo(whole);
            }
        }
    }

    @Test
    void byteByByteGivesTheSameHash() {
        byte[] content = pattern(1000);
        QuickXorHash hash = new QuickXorHash();
        for (int i = 0; i < content.length; i++) {
            hash.update(content, i, 1);
        }
        assertThat(hash.base64()).isEqualTo(hash(content));
    }

    @Test
    void equalsTheDefinitionOnRandomSizesAndOffsets() {
        Random random = new Random(20261103);
        byte[] buffer = new byte[5000];
        for (int round = 0; round < 400; round++) {
            random.nextBytes(buffer);
            int offset = random.nextInt(600);
            int size = random.nextInt(buffer.length - offset);
            QuickXorHash hash = new QuickXorHash();
            int at = 0;
            while (at < size) {
                int count = Math.min(1 + random.nextInt(700), size - at);
                hash.update(buffer, offset + at, count);
                at += count;
            }
            assertThat(hash.digest()).as("round %d, offset %d, size %d", round, offset, size)
                    .isEqualTo(byDefinition(Arrays.copyOfRange(buffer, offset, offset + size)));
            assertThat(hash.length()).isEqualTo(size);
        }
    }

    @Test
    void lookingAtTheHashDoesNotEndIt() {
        byte[] content = pattern(321);
        QuickXorHash hash = new QuickXorHash();
        hash.update(content, 0, 100);
        assertThat(hash.base64()).isEqualTo(hash(Arrays.copyOf(content, 100)));
        hash.update(content, 100, 221);
        assertThat(hash.base64()).isEqualTo(hash(content)).hasSize(28);
    }

    /** Why order is proven by offsets and not by this hash (DESIGN §3, law 1). */
    @Test
    void swappedFragmentsGiveTheSameHash() {
        byte[] content = new byte[2 * 327_680];
        new Random(1).nextBytes(content);
        byte[] swapped = new byte[content.length];
        System.arraycopy(content, 0, swapped, 327_680, 327_680);
        System.arraycopy(content, 327_680, swapped, 0, 327_680);
        assertThat(hash(swapped)).isEqualTo(hash(content));
    }

    private static String hash(byte[] content) {
        QuickXorHash hash = new QuickXorHash();
        hash.update(content, 0, content.length);
        return hash.base64();
    }

    private static byte[] pattern(int size) {
        byte[] content = new byte[size];
        for (int i = 0; i < size; i++) {
            content[i] = (byte) (31 * i + 7);
        }
        return content;
    }

    /** The rule of graph-contract.md §6.12, word by word, on a number of 160 bits. */
    private static byte[] byDefinition(byte[] content) {
        BigInteger ring = BigInteger.ZERO;
        BigInteger mask = BigInteger.ONE.shiftLeft(160).subtract(BigInteger.ONE);
        for (int i = 0; i < content.length; i++) {
            BigInteger shifted = BigInteger.valueOf(content[i] & 0xff).shiftLeft(i * 11 % 160);
            ring = ring.xor(shifted.and(mask)).xor(shifted.shiftRight(160));
        }
        ring = ring.xor(BigInteger.valueOf(content.length).shiftLeft(96));
        byte[] littleEndian = new byte[20];
        for (int i = 0; i < littleEndian.length; i++) {
            littleEndian[i] = ring.shiftRight(8 * i).byteValue();
        }
        return littleEndian;
    }
}
