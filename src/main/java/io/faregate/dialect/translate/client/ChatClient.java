package io.faregate.dialect.translate.client;

import io.faregate.call.Api;
import io.faregate.dialect.translate.hub.ClientSide;
import io.faregate.dialect.translate.hub.Prompt;
import io.faregate.dialect.translate.hub.Reply;
import io.faregate.dialect.translate.hub.Said;
import io.faregate.dialect.translate.hub.Terms;
import io.faregate.dialect.translate.hub.Tree;
import io.faregate.dialect.translate.hub.Trouble;
import tools.jackson.databind.node.ObjectNode;

/// Writes OpenAI Chat answers.
public final class ChatClient implements ClientSide {
  @Override
  public Prompt prompt(ObjectNode body, Api provider) {
    return ChatPrompt.read(body, provider);
  }

  @Override
  public byte[] answer(Reply reply, Terms terms) {
    var body = Tree.object().put("id", terms.id("chatcmpl-", reply.id()));
    body.put("object", "chat.completion").put("created", terms.createdAtSeconds());
    body.put("model", terms.model(reply.model()));
    var choice = body.putArray("choices").addObject().put("index", 0);
    var message = choice.putObject("message").put("role", "assistant");
    message.putNull("content");
    message.putNull("refusal");
    var text = new StringBuilder();
    var thought = new StringBuilder();
    var calls = Tree.array();
    for (var part : reply.content()) {
      switch (part) {
        case Said.Text said -> text.append(said.text());
        case Said.Thought silent -> thought.append(silent.text());
        case Said.Call call ->
            calls
                .addObject()
                .put("id", call.id())
                .put("type", "function")
                .putObject("function")
                .put("name", call.name())
                .put("arguments", call.arguments());
      }
    }
    if (!text.isEmpty() || calls.isEmpty()) {
      message.put("content", text.toString());
    }
    if (!thought.isEmpty()) {
      message.put("reasoning_content", thought.toString());
    }
    if (!calls.isEmpty()) {
      message.set("tool_calls", calls);
    }
    choice.putNull("logprobs");
    choice.put("finish_reason", reply.stop().chat());
    var usage = reply.spent().usage();
    if (usage != null) {
      body.set("usage", OpenAiWords.usage(usage.usage(), OpenAiWords.Words.CHAT));
    }
    return Tree.bytes(body);
  }

  @Override
  public PieceWriter stream(Terms terms) {
    return new ChatPieces(terms);
  }

  @Override
  public byte[] error(Trouble trouble) {
    return OpenAiWords.error(trouble);
  }

  @Override
  public int status(Trouble trouble) {
    return OpenAiWords.status(trouble);
  }
}
