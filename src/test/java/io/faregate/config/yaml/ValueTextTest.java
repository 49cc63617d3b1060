package io.faregate.config.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;

class ValueTextTest {
  @Test
  void readsMoneyToTheNanoDollar() {
    assertThat(ValueText.nanoUsd("$50")).contains(50_000_000_000L);
    assertThat(ValueText.nanoUsd("$0.25")).contains(250_000_000L);
    assertThat(ValueText.nanoUsd("$0.000000001")).contains(1L);
    for (var bad : List.of("50", "$", "$-1", "$1e3", "$0.0000000001", "$1,000", "$99999999999")) {
      assertThat(ValueText.nanoUsd(bad)).as(bad).isEmpty();
    }
  }

  @Test
  void readsTokens() {
    assertThat(ValueText.tokens("4000")).contains(4_000L);
    assertThat(ValueText.tokens("4k")).contains(4_000L);
    assertThat(ValueText.tokens("1.5M")).contains(1_500_000L);
    for (var bad : List.of("4K", "1m", "1.5", "1.0001k", "-4k", "4 k", "", "k")) {
      assertThat(ValueText.tokens(bad)).as(bad).isEmpty();
    }
  }

  @Test
  void readsSharesAndFractionsAsMillionths() {
    assertThat(ValueText.share("10%")).contains(100_000L);
    assertThat(ValueText.share("0.0001%")).contains(1L);
    assertThat(ValueText.share("100%")).contains(1_000_000L);
    assertThat(ValueText.share("100.1%")).isEmpty();
    assertThat(ValueText.share("0.00001%")).isEmpty();
    assertThat(ValueText.share("10")).isEmpty();
    assertThat(ValueText.fraction("0.75")).contains(750_000L);
    assertThat(ValueText.fraction("1.01")).isEmpty();
  }

  @Test
  void readsTimesSizesAndRates() {
    assertThat(ValueText.duration("10ms")).contains(Duration.ofMillis(10));
    assertThat(ValueText.duration("400d")).contains(Duration.ofDays(400));
    assertThat(ValueText.duration("5 m")).isEmpty();
    assertThat(ValueText.bytes("8GiB")).contains(8L << 30);
    assertThat(ValueText.bytes("8GB")).isEmpty();
    assertThat(ValueText.perMinute("600/m")).contains(600L);
    assertThat(ValueText.perMinute("10/s")).contains(600L);
  }

  @Test
  void beginsADayInItsZone() {
    assertThat(ValueText.instant("2027-01-31", ZoneId.of("Europe/Berlin")))
        .contains(Instant.parse("2027-01-30T23:00:00Z"));
    assertThat(ValueText.instant("2027-02-31", ZoneId.of("UTC"))).isEmpty();
  }

  @Test
  void findsTheNearestName() {
    var valid = List.of("tier", "fallback", "retries");

    assertThat(Nearest.to("teir", valid)).contains("tier");
    assertThat(Nearest.to("Fallbacks", valid)).contains("fallback");
    assertThat(Nearest.to("colour", valid)).isEmpty();
    assertThat(Nearest.fix("colour", valid)).isEqualTo("valid: tier, fallback, retries");
    assertThat(Nearest.fix("x", List.of())).isEqualTo("none is defined");
  }

  @Test
  void seesThroughSpellingsOfForbiddenAddresses() {
    for (var host :
        List.of(
            "169.254.169.254",
            "2852039166",
            "0xa9fea9fe",
            "0251.0376.0251.0376",
            "169.254.43518",
            "[::ffff:169.254.169.254]",
            "[fe80::1]",
            "[fd00:ec2::254]",
            "METADATA.google.internal",
            "100.100.100.200",
            "[::ffff:a9fe:a9fe]",
            "metadata.google.internal.")) {
      assertThat(UrlText.isForbidden(host)).as(host).isTrue();
    }
    for (var host : List.of("localhost", "127.0.0.1", "10.0.0.5", "[::1]", "api.openai.com")) {
      assertThat(UrlText.isForbidden(host)).as(host).isFalse();
    }
  }
}
