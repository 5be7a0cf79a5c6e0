package io.github.camelonedrive.download;

import java.time.Duration;

/**
 * How a download is proven.
 *
 * @param check         what is compared
 * @param verifyTimeout how long to ask for a hash that the service has not computed yet; zero asks not at all
 */
public record DownloadOptions(DownloadCheck check, Duration verifyTimeout) {

    /** By hash, which is waited for up to a minute. */
    public static final DownloadOptions DEFAULT = new DownloadOptions(DownloadCheck.HASH, Duration.ofSeconds(60));
}
