package io.github.camelonedrive.simulator.internal.graph;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Optional;
import java.util.Set;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.github.camelonedrive.simulator.internal.SimulatorSettings;
import io.github.camelonedrive.simulator.internal.drive.DriveTree;
import io.github.camelonedrive.simulator.internal.drive.Item;
import io.github.camelonedrive.simulator.internal.drive.Trace;
import io.github.camelonedrive.simulator.internal.http.Call;
import io.github.camelonedrive.simulator.internal.http.GraphErrorResponse;
import io.github.camelonedrive.simulator.internal.http.Response;
import io.github.camelonedrive.simulator.internal.http.WireJson;

/**
 * What changed in a folder, at any depth: pages, then a link for what changes later.
 *
 * <p>The feed of the whole drive reports a moved folder only; the feed of another folder also reports what came along in it
 * or went away with it.
 */
public final class DeltaApi {
    private static final String TOKEN = "token";
    private static final String LATEST = "latest";

    private final SimulatorSettings settings;
    private final DriveTree drive;
    private final Locator locator;
    private final ItemJson itemJson;
    private final DeltaTokens tokens;
    /** The folders whose reader was sent to a fresh start and has not been back yet. */
    private final Set<String> sentBack = new HashSet<>();

    public DeltaApi(SimulatorSettings settings, DriveTree drive, Locator locator, ItemJson itemJson, DeltaTokens tokens) {
        this.settings = settings;
        this.drive = drive;
        this.locator = locator;
        this.itemJson = itemJson;
        this.tokens = tokens;
    }

    Response delta(Call call, Address address) {
        int pageSize = PageLinks.pageSize(call);
        synchronized (drive) {
            Item scope = locator.findFolder(address);
            DeltaCursor cursor = cursor(call, address, scope);
            checkAlive(call, scope, cursor);
            return Response.json(200, page(call, scope, cursor, pageSize));
        }
    }

    private DeltaCursor cursor(Call call, Address address, Item scope) {
        String token = address.argument() != null ? address.argument() : call.option(TOKEN);
        boolean fresh = token == null || token.isEmpty();
        boolean sent = sentBack.remove(scope.id);
        if (sent && (fresh || token.equals(LATEST))) {
            call.violation("started over without the Location of the 410 answer");
        }
        if (fresh) {
            return tokens.everything(scope, drive.changes().last());
        }
        if (token.equals(LATEST)) {
            return tokens.after(scope, drive.changes().last());
        }
        Optional<Instant> time = time(token);
        if (time.isPresent()) {
            return tokens.after(scope, drive.changes().numberAt(time.get()));
        }
        DeltaCursor cursor = DeltaCursor.decode(PageLinks.key(call, TOKEN).orElseThrow(PageLinks::badToken));
        if (!cursor.scope().equals(scope.id)) {
            throw PageLinks.badToken();
        }
        return cursor;
    }

    /** Business drives take a time as well. */
    private Optional<Instant> time(String token) {
        try {
            Instant time = Instant.parse(token);
            if (settings.accountType.isPersonal()) {
                throw PageLinks.badToken();
            }
            return Optional.of(time);
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private void checkAlive(Call call, Item scope, DeltaCursor cursor) {
        if (tokens.isDead(cursor, drive.changes().forgotten())) {
            sentBack.add(scope.id);
            String start = link(call, tokens.everything(scope, drive.changes().last()));
            throw new GraphErrorResponse(410, tokens.code(), "Resync required.").header("Location", start);
        }
    }

    private ObjectNode page(Call call, Item scope, DeltaCursor cursor, int pageSize) {
        ObjectNode page = WireJson.object();
        ArrayNode value = page.putArray("value");
        Iterator<Trace> rest = drive.changes().after(cursor.position()).iterator();
        long position = drive.changes().last();
        while (rest.hasNext()) {
            Trace trace = rest.next();
            entry(call, scope, cursor, trace).ifPresent(value::add);
            if (value.size() == pageSize) {
                position = trace.number();
                break;
            }
        }
        if (rest.hasNext()) {
            page.put("@odata.nextLink", link(call, cursor.at(position, settings.clock.instant())));
        } else {
            page.put("@odata.deltaLink", link(call, tokens.after(scope, drive.changes().last())));
        }
        return page;
    }

    private Optional<ObjectNode> entry(Call call, Item scope, DeltaCursor cursor, Trace trace) {
        if (trace.item != null && trace.item.isInside(scope)) {
            boolean reported = !scope.isRoot() || cursor.reports(trace);
            return reported ? Optional.of(ItemJson.select(itemJson.changed(call, trace.item), call)) : Optional.empty();
        }
        boolean left = trace.leftAt(scope) > cursor.since();
        return left ? Optional.of(ItemJson.select(itemJson.deleted(trace), call)) : Optional.empty();
    }

    private String link(Call call, DeltaCursor cursor) {
        String path = call.rawPath();
        int arguments = path.lastIndexOf("/delta(");
        return PageLinks.link(call, arguments < 0 ? path : path.substring(0, arguments) + "/delta", TOKEN, cursor.encode());
    }
}
