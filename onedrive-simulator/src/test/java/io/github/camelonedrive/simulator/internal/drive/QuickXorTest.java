package io.github.camelonedrive.simulator.internal.drive;

import java.util.Base64;
import java.util.HexFormat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.camelonedrive.simulator.GraphClient;

import static org.assertj.core.api.Assertions.assertThat;

/** Vectors of other implementations. */
class QuickXorTest {

    @ParameterizedTest
    @CsvSource({
        "'',                                            AAAAAAAAAAAAAAAAAAAAAAAAAAA=",
        "Sg==,                                          SgAAAAAAAAAAAAAAAQAAAAAAAAA=",
        "tbQ=,                                          taAFAAAAAAAAAAAAAgAAAAAAAAA=",
        "0pZP,                                          0rDEEwAAAAAAAAAAAwAAAAAAAAA=",
        "/aNzzCFPS/A=,                                  /RjFHJgRgicsAR4ACAAAAAAAAAA=",
        "gQaybEqS/4UlDc8e4IJm,                          gDCALNigBEn8oxAlZ8AzPAAOQZg=",
        "2fuxhBJXtpWFe8dOfdGeHw==,                      O9tHLAghgSvYohKFyMMxnNCHaHg=",
        "T6LYJIfDh81JrAK309H2JMJTXis=,                  zBTHrspn3mEcohlJdIUAbjGNaNg=",
        "DWAAX5/CIfrmErgZa8ot6ZraeSbu,                  LR2Z0PjuRYGKQB/mhQAuMrAGZbQ=",
        "NbYXsp5/K6mR+NmHwExjvWeWDJFnXTKWVlzYHoesp2E=,  wjuAuWDiq04qDt1R8hHWDDcwVoQ="
    })
    void hashesTheVectorsOfRclone(String input, String hash) {
        assertThat(hash(Base64.getDecoder().decode(input), 1 << 16)).isEqualTo(hash);
    }

    @Test
    void hashesAMillionBytesInAnyPortions() {
        byte[] bytes = GraphClient.bytes(1_000_000);
        for (int portion : new int[] {1, 7, 159, 160, 161, 4096, 1_000_000}) {
            assertThat(hash(bytes, portion)).isEqualTo("HdE6CZEtWr3VHJPlFJtbLXBwV0c=");
        }
    }

    @Test
    void hashesZeroBytesToTheirLength() {
        assertThat(hash(new byte[327_680], 1000)).isEqualTo("AAAAAAAAAAAAAAAAAAAFAAAAAAA=");
    }

    @Test
    void hashesTheTextOfTheContract() {
        byte[] text = HexFormat.of().parseHex("48656c6c6f2c204f6e654472697665210a");
        assertThat(hash(text, 5)).isEqualTo("aSwJG9jwBhaA4AluOQMR5JAGO5Q=");
    }

    @Test
    void aFlippedBitCountsAsIfTheByteHadBeenDifferent() {
        byte[] bytes = GraphClient.bytes(500);
        QuickXor quickXor = new QuickXor();
        quickXor.update(bytes, 0, bytes.length);
        quickXor.flip(333, (byte) 4);
        bytes[333] ^= 4;
        assertThat(quickXor.base64()).isEqualTo(hash(bytes, 500));
    }

    private static String hash(byte[] bytes, int portion) {
        QuickXor quickXor = new QuickXor();
        for (int offset = 0; offset < bytes.length; offset += portion) {
            quickXor.update(bytes, offset, Math.min(portion, bytes.length - offset));
        }
        return quickXor.base64();
    }
}
