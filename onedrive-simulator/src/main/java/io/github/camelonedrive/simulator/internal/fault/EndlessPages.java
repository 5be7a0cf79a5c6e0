package io.github.camelonedrive.simulator.internal.fault;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.github.camelonedrive.simulator.internal.drive.Ids;
import io.github.camelonedrive.simulator.internal.http.Call;
import io.github.camelonedrive.simulator.internal.http.PercentCoding;
import io.github.camelonedrive.simulator.internal.http.Response;
import io.github.camelonedrive.simulator.internal.http.WireJson;

/** Pages whose links never come to an end. */
public final class EndlessPages {
    private EndlessPages() {
    }

    /** Returns the page with a link to the page itself. */
    public static Response linkToItself(Call call, Response page) throws IOException {
        return withNextLink(call, page, call.rawTarget().substring(call.rawPath().length()));
    }

    /** Returns the page with a link to the first page of its listing. */
    public static Response linkToFirstPage(Call call, Response page) throws IOException {
        return withNextLink(call, page, call.query().entrySet().stream()
                .filter(option -> !option.getKey().contains("token") && !option.getKey().equals("ApiVersion"))
                .map(option -> option.getKey() + "=" + PercentCoding.encodeSegment(option.getValue()))
                .collect(Collectors.joining("&", "?", "")));
    }

    /** Returns a page without entries, with a new link. Does not look at the request, whose token nobody knows. */
    public static Response emptyPage(Call call) {
        ObjectNode page = WireJson.object();
        page.putArray("value");
        return withNextLink(call, page, "?$skiptoken=" + Ids.token(16));
    }

    private static Response withNextLink(Call call, Response page, String query) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        page.writeBody(body);
        return withNextLink(call, (ObjectNode) WireJson.parse(body.toByteArray()), query);
    }

    private static Response withNextLink(Call call, ObjectNode page, String query) {
        page.remove("@odata.deltaLink");
        page.put("@odata.nextLink", call.publicUrl() + call.rawPath() + query);
        return Response.json(200, page);
    }
}
