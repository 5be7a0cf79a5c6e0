package io.github.camelonedrive.component;

import java.util.Map;

import org.apache.camel.Exchange;
import org.apache.camel.spi.annotations.PollDynamic;
import org.apache.camel.support.component.PollDynamicAwareSupport;

/** Lets {@code pollEnrich} and {@code poll} use one endpoint for all files that they name. */
@PollDynamic("onedrive")
public class OneDrivePollDynamicAware extends PollDynamicAwareSupport {

    @Override
    public boolean isLenientProperties() {
        return false;
    }

    @Override
    public DynamicAwareEntry prepare(Exchange exchange, String uri, String originalUri) {
        return new DynamicAwareEntry(uri, originalUri, Map.of(), null);
    }

    @Override
    public String resolveStaticUri(Exchange exchange, DynamicAwareEntry entry) {
        return DynamicUri.of(exchange, entry.getUri(), entry.getOriginalUri());
    }
}
