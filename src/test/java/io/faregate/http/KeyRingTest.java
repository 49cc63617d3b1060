package io.faregate.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.faregate.call.Caller;
import io.faregate.http.KeyRing.Identified;
import io.faregate.policy.Key;
import io.faregate.policy.KeyText;
import io.faregate.policy.KeyText.Shape;
import io.faregate.policy.Limits.Budgets;
import io.vertx.core.MultiMap;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class KeyRingTest {
  private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");

  private final Random random = new Random(1);
  private final KeyText first = KeyText.made(random);
  private final KeyText second = KeyText.made(random);
  private final KeyText unknown = KeyText.made(random);
  private final KeyRing ring = ring(null, first, second);

  @Test
  void takesBothKeysWhileOneReplacesTheOther() {
    assertThat(holder(ring, first)).isEqualTo("backend");
    assertThat(holder(ring, second)).isEqualTo("backend");
    assertThat(identify(ring, "x-api-key", unknown.reveal()))
        .isEqualTo(new Identified.Unknown(Shape.WHOLE));
  }

  @Test
  void refusesAKeyFromTheInstantAtWhichItExpires() {
    assertThat(holder(ring(NOW.plusNanos(1), first), first)).isEqualTo("backend");
    assertThat(identify(ring(NOW, first), "x-api-key", first.reveal()))
        .isEqualTo(new Identified.Unknown(Shape.WHOLE));
  }

  @Test
  void neverTakesAHashForAKey() {
    assertThat(identify(ring, "x-api-key", first.sha256()))
        .isEqualTo(new Identified.Unknown(Shape.HASH));
    var hashOfHash = key(null, List.of(KeyText.sha256(first.sha256())));
    assertThat(identify(new KeyRing(List.of(hashOfHash), true), "x-api-key", first.sha256()))
        .isEqualTo(new Identified.Unknown(Shape.HASH));
  }

  @Test
  void tellsATypoAndAForeignKeyByTheirLooks() {
    var typo = first.reveal().substring(0, 51);
    assertThat(identify(ring, "authorization", "Bearer " + typo))
        .isEqualTo(new Identified.Unknown(Shape.DAMAGED));
    assertThat(identify(ring, "authorization", "Bearer sk-proj-1"))
        .isEqualTo(new Identified.Unknown(Shape.PROVIDERS));
    assertThat(ring.identify(MultiMap.caseInsensitiveMultiMap(), NOW))
        .isEqualTo(new Identified.Unknown(Shape.OTHER));
  }

  @Test
  void looksAtEveryHeaderThatClientsUse() {
    for (var header : List.of("authorization", "x-api-key", "api-key", "x-goog-api-key")) {
      assertThat(identify(ring, header, first.reveal())).isInstanceOf(Identified.As.class);
    }
    assertThat(identify(ring, "Authorization", "bearer  " + first.reveal()))
        .isInstanceOf(Identified.As.class);
  }

  @Test
  void takesTheSameKeyTwiceAndRefusesTwoDifferentOnesInAnyOrder() {
    var same = headers("authorization", "Bearer " + first.reveal()).add("api-key", first.reveal());
    assertThat(ring.identify(same, NOW)).isInstanceOf(Identified.As.class);
    var empty = headers("authorization", "Bearer ").add("x-api-key", first.reveal());
    assertThat(ring.identify(empty, NOW)).isInstanceOf(Identified.As.class);

    var good = first.reveal();
    var bad = "sk-1";
    for (var pair : List.of(List.of(good, bad), List.of(bad, good))) {
      var two = headers("authorization", pair.getFirst()).add("x-api-key", pair.getLast());
      assertThat(ring.identify(two, NOW)).isEqualTo(new Identified.Ambiguous());
      var twice = headers("x-api-key", pair.getFirst()).add("x-api-key", pair.getLast());
      assertThat(ring.identify(twice, NOW)).isEqualTo(new Identified.Ambiguous());
    }
  }

  @Test
  void takesNoneOfManyNearlyEqualKeys() {
    var near = new StringBuilder(first.reveal());
    for (int i = 0; i < 100_000; i++) {
      int place = random.nextInt(near.length());
      var kept = near.charAt(place);
      var put = (char) ('0' + random.nextInt(75));
      near.setCharAt(place, put);
      var told = identify(ring, "x-api-key", near.toString());
      assertThat(told instanceof Identified.As).isEqualTo(put == kept);
      near.setCharAt(place, kept);
    }
  }

  @Test
  void letsEverybodyInWithoutKeysOnlyWhereThatIsMeant() {
    var nobody = MultiMap.caseInsensitiveMultiMap();

    assertThat(new KeyRing(List.of(), true).identify(nobody, NOW))
        .isEqualTo(new Identified.As(Caller.IMPLICIT, null));
    assertThat(new KeyRing(List.of(), false).identify(nobody, NOW))
        .isEqualTo(new Identified.Nobody());
    assertThat(Refusals.noKeys().message()).contains("has no keys", "nobody may call");
  }

  @Test
  void saysInEveryRefusalWhereItLookedAndNeverWhatItSaw() {
    for (var shape : Shape.values()) {
      assertThat(Refusals.badKey(shape).message())
          .contains("authorization, x-api-key, api-key and x-goog-api-key", "begins with fg_");
    }
    assertThat(Refusals.badKey(Shape.PROVIDERS).message()).contains("looks like a provider's key");
    assertThat(Refusals.badKey(Shape.DAMAGED).message()).contains("typo");
    assertThat(Refusals.badKey(Shape.WHOLE)).isEqualTo(Refusals.badKey(Shape.OTHER));
  }

  private static KeyRing ring(@Nullable Instant expiresAt, KeyText... texts) {
    var hashes = List.of(texts).stream().map(KeyText::sha256).toList();
    return new KeyRing(List.of(key(expiresAt, hashes)), true);
  }

  private static Key key(@Nullable Instant expiresAt, List<String> sha256) {
    var caller = new Caller("backend", "support", null, true, null, false, List.of());
    return new Key(caller, sha256, null, null, expiresAt, Budgets.NONE);
  }

  private static MultiMap headers(String name, String value) {
    return MultiMap.caseInsensitiveMultiMap().add(name, value);
  }

  private static Identified identify(KeyRing ring, String name, String value) {
    return ring.identify(headers(name, value), NOW);
  }

  private static String holder(KeyRing ring, KeyText text) {
    return identify(ring, "x-api-key", text.reveal()) instanceof Identified.As as
        ? as.caller().key()
        : "nobody";
  }
}
