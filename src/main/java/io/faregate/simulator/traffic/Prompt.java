package io.faregate.simulator.traffic;

import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import tools.jackson.databind.json.JsonMapper;

/// Writes the bodies of example calls: a fixed system prompt, documents where the step has them,
/// and a question, padded with plain words to the wanted length.
final class Prompt {
  private static final JsonMapper JSON = new JsonMapper();
  private static final int BYTES_PER_TOKEN = 4;

  private static final List<String> QUESTIONS =
      List.of(
          "My invoice shows two charges for March. Can you tell me why?",
          "The export stops at 40 per cent since the update.",
          "How do I move my account to another e-mail address?",
          "Is my data kept when I cancel in the middle of the month?",
          "The mobile app asks for the code again and again.");

  private static final String[] WORDS =
      """
      account agent answer app billing calendar change code contract customer data day delay \
      device error export feature group help invoice key limit login message month network order \
      page plan price queue receipt refund region report request reset rule screen seat service \
      status step support sync team ticket token update upload user value week workspace\
      """
          .split(" ");

  private Prompt() {}

  /// A Chat body.
  ///
  /// @param tokens about how long its input is
  /// @param markers for the simulated provider: length of the answer, faults
  static byte[] body(Step step, int tokens, String markers, RandomGenerator chance) {
    var question = QUESTIONS.get(chance.nextInt(QUESTIONS.size()));
    var system = "You answer for the support team. Step: " + step.word() + ".";
    var filler = Math.max(0, tokens * BYTES_PER_TOKEN - question.length() - system.length() - 160);
    var text =
        switch (step) {
          case INTENT -> question + " " + words(filler, chance);
          case FAQ, TROUBLESHOOTING, POLICY_ANSWER, UNRESOLVED ->
              "<documents>" + words(filler, chance) + "</documents> " + question;
          case ESCALATION_SUMMARY -> "Summarize: " + words(filler, chance) + " " + question;
        };
    var streamed = step == Step.TROUBLESHOOTING || step == Step.UNRESOLVED;
    return JSON.writeValueAsBytes(
        Map.of(
            "model",
            "support/" + step.word(),
            "stream",
            streamed,
            "messages",
            List.of(
                Map.of("role", "system", "content", system),
                Map.of("role", "user", "content", text + markers))));
  }

  private static String words(int length, RandomGenerator chance) {
    var text = new StringBuilder(length + 16);
    while (text.length() < length) {
      text.append(WORDS[chance.nextInt(WORDS.length)]).append(' ');
    }
    return text.toString();
  }
}
