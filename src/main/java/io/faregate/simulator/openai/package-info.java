/// OpenAI's dialects as the simulated provider speaks them: Chat, Responses, Embeddings.
@NullMarked
package io.faregate.simulator.openai;

import org.jspecify.annotations.NullMarked;
