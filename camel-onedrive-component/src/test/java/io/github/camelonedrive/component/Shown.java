package io.github.camelonedrive.component;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import javax.management.JMException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanOperationInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.AppenderBase;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.console.DevConsole;
import org.apache.camel.console.DevConsoleRegistry;
import org.apache.camel.health.HealthCheckHelper;
import org.slf4j.LoggerFactory;

import io.github.camelonedrive.simulator.SecretSearch;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What others get to see of a program: its log, with every logger at TRACE except the HTTP client's own that users are warned
 * of, and whatever is added. Kept, to be searched for secrets.
 */
final class Shown implements AutoCloseable {

    private static final String OURS = "io.github.camelonedrive.";
    private static final Pattern NOT_OF_TESTS =
            Pattern.compile("io\\.github\\.camelonedrive\\.(?!simulator\\.)(?!component\\.(Shown|NoSecret|SimulatedRoute)).*");
    private static final Pattern ONLY_LOOKS = Pattern.compile("(dump|browse|explain|list|get|is|has|statistics|message).*");

    private final Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
    private final Logger httpClient = (Logger) LoggerFactory.getLogger("org.apache.hc");
    private final Level before = root.getLevel();
    private final Level httpClientBefore = httpClient.getLevel();
    private final List<Appender<ILoggingEvent>> appendersBefore = new ArrayList<>();
    private final List<Text> texts = new CopyOnWriteArrayList<>();
    private final List<Text> events = Collections.synchronizedList(new ArrayList<>());
    private final AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {

        @Override
        protected void append(ILoggingEvent event) {
            events.add(new Text("the log of " + event.getLoggerName() + " at " + event.getLevel(), event.getFormattedMessage()
                    + " " + event.getMDCPropertyMap() + event.getThreadName() + event.getKeyValuePairs()
                    + (event.getThrowableProxy() == null ? "" : ThrowableProxyUtil.asString(event.getThrowableProxy()))));
        }
    };

