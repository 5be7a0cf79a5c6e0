package io.github.camelonedrive.page;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;

import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServer;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServerConfiguration;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.h2.jdbcx.JdbcDataSource;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** Plays the routes of {@code onedrive-routes.adoc}, each exactly as printed; properties say where and how fast. */
final class RoutesPage {

    private RoutesPage() {
    }

    private static void start(ExampleRun run, Map<String, String> properties) throws Exception {
        Properties settings = new Properties();
        settings.putAll(properties);
        settings.put("quiet", "10ms");
        run.context().getPropertiesComponent().setInitialProperties(settings);
        run.start(run.example());
    }

    private static void await(ThrowingRunnable assertion) {
        Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(assertion);
    }

    static void files(List<ExampleRun> runs) throws Exception {
        for (ExampleRun run : runs) {
            Path dump = Files.writeString(run.directory().resolve("shop 100%.sql"), "the dump");
            start(run, Map.of("dumps", run.directory().toString()));
            await(() -> assertThat(run.directory().resolve(".done/shop 100%.sql")).exists());
            assertThat(dump).doesNotExist();
            assertThat(run.holds("/Backups/mysql/shop 100%.sql", "the dump")).isTrue();
        }
    }

    static void httpUpload(List<ExampleRun> runs) throws Exception {
        for (ExampleRun run : runs) {
            VertxPlatformHttpServerConfiguration server = new VertxPlatformHttpServerConfiguration();
            server.setBindHost("127.0.0.1");
            server.setBindPort(0);
            VertxPlatformHttpServer http = new VertxPlatformHttpServer(server);
            run.context().addService(http);
            start(run, Map.of());
            String address = "http://127.0.0.1:" + http.getServer().actualPort() + "/uploads/";

            byte[] large = new byte[5 * 1024 * 1024];
            HttpResponse<String> answer = put(address + "a%20report.pdf", large);
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).startsWith("https://");
            assertThat(run.onedrive().file("/Uploads/a report.pdf").orElseThrow().bytes()).isEqualTo(large);

            assertThat(put(address + "..%2Fout.pdf", new byte[1]).statusCode()).isGreaterThanOrEqualTo(400);
            assertThat(run.onedrive().paths()).containsExactly("/Uploads/a report.pdf");
        }
    }

    private static HttpResponse<String> put(String address, byte[] body) throws Exception {
        return HttpClient.newHttpClient().send(HttpRequest.newBuilder(URI.create(address))
                .PUT(HttpRequest.BodyPublishers.ofByteArray(body)).build(), HttpResponse.BodyHandlers.ofString());
    }

    static void database(List<ExampleRun> runs) throws Exception {
        for (ExampleRun run : runs) {
            JdbcDataSource orders = new JdbcDataSource();
            orders.setURL("jdbc:h2:mem:" + run.example().language() + ";DB_CLOSE_DELAY=-1");
            try (Connection connection = orders.getConnection()) {
                connection.createStatement().execute("create table orders (id int primary key, customer varchar(20))");
                run.context().getRegistry().bind("orders", orders);
                run.onedrive().putFile("/Inbox/today.json", """
                        [ { "id": 1, "customer": "Ann" }, { "id": 2, "customer": "Bo" } ]""".getBytes(UTF_8));
                run.onedrive().putFile("/Inbox/damaged.json", "[ { \"id\": 3,".getBytes(UTF_8));
                start(run, Map.of("state", run.directory().toString()));

                await(() -> assertThat(run.onedrive().paths())
                        .containsExactlyInAnyOrder("/Inbox/.done/today.json", "/Inbox/.failed/damaged.json"));
                ResultSet rows = connection.createStatement().executeQuery("select id, customer from orders order by id");
                List<String> found = new ArrayList<>();
                while (rows.next()) {
                    found.add(rows.getInt(1) + " " + rows.getString(2));
                }
                assertThat(found).containsExactly("1 Ann", "2 Bo");
            }
        }
    }

    static void rotation(List<ExampleRun> runs) throws Exception {
        for (ExampleRun run : runs) {
            String today = "shop-" + LocalDate.now() + ".sql";
            String lastWeek = "shop-" + LocalDate.now().minusDays(7) + ".sql";
            for (String name : new String[] { "shop-2020-01-01.sql", "shop-2020-02-29.sql", lastWeek, "a-note.txt" }) {
                run.onedrive().putFile("/Backups/mysql/" + name, "earlier".getBytes(UTF_8));
            }
            run.onedrive().putFile("/Backups/mysql/older/shop-2020-01-01.sql", "elsewhere".getBytes(UTF_8));
            Files.writeString(run.directory().resolve(today), "the dump");
            start(run, Map.of("dumps", run.directory().toString()));

            await(() -> assertThat(run.directory().resolve(".done").resolve(today)).exists());
            assertThat(run.onedrive().paths()).containsExactlyInAnyOrder("/Backups/mysql/" + today,
                    "/Backups/mysql/" + lastWeek, "/Backups/mysql/a-note.txt", "/Backups/mysql/older/shop-2020-01-01.sql");
        }
    }

    static void restoreFolders(List<ExampleRun> runs) throws Exception {
        for (ExampleRun run : runs) {
            run.onedrive().putFile("/Backups/mysql/shop.sql", "mysql".getBytes(UTF_8));
            run.onedrive().putFile("/Backups/postgres/shop.sql", "postgres".getBytes(UTF_8));
            run.onedrive().putFile("/Backups/kept.txt", "theirs".getBytes(UTF_8));
            Files.writeString(run.directory().resolve("kept.txt"), "mine");
            start(run, Map.of("restored", run.directory().toString()));
            try (var template = run.context().createProducerTemplate()) {
                template.sendBody("direct:restore", "");
            }
            assertThat(run.directory().resolve("mysql/shop.sql")).hasContent("mysql");
            assertThat(run.directory().resolve("postgres/shop.sql")).hasContent("postgres");
            assertThat(run.directory().resolve("kept.txt")).hasContent("mine");
        }
    }
}
