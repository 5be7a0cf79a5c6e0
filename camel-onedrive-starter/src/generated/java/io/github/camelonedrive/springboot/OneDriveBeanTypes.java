package io.github.camelonedrive.springboot;

import java.util.Set;

import io.github.camelonedrive.auth.RefreshTokenStore;
import io.github.camelonedrive.auth.SignInPrompt;
import io.github.camelonedrive.auth.TokenProvider;
import io.github.camelonedrive.component.EncryptedCredentialProcessor;
import io.github.camelonedrive.component.OneDriveConfiguration;
import io.github.camelonedrive.component.OneDriveConsumerConfiguration;
import io.github.camelonedrive.component.OneDriveHttpClient;
import io.github.camelonedrive.download.DownloadListener;
import io.github.camelonedrive.feed.FeedRepository;
import io.github.camelonedrive.upload.UploadJournal;
import io.github.camelonedrive.upload.UploadListener;
import java.util.Comparator;
import java.util.concurrent.ExecutorService;
import java.util.function.Predicate;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.camel.spi.ExceptionHandler;
import org.apache.camel.spi.IdempotentRepository;
import org.apache.camel.support.jsse.SSLContextParameters;

/**
 * The types of the options that are given as the name of a bean.
 *
 * <p>Made from the component's options by GeneratedFilesTest; do not edit.
 */
final class OneDriveBeanTypes {

    static final Set<Class<?>> ALL = Set.of(
            RefreshTokenStore.class,
            SignInPrompt.class,
            TokenProvider.class,
            EncryptedCredentialProcessor.class,
            OneDriveConfiguration.class,
            OneDriveConsumerConfiguration.class,
            OneDriveHttpClient.class,
            DownloadListener.class,
            FeedRepository.class,
            UploadJournal.class,
            UploadListener.class,
            Comparator.class,
            ExecutorService.class,
            Predicate.class,
            HttpClientConfigurer.class,
            ExceptionHandler.class,
            IdempotentRepository.class,
            SSLContextParameters.class);

    private OneDriveBeanTypes() {
    }
}
