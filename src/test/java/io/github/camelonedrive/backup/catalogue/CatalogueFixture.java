package io.github.camelonedrive.backup.catalogue;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** Entries to append, and a clock to set. */
final class CatalogueFixture implements InstantSource {

    static final Instant NOVEMBER = Instant.parse("2026-11-30T23:59:59.123456789Z");
    static final String DRIVE = "https://graph.microsoft.com/v1.0 me";

    private volatile Instant now = NOVEMBER;

    @Override
    public Instant instant() {
        return now;
    }

    void set(String instant) {
        now = Instant.parse(instant);
    }

    CatalogueEntry proven(String watch, String file, String path) {
        return new CatalogueEntry(Event.PROVEN, now, watch, file, 7, Instant.parse("2026-11-30T01:02:03.000000004Z"), "hash=",
                "offsite", DRIVE, "", path, "ID!1", "\"{E},1\"", 7, Optional.of(file));
    }

    CatalogueEntry proven(String file) {
        return proven("mysql", file, "/Backups/" + file);
    }
}
