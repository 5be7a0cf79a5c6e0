package io.github.camelonedrive.component;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import org.apache.camel.CamelExecutionException;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.spi.HttpResponseAware;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.camelonedrive.OneDriveException;
import io.github.camelonedrive.auth.AuthenticationException;
import io.github.camelonedrive.graph.GraphException;
import io.github.camelonedrive.graph.GraphProblem;
import io.github.camelonedrive.graph.ThrottledTooLongException;
import io.github.camelonedrive.simulator.Fault;
import io.github.camelonedrive.simulator.Step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** What OneDrive and the sign-in service refuse reaches routes as a type to catch, with its HTTP status. */
class FailuresInRoutesTest extends SimulatorTest {

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

    @ParameterizedTest
    @CsvSource({"400, invalidRequest, INVALID_REQUEST"})
    void problemWithoutTypeOfItsOwn_isTheGeneralTypeWithTheProblem(int status, String code, GraphProblem problem) {
        onedrive.fault(Fault.on(Step.ITEM_LOOKUP).answer(status).error(code));
        assertThat(get()).isInstanceOf(GraphException.class)
                .isInstanceOfSatisfying(GraphException.class, refused -> {
                    assertThat(refused.graphProblem()).isEqualTo(problem);
                    assertThat(refused.httpStatus()).hasValue(status);
                });
    }

    @Test
    void brokenConnection_hasNoStatus() {
        onedrive.fault(Fault.on(Step.ITEM_LOOKUP).always().cutBefore());
        assertThat(get()).isInstanceOfSatisfying(OneDriveException.class,
                failure -> assertThat(failure.httpStatus()).isEmpty());
    }

    @Test
    void refusedSignIn_hasTheStatusOfTheSignInService() {
        onedrive.revokeGrant();
        assertThat(get()).isInstanceOfSatisfying(AuthenticationException.class,
                failure -> assertThat(failure.httpStatus()).hasValue(400));
        assertThat(get()).isInstanceOfSatisfying(HttpResponseAware.class, failure -> {
            assertThat(failure.getHttpResponseCode()).isEqualTo(400);
            assertThat(failure.getHttpResponseStatus()).isEqualTo("invalid_grant");
        });
    }

    @Test
    void throttledTooLong_hasTheStatusThatThrottled() {
        onedrive.fault(Fault.on(Step.ITEM_LOOKUP).throttle("3600"));
        assertThat(route.send(GET + "&maxThrottleWait=0", null, Map.of(OneDriveConstants.PATH, "a.txt")).getException())
                .isInstanceOfSatisfying(ThrottledTooLongException.class,
                        failure -> assertThat(failure.httpStatus()).hasValue(429));
    }

    @Test
    void producerTemplate_throwsWithTheTypeAsCause() {
        assertThatExceptionOfType(CamelExecutionException.class)
                .isThrownBy(() -> route.context().createProducerTemplate().requestBodyAndHeader(GET, null,
                        OneDriveConstants.PATH, "nothing"))
                .withCauseInstanceOf(GraphException.NotFound.class);
    }

    @Test
    void redelivery_isDecidedByTypeAndStatus() throws Exception {
        route.context().addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                onException(GraphException.Unavailable.class).maximumRedeliveries(2).redeliveryDelay(0)
                        .retryWhile(simple("${exception.status} == 500 && ${header.CamelRedeliveryCounter} < 2"));
                from("direct:retried").to(GET);
            }
        });
        onedrive.putFile("a.txt", "1".getBytes(StandardCharsets.UTF_8));
        onedrive.fault(Fault.on(Step.ITEM_LOOKUP).answer(500).error("generalException"));
        assertThat(route.send("direct:retried", null, Map.of(OneDriveConstants.PATH, "a.txt")).getException()).isNull();
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
