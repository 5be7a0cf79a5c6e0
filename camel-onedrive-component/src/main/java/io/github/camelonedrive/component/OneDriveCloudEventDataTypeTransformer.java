package io.github.camelonedrive.component;

import java.util.Map;

import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.cloudevents.CloudEvent;
import org.apache.camel.cloudevents.CloudEvents;
import org.apache.camel.spi.DataType;
import org.apache.camel.spi.DataTypeTransformer;
import org.apache.camel.spi.Transformer;

/**
 * Adds to a message about a file in OneDrive the headers of a CloudEvent, as Camel's other storage components do: from
 * there {@code http:application-cloudevents} and its kind make events of the wire. Headers that are set already stay.
 */
@DataTypeTransformer(name = "onedrive:application-cloudevents",
                     description = "Adds CloudEvent headers to the message, with the file's path as subject and the "
                                   + "destination as source")
public class OneDriveCloudEventDataTypeTransformer extends Transformer {

    static final String TYPE = "org.apache.camel.event.onedrive.file";

    @Override
    public void transform(Message message, DataType fromType, DataType toType) {
        Map<String, Object> headers = message.getHeaders();
        CloudEvent event = CloudEvents.v1_0;
        headers.putIfAbsent(CloudEvent.CAMEL_CLOUD_EVENT_ID, message.getExchange().getExchangeId());
        headers.putIfAbsent(CloudEvent.CAMEL_CLOUD_EVENT_VERSION, event.version());
        headers.putIfAbsent(CloudEvent.CAMEL_CLOUD_EVENT_TYPE, TYPE);
        headers.putIfAbsent(CloudEvent.CAMEL_CLOUD_EVENT_SOURCE, source(message.getExchange()));
        headers.putIfAbsent(CloudEvent.CAMEL_CLOUD_EVENT_TIME, event.getEventTime(message.getExchange()));
        Object subject = subject(message);
        if (subject != null) {
            headers.putIfAbsent(CloudEvent.CAMEL_CLOUD_EVENT_SUBJECT, subject);
        }
        headers.putIfAbsent(CloudEvent.CAMEL_CLOUD_EVENT_CONTENT_TYPE, contentType(headers));
    }

    /** A consumed file comes from the endpoint of the route; an uploaded one went to that to which it was last sent. */
    private static String source(Exchange exchange) {
        if (exchange.getFromEndpoint() instanceof OneDriveEndpoint from) {
            return "onedrive:" + from.getDestination();
        }
        String to = exchange.getProperty(Exchange.TO_ENDPOINT, String.class);
        Endpoint endpoint = to == null ? null : exchange.getContext().hasEndpoint(to);
        return endpoint instanceof OneDriveEndpoint ours ? "onedrive:" + ours.getDestination() : "onedrive";
    }

    /** The path from the drive's root, as far as it is known; a file that is yet to be uploaded has its name only. */
    private static Object subject(Message message) {
        Exchange exchange = message.getExchange();
        OneDriveFile consumed = exchange.getProperty(OneDriveConstants.CONSUMED_FILE, OneDriveFile.class);
        if (consumed != null && exchange.getFromEndpoint() instanceof OneDriveEndpoint) {
            return consumed.getAbsoluteFilePath();
        }
        if (exchange.getProperty(OneDriveConstants.UPLOAD_RESULT) != null) {
            return message.getHeader(Exchange.FILE_NAME_PRODUCED);
        }
        Object path = message.getHeader(OneDriveConstants.PATH);
        return path != null ? path : message.getHeader(Exchange.FILE_NAME);
    }

    private static Object contentType(Map<String, Object> headers) {
        Object type = headers.get(Exchange.FILE_CONTENT_TYPE);
        return type != null ? type : CloudEvent.APPLICATION_OCTET_STREAM_MIME_TYPE;
    }
}
