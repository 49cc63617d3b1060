package io.faregate.simulator.traffic;

/// A kind of call in the support product: the share of conversations that come to it, and its
/// typical lengths in tokens.
enum Step {
  INTENT("intent", 1.0, 600, 20),
  FAQ("faq", 0.55, 1_800, 220),
  TROUBLESHOOTING("troubleshooting", 0.25, 5_500, 650),
  POLICY_ANSWER("policy_answer", 0.12, 4_200, 420),
  ESCALATION_SUMMARY("escalation_summary", 0.08, 6_000, 300),
  UNRESOLVED("unresolved", 0.03, 9_000, 1_200);

  private final String word;
  private final double share;
  private final int input;
  private final int output;

  Step(String word, double share, int input, int output) {
    this.word = word;
    this.share = share;
    this.input = input;
    this.output = output;
  }

  String word() {
    return word;
  }

  double share() {
    return share;
  }

  int input() {
    return input;
  }

  int output() {
    return output;
  }
}
