import { serviceText } from '../core/messages/serviceText';
import { HttpResponse } from '@smithy/core/protocols';
import type { DeserializeHandler, MetadataBearer, MiddlewareStack } from '@smithy/types';
import type { OtherAnswer } from '../core/runs/failure';

/** Thrown for a successful answer that is not of the kind asked for: read as one, its bytes would give nonsense. */
export class OtherAnswerError extends Error {
  override readonly name = 'OtherAnswerError';
  readonly answer: OtherAnswer;
  readonly said: string | undefined;
  constructor(answer: OtherAnswer, said: string | undefined, asked: string) {
    super(serviceText.otherReply(said, asked));
    this.answer = answer;
    this.said = said;
  }
}

export const eventStreamType = 'application/vnd.amazon.eventstream';
export const jsonType = 'application/json';

/** Kind of a successful answer of another content type; the length tells an answer that holds nothing. */
const kindOf = (type: string | undefined, length: string | undefined): OtherAnswer => {
  if (length === '0' || type === undefined) return 'empty';
  return /^application\/([\w.+-]*\+)?json\b/i.test(type) ? 'json' : 'otherType';
};

/** Refuses a successful reply of another content type than `asked` before the SDK reads it. */
export const requireType = <Input extends object, Output extends MetadataBearer>(
  stack: MiddlewareStack<Input, Output>,
  asked: string,
): void =>
  stack.add(
    (next: DeserializeHandler<Input, Output>): DeserializeHandler<Input, Output> =>
      async (args) => {
        const result = await next(args);
        const { response } = result;
        if (!HttpResponse.isInstance(response) || response.statusCode !== 200) return result;
        const { 'content-type': type, 'content-length': length } = response.headers;
        if (type?.startsWith(asked) && length !== '0') return result;
        throw new OtherAnswerError(kindOf(type, length), type, asked);
      },
    { name: 'cachepointReplyCheck', step: 'deserialize', priority: 'low' },
  );
