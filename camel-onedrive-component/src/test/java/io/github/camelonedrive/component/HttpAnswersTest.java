package io.github.camelonedrive.component;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.spi.HttpResponseAware;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.camelonedrive.graph.GraphException;
import io.github.camelonedrive.simulator.Fault;
import io.github.camelonedrive.simulator.Step;

import static org.assertj.core.api.Assertions.assertThat;

/** What OneDrive refused reaches Camel as a type to catch, and as an HTTP status to show. */
class HttpAnswersTest extends SimulatorTest {

    private static final String GET = "onedrive:offsite?operation=getItem&maxRetries=0";

    @ParameterizedTest
    @CsvSource({"429, activityLimitReached, Throttled", "500, generalException, Unavailable", "404, itemNotFound, NotFound",
        "409, nameAlreadyExists, NameConflict", "409, resourceModified, Modified", "412, resourceModified, PreconditionFailed",
        "423, resourceLocked, Locked", "416, invalidRange, RangeRefused", "507, quotaLimitReached, QuotaExceeded",
        "403, accessDenied, AccessDenied", "400, pathIsTooLong, ContentRefused"})
    @Tag("C66")
    @Tag("C70")
    void eachKindKeepsItsTypeAndData(int status, String code, String type) throws Exception {
        onedrive.fault(Fault.on(Step.ITEM_LOOKUP).always().answer(status).error(code, "No."));
        Exception failure = get();
        assertThat(failure).isInstanceOf(Class.forName(GraphException.class.getName() + "$" + type))
                .isInstanceOf(HttpResponseAware.class);
        assertThat(((HttpResponseAware) failure).getHttpResponseCode()).isEqualTo(status);
        assertThat(((HttpResponseAware) failure).getHttpResponseStatus()).isEqualTo(code);
        GraphException answer = (GraphException) failure;
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.code()).isEqualTo(code);
        assertThat(answer.requestId()).isNotBlank();
        assertThat(answer.getMessage()).contains("" + status).contains(code).contains(answer.requestId())
                .contains(answer.remedy());
        assertThat(answer.getStackTrace()).as("where it came from").anyMatch(
                frame -> frame.getClassName().equals("io.github.camelonedrive.graph.GraphClient"));
    }

    @Test
    void whatHasNoTypeOfItsOwnIsStillAnAnswer() {
        onedrive.fault(Fault.on(Step.ITEM_LOOKUP).answer(400).error("invalidRequest"));
        assertThat(get()).isInstanceOf(GraphException.class)
                .isInstanceOfSatisfying(HttpResponseAware.class,
                        aware -> assertThat(aware.getHttpResponseCode()).isEqualTo(400));
    }

    @Test
    void whatNobodyAnsweredHasNoStatus() {
        onedrive.fault(Fault.on(Step.ITEM_LOOKUP).always().cutBefore());
        assertThat(get()).isNotInstanceOf(HttpResponseAware.class);
    }

    @Test
    void aRouteTellsThemApart() throws Exception {
        List<String> caught = new CopyOnWriteArrayList<>();
        route.context().addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                onException(GraphException.NotFound.class).handled(true).process(exchange -> caught.add("not found"));
                onException(GraphException.class).handled(true)
                        .process(exchange -> caught.add("other"));
                from("direct:get").to(GET);
                from("direct:try").doTry().to(GET).doCatch(GraphException.NotFound.class)
                        .process(exchange -> caught.add("caught " + exchange.getProperty(Exchange.EXCEPTION_CAUGHT,
                                GraphException.class).status()));
            }
        });
        Map<String, Object> nothing = Map.of(OneDriveConstants.PATH, "nothing");
        route.send("direct:get", null, nothing);
        route.send("direct:try", null, nothing);
        onedrive.fault(Fault.on(Step.ITEM_LOOKUP).answer(403).error("accessDenied"));
        route.send("direct:get", null, nothing);
        assertThat(caught).containsExactly("not found", "caught 404", "other");
    }

    private Exception get() {
        return route.send(GET, null, Map.of(OneDriveConstants.PATH, "a.txt")).getException();
    }
}
