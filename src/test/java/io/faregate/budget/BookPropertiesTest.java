package io.faregate.budget;

import static org.assertj.core.api.Assertions.assertThat;

import io.faregate.Seeds;
import org.junit.jupiter.api.Test;

/// The book against a plain one, over chains of operations by chance: 200 of 500 each.
class BookPropertiesTest {
  private static final int CHAINS = 200;
  private static final int OPERATIONS = 500;

  @Test
  void keepsEveryLimitAndEveryShareAtEachStep() {
    Seeds.each(
        CHAINS / 2,
        chance -> {
          var life = new RandomLife(chance, false);
          for (int i = 0; i < OPERATIONS; i++) {
            life.step();
            life.assertSafe();
          }
          life.assertSameSums();
        });
  }

  @Test
  void agreesWithAPlainBookThroughReloadsOvershootsAndClocksThatGoBack() {
    Seeds.each(
        CHAINS / 2,
        chance -> {
          var life = new RandomLife(chance, true);
          for (int i = 0; i < OPERATIONS; i++) {
            life.step();
          }
          life.assertSameSums();
        });
  }

  @Test
  void holdsNothingWhenNothingIsInFlight() {
    Seeds.each(
        50,
        chance -> {
          var life = new RandomLife(chance, true);
          for (int i = 0; i < OPERATIONS / 5; i++) {
            life.step();
          }
          life.endAll();

          assertThat(life.book().limits(life.now()))
              .allSatisfy(state -> assertThat(state.heldNanoUsd()).isZero());
          life.assertSameSums();
        });
  }

  @Test
  void isTheSameAfterItWasRebuiltFromRows() {
    Seeds.each(
        50,
        chance -> {
          var life = new RandomLife(chance, false);
          for (int i = 0; i < OPERATIONS / 5; i++) {
            life.step();
          }
          var rebuilt = life.rebuilt();
          life.crash();

          assertThat(rebuilt.limits(life.now())).isEqualTo(life.book().limits(life.now()));
          assertThat(rebuilt.premium()).isEqualTo(life.book().premium());
        });
  }
}
