package io.github.camelonedrive.component;

import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.telemetry.Span;
import org.apache.camel.telemetry.TagConstants;
import org.apache.camel.telemetry.decorators.AbstractSpanDecorator;

import io.github.camelonedrive.graph.GraphException;

/**
 * Tags of the spans that camel-telemetry, and so camel-opentelemetry2, makes of our endpoints. Only this class needs
 * camel-telemetry, which users may leave out. No secrets.
 */
public class OneDriveSpanDecorator extends AbstractSpanDecorator {

    /** By which the file goes; a standard tag of Camel's. */
    static final String FILE_NAME = TagConstants.FILE_NAME;

    static final String OPERATION = "onedrive.operation";
    static final String DESTINATION = "onedrive.destination";
    static final String ITEM_ID = "onedrive.item.id";
    static final String SIZE = "onedrive.size";
    static final String UPLOAD_MODE = "onedrive.upload.mode";
    static final String RESUMED = "onedrive.upload.resumed";
    static final String REQUEST_ID = "onedrive.request.id";

    @Override
    public String getComponent() {
        return "onedrive";
    }

    @Override
    public String getComponentClassName() {
        return OneDriveComponent.class.getName();
    }

    @Override
    public void beforeTracingEvent(Span span, Exchange exchange, Endpoint endpoint) {
        super.beforeTracingEvent(span, exchange, endpoint);
        if (endpoint instanceof OneDriveEndpoint ours) {
            span.setTag(DESTINATION, ours.getDestination());
            span.setTag(OPERATION, operation(ours, exchange));
        }
        Object path = exchange.getMessage().getHeader(OneDriveConstants.PATH);
        tag(span, FILE_NAME, path != null ? path : exchange.getMessage().getHeader(Exchange.FILE_NAME));
    }

    private static String operation(OneDriveEndpoint endpoint, Exchange exchange) {
        try {
            return endpoint.operation(exchange).name();
        } catch (IllegalArgumentException noSuchOperation) {
            return String.valueOf(exchange.getMessage().getHeader(OneDriveConstants.OPERATION));
        }
    }

    @Override
    public void afterTracingEvent(Span span, Exchange exchange) {
        super.afterTracingEvent(span, exchange);
        if (exchange.getException() instanceof GraphException answered) {
            tag(span, TagConstants.HTTP_STATUS, answered.status());
            tag(span, REQUEST_ID, answered.requestId().isEmpty() ? null : answered.requestId());
        } else if (exchange.getException() == null) {
            tag(span, ITEM_ID, exchange.getMessage().getHeader(OneDriveConstants.PRODUCED_ITEM_ID));
            tag(span, SIZE, exchange.getMessage().getHeader(OneDriveConstants.SIZE));
            tag(span, UPLOAD_MODE, exchange.getMessage().getHeader(OneDriveConstants.UPLOAD_MODE));
            tag(span, RESUMED, exchange.getMessage().getHeader(OneDriveConstants.RESUMED));
            tag(span, REQUEST_ID, exchange.getMessage().getHeader(OneDriveConstants.REQUEST_ID));
        }
    }

    private static void tag(Span span, String name, Object value) {
        if (value != null) {
            span.setTag(name, value.toString());
        }
    }
}
