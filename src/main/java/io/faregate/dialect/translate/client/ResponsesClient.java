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

/// Writes OpenAI responses.
public final class ResponsesClient implements ClientSide {
  @Override
  public Prompt prompt(ObjectNode body, Api provider) {
    return ResponsesPrompt.read(body, provider);
  }

  @Override
  public byte[] answer(Reply reply, Terms terms) {
    var items = new ResponsesItems(terms);
    var response = new ResponseBody(terms, reply.id(), reply.model());
    for (var part : reply.content()) {
      switch (part) {
        case Said.Text text -> response.add(items.text(text.text()));
        case Said.Thought thought -> {
          if (!thought.text().isEmpty()) {
            response.add(items.thought(thought.text()));
          }
        }
        case Said.Call call -> response.add(items.call(call.id(), call.name(), call.arguments()));
      }
    }
    return Tree.bytes(response.ended(reply.stop(), reply.spent().usage()));
  }

  @Override
  public PieceWriter stream(Terms terms) {
    return new ResponsesPieces(terms);
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
