import type { ConverseStreamCommand } from '@aws-sdk/client-bedrock-runtime';
import { HttpResponse } from '@smithy/core/protocols';

/** Thrown for an answer that is no event stream, such as a network's login page: its bytes would be read as frame lengths. */
export class NotAnEventStream extends Error {
  override readonly name = 'NotAnEventStream';
}

const eventStreamType = 'application/vnd.amazon.eventstream';

/** Refuses a successful reply of another content type before the SDK decodes it. */
export const requireEventStream = (command: ConverseStreamCommand): void => {
  command.middlewareStack.add(
    (next) => async (args) => {
      const result = await next(args);
      const { response } = result;
      if (!HttpResponse.isInstance(response) || response.statusCode !== 200) return result;
      const type = response.headers['content-type'] ?? 'nothing';
      if (type.startsWith(eventStreamType)) return result;
      throw new NotAnEventStream(`the reply is ${type} and not ${eventStreamType}`);
    },
    { name: 'cachepointReplyCheck', step: 'deserialize', priority: 'low' },
  );
};
