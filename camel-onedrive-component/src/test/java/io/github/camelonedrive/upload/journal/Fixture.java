package io.github.camelonedrive.upload.journal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

import io.github.camelonedrive.credentials.Secret;
import io.github.camelonedrive.graph.ConflictBehavior;
import io.github.camelonedrive.graph.ItemPath;
import io.github.camelonedrive.hash.PrefixDigest;
import io.github.camelonedrive.upload.JournalEntry;
import io.github.camelonedrive.upload.JournalTrace;
import io.github.camelonedrive.upload.UploadIdentity;
import io.github.camelonedrive.upload.UploadKey;
import io.github.camelonedrive.upload.UrlSealer;

/** Uploads for tests of the journal. What is in them can be told to be right or wrong by looking at it alone. */
final class Fixture {

    static final String DESTINATION = "offsite";
    static final String DRIVE = "https://graph.example/v1.0/me/drive";
    static final Instant AT = Instant.parse("2026-02-28T23:59:58.123456789Z");
    static final Instant EXPIRES = AT.plusSeconds(86_400);
    static final Set<String> THERE = Set.of("ITEM!1", "ITEM!2");

    private Fixture() {
    }

    static UploadKey key(String target) {
        return new UploadKey(DESTINATION, DRIVE, ItemPath.parse(target));
    }

    static UploadIdentity stream(long size) {
        return new UploadIdentity(Optional.empty(), size, Optional.empty(), ConflictBehavior.fail, Optional.empty());
    }

    static UploadIdentity of(Path file) throws IOException {
        return new UploadIdentity(Optional.of(file.toString()), Files.size(file),
                Optional.of(Files.getLastModifiedTime(file).toInstant()), ConflictBehavior.replace,
                Optional.of(Instant.parse("2026-02-01T00:00:00.000000001Z")));
    }

    /** The digest of a made-up source of which the first bytes are told by their number alone. */
    static PrefixDigest prefix(long length) {
        byte[] text = Long.toString(length).getBytes(StandardCharsets.US_ASCII);
        CRC32C crc = new CRC32C();
        crc.update(text);
        return new PrefixDigest(length, Base64.getEncoder().encodeToString(Arrays.copyOf(sha256(text), 20)), crc.getValue());
    }

    /** An upload URL that can be told from an altered one. */
    static Secret url(long number) {
        String session = "https://upload.example/session/" + number + "?tempauth=";
        return Secret.of(session + Base64.getUrlEncoder().encodeToString(sha256(session.getBytes(StandardCharsets.US_ASCII))));
    }

    static boolean isUrl(Secret url) {
        String text = url.reveal();
        return url(Long.parseLong(text.substring(text.lastIndexOf('/') + 1, text.indexOf('?')))).equals(url);
    }

    /** Fails when there is anything in it that was never written. */
    static void requireTrue(JournalTrace trace) {
        trace.read().ifPresent(read -> require(read.equals(prefix(read.length()))));
        trace.uploadUrl().ifPresent(url -> require(isUrl(url)));
        trace.folderId().ifPresent(folder -> require(folder.equals("FOLDER!1")));
        require(trace.thereBefore().isEmpty() || trace.thereBefore().equals(THERE));
        trace.itemId().ifPresent(item -> require(item.equals("ITEM!3")));
        trace.expires().ifPresent(expires -> require(expires.equals(EXPIRES)));
        require(trace.uploadUrl().isEmpty() || trace.openingSince().isEmpty());
    }

    private static void require(boolean condition) {
        if (!condition) {
            throw new AssertionError("The trace tells what was never written");
        }
    }

    /** An entry of an upload whose session is open and of which something was sent. */
    static void leaveOpenSession(FileUploadJournal journal, UploadKey key, UploadIdentity identity) throws IOException {
        try (JournalEntry entry = journal.begin(key, identity)) {
            entry.opening("FOLDER!1", THERE, AT);
            entry.opened(url(1), EXPIRES);
            entry.reading(prefix(1_000));
            entry.reading(prefix(2_000));
        }
    }

    static void closeAll(List<JournalEntry> entries) throws IOException {
        for (JournalEntry entry : entries) {
            entry.close();
        }
    }

    static List<Path> files(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.sorted().toList();
        }
    }

    /** The one file of a directory. */
    static Path file(Path directory) throws IOException {
        List<Path> files = files(directory);
        if (files.size() != 1) {
            throw new AssertionError("Not one file but " + files);
        }
        return files.get(0);
    }

    /** Seals by turning the bits of a text; the place is part of it. Never to be used but in tests. */
    static UrlSealer sealer() {
        return new UrlSealer() {

            @Override
            public String seal(Secret url, String place) {
                return Base64.getEncoder()
                        .encodeToString(turned((place + " " + url.reveal()).getBytes(StandardCharsets.UTF_8)));
            }

            @Override
            public Optional<Secret> open(String sealed, String place) {
                String text = new String(turned(Base64.getDecoder().decode(sealed)), StandardCharsets.UTF_8);
                return text.startsWith(place + " ") ? Optional.of(Secret.of(text.substring(place.length() + 1)))
                        : Optional.empty();
            }
        };
    }

    private static byte[] turned(byte[] bytes) {
        byte[] turned = bytes.clone();
        for (int i = 0; i < turned.length; i++) {
            turned[i] ^= 0x55;
        }
        return turned;
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
