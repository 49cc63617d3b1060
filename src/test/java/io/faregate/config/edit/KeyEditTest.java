package io.faregate.config.edit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.Function;
import org.junit.jupiter.api.Test;

class KeyEditTest {
  private static final String BLOCK =
      """
      tiers: {}   # 💶 first
      keys:       # made by faregate
        # of the backend
        - { name: a, sha256: "11" }   # here
        # of the web
        - name: b
          sha256:
            - 22   # old
            - 33   # new
          plan: free   # the cheap one

      # below
      server: {}
      """;

  private static final String FLOW = "keys: [{ name: a, sha256: [11, 22] },\n  { name: b }]\n";

  @Test
  void putsAKeyBelowTheOthers() {
    assertThat(edited(BLOCK, edit -> edit.with("{ name: c }").orElseThrow()))
        .isEqualTo(BLOCK.replace("# the cheap one\n", "# the cheap one\n  - { name: c }\n"));
    assertThat(edited(FLOW, edit -> edit.with("{ name: c }").orElseThrow()))
        .isEqualTo(FLOW.replace("b }]", "b }, { name: c }]"));
    assertThat(edited("a: 1", edit -> edit.with("{ name: c }").orElseThrow()))
        .isEqualTo("a: 1\nkeys:\n  - { name: c }\n");
    assertThat(edited("keys:\n- name: a", edit -> edit.with("{ name: c }").orElseThrow()))
        .isEqualTo("keys:\n- name: a\n- { name: c }\n");
    assertThat(edited("keys:\r\n  - name: a\r\n", edit -> edit.with("c").orElseThrow()))
        .isEqualTo("keys:\r\n  - name: a\r\n  - c\r\n");
  }

  @Test
  void putsASecondHashBesideTheFirst() {
    assertThat(edited(BLOCK, edit -> edit.withHash("a", "99").orElseThrow()))
        .isEqualTo(BLOCK.replace("\"11\"", "[\"11\", 99]"));
    assertThat(
            edited(
                "keys: [{ name: a, sha256: [1] }]", edit -> edit.withHash("a", "2").orElseThrow()))
        .isEqualTo("keys: [{ name: a, sha256: [1, 2] }]");
  }

  @Test
  void takesTheOlderHashOut() {
    assertThat(edited(BLOCK, edit -> edit.withoutOlderHash("b").orElseThrow()))
        .isEqualTo(BLOCK.replace("- 22   # old\n      - 33", "- 33"));
    assertThat(edited(FLOW, edit -> edit.withoutOlderHash("a").orElseThrow()))
        .isEqualTo(FLOW.replace("[11, 22]", "[22]"));
  }

  @Test
  void takesAKeyOutAndLeavesTheCommentsOfTheOthers() {
    assertThat(edited(BLOCK, edit -> edit.without("a").orElseThrow()))
        .isEqualTo(BLOCK.replace("  - { name: a, sha256: \"11\" }   # here\n", ""));
    assertThat(edited(BLOCK, edit -> edit.without("b").orElseThrow()))
        .contains("# here\n  # of the web\n\n# below\nserver");
    assertThat(edited(FLOW, edit -> edit.without("a").orElseThrow()))
        .isEqualTo("keys: [{ name: b }]\n");
    assertThat(edited(FLOW, edit -> edit.without("b").orElseThrow()))
        .isEqualTo("keys: [{ name: a, sha256: [11, 22] }]\n");
    assertThat(
            edited("a: 1\nkeys:\n  - { name: a }\nb: 2\n", edit -> edit.without("a").orElseThrow()))
        .isEqualTo("a: 1\nb: 2\n");
  }

  @Test
  void saysWhereThereIsNoPlace() {
    assertThat(KeyEdit.of("{ keys: [] }")).isEmpty();
    assertThat(KeyEdit.of("keys: [")).isEmpty();
    assertThat(KeyEdit.of("- a")).isEmpty();
    assertThat(edit("keys: []\n").with("{ name: c }")).isEmpty();
    assertThat(edit(BLOCK).without("c")).isEmpty();
    assertThat(edit(BLOCK).withHash("c", "1")).isEmpty();
    assertThat(edit(BLOCK).withoutOlderHash("a")).isEmpty();
  }

  private static KeyEdit edit(String text) {
    return KeyEdit.of(text).orElseThrow();
  }

  private static String edited(String text, Function<KeyEdit, String> change) {
    return change.apply(edit(text));
  }
}