    private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());

    private record Text(String where, String content) {
    }

    Shown() {
        root.setLevel(Level.TRACE);
        httpClient.setLevel(Level.INFO);
        root.iteratorForAppenders().forEachRemaining(appendersBefore::add);
        appendersBefore.forEach(root::detachAppender);
        appender.start();
        root.addAppender(appender);
    }

    void add(String where, Object content) {
        texts.add(new Text(where, String.valueOf(content)));
    }

    void add(String where, Throwable failure) {
        StringWriter trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace));
        add(where, trace);
        objects(where, failure);
    }

    void add(String where, Exchange exchange) {
        add(where, exchange + " " + exchange.getProperties() + " " + exchange.getAllProperties() + " "
                + exchange.getExchangeExtension().getInternalProperties() + " " + exchange.getVariables());
        add(where, exchange.getMessage().getHeaders() + " " + exchange.getMessage().getBody() + " " + exchange.getMessage());
        objects(where, exchange.getMessage().getBody());
        Throwable failure = Optional.<Throwable>ofNullable(exchange.getException())
                .orElse(exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class));
        if (failure != null) {
            add(where, failure);
        }
    }

    /**
     * The text form of each object of ours that can be reached from this one through fields, collections and maps; each object
     * once, and again in {@link #context}.
     */
    void objects(String where, Object start) {
        walk(where, start, seen);
    }

    private void walk(String where, Object object, Set<Object> seen) {
        if (object == null || !seen.add(object)) {
            return;
        }
        if (object instanceof Collection<?> several) {
            List.copyOf(several.stream().filter(each -> each != null).toList()).forEach(each -> walk(where, each, seen));
        } else if (object instanceof Map<?, ?> map) {
            Map.copyOf(map).forEach((key, value) -> {
                walk(where, key, seen);
                walk(where, value, seen);
            });
        } else if (object instanceof Optional<?> optional) {
            optional.ifPresent(value -> walk(where, value, seen));
        } else if (object instanceof AtomicReference<?> reference) {
            walk(where, reference.get(), seen);
        } else if (object.getClass().isArray() && !object.getClass().getComponentType().isPrimitive()) {
            for (int i = 0; i < Array.getLength(object); i++) {
                walk(where, Array.get(object, i), seen);
            }
        } else if (NOT_OF_TESTS.matcher(object.getClass().getName()).matches()) {
            add(where + ", text form of " + object.getClass().getName(), object.toString());
            fields(object.getClass()).forEach(field -> walk(where, valueOf(field, object), seen));
        }
    }

    private static List<Field> fields(Class<?> type) {
        List<Field> fields = new ArrayList<>();
        for (Class<?> each = type; each != null && each.getName().startsWith(OURS); each = each.getSuperclass()) {
            Arrays.stream(each.getDeclaredFields()).filter(field -> !field.getType().isPrimitive())
                    .filter(field -> !Modifier.isStatic(field.getModifiers())).forEach(fields::add);
        }
        return fields;
    }

    private static Object valueOf(Field field, Object object) {
        try {
            field.setAccessible(true);
            return field.get(object);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Endpoints as Camel prints them, JMX, health, developer consoles, and our objects behind the endpoints. */
    void context(CamelContext context) throws Exception {
        seen.clear();
        context.getEndpoints().forEach(endpoint -> {
            add("an endpoint", endpoint);
            objects("an endpoint", endpoint);
        });
        add("the component", context.getComponent("onedrive"));
        objects("the component", context.getComponent("onedrive"));
        HealthCheckHelper.invoke(context).forEach(result -> add("health", result.getState() + " " + result.getMessage() + " "
                + result.getDetails() + " " + result.getError().map(Throwable::toString)));
        DevConsoleRegistry consoles = context.getCamelContextExtension().getContextPlugin(DevConsoleRegistry.class);
        consoles.loadDevConsoles();
        // That one shows nothing; it writes the whole heap into a file.
        consoles.stream().filter(console -> !console.getId().equals("heap-dump")).forEach(console -> {
            for (DevConsole.MediaType type : DevConsole.MediaType.values()) {
                add("developer console " + console.getId() + " as " + type, shown(console, type));
            }
        });
    }

    /** What a console shows, or why it shows nothing: "browse" reads the drive, which may be refused. */
    private static Object shown(DevConsole console, DevConsole.MediaType type) {
        try {
            return console.call(type, Map.of());
        } catch (RuntimeException refused) {
            StringWriter trace = new StringWriter();
            refused.printStackTrace(new PrintWriter(trace));
            return trace;
        }
    }

    /** Of all of Camel's beans the attributes, and what operations without parameters return that only look. */
    void jmx() throws JMException {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        for (ObjectName name : server.queryNames(new ObjectName("org.apache.camel:*"), null)) {
            for (MBeanAttributeInfo attribute : server.getMBeanInfo(name).getAttributes()) {
                jmx(name + " " + attribute.getName(), () -> server.getAttribute(name, attribute.getName()));
            }
            MBeanOperationInfo[] operations = server.getMBeanInfo(name).getOperations();
            // What a tracer has kept is gone once it was dumped, and is readable as XML only.
            Arrays.sort(operations, Comparator.comparing(operation -> !operation.getName().endsWith("AsXml")));
            for (MBeanOperationInfo operation : operations) {
                if (operation.getSignature().length == 0 && ONLY_LOOKS.matcher(operation.getName()).matches()) {
                    jmx(name + " " + operation.getName(),
                            () -> server.invoke(name, operation.getName(), new Object[0], new String[0]));
                }
            }
        }
    }

    private void jmx(String where, Asked asked) {
        try {
            Object value = asked.value();
            add("JMX " + where, value instanceof Object[] array ? Arrays.deepToString(array) : value);
        } catch (JMException | RuntimeException e) {
            add("JMX " + where, e);
        }
    }

    @FunctionalInterface
    private interface Asked {

        Object value() throws JMException;
    }

    /** As {@code jstack} shows them. */
    void threads() {
        for (ThreadInfo thread : ManagementFactory.getThreadMXBean().dumpAllThreads(true, true)) {
            add("thread " + thread.getThreadId(), thread + Arrays.toString(thread.getStackTrace()));
        }
    }

    /** What was shown at the places that the regular expression names. */
    String at(String place) {
        return texts.stream().filter(text -> text.where().matches(place)).map(Text::content).collect(Collectors.joining("\n"));
    }

    String log() {
        return String.join("\n", everything(events).stream().map(Text::content).toList());
    }

    /** Fails, without quoting any, when there is a secret anywhere. */
    void assertWithout(SecretSearch secrets) {
        assertWithout(secrets, "");
    }

    /** @param except places where they may be, as a regular expression */
    void assertWithout(SecretSearch secrets, String except) {
        assertThat(events).hasSizeGreaterThan(100);
        List<String> leaks = new ArrayList<>();
        for (List<Text> all : List.of(everything(events), texts)) {
            for (Text text : all) {
                List<String> found = text.where().matches(except) ? List.of() : secrets.in(text.content());
                found.forEach(kind -> leaks.add(kind + " in " + text.where()));
            }
        }
        assertThat(leaks.stream().distinct()).isEmpty();
    }

    private static List<Text> everything(List<Text> synchronizedList) {
        synchronized (synchronizedList) {
            return List.copyOf(synchronizedList);
        }
    }

    @Override
    public void close() {
        root.detachAppender(appender);
        appendersBefore.forEach(root::addAppender);
        root.setLevel(before);
        httpClient.setLevel(httpClientBefore);
    }
}
