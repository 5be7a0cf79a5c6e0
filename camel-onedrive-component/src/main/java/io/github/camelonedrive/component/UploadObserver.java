package io.github.camelonedrive.component;

import java.time.Duration;

import io.github.camelonedrive.upload.UploadResult;

/** Told about uploads, on the uploading thread: be quick, never throw. */
interface UploadObserver {

    void started(RunningUpload upload);

    /** So many bytes more went over the wire, repetitions included. */
    void sent(RunningUpload upload, long bytes);

    /** It goes on from where an earlier attempt was. */
    void resumed(RunningUpload upload);

    /** A step failed and is tried again after a pause. */
    void retrying(RunningUpload upload);

    /** It is committed and proven. */
    void succeeded(RunningUpload upload, UploadResult result, Duration took);

    /** It failed, was stopped, or was cancelled. */
    void failed(RunningUpload upload, Exception failure, Duration took);
}
