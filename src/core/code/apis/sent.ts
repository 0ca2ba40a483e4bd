import type { Api } from '../../prompt/model';
import type { CallSite } from '../form';
import type { Evaluator } from '../evaluate/evaluator';
import type { Frame, Hole, Spot, Value } from '../values/value';

/** Who sends a request: each client has its own way of writing blocks and markers. */
export type Client = 'boto3' | 'aws-sdk-js' | 'anthropic' | 'strands' | 'langchain' | 'litellm' | 'ai-sdk' | 'none';

/** How blocks are written: as Converse or a Messages body has them, or as a framework does. */
export type Dialect = 'converse' | 'messages' | 'nova' | 'langchain' | 'openai' | 'ai-sdk';

/** A part of a request, and where it is given. */
export interface Slot {
  readonly value: Value;
  readonly spot: Spot;
}

/** A marker that a client does not pass on, or not as one. */
export interface LostMarker {
  readonly spot: Spot;
  readonly found: string;
  readonly reason: 'dialect' | 'wholeBody' | 'onCall' | 'asText' | 'deprecated' | 'onTool' | 'inTool';
  readonly client: Client;
  /** Does the call fail for it? */
  readonly refused: boolean;
}

/** A point that a client adds for an option. */
export interface AddedPoint {
  readonly behind: 'tools' | 'system' | 'lastMessage';
  readonly ttl: string | undefined;
  readonly spot: Spot;
}

/** A request that a program sends, as far as it is known. */
export interface Sent {
  readonly api: Api;
  readonly client: Client;
  readonly dialect: Dialect;
  readonly site: CallSite;
  readonly frame: Frame;
  readonly modelId: Slot | undefined;
  readonly system: Slot | undefined;
  readonly messages: Slot | undefined;
  readonly tools: Slot | undefined;
  readonly toolChoice?: Slot | undefined;
  /** Other members of the request by their names in Converse. */
  readonly fields: readonly (readonly [name: string, slot: Slot])[];
  /** What else may be in the request. */
  readonly open: Hole | undefined;
  /** Messages come when the program runs. */
  readonly isAgent: boolean;
  readonly lost: readonly LostMarker[];
  readonly added: readonly AddedPoint[];
  /** Does it go to Bedrock's endpoint `bedrock-mantle`? */
  readonly isMantle?: true;
  /** Where a Messages body or call is written, for members at its top. */
  readonly body?: Value;
}

/** What a recognizer is given of a call. */
export interface Asked {
  readonly ev: Evaluator;
  readonly site: CallSite;
  readonly frame: Frame;
}

/** A way of sending a prompt; `undefined` where a call is none of it. */
export type Recognizer = (asked: Asked) => Sent | undefined;
