package io.github.camelonedrive.backup.console;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

import io.github.camelonedrive.upload.UploadMode;
import io.github.camelonedrive.upload.UploadResult;
import io.github.camelonedrive.upload.Verdict;

/** How a proven upload is shown, in tables and as data. */
public final class UploadRows {

    private UploadRows() {
    }

    /** {@code single PUT}, or {@code session, 3 fragments}; {@code was there already} when nothing had to be sent. */
    public static String mode(UploadResult result) {
        if (wasThereAlready(result)) {
            return "was there already";
        }
        if (result.mode() == UploadMode.SIMPLE) {
            return "single PUT";
        }
        return "session, " + result.fragments() + (result.fragments() == 1 ? " fragment" : " fragments")
                + (result.resumed() ? ", resumed" : "");
    }

    /** Whether an earlier attempt had brought all of it to OneDrive, so that this one sent nothing. */
    public static boolean wasThereAlready(UploadResult result) {
        return result.resumed() && result.bytesSent() == 0;
    }

    /** What was compared, in plain words. */
    public static String verdict(Verdict verdict) {
        return switch (verdict) {
            case HASH -> "proven";
            case READBACK -> "proven, read back";
            case REWRITTEN_BY_LIBRARY -> "rewritten by the library";
            case SIZE -> "size only";
            case NONE -> "not verified";
        };
    }

    /** Whether it counts as success: unverified does not. */
    public static boolean isProven(Verdict verdict) {
        return verdict != Verdict.NONE && verdict != Verdict.SIZE;
    }

    /** The same as data. */
    public static Map<String, Object> data(UploadResult result) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("size", result.size());
        data.put("mode", result.mode().label());
        data.put("fragments", result.fragments());
        data.put("quickXorHash", result.quickXorHash());
        result.item().quickXorHash().ifPresent(hash -> data.put("remoteQuickXorHash", hash));
        data.put("verdict", result.verdict().name().toLowerCase(Locale.ROOT));
        data.put("bytesSent", result.bytesSent());
        data.put("resumed", result.resumed());
        data.put("milliseconds", result.took().toMillis());
        data.put("itemId", result.item().id());
        data.put("name", result.item().name());
        result.item().webUrl().ifPresent(url -> data.put("webUrl", url));
        return data;
    }
}
