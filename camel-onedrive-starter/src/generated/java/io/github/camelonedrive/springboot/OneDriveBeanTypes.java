package io.github.camelonedrive.springboot;

import java.util.Set;

import io.github.camelonedrive.auth.SignInPrompt;
import io.github.camelonedrive.auth.TokenProvider;
import io.github.camelonedrive.component.OneDriveConfiguration;
import io.github.camelonedrive.download.DownloadListener;
import io.github.camelonedrive.upload.UploadJournal;
import io.github.camelonedrive.upload.UploadListener;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.camel.support.jsse.SSLContextParameters;

/**
 * The types of the options that are given as the name of a bean.
 *
 * <p>Made from the component's options by GeneratedFilesTest; do not edit.
 */
final class OneDriveBeanTypes {

    static final Set<Class<?>> ALL = Set.of(
            SignInPrompt.class,
            TokenProvider.class,
            OneDriveConfiguration.class,
            DownloadListener.class,
            UploadJournal.class,
            UploadListener.class,
            HttpClientConfigurer.class,
            SSLContextParameters.class);

    private OneDriveBeanTypes() {
    }
}
