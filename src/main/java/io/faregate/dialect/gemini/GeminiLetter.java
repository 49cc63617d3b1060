package io.faregate.dialect.gemini;

import io.faregate.dialect.DialectException;
import io.faregate.dialect.translate.hub.Content;
import io.faregate.dialect.translate.hub.Prompt;
import io.faregate.dialect.translate.hub.ProviderSide;
import io.faregate.dialect.translate.hub.ToolChoice;
import io.faregate.dialect.translate.hub.ToolOutput;
import io.faregate.dialect.translate.hub.Tree;
import io.faregate.dialect.translate.hub.Turn;
import io.faregate.dialect.translate.provider.Ids;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Writes prompts as Gemini generateContent bodies.
final class GeminiLetter {
  /// What Google names for calls of tools in a history that another model wrote; without a
  /// signature models from Gemini 3 on refuse them.
  private static final String UNSIGNED = "skip_thought_signature_validator";

  private final Prompt prompt;

  /// Results of tools go by the name of the tool here, which only the call tells.
  private final Map<String, String> names = new HashMap<>();

  private final List<String> warnings = new ArrayList<>();

  private GeminiLetter(Prompt prompt) {
    this.prompt = prompt;
  }

  static ProviderSide.Letter letter(String path, Prompt prompt) {
    var letter = new GeminiLetter(prompt);
    return new ProviderSide.Letter(path, letter.body(), letter.warnings);
  }

  private ObjectNode body() {
    var body = Tree.object();
    if (!prompt.system().isEmpty()) {
      var parts = body.putObject("systemInstruction").putArray("parts");
      prompt.system().forEach(text -> parts.addObject().put("text", text.text()));
    }
    var contents = body.putArray("contents");
    for (var turn : Turn.alternating(prompt.turns())) {
      boolean model = turn.role() == Turn.Role.ASSISTANT;
      var parts = contents.addObject().put("role", model ? "model" : "user").putArray("parts");
      parts(turn.content(), parts);
    }
    tools(body);
    var settings = settings();
    if (!settings.isEmpty()) {
      body.set("generationConfig", settings);
    }
    return body;
  }

  private void tools(ObjectNode body) {
    if (prompt.tools().isEmpty()) {
      return;
    }
    var functions = body.putArray("tools").addObject().putArray("functionDeclarations");
    for (var tool : prompt.tools()) {
      var function = functions.addObject().put("name", tool.name());
      if (tool.description() != null) {
        function.put("description", tool.description());
      }
      if (!tool.schema().isEmpty()) {
        function.set("parametersJsonSchema", tool.schema());
      }
    }
    var choice = prompt.toolChoice();
    if (choice != null) {
      var calling = body.putObject("toolConfig").putObject("functionCallingConfig");
      calling.put("mode", mode(choice.mode()));
      if (choice.name() != null) {
        calling.putArray("allowedFunctionNames").add(choice.name());
      }
    }
  }

  private static String mode(ToolChoice.Mode mode) {
    return switch (mode) {
      case AUTO -> "AUTO";
      case REQUIRED, NAMED -> "ANY";
      case NONE -> "NONE";
    };
  }

  private ObjectNode settings() {
    var settings = Tree.object();
    var sampling = prompt.sampling();
    if (sampling.maxOutputTokens() != null) {
      settings.put("maxOutputTokens", sampling.maxOutputTokens());
    }
    if (sampling.temperature() != null) {
      settings.put("temperature", sampling.temperature());
    }
    if (sampling.topP() != null) {
      settings.put("topP", sampling.topP());
    }
    if (sampling.topK() != null) {
      settings.put("topK", sampling.topK());
    }
    if (!sampling.stop().isEmpty()) {
      sampling.stop().forEach(settings.putArray("stopSequences")::add);
    }
    if (sampling.seed() != null && sampling.seed().intValue() == sampling.seed()) {
      settings.put("seed", sampling.seed());
    } else if (sampling.seed() != null) {
      warnings.add("seed: dropped, it takes one of 32 bits");
    }
    if (sampling.frequencyPenalty() != null) {
      settings.put("frequencyPenalty", sampling.frequencyPenalty());
    }
    if (sampling.presencePenalty() != null) {
      settings.put("presencePenalty", sampling.presencePenalty());
    }
    if (prompt.shape() != null) {
      settings.put("responseMimeType", "application/json");
      if (prompt.shape().schema() != null) {
        settings.set("responseJsonSchema", prompt.shape().schema());
      }
    }
    var thinking = GeminiThinking.config(prompt, warnings);
    if (!thinking.isEmpty()) {
      settings.set("thinkingConfig", thinking);
    }
    return settings;
  }

  /// The results of tools first, since they answer the calls one by one; then their images, which
  /// have no place in them.
  private void parts(List<Content> content, ArrayNode parts) {
    var images = new ArrayList<Content>();
    for (var part : content) {
      if (part instanceof Content.ToolResult(var output, _)) {
        result(output, parts);
        images.addAll(output.images());
      }
    }
    images.forEach(image -> said(image, parts));
    boolean signed = false;
    for (var part : content) {
      if (part instanceof Content.ToolCall call) {
        call(call, !signed, parts);
        signed = true;
      } else {
        said(part, parts);
      }
    }
  }

  private static void said(Content part, ArrayNode parts) {
    switch (part) {
      case Content.Text text -> parts.addObject().put("text", text.text());
      case Content.Image image ->
          parts
              .addObject()
              .putObject("inlineData")
              .put("mimeType", image.mediaType())
              .put("data", image.base64());
      case Content.ImageUrl _ ->
          throw new DialectException("images must come by value", "messages[].content[]");
      case Content.Thought _, Content.ToolCall _, Content.ToolResult _ -> {
        // Another provider's thoughts are nothing to this one; the others have been written.
      }
    }
  }

  private void call(Content.ToolCall call, boolean first, ArrayNode parts) {
    names.put(call.id(), call.name());
    var part = parts.addObject();
    var written = part.putObject("functionCall");
    if (!Ids.own(call.id())) {
      written.put("id", call.id());
    }
    written.put("name", call.name()).set("args", call.arguments());
    if (first && !prompt.model().contains("gemini-2")) {
      part.put("thoughtSignature", UNSIGNED);
    }
  }

  private void result(ToolOutput output, ArrayNode parts) {
    var name = names.get(output.id());
    if (name == null) {
      throw new DialectException("a tool result has no call before it", "messages");
    }
    var written = parts.addObject().putObject("functionResponse");
    if (!Ids.own(output.id())) {
      written.put("id", output.id());
    }
    written.put("name", name);
    written.putObject("response").put(output.failed() ? "error" : "output", output.text());
  }
}
