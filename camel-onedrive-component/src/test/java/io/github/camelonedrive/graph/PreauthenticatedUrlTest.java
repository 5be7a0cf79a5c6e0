package io.github.camelonedrive.graph;

import java.util.UUID;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class PreauthenticatedUrlTest {

    @Test
    @Tag("C8")
    void itIsKeptByteForByte() throws Exception {
        String target = "/personal/ada/_api/v2.0/drives/b!F/items/01/uploadSession?guid='5e55'&o=True&a=%2B%2f+~|\"{}&t=ü";
        PreauthenticatedUrl url = PreauthenticatedUrl.of("https://Fabrikam-my.sharepoint.com:8443" + target, false);
        assertThat(url.target()).isEqualTo(target);
        assertThat(url.authority()).hasToString("Fabrikam-my.sharepoint.com:8443");
        assertThat(url.scheme()).isEqualTo("https");
    }

    @Test
    void whatIsPrintedIsItsHostOnly() throws Exception {
        String canary = "canary-" + UUID.randomUUID();
        PreauthenticatedUrl url = PreauthenticatedUrl.of("https://sn3302.up.1drv.com/up/" + canary + "?t=" + canary, false);
        assertThat(url).hasToString("https://sn3302.up.1drv.com/…");
        assertThat(new UploadSession(url, new SessionState(java.util.OptionalLong.of(0))).toString()).doesNotContain(canary);
        assertThat(url.secret().toString()).doesNotContain(canary);
    }

    @Test
    void plainHttpIsForTestsOnThisMachineOnly() throws Exception {
        assertThat(PreauthenticatedUrl.of("http://127.0.0.1:8089/upload/1", true).scheme()).isEqualTo("http");
        assertThatExceptionOfType(UnexpectedAnswerException.class)
                .isThrownBy(() -> PreauthenticatedUrl.of("http://127.0.0.1:8089/upload/1", false)).withMessageContaining("TLS");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/up/1", "ftp://a/b", "https://", "https://host", "https:///path", "https://user@host/p",
        "https://host/a b", "https://host/a\nb", "https://host/a#b", "javascript:alert(1)", "https://host:port/p"})
    void anAddressThatIsNoneIsRefusedAndNotRepeated(String text) {
        assertThatExceptionOfType(UnexpectedAnswerException.class).isThrownBy(() -> PreauthenticatedUrl.of(text, true))
                .withMessageStartingWith("OneDrive handed out an address that is none.");
    }
}
