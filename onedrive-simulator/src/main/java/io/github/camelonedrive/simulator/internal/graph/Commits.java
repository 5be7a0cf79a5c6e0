package io.github.camelonedrive.simulator.internal.graph;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.github.camelonedrive.simulator.AccountType;
import io.github.camelonedrive.simulator.Step;
import io.github.camelonedrive.simulator.internal.SimulatorSettings;
import io.github.camelonedrive.simulator.internal.drive.ConflictRule;
import io.github.camelonedrive.simulator.internal.drive.Content;
import io.github.camelonedrive.simulator.internal.drive.DriveTree;
import io.github.camelonedrive.simulator.internal.drive.HashReport;
import io.github.camelonedrive.simulator.internal.drive.IncomingContent;
import io.github.camelonedrive.simulator.internal.http.Call;
import io.github.camelonedrive.simulator.internal.http.Response;

/** The moment in which received bytes become a file: all at once, or not at all. */
public final class Commits {
    private static final byte[] PROPERTY_BAG = "<!-- property promotion -->".getBytes(StandardCharsets.US_ASCII);
    private static final Pattern REWRITTEN = Pattern.compile(".*\\.(docx?|xlsx?|pptx?|pdf|html?|aspx)");

    /** Left by a fault rule: what happens to content that should only be stored. */
    public enum Damage { FLIPPED, REWRITTEN }

    private final SimulatorSettings settings;
    private final DriveTree drive;
    private final ItemJson itemJson;

    /** Where content goes and how. */
    record Destination(DriveTree.Target target, ConflictRule conflict, DriveTree.FileTimes times, String description) {
    }

    public Commits(SimulatorSettings settings, DriveTree drive, ItemJson itemJson) {
        this.settings = settings;
        this.drive = drive;
        this.itemJson = itemJson;
    }

    /** 201 with the new item, or 200 with the replaced one; the content belongs to the drive afterwards. */
    Response commit(Call call, IncomingContent incoming, Destination destination) throws IOException {
        applyDamage(incoming, destination.target().name(), call.attached(Damage.class).orElse(null));
        Content content = incoming.content();
        Response response;
        synchronized (drive) {
            DriveTree.Stored stored = drive.commit(destination.target(), content, destination.conflict(), destination.times());
            stored.item().hashReport = call.attached(HashReport.class).orElse(HashReport.HONEST);
            if (destination.description() != null) {
                drive.describe(stored.item(), destination.description());
            }
            ObjectNode json = itemJson.item(call, stored.item());
            boolean selects = call.step() == Step.SIMPLE_UPLOAD;
            response = Response.json(stored.isNew() ? 201 : 200, selects ? ItemJson.select(json, call) : json);
        }
        incoming.close();
        return response;
    }

    private void applyDamage(IncomingContent incoming, String name, Damage damage) throws IOException {
        boolean rewritten = settings.rewriteOfficeFiles && settings.accountType == AccountType.DOCUMENT_LIBRARY
                && REWRITTEN.matcher(name.toLowerCase(Locale.ROOT)).matches();
        if (damage == Damage.FLIPPED) {
            incoming.damage();
        }
        if (rewritten || damage == Damage.REWRITTEN) {
            incoming.append(PROPERTY_BAG, 0, PROPERTY_BAG.length);
        }
    }
}
