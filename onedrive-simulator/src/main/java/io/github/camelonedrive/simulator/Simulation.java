package io.github.camelonedrive.simulator;

import java.io.IOException;
import java.util.UUID;

/** One account with everything that belongs to it, wired together; knows nothing of sockets. */
final class Simulation {
    private final Settings settings;
    private final PublicUrl publicUrl;
    private final Ids ids;
    private final Drive drive;
    private final ContentStore contents;
    private final Journal journal = new Journal();
    private final FaultPlan faults = new FaultPlan();
    private final Identity identity;
    private final UploadSessions sessions;
    private final DownloadUrls downloadUrls;
    private final ItemJson itemJson;
    private final Locator locator;
    private final Preconditions preconditions;
    private final Commits commits;
    private final Fragments fragments;
    private final String userId;
    private final String siteId;
    private final String groupId;

    Simulation(Settings settings, PublicUrl publicUrl) throws IOException {
        this.settings = settings;
        this.publicUrl = publicUrl;
        this.ids = new Ids(settings.accountType, settings.driveId);
        this.drive = new Drive(settings, ids);
        this.contents = ContentStore.open(settings);
        this.identity = new Identity(settings, ids);
        this.sessions = new UploadSessions(new UploadUrls(settings.accountType, ids));
        this.downloadUrls = new DownloadUrls(settings.clock, ids);
        this.itemJson = new ItemJson(settings.accountType, ids, downloadUrls, publicUrl);
        this.locator = new Locator(drive);
        this.preconditions = new Preconditions(drive, ids);
        this.commits = new Commits(settings, drive, itemJson);
        this.fragments = new Fragments(settings, commits, journal);
        this.userId = settings.userId == null ? UUID.randomUUID().toString() : settings.userId;
        this.groupId = settings.groupId == null ? UUID.randomUUID().toString() : settings.groupId;
        this.siteId = settings.siteId == null
                ? "fabrikam.sharepoint.com," + UUID.randomUUID() + "," + UUID.randomUUID()
                : settings.siteId;
    }

    /** Ends what is unfinished and deletes what is temporary. */
    void close() throws IOException {
        sessions.closeAll();
        contents.close();
    }

    /** Whether there is a drive, user, group or site with this id. */
    boolean knows(String kind, String id) {
        return switch (kind) {
            case "drives" -> id.equalsIgnoreCase(ids.driveId());
            case "users" -> id.equalsIgnoreCase(userId);
            case "groups" -> id.equalsIgnoreCase(groupId);
            case "sites" -> id.equalsIgnoreCase(siteId);
            default -> false;
        };
    }

    Settings settings() {
        return settings;
    }

    PublicUrl publicUrl() {
        return publicUrl;
    }

    Ids ids() {
        return ids;
    }

    Drive drive() {
        return drive;
    }

    ContentStore contents() {
        return contents;
    }

    Journal journal() {
        return journal;
    }

    FaultPlan faults() {
        return faults;
    }

    Identity identity() {
        return identity;
    }

    UploadSessions sessions() {
        return sessions;
    }

    DownloadUrls downloadUrls() {
        return downloadUrls;
    }

    ItemJson itemJson() {
        return itemJson;
    }

    Locator locator() {
        return locator;
    }

    Preconditions preconditions() {
        return preconditions;
    }

    Commits commits() {
        return commits;
    }

    Fragments fragments() {
        return fragments;
    }

    String userId() {
        return userId;
    }

    String siteId() {
        return siteId;
    }

    String groupId() {
        return groupId;
    }
}
