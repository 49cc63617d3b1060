package io.faregate.admin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import io.faregate.audit.SampleCalls;
import io.faregate.ledger.CallEntry;
import io.faregate.ledger.Entries;
import io.faregate.ledger.Entry;
import io.faregate.ledger.Ledger;
import io.faregate.ledger.MemoryLedger;
import io.faregate.ledger.Position;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class AdminPortTest {
  private static final Instant NOW = SampleCalls.AT.plus(Duration.ofHours(3));
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String TOKEN = "open-sesame";

  private final MemoryLedger ledger = new MemoryLedger();
  private Optional<Ledger> readable = Optional.of(ledger);
  private boolean draining;
  private List<String> problems = List.of();
  private List<String> waiting = List.of();

  AdminPortTest() {
    store(SampleCalls.call());
  }

  @Test
  void everyPathOfTheDescriptionIsServedAndNoOther() {
    try (var visitor = visitor(null)) {
      var described = new TreeSet<>(description(visitor).get("paths").propertyNames());
      assertThat(described).isEqualTo(served(visitor.vertx()));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/healthz",
        "/readyz",
        "/api/v1/audit",
        "/api/v1/calls",
        "/api/v1/calls/{id}",
        "/api/v1/limits",
        "/api/v1/limits/in-doubt",
        "/api/v1/policy",
        "/api/v1/status"
      })
  void answersAreAsDescribed(String path) {
    try (var visitor = visitor(null)) {
      var answer = visitor.get(path.replace("{id}", SampleCalls.ID));

      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.header("content-type")).isEqualTo("application/json");
      assertThat(complaints(visitor, path, "200", answer.body())).isEmpty();
    }
  }

  @Test
  void errorsAreAsDescribedAndSayWhatToDo() {
    try (var visitor = visitor(null)) {
      var unknown = visitor.get("/api/v1/calls/call_unknown");
      var bad = visitor.get("/api/v1/audit?since=yesterday");

      assertThat(unknown.status()).isEqualTo(404);
      assertThat(unknown.body()).contains("faregate_unknown_call", "store.keep");
      assertThat(complaints(visitor, "/api/v1/calls/{id}", "404", unknown.body())).isEmpty();
      assertThat(bad.status()).isEqualTo(400);
      assertThat(bad.body()).contains("since=yesterday", "write since=7d");
      assertThat(visitor.get("/api/v1/calls?limit=0").status()).isEqualTo(400);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/limits?%zz",
        "/api/v1/limits?all=%zz",
        "/api/v1/audit?%zz",
        "/api/v1/audit?from=-1000000000-01-01T00:00:00Z",
        "/api/v1/audit?to=-1000000000-01-01T00:00:00Z",
        "/api/v1/audit?from=0000-12-31",
        "/api/v1/audit?to=%2B10000-01-01T00:00:00Z",
        "/api/v1/audit?to=%2B1000000000-12-31T23:59:59Z"
      })
  void whatCannotBeReadBehindAPathIsTheFaultOfWhoAsks(String asked) {
    try (var visitor = visitor(null)) {
      var answer = visitor.get(asked);

      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.body()).contains("faregate_bad_request");
      var path = asked.substring(0, asked.indexOf('?'));
      assertThat(complaints(visitor, path, "400", answer.body())).isEmpty();
    }
  }

  @Test
  void probesDoNotLookAtWhatIsBehindTheirPath() {
    try (var visitor = visitor(TOKEN)) {
      assertThat(visitor.get("/healthz?%zz").status()).isEqualTo(200);
      assertThat(visitor.get("/readyz?%zz").status()).isEqualTo(200);
    }
  }

  @Test
  void aLengthOfTimeMayReachBackBeforeAllCalls() {
    try (var visitor = visitor(null)) {
      var review = JSON.readTree(visitor.get("/api/v1/audit?since=999999w").body());

      assertThat(review.get("from").asString()).isEqualTo("0001-01-01T00:00:00Z");
      assertThat(review.get("calls").asInt()).isEqualTo(1);
    }
  }

  @Test
  void theReviewIsOfWholeQuartersOfAnHour() {
    try (var visitor = visitor(null)) {
      var review = JSON.readTree(visitor.get("/api/v1/audit?since=170m").body());

      assertThat(review.get("from").asString()).isEqualTo("2026-11-24T09:00:00Z");
      assertThat(review.get("calls").asInt()).isEqualTo(1);
      assertThat(review.get("total_usd").asString()).isEqualTo("0.016522000");
    }
  }

  @Test
  void aDrainingServerIsAliveAndNotReady() {
    draining = true;
    try (var visitor = visitor(null)) {
      assertThat(visitor.get("/healthz").status()).isEqualTo(200);
      assertThat(visitor.get("/readyz").status()).isEqualTo(503);
      assertThat(visitor.get("/").body()).contains("ending: no new call is taken");
    }
  }

  @Test
  void aStoreThatIsAwayIsSaidWithTheNextStep() {
    readable = Optional.empty();
    try (var visitor = visitor(null)) {
      var answer = visitor.get("/api/v1/audit");

      assertThat(answer.status()).isEqualTo(503);
      assertThat(answer.body()).contains("faregate_store_unavailable", "/api/v1/status");
      assertThat(visitor.get("/readyz").status()).isEqualTo(200);
    }
  }

  @Test
  void aRefusedConfigurationIsShown() {
    problems = List.of("faregate.yaml:3:5: unknown tier \"<low>\"");
    try (var visitor = visitor(null)) {
      assertThat(visitor.get("/").body())
          .contains("the old policy stays in force", "faregate.yaml:3:5: unknown tier")
          .doesNotContain("<low>");
    }
  }

  @Test
  void whatWaitsForARestartIsShown() {
    waiting = List.of("server.port", "store.keep");
    try (var visitor = visitor(null)) {
      assertThat(visitor.get("/").body())
          .contains("waiting for a restart: <code>server.port, store.keep</code>");
    }
  }

  @Test
  void aTokenIsAskedForWhereOneIsSet() {
    try (var visitor = visitor(TOKEN)) {
      var basic = Base64.getEncoder().encodeToString((":" + TOKEN).getBytes(UTF_8));

      for (var path : List.of("/", "/metrics", "/api/v1/audit", "/faregate.css", "/nothing")) {
        assertThat(visitor.get(path).status()).as(path).isEqualTo(401);
        assertThat(visitor.get(path, "authorization", "Bearer guess").status()).isEqualTo(401);
      }
      assertThat(visitor.get("/").header("www-authenticate")).startsWith("Basic");
      assertThat(visitor.get("/metrics", "authorization", "Bearer " + TOKEN).status())
          .isEqualTo(200);
      assertThat(visitor.get("/", "authorization", "Basic " + basic).status()).isEqualTo(200);
      assertThat(visitor.get("/healthz").status()).isEqualTo(200);
      assertThat(visitor.get("/readyz").status()).isEqualTo(200);
    }
  }

  @Test
  void doesNotListenElsewhereWithoutAToken() {
    assertThatThrownBy(() -> new AdminPort.Settings("0.0.0.0", 0, 8080, null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("server.admin.token");
    assertThat(new AdminPort.Settings("0.0.0.0", 0, 8080, TOKEN))
        .hasToString("0.0.0.0:0 with a token");
  }

  /// RELIABILITY C13.
  @Test
  void aForeignHostOrOriginIsRefused() {
    try (var visitor = visitor(null)) {
      assertThat(visitor.ask("GET", "/api/v1/audit", "evil.test").status()).isEqualTo(403);
      assertThat(visitor.ask("GET", "/", "localhost.evil.test:1").status()).isEqualTo(403);
      assertThat(visitor.ask("GET", "/", "localhost").status()).isEqualTo(200);
      assertThat(visitor.get("/api/v1/audit", "origin", "https://evil.test").status())
          .isEqualTo(403);
      assertThat(visitor.get("/api/v1/audit", "origin", "null").status()).isEqualTo(403);
      assertThat(visitor.get("/", "origin", "http://" + visitor.authority()).status())
          .isEqualTo(200);
    }
  }

  @Test
  void onlyReads() {
    try (var visitor = visitor(null)) {
      var answer = visitor.ask("POST", "/api/v1/audit", visitor.authority(), "content-length", "0");

      assertThat(answer.status()).isEqualTo(405);
      assertThat(answer.body()).contains("use GET");
      var head = visitor.ask("HEAD", "/", visitor.authority());
      assertThat(head.status()).isEqualTo(200);
      assertThat(head.body()).isEmpty();
    }
  }

  @Test
  void nothingComesWithoutThePolicyOfContent() {
    try (var visitor = visitor(null)) {
      var paths =
          List.of(
              "/", "/calls/" + SampleCalls.ID, "/calls/none", "/nothing", "/metrics", "/healthz");
      for (var path : paths) {
        var answer = visitor.get(path, "accept", "text/html");
        assertThat(answer.header("content-security-policy"))
            .as(path)
            .startsWith("default-src 'none'; script-src 'self'; style-src 'self'")
            .contains("frame-ancestors 'none'", "base-uri 'none'");
        assertThat(answer.header("x-content-type-options")).isEqualTo("nosniff");
        assertThat(answer.header("referrer-policy")).isEqualTo("no-referrer");
        assertThat(answer.header("cache-control")).isEqualTo("no-store");
      }
    }
  }

  @Test
  void pagesLoadNothingFromElsewhereAndNeedNoScript() {
    try (var visitor = visitor(null)) {
      for (var path : List.of("/", "/limits", "/calls/" + SampleCalls.ID)) {
        assertThat(visitor.get(path).body())
            .contains("<caption>", "scope=\"col\"", "href=\"/faregate.css\"")
            .doesNotContain("<script", "style=", "http://", "https://");
      }
      assertThat(visitor.get("/faregate.css").header("content-type")).startsWith("text/css");
    }
  }

  @Test
  void thePageOfACallTellsWhy() {
    try (var visitor = visitor(null)) {
      assertThat(visitor.get("/calls/" + SampleCalls.ID).body())
          .contains("$0.016522000", "provider_error", "2026-08-21", "the step names its task")
          .contains("cache_read", "$0.000272000", "documents", "$0.004800000")
          .contains("beta/&lt;large&gt;", "support/troubleshooting")
          .doesNotContain("$0.00<");
    }
  }

  @Test
  void whatIsInDoubtStandsBesideTheCostOfItsCallAndOfItsAttempt() {
    try (var visitor = visitor(null)) {
      assertThat(visitor.get("/").body()).doesNotContain(">In doubt</th>");
      store(SampleCalls.inDoubt());

      assertThat(visitor.get("/").body())
          .contains(">In doubt</th>", "<td class=\"number\">$0.042000</td>");
      assertThat(visitor.get("/calls/" + SampleCalls.LOST).body())
          .contains(">In doubt</th>", "<td class=\"number\">$0.042000000</td>");
      assertThat(visitor.get("/calls/" + SampleCalls.ID).body()).doesNotContain("In doubt");
    }
  }

  @Test
  void eachLineOfABreakdownShowsItsPartOfTheCost() {
    try (var visitor = visitor(null)) {
      assertThat(visitor.get("/").body())
          .contains("value=\"1.000000\" aria-label=\"share of balanced in the cost\"")
          .contains("value=\"0.000000\" aria-label=\"share of low in the cost\"");
    }
  }

  @Test
  void callsOfNoWorkflowAreNotTakenForThoseOfAWorkflowNamedNone() {
    store(SampleCalls.inDoubt());
    try (var visitor = visitor(null)) {
      assertThat(visitor.get("/").body()).contains("<th scope=\"row\">(none)</th>");
    }
  }

  /// RELIABILITY C15: what strangers wrote is text, wherever it is shown.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "<script>alert(1)</script>",
        "\"><img src=x onerror=alert(1)>",
        "'><svg/onload=alert(1)>",
        "</title><script>alert(1)</script>",
        "<!--<img src=\"--><img src=x onerror=alert(1)//\">",
        "${7*7}<b>"
      })
  void hostileNamesAreText(String payload) {
    store(SampleCalls.named("call_hostile", payload));
    try (var visitor = visitor(null)) {
      for (var path : List.of("/", "/calls/call_hostile")) {
        var page = visitor.get(path, "accept", "text/html");
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.body()).doesNotContain(payload).doesNotContain("<script", "<img", "<svg");
      }
      var error = visitor.get("/calls/%3Cscript%3Ealert(1)%3C%2Fscript%3E", "accept", "text/html");
      assertThat(error.status()).isEqualTo(404);
      assertThat(error.body()).doesNotContain("<script");
    }
  }

  @Test
  void unknownPathsSayWhereToGo() {
    try (var visitor = visitor(null)) {
      var call = visitor.ask("POST", "/v1/chat/completions", visitor.authority());
      var page = visitor.get("/nothing", "accept", "text/html");

      assertThat(call.status()).isEqualTo(404);
      assertThat(call.body()).contains("calls go to the data port", ":8080/v1");
      assertThat(page.status()).isEqualTo(404);
      assertThat(page.header("content-type")).startsWith("text/html");
      assertThat(page.body()).contains("there is nothing at this path", "/api/v1/openapi.json");
      assertThat(visitor.get("/nothing").header("content-type")).isEqualTo("application/json");
    }
  }

  private Visitor visitor(@Nullable String token) {
    return new Visitor(
        new AdminPort.Settings("127.0.0.1", 0, 8080, token),
        new Sources(
            () -> readable,
            this::status,
            this::policy,
            new SampleLimits(),
            () -> "faregate_calls_total 1\n",
            InstantSource.fixed(NOW)));
  }

  private Status status() {
    return new Status(
        "test",
        SampleCalls.AT,
        new Status.Journal(true, "", 16, 0, 0),
        new Status.Store(readable.isEmpty(), "", 0, 0, null),
        1,
        0,
        0,
        draining);
  }

  private PolicyState policy() {
    return new PolicyState(
        "p1", ZoneId.of("Europe/Berlin"), SampleCalls.AT, problems.isEmpty(), problems, waiting);
  }

  private void store(CallEntry call) {
    var entries = new ArrayList<Entry>();
    if (call.call().equals(SampleCalls.ID)) {
      entries.addAll(List.of(SampleCalls.refused(), SampleCalls.answered()));
    }
    if (call.call().equals(SampleCalls.LOST)) {
      entries.add(SampleCalls.lost());
    }
    entries.add(call);
    ledger.store(Entries.of(entries, new Position(ledger.watermark().segment() + 1, 0)));
  }

  private Set<String> served(Vertx vertx) {
    var sources =
        new Sources(
            Optional::empty, this::status, this::policy, new SampleLimits(), () -> "", () -> NOW);
    try (var blocking = new Blocking(vertx)) {
      var paths = new TreeSet<String>();
      new Routes(sources, new Reports(Optional::empty, blocking))
          .all()
          .forEach(route -> paths.add(route.path()));
      return paths;
    }
  }

  private static JsonNode description(Visitor visitor) {
    return JSON.readTree(visitor.get("/api/v1/openapi.json").body());
  }

  /// What an answer lacks of its schema, and has beyond it. The schema is put beside all others, so
  /// that its references lead to them.
  static List<String> complaints(Visitor visitor, String path, String status, String body) {
    var all = (ObjectNode) description(visitor);
    close(all.at("/components/schemas"));
    var response = all.get("paths").get(path).iterator().next().get("responses").get(status);
    var reference = response.get("$ref");
    var found = reference == null ? response : all.at(reference.asString().replaceFirst("^#", ""));
    close(found);
    all.setAll((ObjectNode) found.get("content").get("application/json").get("schema"));
    return SchemaRegistry.withDialect(Dialects.getDraft202012())
        .getSchema(JSON.writeValueAsString(all), InputFormat.JSON)
        .validate(body, InputFormat.JSON)
        .stream()
        .map(Object::toString)
        .toList();
  }

  /// Has every object that names its members have no others.
  private static void close(JsonNode schema) {
    if (schema instanceof ObjectNode object && object.has("properties")) {
      object.put("additionalProperties", false);
    }
    schema.forEach(AdminPortTest::close);
  }
}
