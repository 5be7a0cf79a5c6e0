package io.github.camelonedrive.component;

import java.time.Instant;
import java.util.List;

import javax.management.openmbean.CompositeData;
import javax.management.openmbean.CompositeDataSupport;
import javax.management.openmbean.CompositeType;
import javax.management.openmbean.OpenDataException;
import javax.management.openmbean.OpenType;
import javax.management.openmbean.SimpleType;
import javax.management.openmbean.TabularData;
import javax.management.openmbean.TabularDataSupport;
import javax.management.openmbean.TabularType;

/** Uploads under way as JMX shows them: in types that a console knows without our classes. */
final class UploadTable {

    private static final String[] NAMES =
            { "handle", "destination", "target", "size", "offset", "mode", "since", "waitingUntil" };
    private static final String[] DESCRIPTIONS = { "Cancels it", "The endpoint's", "Path in the drive", "Bytes of the content",
            "Bytes sent", "One PUT or a session", "When this attempt began", "Until when it is not sending; or empty" };
    private static final OpenType<?>[] TYPES = { SimpleType.LONG, SimpleType.STRING, SimpleType.STRING, SimpleType.LONG,
            SimpleType.LONG, SimpleType.STRING, SimpleType.STRING, SimpleType.STRING };

    private UploadTable() {
    }

    static TabularData of(List<UploadInProgress> uploads) throws OpenDataException {
        CompositeType row = new CompositeType("upload", "An upload under way", NAMES, DESCRIPTIONS, TYPES);
        TabularData table = new TabularDataSupport(
                new TabularType("uploads", "Uploads under way", row, new String[] { "handle" }));
        for (UploadInProgress upload : uploads) {
            table.put(row(row, upload));
        }
        return table;
    }

    private static CompositeData row(CompositeType type, UploadInProgress upload) throws OpenDataException {
        return new CompositeDataSupport(type, NAMES, new Object[] { upload.handle(), upload.destination(), upload.target(),
                upload.size(), upload.offset(), upload.mode(), upload.since().toString(),
                upload.waitingUntil().map(Instant::toString).orElse("") });
    }
}
