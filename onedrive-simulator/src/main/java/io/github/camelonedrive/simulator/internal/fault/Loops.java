package io.github.camelonedrive.simulator.internal.fault;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.github.camelonedrive.simulator.internal.drive.Ids;
import io.github.camelonedrive.simulator.internal.http.Response;
import io.github.camelonedrive.simulator.internal.http.Call;
import io.github.camelonedrive.simulator.internal.http.WireJson;
import io.github.camelonedrive.simulator.internal.http.PercentCoding;
import io.github.camelonedrive.simulator.internal.http.PublicUrl;

/** Pages whose links never come to an end, as a fault rule wants them. */
public final class Loops {
    private static final String NEXT = "@odata.nextLink";

    private final PublicUrl publicUrl;

    public Loops(PublicUrl publicUrl) {
        this.publicUrl = publicUrl;
    }

    /** The answer with the link that the rule asks for; as it is when there is no such rule, or it is no page. */
    public Response apply(Call call, FaultEffect.Links links, Response answer) throws IOException {
        if (links == FaultEffect.Links.HONEST || answer.status() != 200) {
            return answer;
        }
        ObjectNode page = page(answer);
        page.remove("@odata.deltaLink");
        page.put(NEXT, publicUrl.of(call) + call.rawPath() + query(call, links));
        return Response.json(200, page);
    }

    /** A page without entries; the request is not looked at, because it may bear a token that nobody knows. */
    public static Response emptyPage() {
        ObjectNode page = WireJson.object();
        page.putArray("value");
        return Response.json(200, page);
    }

    private static ObjectNode page(Response answer) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        answer.writeBody(body);
        return (ObjectNode) WireJson.parse(body.toByteArray());
    }

    private static String query(Call call, FaultEffect.Links links) {
        return switch (links) {
            case TO_ITSELF -> call.rawTarget().substring(call.rawPath().length());
            case NEW_FOR_EVER -> "?$skiptoken=" + Ids.token(16);
            default -> call.query().entrySet().stream()
                    .filter(option -> !option.getKey().contains("token") && !option.getKey().equals("ApiVersion"))
                    .map(option -> option.getKey() + "=" + PercentCoding.encodeSegment(option.getValue()))
                    .collect(Collectors.joining("&", "?", ""));
        };
    }
}
