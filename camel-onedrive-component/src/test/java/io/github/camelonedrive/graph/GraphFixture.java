package io.github.camelonedrive.graph;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.camelonedrive.auth.AccessToken;
import io.github.camelonedrive.auth.TokenProvider;
import io.github.camelonedrive.credentials.DriveSelector;
import io.github.camelonedrive.credentials.Secret;
import io.github.camelonedrive.transport.FakeTime;
import io.github.camelonedrive.transport.RetrySettings;
import io.github.camelonedrive.transport.ThrottleGate;

/** A Graph client of one account whose network, time and tokens belong to the test. */
public final class GraphFixture {

    public static final URI ENDPOINT = URI.create("https://graph.test/v1.0");
    public static final RetrySettings RETRIES = new RetrySettings(4, Duration.ofSeconds(8), Duration.ofMinutes(5));

    public final FakeTime time = new FakeTime();
    public final ThrottleGate gate = new ThrottleGate(time);
    public final Tokens tokens = new Tokens();
    public final FakeHttp http;
    public final GraphClient client;
    public final DriveAddress address = DriveAddress.of(DriveSelector.ME);
    public final DriveItems items;
    public final ItemVersions versions;
    public final Uploads uploads;
    public final Downloads downloads;
    public final Folders folders;

    public GraphFixture(FakeHttp.Server server) {
        http = new FakeHttp(server);
        client = new GraphClient(http, ENDPOINT, tokens, gate, RETRIES, time, new Random(1));
        items = new DriveItems(client, address, "offsite");
        versions = new ItemVersions(client, address, "offsite");
        uploads = new Uploads(client, address);
        downloads = new Downloads(client, address);
        folders = new Folders(items);
    }

    /** Gives test-access-token-1, then -2 when that is refused, and so on. */
    public static final class Tokens implements TokenProvider {

        private final AtomicInteger number = new AtomicInteger(1);
        private final List<String> claims = new CopyOnWriteArrayList<>();
        private final Queue<Runnable> during = new ConcurrentLinkedQueue<>();

        /** Has something happen while the next token is fetched. */
        public void duringNext(Runnable event) {
            during.add(event);
        }

        @Override
        public AccessToken accessToken() {
            Optional.ofNullable(during.poll()).ifPresent(Runnable::run);
            return new AccessToken(Secret.of("test-access-token-" + number), Instant.MAX);
        }

        @Override
        public AccessToken replace(AccessToken refused) {
            number.incrementAndGet();
            return accessToken();
        }

        @Override
        public AccessToken replace(AccessToken refused, String demanded) {
            claims.add(demanded);
            return replace(refused);
        }

        /** The claims that were passed, in order. */
        public List<String> claims() {
            return claims;
        }

        public int replaced() {
            return number.get() - 1;
        }
    }
}
